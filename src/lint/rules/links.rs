//! What the rules about links share.

use crate::links::{Hold, Link, Links, Origin};
use crate::lint::{Context, Fix};

/// All links, with what knows of them.
pub(super) fn all(context: Context<'_>) -> impl Iterator<Item = (&Links, &Link)> {
    let links = context.links.into_iter();
    links.flat_map(|links| links.all().iter().map(move |link| (links, link)))
}

/// The change that makes `target` the target of `link`, if a program can make it.
pub(super) fn replaced(link: &Link, target: &str) -> Option<Fix> {
    match (link.hold, &link.origin) {
        (Hold::Text, _) => Some(Fix::text(link.place, target)),
        (Hold::Scalar, Origin::Data) => Some(Fix::scalar(link.place, target)),
        (Hold::Scalar, Origin::Page(_)) | (Hold::None, _) => None,
    }
}

/// At most 80 characters of a target, for messages.
pub(super) fn shown(target: &str) -> String {
    match target.char_indices().nth(80) {
        None => target.to_owned(),
        Some((at, _)) => format!("{}…", &target[..at]),
    }
}
