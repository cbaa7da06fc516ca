//! The cursor in a comment beside an item.

use crate::model::DirectiveKey;

use super::cursor::{Cursor, Wanted};

/// What is asked for at the end of `before`; `None` outside comments.
pub(super) fn cursor(before: &str) -> Option<Cursor> {
    let start = before.rfind("<!--")? + 4;
    let body = before.get(start..)?;
    if body.contains("-->") {
        return None;
    }
    let begin = |text: &str| before.len() - text.trim_start().len();
    let Some((key, value)) = body.split_once(':') else {
        let is_word = body.trim_start().chars().all(|c| c.is_ascii_lowercase() || c == '-');
        return is_word.then(|| Cursor { wanted: Wanted::CommentKey, written: begin(body) });
    };
    let last_of_list = |value: &str| begin(value.rsplit(',').next().unwrap_or_default());
    let (wanted, written) = match DirectiveKey::from_word(key.trim())? {
        DirectiveKey::Id => (Wanted::OwnId, begin(value)),
        DirectiveKey::Evidence => (Wanted::Condition, begin(value)),
        DirectiveKey::Artifacts => (Wanted::Artifact, last_of_list(value)),
        DirectiveKey::Format => (Wanted::Format, begin(value)),
        DirectiveKey::MaxAge => (Wanted::Age, begin(value)),
        DirectiveKey::Waiver => (Wanted::Waiver, begin(value)),
        DirectiveKey::Paths => return None,
    };
    Some(Cursor { wanted, written })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(before: &str) -> Option<(Wanted, &str)> {
        cursor(before).map(|of| (of.wanted, &before[of.written..]))
    }

    #[test]
    fn a_comment_asks_for_a_key_and_then_for_its_value() {
        assert_eq!(at("- [ ] a <!-- ev"), Some((Wanted::CommentKey, "ev")));
        assert_eq!(at("- [ ] a <!--"), Some((Wanted::CommentKey, "")));
        assert_eq!(at("<!-- evidence: tests.f"), Some((Wanted::Condition, "tests.f")));
        assert_eq!(at("<!-- id: "), Some((Wanted::OwnId, "")));
        assert_eq!(at("<!-- artifacts: a/*.xml, b"), Some((Wanted::Artifact, "b")));
        assert_eq!(at("<!-- evidence:\n  a &&\n  b"), Some((Wanted::Condition, "a &&\n  b")));
        for none in ["", "- [ ] tests.", "<!-- a --> b", "<!-- TODO: b", "<!-- Some words"] {
            assert_eq!(at(none), None, "{none}");
        }
    }
}
