//! Edits: the bytes between an item's brackets, and the comment that fixes its id. Everything else
//! in the file stays byte for byte.

use crate::model::{DirectiveKey, Item, ItemKind, Span};

use super::syntax::directives::is_id;

/// Why a file was not edited.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// A criterion or a row has no box.
    #[error("item {id} has no box")]
    NoBox {
        /// The item's id.
        id: String,
    },
    /// Offsets mean nothing in a file that is not UTF-8.
    #[error("the file is not UTF-8")]
    NotUtf8,
    /// The bytes are not those that the item was read from.
    #[error("the file has changed: line {line} no longer holds `[{marker}]` where it did")]
    Changed {
        /// 1-based, as it was read.
        line: usize,
        /// The marker as it was read.
        marker: String,
    },
    /// What cannot stand in a box.
    #[error("{0:?} cannot stand in a box")]
    BadMarker(char),
    /// An id that a comment cannot carry.
    #[error("{0} cannot be written as an id")]
    BadId(String),
}

/// `bytes` with `to` in the box of `item`.
pub fn set_box(bytes: &[u8], item: &Item, to: char) -> Result<Vec<u8>, EditError> {
    set_boxes(bytes, &[(item, to)])
}

/// `bytes` with the boxes of several items set: all of them, or none.
pub fn set_boxes(bytes: &[u8], edits: &[(&Item, char)]) -> Result<Vec<u8>, EditError> {
    let mut splices = Vec::with_capacity(edits.len());
    for (item, to) in edits {
        if matches!(to, '[' | ']') || (to.is_control() && *to != '\t') {
            return Err(EditError::BadMarker(*to));
        }
        splices.push((marker_in(bytes, item)?, to.to_string()));
    }
    Ok(spliced(bytes, splices))
}

/// `bytes` with `<!-- id: … -->` after the text of each of `items` that has none; rows are left out.
pub fn add_ids(bytes: &[u8], items: &[&Item]) -> Result<Vec<u8>, EditError> {
    let mut splices = Vec::new();
    for item in items {
        let explicit = item.directives.iter().any(|directive| directive.key == DirectiveKey::Id);
        if explicit || item.kind == ItemKind::TableRow {
            continue;
        }
        if !is_id(&item.id) {
            return Err(EditError::BadId(item.id.clone()));
        }
        if item.marker.is_some() {
            marker_in(bytes, item)?;
        } else if item.span.end == 0 || item.span.end > bytes.len() {
            return Err(EditError::NotUtf8);
        }
        let at = Span::new(item.span.end, item.span.end);
        splices.push((at, format!(" <!-- id: {} -->", item.id)));
    }
    Ok(spliced(bytes, splices))
}

/// Where the marker of `item` stands in `bytes`, if it still does.
fn marker_in(bytes: &[u8], item: &Item) -> Result<Span, EditError> {
    let Some(marker) = &item.marker else { return Err(EditError::NoBox { id: item.id.clone() }) };
    let Span { start, end } = marker.span;
    if start == 0 || end <= start {
        return Err(EditError::NotUtf8);
    }
    let stands = bytes.get(start - 1) == Some(&b'[')
        && bytes.get(start..end) == Some(marker.text.as_bytes())
        && bytes.get(end) == Some(&b']');
    if !stands {
        return Err(EditError::Changed {
            line: item.line,
            marker: marker.text.clone().into_owned(),
        });
    }
    Ok(marker.span)
}

/// Replaces each span; from the last to the first, so that offsets hold.
fn spliced(bytes: &[u8], mut splices: Vec<(Span, String)>) -> Vec<u8> {
    splices.sort_by_key(|(span, _)| span.start);
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    for (span, text) in &splices {
        out.extend_from_slice(bytes.get(at..span.start).unwrap_or_default());
        out.extend_from_slice(text.as_bytes());
        at = span.end.max(at);
    }
    out.extend_from_slice(bytes.get(at..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checklist::{Settings, read};

    fn items(bytes: &[u8]) -> Vec<Item> {
        read("a.md", bytes, &Settings::default()).items
    }

    #[test]
    fn only_what_stands_between_the_brackets_changes() {
        let text = "\u{feff}---\r\na: b\r\n---\r\n- [ ] one  \r\n> 1. [/] two\r\n".as_bytes();
        let read = items(text);
        let both = set_boxes(text, &[(&read[1], 'x'), (&read[0], 'x')]).unwrap();
        assert_eq!(
            both,
            "\u{feff}---\r\na: b\r\n---\r\n- [x] one  \r\n> 1. [x] two\r\n".as_bytes()
        );
        let wide = set_box(text, &read[0], '✓').unwrap();
        assert_eq!(wide.len(), text.len() + 2);
    }

    #[test]
    fn a_changed_file_is_refused() {
        let read = items(b"- [ ] one\n- [ ] two\n");
        let refused = set_box(b"- [x] one\n- [ ] two\n", &read[0], 'x').unwrap_err();
        assert_eq!(
            refused.to_string(),
            "the file has changed: line 1 no longer holds `[ ]` where it did"
        );
        assert!(matches!(set_box(b"", &read[1], 'x'), Err(EditError::Changed { line: 2, .. })));
        assert_eq!(set_box(b"- [ ] one\n", &read[0], ']'), Err(EditError::BadMarker(']')));
    }

    #[test]
    fn what_has_no_box_of_its_own_is_refused() {
        let goals = items(b"## Criteria\n- \xe2\x9c\x85 fast\n");
        assert!(matches!(set_box(b"", &goals[0], 'x'), Err(EditError::NoBox { .. })));
        let latin = b"- [ ] caf\xe9\n";
        assert_eq!(set_box(latin, &items(latin)[0], 'x'), Err(EditError::NotUtf8));
    }

    #[test]
    fn ids_are_written_beside_the_text() {
        let text =
            b"# T\n## S\n- [ ] one **two**  \n- [x] three <!-- id: t -->\n  - [ ] four\n    more\n";
        let read = items(text);
        let with = add_ids(text, &read.iter().collect::<Vec<_>>()).unwrap();
        assert_eq!(
            std::str::from_utf8(&with).unwrap(),
            "# T\n## S\n- [ ] one **two** <!-- id: s/one-two -->  \n- [x] three <!-- id: t -->\n  - [ ] four\n    more <!-- id: s/three.four-more -->\n"
        );
        let again: Vec<_> =
            items(&with).into_iter().map(|item| (item.id, item.text, item.meaning)).collect();
        let before: Vec<_> =
            read.into_iter().map(|item| (item.id, item.text, item.meaning)).collect();
        assert_eq!(again, before);
    }
}
