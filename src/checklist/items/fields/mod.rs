//! Who, by when, how urgent, and whether at all: what an item's text says beside what it says.

mod due;
mod marks;
mod owner;

use crate::checklist::text::glance::Glance;

use due::due;
use marks::{opens_required, optional, priority, required};
use owner::owner;

/// The fields of an item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fields {
    /// `@ana`, or a name after `owner:`.
    pub(super) owner: Option<String>,
    /// A due date, as written.
    pub(super) due: Option<String>,
    /// `P0`, or an emoji as written.
    pub(super) priority: Option<String>,
    pub(super) optional: bool,
    pub(super) required: bool,
}

/// Reads the fields of `text`, of which `prose` is what stands outside code. `key:: value` pairs count
/// where `key_values` says so.
pub(super) fn fields(text: &str, prose: &str, glance: Glance, key_values: bool) -> Fields {
    let keyed = key_values && text.contains("::");
    let pair = |keys: &[&str]| keyed.then(|| key_value(text, keys)).flatten();
    Fields {
        owner: pair(&["owner", "assignee"]).or_else(|| owner(text, prose, glance)),
        due: pair(&["due", "deadline"])
            .or_else(|| if glance.digit() { due(text, glance) } else { None }),
        priority: pair(&["priority"]).or_else(|| priority(text, glance)),
        optional: optional(text, glance),
        required: glance.bracket() && required(text) || glance.colon() && opens_required(text),
    }
}

/// The first `key:: value`; its value ends with the bracket around it, or before the next pair.
fn key_value(text: &str, keys: &[&str]) -> Option<String> {
    text.match_indices("::").find_map(|(at, _)| {
        let lead = text.get(..at)?;
        let start = lead.rfind(|c: char| !(c.is_alphanumeric() || c == '-')).map_or(0, |at| at + 1);
        let key = text.get(start..at)?;
        if !keys.iter().any(|known| known.eq_ignore_ascii_case(key)) {
            return None;
        }
        let value = text.get(at + 2..)?;
        let end = value.find([']', ')']).or_else(|| {
            let next = value.find("::")?;
            value.get(..next)?.rfind(' ')
        });
        let value = value.get(..end.unwrap_or(value.len()))?.trim();
        (!value.is_empty()).then(|| value.to_owned())
    })
}

/// Where a `key:: value` pair that ends `text` begins: pairs are no part of what an item says.
pub(super) fn pairs_from(text: &str) -> Option<usize> {
    let at = text.find("::")?;
    let lead = text.get(..at)?;
    let word = lead.rfind(|c: char| !(c.is_alphanumeric() || c == '-')).map_or(0, |at| at + 1);
    (word < at)
        .then(|| lead.get(..word).map_or(word, |lead| lead.trim_end_matches([' ', '[', '(']).len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn required_marks() {
        for text in
            ["(R) a", "✅ (R) a", "T117 (R) a", "[REQUIRED] a", "a (required)", "Mandatory: a"]
        {
            assert!(fields(text, text, Glance::at(text), false).required, "{text}");
        }
        for text in ["Write it in (R)", "Required by law: a", "a (optional)"] {
            assert!(!fields(text, text, Glance::at(text), false).required, "{text}");
        }
    }

    #[test]
    fn key_values_count_where_asked_for() {
        let text = "Rotate [due:: 2026-01-15] (owner:: Ana)";
        let read = fields(text, text, Glance::at(text), true);
        assert_eq!((read.due.as_deref(), read.owner.as_deref()), (Some("2026-01-15"), Some("Ana")));
        assert_eq!(fields(text, text, Glance::at(text), false).owner, None);
        assert_eq!(pairs_from(text), Some("Rotate".len()));
        assert_eq!(
            fields(
                "Rotate priority:: high due:: 2026-01-15",
                "",
                Glance::at("Rotate priority:: high due:: 2026-01-15"),
                true
            )
            .priority
            .as_deref(),
            Some("high")
        );
    }
}
