//! What stands between brackets, and what a team says it means.

use std::collections::BTreeMap;

use crate::model::Claim;

/// The meanings of boxes beyond GFM's `[ ]` and `[x]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Markers {
    /// Marker → claim; `None` where it is no box.
    table: BTreeMap<String, Option<Claim>>,
}

/// The built-in table; a marker outside it is text.
const BUILT_IN: [(&str, Claim); 4] = [
    ("-", Claim::Cancelled),
    ("/", Claim::InProgress),
    ("~", Claim::InProgress),
    (">", Claim::Open),
];

impl Default for Markers {
    fn default() -> Markers {
        Markers::new(&BTreeMap::new())
    }
}

impl Markers {
    /// The built-in table with `overrides` laid over it: marker → claim, or `None` for "no box".
    /// GFM's own boxes keep their meaning.
    pub fn new(overrides: &BTreeMap<String, Option<Claim>>) -> Markers {
        let mut table: BTreeMap<String, Option<Claim>> =
            BUILT_IN.iter().map(|(marker, claim)| ((*marker).to_owned(), Some(*claim))).collect();
        table.extend(overrides.iter().map(|(marker, claim)| (marker.clone(), *claim)));
        Markers { table }
    }

    /// What `[marker]` claims; `None` where it is no box.
    pub fn claim(&self, marker: &str) -> Option<Claim> {
        match marker {
            "x" | "X" => Some(Claim::Done),
            _ if is_blank(marker) => Some(Claim::Open),
            _ => self.table.get(marker).copied().flatten(),
        }
    }

    /// Whether the team has said that `[marker]` is no box.
    pub(super) fn is_switched_off(&self, marker: &str) -> bool {
        matches!(self.table.get(marker), Some(None))
    }
}

/// GFM's whitespace of one character between the brackets.
fn is_blank(marker: &str) -> bool {
    matches!(marker, " " | "\t" | "\u{b}" | "\u{c}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_team_adds_to_the_table_and_switches_off() {
        let markers = Markers::new(&BTreeMap::from([
            ("✅".to_owned(), Some(Claim::Done)),
            ("-".to_owned(), None),
            ("x".to_owned(), None),
        ]));
        let claims = [" ", "\t", "x", "X", "/", "~", ">", "-", "✅", "P", "  ", "х", "\u{a0}"]
            .map(|marker| markers.claim(marker));
        use Claim::{Done, InProgress, Open};
        assert_eq!(
            claims,
            [
                Some(Open),
                Some(Open),
                Some(Done),
                Some(Done),
                Some(InProgress),
                Some(InProgress),
                Some(Open),
                None,
                Some(Done),
                None,
                None,
                None,
                None
            ]
        );
        assert!(markers.is_switched_off("-") && !markers.is_switched_off("P"));
    }
}
