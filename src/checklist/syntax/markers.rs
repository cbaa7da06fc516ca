//! What stands between brackets, and what a team says it means.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::model::Claim;

/// The meanings of boxes beyond GFM's `[ ]` and `[x]`: what the team's configuration says of a mark,
/// else what the document's legend says, else the built-in meaning.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markers {
    /// Marker → claim; `None` where it is no box.
    team: BTreeMap<String, Option<Claim>>,
    legend: BTreeMap<String, Claim>,
}

/// The built-in table; a marker outside it is text.
const BUILT_IN: [(&str, Claim); 4] = [
    ("-", Claim::Cancelled),
    ("/", Claim::InProgress),
    ("~", Claim::InProgress),
    (">", Claim::Open),
];

impl Markers {
    /// The built-in table with `overrides` laid over it: marker → claim, or `None` for "no box".
    /// GFM's own boxes keep their meaning.
    pub fn new(overrides: &BTreeMap<String, Option<Claim>>) -> Markers {
        Markers { team: overrides.clone(), legend: BTreeMap::new() }
    }

    /// The same in a document with this legend.
    pub(in crate::checklist) fn with(&self, legend: BTreeMap<String, Claim>) -> Cow<'_, Markers> {
        match legend.is_empty() {
            true => Cow::Borrowed(self),
            false => Cow::Owned(Markers { team: self.team.clone(), legend }),
        }
    }

    /// What `[marker]` claims; `None` where it is no box.
    pub fn claim(&self, marker: &str) -> Option<Claim> {
        let built_in = || BUILT_IN.iter().find(|(known, _)| *known == marker);
        match marker {
            "x" | "X" => Some(Claim::Done),
            _ if is_blank(marker) => Some(Claim::Open),
            _ => match self.team.get(marker) {
                Some(said) => *said,
                None => {
                    let said = self.legend.get(marker).copied();
                    said.or_else(|| built_in().map(|(_, claim)| *claim))
                }
            },
        }
    }

    /// Whether the team has said that `[marker]` is no box.
    pub(super) fn is_switched_off(&self, marker: &str) -> bool {
        matches!(self.team.get(marker), Some(None))
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

    #[test]
    fn a_legend_stands_below_what_the_team_says() {
        let team = Markers::new(&BTreeMap::from([("!".to_owned(), Some(Claim::Cancelled))]));
        let said = ["-", "!", "x"].map(|marker| (marker.to_owned(), Claim::InProgress));
        let markers = team.with(BTreeMap::from(said));
        let claims = ["-", "!", "x", "~", "?"].map(|marker| markers.claim(marker));
        use Claim::{Cancelled, Done, InProgress};
        assert_eq!(claims, [Some(InProgress), Some(Cancelled), Some(Done), Some(InProgress), None]);
        assert_eq!(team.claim("-"), Some(Cancelled));
    }
}
