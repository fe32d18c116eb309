//! Votes of prioritization sessions, and what `pmctl priority-matrix` makes of them.

use super::{Handbook, Run};

/// A handbook with these votes.
pub fn handbook(votes: &str) -> Handbook {
    Handbook::new().file("data/features.yml", "{}\n").file("data/votes.yml", votes)
}

/// A session in which two of four items are important, and two feasible.
pub const WINTER: &str = "\
sessions:
  winter:
    title: What to do in winter
    participants: [ada_pear, bo_plum, Cy Quince]
    votes_each: 3
    items:
      ladders: {title: Longer ladders, by: ada_pear}
      crates: {title: Crates that stack, by: Dee Medlar}
      pruning: {title: A course in pruning}
      lanterns: {title: Lanterns, by: bo_plum}
    importance:
      ada_pear: [ladders, crates, crates]
      bo_plum: [ladders, ladders, pruning]
    feasibility:
      ada_pear: [crates, lanterns, lanterns]
      bo_plum: [crates, lanterns, ladders]
";

#[track_caller]
pub fn matrix(handbook: &Handbook, args: &[&str]) -> Run {
    handbook.run(&[&["priority-matrix"], args].concat())
}

/// The session, cut down to each item's key, votes and quadrant.
#[track_caller]
pub fn placed(run: &Run, session: usize) -> Vec<String> {
    let items = run.json()["sessions"][session]["items"].clone();
    let items = items.as_array().expect("a list").iter();
    items
        .map(|item| {
            let quadrant = item["quadrant"].as_str().unwrap_or("-");
            let id = item["id"].as_str().expect("text");
            format!("{id} {} {} {quadrant}", item["importance"], item["feasibility"])
        })
        .collect()
}

/// A session of the items `a` to `e` with these ballots.
pub fn session(participants: &str, ballots: &str) -> String {
    let items = "a: {title: A}, b: {title: B}, c: {title: C}, d: {title: D}, e: {title: E}";
    format!(
        "sessions:\n  s:\n    title: S\n    participants: [{participants}]\n    items: {{{items}}}\n{ballots}"
    )
}
