//! Templates: documents of which 0 % is no news.

use crate::model::{Claim, Item, ItemKind, Section};

/// Whether all boxes are open and the document has places to fill in, or calls itself a template.
pub(in crate::checklist) fn is_template(
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
    let filled_in = |text: &str| usize::from(holds_placeholder(text));
    let places: usize = items.iter().map(|item| filled_in(&item.text)).sum::<usize>()
        + metadata.iter().map(|(_, value)| filled_in(value)).sum::<usize>();
    path.rsplit('/').next().is_some_and(named)
        || path.contains("ISSUE_TEMPLATE/")
        || sections.first().is_some_and(|section| named(&section.title))
        || sections.iter().any(|section| holds_placeholder(&section.title))
        || places >= 2
}

/// Whether `text` has a place to fill in: `{version}`, `<version>`, `[TODO]`, `vX.Y.Z`, `YYYY-MM-DD`.
pub(in crate::checklist) fn holds_placeholder(text: &str) -> bool {
    const FIXED: [&str; 8] =
        ["X.Y.Z", "X.Y", "x.y.z", "YYYY-MM-DD", "____", "[TODO", "[TBD", "[YYYY"];
    FIXED.iter().any(|mark| text.contains(mark))
        || enclosed(text, '{', '}').any(|(before, inner)| is_variable(before, inner))
        || enclosed(text, '<', '>')
            .any(|(before, inner)| !before.is_some_and(char::is_alphanumeric) && is_fill_in(inner))
}

/// `{{ version }}`, `${VERSION}`, `v{version}`; not `#{interpolation}`, `a.{ts,js}`, `{@link}`.
fn is_variable(before: Option<char>, inner: &str) -> bool {
    let named = inner.starts_with(|c: char| c.is_alphabetic() || c == '.' || c == '{' || c == ' ')
        && inner
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | '{' | '|' | '"'))
        && inner.contains(char::is_alphabetic);
    named && !matches!(before, Some('#' | '@' | '*' | '\\'))
}

/// What stands between `open` and the next `close`, and the character before, each time.
fn enclosed(text: &str, open: char, close: char) -> impl Iterator<Item = (Option<char>, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text.get(at..)?.find(open)?;
        let inner = start + open.len_utf8();
        let end = inner + text.get(inner..)?.find(close)?;
        at = end;
        Some((text.get(..start)?.chars().next_back(), text.get(inner..end)?))
    })
}

/// The elements of HTML.
const ELEMENTS: &str = "\
    a abbr article aside audio b base blockquote body br button canvas caption center cite \
    code col dd del details dfn div dl dt em embed fieldset figcaption figure font footer \
    form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label legend li \
    link main map mark meta nav noscript object ol optgroup option p picture pre progress q \
    s samp script section select small source span strong style sub summary sup svg table \
    tbody td template textarea tfoot th thead time title tr track u ul var video";

/// `version`, `new tag`, `your-name`: words that are no element of HTML.
pub(super) fn is_fill_in(inner: &str) -> bool {
    let name = inner.split(' ').next().unwrap_or_default().trim_end_matches('/');
    !ELEMENTS.split(' ').any(|element| element.eq_ignore_ascii_case(name))
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
        for text in [
            "Tag it",
            "a < b > c",
            "a <br> b",
            "<b>bold</b>",
            "{}",
            "p95 < 500ms",
            "List<Setting>",
            "in the `<head>`",
            "#{foo}",
            "a.{ts,js}",
            "{@link}",
        ] {
            assert!(!holds_placeholder(text), "{text}");
        }
    }

    #[test]
    fn a_template_has_no_tick() {
        let template =
            |text: &str, path| read(path, text.as_bytes(), &Settings::default()).template;
        assert!(template("- [ ] Tag {version}\n- [ ] Push v{version}\n", "a.md"));
        assert!(!template("- [ ] Tag {version}\n- [x] b\n", "a.md"));
        assert!(template("- [ ] a\n", ".github/release_template.md"));
        assert!(!template("- [ ] a\n", "a.md"));
        assert!(!template("{version}\n", "a.md"));
    }
}
