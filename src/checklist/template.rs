//! Templates: documents of which 0 % is no news.

use crate::model::{Claim, Item, ItemKind, Section};

/// Whether all boxes are open and the document has places to fill in, or calls itself a template.
pub(super) fn is_template(
    path: &str,
    sections: &[Section],
    metadata: &[(String, String)],
    items: &[Item],
) -> bool {
    let mut tasks = items.iter().filter(|item| item.kind == ItemKind::Task).peekable();
    if tasks.peek().is_none() || tasks.any(|item| item.claim != Claim::Open) {
        return false;
    }
    let named = |text: &str| text.to_lowercase().contains("template");
    path.rsplit('/').next().is_some_and(named)
        || path.contains("ISSUE_TEMPLATE/")
        || sections.first().is_some_and(|section| named(&section.title))
        || items.iter().any(|item| holds_placeholder(&item.text))
        || sections.iter().any(|section| holds_placeholder(&section.title))
        || metadata.iter().any(|(_, value)| holds_placeholder(value))
}

/// Whether `text` has a place to fill in: `{version}`, `<version>`, `[TODO]`, `vX.Y.Z`, `YYYY-MM-DD`.
pub(super) fn holds_placeholder(text: &str) -> bool {
    const FIXED: [&str; 8] =
        ["X.Y.Z", "X.Y", "x.y.z", "YYYY-MM-DD", "____", "[TODO", "[TBD", "[YYYY"];
    FIXED.iter().any(|mark| text.contains(mark))
        || enclosed(text, '{', '}')
            .any(|inner| !inner.is_empty() && inner.chars().any(char::is_alphabetic))
        || enclosed(text, '<', '>').any(is_fill_in)
}

/// What stands between `open` and the next `close`, each time.
fn enclosed(text: &str, open: char, close: char) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(open)?;
        rest = rest.get(start + open.len_utf8()..)?;
        let end = rest.find(close)?;
        let inner = rest.get(..end)?;
        rest = rest.get(end..)?;
        Some(inner.trim_start_matches(open).trim())
    })
}

/// `version`, `new tag`, `your-name`: words that are no element of HTML.
pub(super) fn is_fill_in(inner: &str) -> bool {
    const ELEMENTS: [&str; 20] = [
        "a", "b", "i", "u", "p", "br", "hr", "em", "strong", "code", "kbd", "sub", "sup", "del",
        "ins", "img", "span", "div", "details", "summary",
    ];
    let name = inner.split(' ').next().unwrap_or_default().trim_end_matches('/');
    !ELEMENTS.contains(&name.to_ascii_lowercase().as_str())
        && inner.len() <= 60
        && inner.starts_with(|c: char| c.is_ascii_alphabetic())
        && inner.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ' ' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checklist::{Settings, read};

    #[test]
    fn places_to_fill_in() {
        for text in [
            "Tag v{version}",
            "Tag {{.NextTag}}",
            "Tag <new-tag>",
            "Owner [TODO]",
            "Release vX.Y.Z",
            "On YYYY-MM-DD",
        ] {
            assert!(holds_placeholder(text), "{text}");
        }
        for text in ["Tag it", "a < b > c", "a <br> b", "<b>bold</b>", "{}", "p95 < 500ms"] {
            assert!(!holds_placeholder(text), "{text}");
        }
    }

    #[test]
    fn a_template_has_no_tick() {
        let template =
            |text: &str, path| read(path, text.as_bytes(), &Settings::default()).template;
        assert!(template("- [ ] Tag {version}\n- [ ] b\n", "a.md"));
        assert!(!template("- [ ] Tag {version}\n- [x] b\n", "a.md"));
        assert!(template("- [ ] a\n", ".github/release_template.md"));
        assert!(!template("- [ ] a\n", "a.md"));
        assert!(!template("{version}\n", "a.md"));
    }
}
