//! A chart as an HTML page that needs nothing else: no script, no font, no network.

use std::fmt::Write;

use super::draw::{self, Purpose};
use super::scene::{Layout, Scene};
use crate::output::xml::escaped;

/// Forbids to load anything and to run anything; the only style is the one within.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE: &str = "\
body { margin: 0; background: #fff; }
svg { display: block; width: 100%; height: auto; max-width: 1440px; margin: 0 auto; }
.mark { cursor: default; outline: none; transition: opacity .1s; }
.marks:hover .mark:not(:hover) { opacity: .3; }
.mark:hover circle, .mark:focus circle { stroke: #222; stroke-width: 2; }
.mark:hover text, .mark:focus text { font-weight: bold; }
.facts { visibility: hidden; pointer-events: none; }
";

/// The whole page.
pub(super) fn page(scene: &Scene, layout: &Layout) -> String {
    let title = escaped(&scene.title);
    let mut style = STYLE.to_owned();
    for n in 0..scene.marks.len() {
        // A later sibling is all that a style sheet can reach everywhere from what is pointed at.
        // Writing to a string cannot fail.
        let _ = writeln!(style, "#m{n}:hover~#f{n},#m{n}:focus~#f{n}{{visibility:visible}}");
    }
    let svg = draw::draw(scene, layout, Purpose::Page);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{svg}</body>\n</html>\n"
    )
}
