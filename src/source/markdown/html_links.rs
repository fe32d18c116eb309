//! The addresses in the attributes of raw HTML, for what is not safe to follow.

use std::ops::Range;

use super::html::{Attribute, Tag};
use crate::source::scheme;

/// The attributes that hold one address: <https://html.spec.whatwg.org/#attributes-3>, and those of SVG and of old HTML.
const ADDRESSES: [&str; 15] = [
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "poster",
    "background",
    "cite",
    "longdesc",
    "xlink:href",
    "manifest",
    "dynsrc",
    "lowsrc",
    "codebase",
    "classid",
];

/// The attributes that hold several addresses, with white space or commas between them.
const LISTS: [&str; 3] = ["srcset", "imagesrcset", "ping"];

/// What an animation makes of another attribute, which may be an address.
const ANIMATED: [&str; 4] = ["from", "to", "by", "values"];

/// The elements that show an image, wherever they are told where it is.
const IMAGES: [&str; 4] = ["img", "image", "input", "source"];

/// Where `tag`, which is in `html`, holds an address that is not safe to follow.
pub(super) fn unsafe_addresses<'h>(
    tag: &'h Tag<'_>,
    html: &'h str,
) -> impl Iterator<Item = Range<usize>> + 'h {
    let attributes = tag.attributes.iter().filter(|attribute| !attribute.value.is_empty());
    attributes
        .filter(move |attribute| is_unsafe(tag, attribute, html))
        .map(|found| found.value.clone())
}

fn is_unsafe(tag: &Tag<'_>, attribute: &Attribute<'_>, html: &str) -> bool {
    let value = &html[attribute.value.clone()];
    let is = |names: &[&str]| names.iter().any(|name| attribute.name.eq_ignore_ascii_case(name));
    let tag_is = |names: &[&str]| names.iter().any(|name| tag.is(name));
    if is(&ADDRESSES) {
        // The icon of a page is an image too.
        let is_image = is(&["poster", "background", "dynsrc", "lowsrc"])
            || is(&["src", "href", "xlink:href"]) && tag_is(&IMAGES)
            || is(&["href"]) && tag_is(&["link", "use", "feimage"]);
        return scheme::is_unsafe(value, is_image);
    }
    if is(&LISTS) {
        return value.split_whitespace().any(|address| scheme::is_unsafe(address, true));
    }
    if is(&ANIMATED) && tag_is(&["animate", "set", "animatetransform"]) {
        return value.split(';').any(|value| scheme::is_unsafe(value, true));
    }
    // `<meta http-equiv=refresh content="0; url=...">`
    let refreshed = value.to_ascii_lowercase().find("url=").map(|at| at + "url=".len());
    let refreshed = refreshed.filter(|_| is(&["content"]) && tag_is(&["meta"]));
    refreshed
        .is_some_and(|at| scheme::is_unsafe(value[at..].trim_start_matches(['\'', '"']), false))
}
