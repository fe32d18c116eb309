//! The colours that distinguish marks, also for people who see fewer of them.

/// How a mark is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) colour: &'static str,
    /// What can be read on the colour.
    pub(super) ink: &'static str,
    /// Only its outline has the colour.
    pub(super) is_hollow: bool,
}

impl Style {
    const fn new(colour: &'static str, ink: &'static str) -> Self {
        Self { colour, ink, is_hollow: false }
    }

    const fn hollow(self) -> Self {
        Self { ink: DARK, is_hollow: true, ..self }
    }
}

const DARK: &str = "#222222";
const WHITE: &str = "#ffffff";

const BLUE: Style = Style::new("#0072b2", WHITE);
const ORANGE: Style = Style::new("#e69f00", DARK);
const GREEN: Style = Style::new("#009e73", WHITE);
const PURPLE: Style = Style::new("#cc79a7", DARK);
const SKY: Style = Style::new("#56b4e9", DARK);
const VERMILLION: Style = Style::new("#d55e00", WHITE);
const YELLOW: Style = Style::new("#f0e442", DARK);

/// The colours of Okabe and Ito, those first that are farthest apart on white; then again as outlines.
/// More than these cannot be distinguished.
pub(super) const STYLES: [Style; 14] = [
    BLUE,
    ORANGE,
    GREEN,
    PURPLE,
    SKY,
    VERMILLION,
    YELLOW,
    BLUE.hollow(),
    ORANGE.hollow(),
    GREEN.hollow(),
    PURPLE.hollow(),
    SKY.hollow(),
    VERMILLION.hollow(),
    YELLOW.hollow(),
];

/// What has no area.
pub(super) const GREY: Style = Style::new("#767676", WHITE);
/// What belongs to one of many areas that share a colour.
pub(super) const SHARED: Style = GREY.hollow();

/// The quadrants of a priority matrix: top right, top left, bottom right, bottom left.
pub(super) const QUADRANTS: [Style; 4] = [GREEN, BLUE, ORANGE, GREY];
