//! Front end or back end: which half of a product a text or a path speaks of.

use std::sync::LazyLock;

use regex::Regex;

/// Half of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Side {
    Back,
    Front,
}

static OF_TEXT: LazyLock<[Option<Regex>; 2]> = LazyLock::new(|| {
    [r"(?i)\b(back-?\s?end|server[- ]side)\b", r"(?i)\b(front-?\s?end|client[- ]side)\b"]
        .map(|pattern| Regex::new(pattern).ok())
});

static OF_NAME: LazyLock<[Option<Regex>; 2]> = LazyLock::new(|| {
    [
        r"(?i)(^|[^a-z])(back-?end|server|api)([^a-z]|$)",
        r"(?i)(^|[^a-z])(front-?end|client|web|ui|storefront)([^a-z]|$)",
    ]
    .map(|pattern| Regex::new(pattern).ok())
});

impl Side {
    /// The words that say a half.
    pub(super) const WORDS: [&str; 8] =
        ["back", "end", "backend", "front", "frontend", "server", "client", "side"];

    /// What evidence of it is called.
    pub(super) fn names(self) -> &'static [&'static str] {
        match self {
            Side::Back => &["backend", "back", "end", "server", "api"],
            Side::Front => &["frontend", "front", "end", "client", "web", "ui", "storefront"],
        }
    }

    /// The half that an item speaks of; `None` where it names neither, or both.
    pub(super) fn of_text(text: &str) -> Option<Side> {
        of(&OF_TEXT, text)
    }

    /// Whether an item speaks of both halves.
    pub(super) fn are_both_in(text: &str) -> bool {
        OF_TEXT.iter().all(|of| of.as_ref().is_some_and(|pattern| pattern.is_match(text)))
    }

    /// The half that the name of a file, a folder or a job speaks of.
    pub(super) fn of_name(name: &str) -> Option<Side> {
        of(&OF_NAME, name)
    }
}

fn of(patterns: &[Option<Regex>; 2], text: &str) -> Option<Side> {
    let says = |of: &Option<Regex>| of.as_ref().is_some_and(|pattern| pattern.is_match(text));
    match (says(&patterns[0]), says(&patterns[1])) {
        (true, false) => Some(Side::Back),
        (false, true) => Some(Side::Front),
        _ => None,
    }
}
