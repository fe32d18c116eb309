//! `codeowners-malformed`: what the readers of an owner file would not understand.

use crate::lint::{Context, Example, Finding, Fix, Manual, Needs, Report, Rule, Severity};
use crate::source::owners_file::{Fault, Reason};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "codeowners-malformed",
    level: Some(Severity::Error),
    needs: Needs::OWNER_FILES,
    manual: Manual {
        what: "Fires on an owner, a pattern or the heading of a section in CODEOWNERS or CODENOTIFY that is none: `@@name`, `name` without `@`, `@name,` with a comma, a bracket that is not closed; on a line that names owners and no files; and on a CODEOWNERS of 3 MB or more, which GitHub does not load. Whether GitHub or GitLab reads the file, the remote of git shows, else the folder that it is in, else the other files of the forge, else its sections. A pattern without owners, where that means nothing, and a handle in a comment, which GitLab takes for an owner, are warnings.",
        why: "The host leaves it out without a word: whoever was meant is never asked.",
        bad: Example { path: "CODEOWNERS", text: "/direction/search/ @@ada, bo\n" },
        good: Example { path: "CODEOWNERS", text: "/direction/search/ @ada @bo\n" },
        source: "GitLab and GitHub: the syntax of CODEOWNERS. Sourcegraph: the syntax of CODENOTIFY.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    let owner_files = &context.handbook.owner_files;
    let files = owner_files.codeowners.iter().chain(owner_files.codenotify.values());
    for fault in files.flat_map(|file| &file.faults) {
        // Another rule reports what matches nothing.
        if !matches!(fault.reason, Reason::Dead(_)) {
            let written = &context.files.file(fault.span.file).text()[fault.span.range()];
            report.add(malformed(fault, written));
        }
    }
}

fn malformed(fault: &Fault, written: &str) -> Finding {
    let finding = match &fault.reason {
        Reason::TwoAts
        | Reason::NoAt
        | Reason::NoName
        | Reason::Email
        | Reason::Character(_)
        | Reason::Separator(_) => {
            let message = format!("`{written}` is no owner: {}", fault.reason);
            Finding::new(fault.span, message).label("nobody is asked")
        }
        reason => Finding::new(fault.span, reason.to_string()),
    };
    let help = match &fault.reason {
        Reason::NoOwners => "write who owns it behind the pattern, or remove the line",
        Reason::NoPattern => {
            "write the files before the owner, such as `/docs/ @owner`, or remove the line"
        }
        Reason::TooLarge => "name folders rather than files, or remove what is not needed",
        Reason::OwnerInComment => "put the comment on a line of its own",
        Reason::Negation => "name the files that are meant; only GitLab knows patterns with `!`",
        Reason::Pattern(_) | Reason::Dead(_) => "write it as a path, with `*` for any characters",
        Reason::Heading(_) => "write it as `[Name] @owner` or `^[Name][2] @owner`",
        Reason::TooMany => "name whole folders rather than each of their files",
        _ => "an owner is `@user`, `@group/subgroup` or a mail address",
    };
    let finding = match &fault.replacement {
        Some(instead) => finding
            .help(format!("did you mean `{instead}`?"))
            .fix(Fix::text(fault.span, instead.as_str()).needs_a_look()),
        None => finding.help(help),
    };
    match fault.reason {
        Reason::NoOwners | Reason::OwnerInComment | Reason::TooMany => finding.warning(),
        _ => finding,
    }
}
