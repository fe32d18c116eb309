//! Targets of links that cannot be understood, whatever is there.

use crate::handbook::address::is_scheme;
use crate::source::edits;
use crate::source::markdown::slug;

/// What is wrong with a target, and what it should be where that can be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is nothing.
    Empty,
    /// `https://https://`.
    TwoSchemes {
        /// The target with one of them.
        repaired: String,
    },
    /// `https//`, `https:/x`, `htps://`.
    BrokenScheme {
        /// The target with a whole scheme.
        repaired: String,
    },
    /// `mailto:mailto:`, or a web address behind `mailto:`.
    NotMail {
        /// The target without the first `mailto:`.
        repaired: String,
    },
    /// A web address without a host.
    NoHost,
    /// White space in it.
    Space {
        /// The target with `%20`.
        repaired: String,
    },
    /// `undefined`: what a program writes that does not know the target.
    Placeholder,
    /// `broken-reference`: what an editor writes in the place of a target that is gone.
    Lost,
    /// A file on one computer.
    Local,
    /// Above the root.
    Above,
    /// An address without `https://`.
    NoScheme {
        /// The target with it.
        repaired: String,
    },
    /// A mail address without `mailto:`.
    NoMailto {
        /// The target with it.
        repaired: String,
    },
}

impl Fault {
    /// The target as it must be meant, if that is certain or likely.
    pub fn repaired(&self) -> Option<&str> {
        match self {
            Self::TwoSchemes { repaired }
            | Self::BrokenScheme { repaired }
            | Self::NotMail { repaired }
            | Self::Space { repaired }
            | Self::NoScheme { repaired }
            | Self::NoMailto { repaired } => Some(repaired),
            Self::Empty
            | Self::NoHost
            | Self::Placeholder
            | Self::Lost
            | Self::Local
            | Self::Above => None,
        }
    }
}

/// What is wrong with `target`, which has no white space around it.
pub(super) fn fault(target: &str) -> Option<Fault> {
    match target {
        "" => return Some(Fault::Empty),
        "undefined" | "null" | "[object Object]" => return Some(Fault::Placeholder),
        "broken-reference" | "broken-reference/" => return Some(Fault::Lost),
        _ => {}
    }
    if target.starts_with(['#', '.']) {
        return None;
    }
    let end = target.bytes().position(|byte| matches!(byte, b':' | b'/' | b'?' | b'#'))?;
    let (word, rest) = target.split_at(end);
    match rest.strip_prefix(':') {
        Some(rest) if is_scheme(word) => of_url(word, rest),
        // `https//x`, where the colon was forgotten.
        None if is_web(word) && rest.starts_with("//") => {
            Some(Fault::BrokenScheme { repaired: format!("{word}:{rest}") })
        }
        _ => None,
    }
}

fn of_url(scheme: &str, rest: &str) -> Option<Fault> {
    if scheme.eq_ignore_ascii_case("file") {
        return Some(Fault::Local);
    }
    if scheme.eq_ignore_ascii_case("mailto") {
        let begins =
            |start: &str| rest.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start));
        let is_other = ["mailto:", "http://", "https://"].into_iter().any(begins);
        return is_other.then(|| Fault::NotMail { repaired: rest.to_owned() });
    }
    if scheme.len() == 1 && rest.starts_with('\\') {
        return Some(Fault::Local);
    }
    if !is_web(scheme) {
        let is_near = |web: &str| edits(&scheme.to_ascii_lowercase(), web, 1).is_some();
        let is_slip =
            rest.starts_with("//") && scheme.len() > 2 && (is_near("https") || is_near("http"));
        return is_slip.then(|| Fault::BrokenScheme { repaired: format!("https:{rest}") });
    }
    let Some(after) = rest.strip_prefix("//") else {
        let path = rest.trim_start_matches('/');
        // `https:path` is an old way of writing a path on the same site.
        let is_host = path.split(['/', '?', '#']).next().is_some_and(|host| host.contains('.'));
        return is_host.then(|| Fault::BrokenScheme { repaired: format!("{scheme}://{path}") });
    };
    for second in ["https://", "http://", "https//", "http//", "https:/", "http:/"] {
        if let Some(rest) = after.strip_prefix(second) {
            let scheme = second.split([':', '/']).next().unwrap_or(scheme);
            return Some(Fault::TwoSchemes { repaired: format!("{scheme}://{rest}") });
        }
    }
    let end = after.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#'));
    if after[..end.unwrap_or(after.len())].trim().is_empty() {
        return Some(Fault::NoHost);
    }
    let has_space = target_has_space(after);
    has_space.then(|| Fault::Space { repaired: spaced_out(&format!("{scheme}:{rest}")) })
}

/// What must be meant by `path`, at which nothing is.
pub(super) fn fault_of_missing(path: &str) -> Option<Fault> {
    let first = path.split('/').next().unwrap_or_default();
    let (name, host) = first.rsplit_once('@').unwrap_or(("", first));
    let is_host = host.contains('.')
        && !host.starts_with('.')
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    if !is_host {
        return None;
    }
    if !name.is_empty() && first.len() == path.len() {
        let repaired = format!("mailto:{path}");
        return Some(Fault::NoMailto { repaired });
    }
    let top = host.rsplit('.').next().unwrap_or_default();
    let is_web = host.starts_with("www.")
        || matches!(top, "com" | "org" | "net" | "io" | "dev" | "edu" | "gov") && host != path
        || host == path && matches!(top, "com" | "org");
    (is_web && name.is_empty()).then(|| Fault::NoScheme { repaired: format!("https://{path}") })
}

/// Whether white space stands in `target`, before its fragment.
pub(super) fn target_has_space(target: &str) -> bool {
    has_space(target.split('#').next().unwrap_or_default())
}

/// Whether white space stands in `text`.
pub(super) fn has_space(text: &str) -> bool {
    // Nearly no address has anything but signs of ASCII. All bytes are looked at, many at once.
    let is_plain = text.bytes().fold(true, |is_plain, byte| is_plain & byte.is_ascii_graphic());
    !is_plain && text.contains(char::is_whitespace)
}

/// `target` with its white space written as a URL has it. Who writes some into a fragment has the words of a heading
/// in mind, whose id has hyphens between them; in the handbook GitHub's rule makes it.
pub(super) fn spaced_out(target: &str) -> String {
    let joined = |text: &str, by: &str| text.split_whitespace().collect::<Vec<_>>().join(by);
    match target.split_once('#') {
        Some((path, fragment)) if has_space(fragment) && !fragment.contains(":~:") => {
            let id = match path.contains("://") {
                true => joined(fragment, "-"),
                false => slug(&joined(fragment, " ")),
            };
            format!("{}#{id}", joined(path, "%20"))
        }
        _ => joined(target, "%20"),
    }
}

fn is_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(target: &str) -> Option<String> {
        fault(target)?.repaired().map(str::to_owned)
    }

    #[test]
    fn slips_in_the_scheme_are_told_with_what_was_meant() {
        for (target, meant) in [
            ("https://https://a.example/b", "https://a.example/b"),
            ("http://https://a.example", "https://a.example"),
            ("https://https//a.example", "https://a.example"),
            ("https//a.example", "https://a.example"),
            ("https:/a.example/b", "https://a.example/b"),
            ("htps://a.example", "https://a.example"),
            ("hhttp://a.example", "https://a.example"),
            ("https://a.example/b c", "https://a.example/b%20c"),
            ("mailto:mailto:ada@a.example", "mailto:ada@a.example"),
            ("mailto:https://a.example", "https://a.example"),
        ] {
            assert_eq!(repaired(target).as_deref(), Some(meant), "{target}");
        }
    }

    #[test]
    fn nonsense_is_told_without_a_guess() {
        assert_eq!(fault(""), Some(Fault::Empty));
        assert_eq!(fault("undefined"), Some(Fault::Placeholder));
        assert_eq!(fault("broken-reference"), Some(Fault::Lost));
        assert_eq!(fault("https://"), Some(Fault::NoHost));
        assert_eq!(fault("https:///a"), Some(Fault::NoHost));
        assert_eq!(fault("file:///home/ada/plans.md"), Some(Fault::Local));
        assert_eq!(fault(r"C:\plans.md"), Some(Fault::Local));
    }

    #[test]
    fn every_other_address_is_left_alone() {
        for target in [
            "https://a.example/https://b.example",
            "https://web.archive.example/web/2020/https://b.example/",
            "http://localhost:3000/x",
            "//a.example/b",
            "mailto:ada@a.example?subject=a%20b",
            "tel:+1",
            "slack://channel?team=T1",
            "sftp://a.example",
            "ftp://a.example",
            "javascript:void(0)",
            "data:image/png;base64,AA//",
            "#https://",
            "../plans.md",
            "/plans/a.md:12",
            "plans.md",
            "https.md",
            "https:/",
        ] {
            assert_eq!(fault(target), None, "{target}");
        }
    }

    #[test]
    fn white_space_in_a_fragment_becomes_hyphens() {
        for (target, repaired) in [
            ("/my plans/a.md", "/my%20plans/a.md"),
            ("#Thanks and praise", "#thanks-and-praise"),
            ("my plans.md#What- if?", "my%20plans.md#what--if"),
            ("https://a.example/b#Our plans", "https://a.example/b#Our-plans"),
            ("/a.md#:~:text=our plans", "/a.md#:~:text=our%20plans"),
        ] {
            assert_eq!(spaced_out(target), repaired, "{target}");
        }
    }

    #[test]
    fn what_is_no_file_may_be_a_host_or_a_mail_address() {
        let meant = |path: &str| fault_of_missing(path)?.repaired().map(str::to_owned);
        assert_eq!(meant("www.a.example/b").as_deref(), Some("https://www.a.example/b"));
        assert_eq!(meant("docs.a.com/b").as_deref(), Some("https://docs.a.com/b"));
        assert_eq!(meant("ada@a.example").as_deref(), Some("mailto:ada@a.example"));
        for path in ["plans.md", "a/www.md", "../a.com", "v1.io.md", "plans", "@ada", "plan.io"] {
            assert_eq!(meant(path), None, "{path}");
        }
    }
}
