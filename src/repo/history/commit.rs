//! A commit as git stores it.

use git2::Oid;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A commit. It is parsed here, and not by libgit2, which refuses a whole commit for an odd author line and knows a
/// shallow clone's boundary only where the clone was made. Git itself reads them as leniently as this.
pub(in crate::repo) struct Commit {
    /// Its name.
    pub(super) id: Oid,
    /// Its root folder.
    pub(in crate::repo) tree: Oid,
    /// The commits it builds on.
    pub(super) parents: Vec<Oid>,
    /// When it was committed, in seconds since 1970; 0 if it does not say so, as git has it.
    pub(super) time: i64,
    /// The line that says who wrote it.
    author: Vec<u8>,
}

impl Commit {
    /// Parses the commit `id` with the content `data`; `None` if that is not a commit.
    pub(super) fn parse(id: Oid, data: &[u8]) -> Option<Self> {
        let mut tree = None;
        let mut parents = Vec::new();
        for line in header(data) {
            if let Some(hex) = line.strip_prefix(b"tree ") {
                tree = Some(hex_id(hex)?);
            } else if let Some(hex) = line.strip_prefix(b"parent ") {
                parents.push(hex_id(hex)?);
            } else {
                break;
            }
        }
        let time = person(data, b"committer ").map_or(0, |person| person.time);
        let author = header(data).find(|line| line.starts_with(AUTHOR)).unwrap_or_default();
        Some(Self { id, tree: tree?, parents, time, author: author.to_vec() })
    }

    /// Who wrote it, and on which day where they were.
    pub(super) fn author(&self) -> (String, Date) {
        let Some(person) = person(&self.author, AUTHOR) else {
            return (String::new(), date(0));
        };
        (String::from_utf8_lossy(person.name).into_owned(), date(person.time + person.offset))
    }
}

/// How the line begins that says who wrote a commit.
const AUTHOR: &[u8] = b"author ";

/// The lines before the message.
fn header(commit: &[u8]) -> impl Iterator<Item = &[u8]> {
    commit.split(|byte| *byte == b'\n').take_while(|line| !line.is_empty())
}

fn hex_id(hex: &[u8]) -> Option<Oid> {
    if hex.len() != 40 {
        return None;
    }
    Oid::from_str(std::str::from_utf8(hex).ok()?).ok()
}

/// The civil date `seconds` after 1970-01-01, or the nearest one that jiff can express.
fn date(seconds: i64) -> Date {
    let nearest = seconds.clamp(Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
    Timestamp::from_second(nearest).unwrap_or_default().to_zoned(TimeZone::UTC).date()
}

#[derive(Debug, PartialEq, Eq)]
struct Person<'c> {
    name: &'c [u8],
    /// Seconds since 1970.
    time: i64,
    /// Seconds east of UTC.
    offset: i64,
}

/// The person on the header line that begins with `role`: `NAME <MAIL> SECONDS ZONE`. As in git, the name
/// ends at the first `<`, the time begins after the last `>`, and what makes no sense is 0.
fn person<'c>(commit: &'c [u8], role: &[u8]) -> Option<Person<'c>> {
    let line = header(commit).find_map(|line| line.strip_prefix(role))?;
    let name = line.split(|byte| *byte == b'<').next().unwrap_or_default().trim_ascii();
    let after = line.rsplit(|byte| *byte == b'>').next().unwrap_or_default();
    let mut words = after.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let digits = words.next().unwrap_or_default();
    // No instant that far away is meant, and adding an offset to it must not overflow.
    let time = number(digits).unwrap_or(0).min(i64::MAX / 4);
    let offset = match words.next().and_then(<[u8]>::split_first) {
        Some((b'+', zone)) => zone_seconds(zone),
        Some((b'-', zone)) => -zone_seconds(zone),
        _ => 0,
    };
    Some(Person { name, time, offset })
}

/// `0530` is 5 hours and 30 minutes.
fn zone_seconds(digits: &[u8]) -> i64 {
    let zone = number(digits).unwrap_or(0).min(100_000);
    (zone / 100 * 60 + zone % 100) * 60
}

/// The number at the beginning of `text`; the largest if it is larger.
fn number(text: &[u8]) -> Option<i64> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits == 0 {
        return None;
    }
    let text = std::str::from_utf8(text.get(..digits)?).ok()?;
    Some(text.parse().unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil;

    fn who(line: &str) -> (String, Date) {
        let commit = format!("tree x\n{line}\ncommitter C <c> 1 +0000\n\nauthor X <x> 9 +0000\n");
        let person = person(commit.as_bytes(), b"author ").expect("an author");
        let name = String::from_utf8_lossy(person.name).into_owned();
        (name, date(person.time + person.offset))
    }

    #[test]
    fn the_day_is_the_authors_own_and_odd_lines_are_read_as_git_does() {
        let eve = 1_577_836_799; // 2019-12-31T23:59:59Z
        let read = |line: &str| who(line);
        assert_eq!(read(&format!("author A B <a@b> {eve} +0000")).1, civil::date(2019, 12, 31));
        assert_eq!(read(&format!("author A B <a@b> {eve} +0530")).1, civil::date(2020, 1, 1));
        assert_eq!(
            read(&format!("author A B <a@b> {} -0001", eve + 1)).1,
            civil::date(2019, 12, 31)
        );
        assert_eq!(read("author Name <a> b> 86400 +0000").0, "Name");
        assert_eq!(read("author Name <a> b> 86400 +0000").1, civil::date(1970, 1, 2));
        assert_eq!(read("author  <> never"), (String::new(), civil::date(1970, 1, 1)));
        assert_eq!(read("author ").1, civil::date(1970, 1, 1));
        let far = read("author A <a> 99999999999999999999999 +9999999999999999999999");
        assert_eq!(far.1, civil::date(9999, 12, 30));
    }
}
