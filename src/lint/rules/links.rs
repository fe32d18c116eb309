//! What the rules about links share.

use crate::handbook::address::before_query;
use crate::links::{Destination, Hold, Leads, Link, Links, Origin, Sources};
use crate::lint::{Context, Fix};
use crate::source::RepoPath;

/// All links, with what knows of them.
pub(super) fn all(context: Context<'_>) -> impl Iterator<Item = (&Links, &Link)> {
    let links = context.links.into_iter();
    links.flat_map(|links| links.all().iter().map(move |link| (links, link)))
}

/// The change that makes `target` the target of `link`, if a program can make it and the link leads somewhere then.
/// A link to another page never becomes one to its own. A change to a part of a page that is not there needs a look.
pub(super) fn replaced(context: Context<'_>, link: &Link, target: &str) -> Option<Fix> {
    let destination = context.links?.destination(link, target, context.config);
    let is_own = |file: &RepoPath| matches!(&link.origin, Origin::Page(page) if page == file);
    match &destination {
        Destination::Missing => None,
        // A fragment alone is meant for its own page.
        Destination::File(file) if is_own(file) && !target.starts_with('#') => {
            let stays = leads_to(link, file) && !link.is_absolute;
            stays.then(|| rewritten(context, link, target)).flatten()
        }
        Destination::File(file) => {
            let fix = rewritten(context, link, target)?;
            let has_same_part = leads_to(link, file) && target.ends_with(link.rest());
            let is_sure = match has_same_part {
                true => link.missing_anchor.is_none(),
                false => has_part(context, file, target),
            };
            Some(if is_sure { fix } else { fix.needs_a_look() })
        }
        Destination::Outside | Destination::Unknown => rewritten(context, link, target),
    }
}

fn leads_to(link: &Link, file: &RepoPath) -> bool {
    matches!(&link.leads, Leads::File(leads) if leads == file)
}

/// Whether `file` has the part that `target` names, if it names one.
pub(super) fn has_part(context: Context<'_>, file: &RepoPath, target: &str) -> bool {
    let Context { handbook, files, config, .. } = context;
    let (Some((_, fragment)), Some(generated)) = (target.split_once('#'), context.generated) else {
        return true;
    };
    Links::has_part(file, fragment, Sources { handbook, files, generated, config })
}

/// The change that makes `target` the target of `link`, wherever it leads.
pub(super) fn rewritten(context: Context<'_>, link: &Link, target: &str) -> Option<Fix> {
    match (link.hold, &link.origin) {
        (Hold::Text, _) => {
            let text = context.files.file(link.place.file).text();
            let old = text.get(link.place.start as usize..link.place.end as usize)?;
            Some(Fix::text(link.place, in_text(link, old, target)?))
        }
        (Hold::Scalar, Origin::Data) => Some(Fix::scalar(link.place, target)),
        (Hold::Scalar, Origin::Page(_)) | (Hold::None, _) => None,
    }
}

/// `target` as the text of a page has it in the place of `old`. Query and fragment stay as they are written there, with
/// their escapes. `None` where they are written in a way that cannot be kept.
fn in_text(link: &Link, old: &str, target: &str) -> Option<String> {
    let (path, rest) = target.split_at(before_query(target).len());
    if rest == link.rest() && old.ends_with(rest) {
        return Some(format!("{}{rest}", escaped(link, path)));
    }
    // What means nothing to HTML, Markdown or a table needs no escape.
    let is_plain = |c: char| c.is_alphanumeric() || "-._~=&?/#%+:,;@!$*".contains(c);
    rest.chars().all(is_plain).then(|| escaped(link, target))
}

/// `target` with what HTML or Markdown would read as a named character spelt out.
fn escaped(link: &Link, target: &str) -> String {
    let is_name = |rest: &str| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(rest.len());
        end > 0 && (link.is_html || rest[end..].starts_with(';'))
    };
    let mut escaped = String::with_capacity(target.len());
    for (at, c) in target.char_indices() {
        escaped.push(c);
        if c == '&' && is_name(&target[at + 1..]) {
            escaped.push_str("amp;");
        }
    }
    escaped
}

/// At most 80 characters of a target, for messages.
pub(super) fn shown(target: &str) -> String {
    match target.char_indices().nth(80) {
        None => target.to_owned(),
        Some((at, _)) => format!("{}…", &target[..at]),
    }
}
