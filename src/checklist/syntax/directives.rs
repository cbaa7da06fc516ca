//! The comments beside items: `<!-- evidence: tests.failed == 0 -->`. One key a comment; every
//! other comment is none of ours.

use crate::model::{DirectiveKey, Span, is_misspelt};

/// A comment of ours, as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::checklist) struct Beside {
    pub(in crate::checklist) key: DirectiveKey,
    pub(in crate::checklist) value: String,
    /// Where the value stands in the file.
    pub(in crate::checklist) span: Span,
    /// As [`crate::model::Directive::escaped`].
    pub(in crate::checklist) escaped: Vec<usize>,
}

/// A comment that has one of our keys and cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::checklist) struct Fault {
    pub(in crate::checklist) at: usize,
    pub(in crate::checklist) message: String,
    pub(in crate::checklist) hint: String,
    /// Whether it is ours by its key, wherever it stands; else only beside an item.
    pub(in crate::checklist) ours: bool,
}

/// Reads the comment that `text` is, `<!--` and `-->` included, and which stands at `at`.
///
/// `None` where it is none of ours.
pub(super) fn read(text: &str, at: usize) -> Option<Result<Beside, Fault>> {
    let inner = text.strip_prefix("<!--")?;
    let Some((key, rest)) = key_of(inner) else {
        let fault = misspelt(inner, at).or_else(|| of_a_table(inner, at));
        return Some(Err(fault.or_else(|| without_colon(inner, at))?));
    };
    let Some(value) = rest.strip_suffix("-->") else {
        return Some(Err(unterminated(key, at)));
    };
    let lead = value.len() - value.trim_start().len();
    let start = at + (text.len() - rest.len()) + lead;
    let value = value.trim();
    if value.is_empty() {
        return Some(Err(Fault {
            at,
            message: format!("The comment `{}:` is empty.", key.word()),
            hint: "Write its value after the colon, or take the comment out.".to_owned(),
            ours: true,
        }));
    }
    if key == DirectiveKey::Id && !is_id(value) {
        return Some(Err(Fault {
            at,
            message: format!("`{value}` cannot be an id."),
            hint:
                "An id begins with a letter or a figure; letters, figures, `.`, `_`, `/` and `-` \
                   follow."
                    .to_owned(),
            ours: true,
        }));
    }
    let span = Span::new(start, start + value.len());
    Some(Ok(Beside { key, value: value.to_owned(), span, escaped: Vec::new() }))
}

/// The same in a cell of a table, where `\|` is a `|`: GFM ends a cell at any other, in comments too.
pub(super) fn read_in_cell(text: &str, at: usize) -> Option<Result<Beside, Fault>> {
    let mut beside = match read(&text.replace(PIPE, "|"), at)? {
        Ok(beside) => beside,
        Err(fault) => return Some(Err(fault)),
    };
    // Where the value begins in the comment: no `|` stands before that.
    let from = beside.span.start - at;
    let mut value = String::new();
    for (nth, piece) in text.get(from..).unwrap_or_default().split(PIPE).enumerate() {
        if nth > 0 && value.len() < beside.value.len() {
            beside.escaped.push(value.len());
        }
        value.push_str(if nth > 0 { "|" } else { "" });
        value.push_str(piece);
    }
    beside.span.end += beside.escaped.len();
    Some(Ok(beside))
}

/// How a cell writes `|`.
const PIPE: &str = "\\|";

/// The same for a cell, of which `source` is what stands in the file: mostly a `|` of the comment ended it.
pub(super) fn unterminated_in_cell(text: &str, source: &str, at: usize) -> Option<Fault> {
    let fault = unterminated_in(text, at)?;
    let lead = source.rsplit_once("<!--").map_or("", |(lead, _)| lead);
    // What stands in code only tells of a comment.
    let is_code = lead.matches('`').count() % 2 == 1;
    let hint = "A cell of a table ends at `|`, in a comment too. Write `\\|` for it (`\\|\\|` for `||`), and \
                close the comment with `-->`.";
    (!is_code).then(|| Fault { hint: hint.to_owned(), ..fault })
}

/// A comment of ours that stands behind the last cell of a row.
pub(super) fn behind_the_cells(text: &str, at: usize) -> Option<Fault> {
    let (key, _) = key_of(text.strip_prefix("<!--")?)?;
    Some(Fault {
        at,
        message: format!(
            "The comment `{}:` stands behind the last cell of its row, where a table has nothing.",
            key.word()
        ),
        hint: "Write it in a cell: before the last `|`.".to_owned(),
        ours: true,
    })
}

/// A comment with one of our keys that opens in `text` and does not end in it.
pub(super) fn unterminated_in(text: &str, at: usize) -> Option<Fault> {
    let open = text.rfind("<!--")?;
    let rest = text.get(open..)?;
    if rest.contains("-->") {
        return None;
    }
    let (key, _) = key_of(rest.strip_prefix("<!--")?)?;
    Some(unterminated(key, at))
}

/// Every comment in a block of HTML, with its offset in the block.
pub(in crate::checklist) fn comments_of(block: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let open = at + block.get(at..)?.find("<!--")?;
        let end = match block.get(open + 4..)?.find("-->") {
            Some(close) => open + 4 + close + 3,
            None => block.len(),
        };
        at = end;
        Some((open, block.get(open..end)?))
    })
}

/// Whether `id` is an id that people may write.
pub(in crate::checklist) fn is_id(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_alphanumeric())
        && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '/' | '-'))
}

fn unterminated(key: DirectiveKey, at: usize) -> Fault {
    Fault {
        at,
        message: format!("The comment `{}:` does not end.", key.word()),
        hint: "Close it with `-->`.".to_owned(),
        ours: true,
    }
}

/// The key in front of the colon, and what follows the colon.
fn key_of(inner: &str) -> Option<(DirectiveKey, &str)> {
    let (word, rest) = inner.split_once(':')?;
    let word = word.trim();
    if word.len() > 16 {
        return None;
    }
    DirectiveKey::from_word(&word.to_ascii_lowercase()).map(|key| (key, rest))
}

/// A comment whose key is one of ours but for a slip (`artifact:`, `max_age:`), or that has an equals
/// sign for a colon. As it stands it says nothing, which its author does not know.
fn misspelt(inner: &str, at: usize) -> Option<Fault> {
    let end = inner.find([':', '='])?;
    let (word, sign) = (inner.get(..end)?.trim(), inner.get(end..=end)?);
    if word.is_empty() || word.len() > 16 {
        return None;
    }
    let name = word.to_ascii_lowercase().replace(['_', ' '], "-");
    // `id` is too short to tell a slip from another word.
    let mut keys = DirectiveKey::ALL.into_iter().filter(|key| *key != DirectiveKey::Id);
    let key = keys.find(|key| {
        let exact = name == key.word();
        exact && (sign == "=" || name != word.to_ascii_lowercase())
            || is_misspelt(&name, key.word())
    })?;
    Some(Fault {
        at,
        message: format!("`{word}{sign}` is no key of a comment, so this comment says nothing."),
        hint: format!("Did you mean `{}:`?", key.word()),
        ours: false,
    })
}

/// A comment whose key is one of `[[require]]` and none of comments, with a value as it has there.
fn of_a_table(inner: &str, at: usize) -> Option<Fault> {
    let (word, value) = inner.split_once([':', '='])?;
    let (key, hint) = match word.trim().to_ascii_lowercase().as_str() {
        "condition" if is_condition(value) => ("condition", "Write `evidence:` for it."),
        "sign-off" if value.contains('@') => {
            ("sign-off", "Write `sign-off` in a [[require]] of trueup.toml.")
        }
        _ => return None,
    };
    let message = format!("`{key}` is no key of a comment, so this comment says nothing.");
    Some(Fault { at, message, hint: hint.to_owned(), ours: false })
}

/// Whether a value asks something.
fn is_condition(value: &str) -> bool {
    let value = value.trim_end().trim_end_matches("-->");
    ["==", "!=", ">", "<", "&&"].iter().any(|sign| value.contains(sign))
}

/// A comment that opens with one of our keys without its colon, and goes on as the key's value does.
fn without_colon(inner: &str, at: usize) -> Option<Fault> {
    let (word, rest) = inner.trim().split_once(char::is_whitespace)?;
    let key = DirectiveKey::from_word(&word.to_ascii_lowercase())?;
    let is_value = match key {
        DirectiveKey::Evidence => is_condition(rest),
        DirectiveKey::Waiver => rest.trim_start().starts_with("by "),
        DirectiveKey::Artifacts | DirectiveKey::Paths => rest.contains("/*"),
        _ => false,
    };
    is_value.then(|| Fault {
        at,
        message: format!(
            "Behind `{}` there is no colon, so this comment says nothing.",
            key.word()
        ),
        hint: format!("Write `{}:`.", key.word()),
        ours: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_colon_or_is_of_another_file_is_told() {
        for (text, hint) in [
            ("<!-- evidence tests.total > 0 -->", "Write `evidence:`."),
            ("<!-- waiver by @ana until 2026-12-31 because later -->", "Write `waiver:`."),
            ("<!-- paths src/** -->", "Write `paths:`."),
            ("<!-- sign-off: @ben -->", "Write `sign-off` in a [[require]] of trueup.toml."),
            ("<!-- condition: tests.total > 0 -->", "Write `evidence:` for it."),
        ] {
            let fault = read(text, 0).unwrap().unwrap_err();
            assert_eq!((fault.hint.as_str(), fault.ours), (hint, false), "{text}");
        }
        for text in [
            "<!-- evidence is attached -->",
            "<!-- waiver of the board -->",
            "<!-- paths -->",
            "<!-- condition: new -->",
            "<!-- sign-off: QA -->",
        ] {
            assert_eq!(read(text, 0), None, "{text}");
        }
    }

    #[test]
    fn a_comment_of_ours_has_one_key_and_its_value() {
        let text = "<!-- evidence: a > b && c != \"-\" -->";
        let read = read(text, 100).unwrap().unwrap();
        assert_eq!(
            (read.key, read.value.as_str()),
            (DirectiveKey::Evidence, "a > b && c != \"-\"")
        );
        assert_eq!(&text[read.span.start - 100..read.span.end - 100], read.value);
    }

    #[test]
    fn in_a_cell_a_pipe_is_escaped() {
        let text = r"<!-- evidence: a \|\| b \| -->";
        let read = read_in_cell(text, 100).unwrap().unwrap();
        assert_eq!((read.value.as_str(), &*read.escaped), ("a || b |", &[2, 3, 7][..]));
        assert_eq!(&text[read.span.start - 100..read.span.end - 100], r"a \|\| b \|");
        let plain = "<!-- evidence: a && b -->";
        assert_eq!(read_in_cell(plain, 7), super::read(plain, 7));
        let told = |text: &str| unterminated_in_cell(text, text, 0).is_some();
        assert!(told("Tests <!-- evidence: a "));
        assert!(!told("Tests `<!-- evidence: a`") && !told("Tests <!-- more "));
    }

    #[test]
    fn other_comments_are_none_of_ours() {
        for text in [
            "<!-- TODO: x -->",
            "<!-- evidence -->",
            "<!-- the id: is x -->",
            "<b>",
            "<!---->",
            "<!-- patch: 1 -->",
            "<!-- ids: a -->",
            "<!-- normal: x -->",
            "<!-- owner: ana -->",
        ] {
            assert_eq!(read(text, 0), None, "{text}");
        }
    }

    #[test]
    fn faults_say_what_is_wrong() {
        let fault = |text| read(text, 0).unwrap().unwrap_err().message;
        assert_eq!(fault("<!-- id: -->"), "The comment `id:` is empty.");
        assert_eq!(fault("<!-- id: a b -->"), "`a b` cannot be an id.");
        assert_eq!(fault("<!-- max-age: 7d"), "The comment `max-age:` does not end.");
        assert!(unterminated_in("All good <!-- evidence: x", 0).is_some());
        assert!(unterminated_in("All good <!-- evidence: x --> <!-- y", 0).is_none());
    }

    #[test]
    fn a_key_that_is_nearly_ours_is_told() {
        for (text, key) in [
            ("<!-- artifact: a -->", "artifacts"),
            ("<!-- max_age: 7d -->", "max-age"),
            ("<!-- Max Age: 7d -->", "max-age"),
            ("<!-- evidense: data.ok -->", "evidence"),
            ("<!-- path: a/** -->", "paths"),
            ("<!-- max-age=7d -->", "max-age"),
            ("<!-- evidence = data.ok == true -->", "evidence"),
        ] {
            let fault = read(text, 0).unwrap().unwrap_err();
            assert_eq!(fault.hint, format!("Did you mean `{key}:`?"), "{text}");
            assert!(!fault.ours);
        }
    }

    #[test]
    fn a_block_holds_several_comments() {
        let found: Vec<_> = comments_of("<!-- id: a -->\n<p><!-- b --><!-- c").collect();
        assert_eq!(found, [(0, "<!-- id: a -->"), (18, "<!-- b -->"), (28, "<!-- c")]);
    }
}
