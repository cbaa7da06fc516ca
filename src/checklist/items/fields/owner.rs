//! Who an item is for: `owner: Ana`, and handles where they are written as an owner and are no mention.

use super::due::{due, is_due_word, words};
use crate::checklist::text::affix::strip_suffix;
use crate::checklist::text::glance::Glance;

pub(super) fn owner(text: &str, prose: &str, glance: Glance) -> Option<String> {
    const KEYS: [&str; 8] = [
        "owner",
        "assignee",
        "assigned to",
        "responsible",
        "担当",
        "负责人",
        "responsable",
        "verantwortlich",
    ];
    let may = glance.colon() || glance.foreign() && text.contains(['担', '负']);
    let named = if may { after_key(text, &KEYS) } else { None };
    if named.is_some() || !glance.handle() {
        return named;
    }
    let mut handles =
        prose.match_indices('@').filter_map(|(at, _)| Some((at, handle_at(prose, at)?)));
    handles.find(|(at, handle)| is_owner(prose, *at, handle)).map(|(_, handle)| handle.to_owned())
}

/// Whether a handle is written as an owner: `@ana: …`, `(@ana)`, `by @ana` at the end, `— @ana`,
/// `@ana @ben`. A mention in running text is none.
fn is_owner(text: &str, at: usize, handle: &str) -> bool {
    let lead = text.get(..at).unwrap_or_default();
    let (tail, more) = past_handles(text, at + handle.len());
    let ends = tail.trim_matches([')', ']', '）', '.', ' ']).is_empty() || opens_due(tail);
    let bare = lead.trim_end();
    if bare.is_empty() {
        return tail.starts_with(':');
    }
    let mut before = bare.split_whitespace().rev();
    let last = before.next().unwrap_or_default();
    let opened = last.starts_with(['(', '[']);
    let by = last.trim_start_matches(['(', '[']);
    let by = ["by", "owner"].iter().any(|word| word.eq_ignore_ascii_case(by));
    let assigned = last == "to" && before.next().is_some_and(|word| word.ends_with("assigned"));
    let enclosed = bare.ends_with(['(', '[']) || by && opened;
    let closed = tail.starts_with([')', ']', ',', ';']);
    let dashed = [" -", " –", " —", ":"].iter().any(|dash| bare.ends_with(dash));
    enclosed && closed || ends && (by || assigned || dashed || more || is_alone(bare, handle))
}

/// Whether by when is all that follows: `@ana due: 2026-01-15`, `@ana — by 2026-01-15`.
fn opens_due(tail: &str) -> bool {
    let said = tail.trim_start_matches([' ', ',', ';', '-', '–', '—', '(']);
    let first = words(said).next().filter(|(at, _)| *at == 0);
    first.is_some_and(|(_, word)| is_due_word(word)) && due(said, Glance::at(said)).is_some()
}

/// What follows the handles from `at` on, and whether there is another one.
fn past_handles(text: &str, at: usize) -> (&str, bool) {
    let (mut at, mut more) = (at, false);
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let next = rest.trim_start_matches([' ', ',', '/', '&', '+']);
        let start = at + (rest.len() - next.len());
        match handle_at(text, start).filter(|_| next.starts_with('@') && start > at) {
            Some(handle) => (at, more) = (start + handle.len(), true),
            None => return (rest.trim_start(), more),
        }
    }
}

/// Whether a handle at the end stands by itself behind `lead`: after no word that makes it a part of
/// the sentence, and with no capital as annotations and types have.
fn is_alone(lead: &str, handle: &str) -> bool {
    const JOINING: [&str; 40] = [
        "a", "add", "an", "and", "as", "ask", "at", "call", "cc", "contact", "e.g.", "fix", "for",
        "from", "handle", "in", "into", "is", "like", "mention", "named", "notify", "of", "on",
        "or", "per", "ping", "remove", "see", "support", "tag", "tell", "the", "through", "to",
        "use", "using", "via", "with", "without",
    ];
    let mut words = lead.split_whitespace();
    let last = words.next_back().unwrap_or_default();
    words.next().is_some()
        && !last.ends_with([',', '/', '&', '+', '='])
        && !JOINING.iter().any(|word| word.eq_ignore_ascii_case(last))
        && !handle.contains(|c: char| c.is_ascii_uppercase())
}

/// `@ana` as a whole token.
fn handle_at(text: &str, at: usize) -> Option<&str> {
    let before = text.get(..at)?.chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '`')) {
        return None;
    }
    let rest = text.get(at + 1..)?;
    let len = rest
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))
        .unwrap_or(rest.len());
    let next = rest.get(len..)?.chars().next();
    let name = rest.get(..len)?;
    const ANNOTATIONS: [&str; 26] = [
        "MainActor",
        "Observable",
        "Override",
        "Preview",
        "Published",
        "State",
        "Test",
        "all",
        "api",
        "channel",
        "everyone",
        "here",
        "latest",
        "mention",
        "mentions",
        "next",
        "types",
        "ts-ignore",
        "ts-expect-error",
        "ts-nocheck",
        "param",
        "media",
        "import",
        "deprecated",
        "article",
        "sha256",
    ];
    let token = !name.is_empty() && len <= 39 && !matches!(next, Some('/' | '@' | '`'));
    let grade = len == 2 && name.starts_with('p') && name.ends_with(|c: char| c.is_ascii_digit());
    (token && !grade && !ANNOTATIONS.contains(&name)).then(|| text.get(at..at + 1 + len)).flatten()
}

/// The value after one of `keys` and a colon, up to the next separator.
fn after_key(text: &str, keys: &[&str]) -> Option<String> {
    text.match_indices([':', '：']).find_map(|(at, colon)| {
        let lead = text.get(..at)?.trim_end_matches(' ');
        if !keys.iter().any(|key| ends_with_word(lead, key)) {
            return None;
        }
        let value = text.get(at + colon.len()..)?;
        if value.starts_with(':') {
            return None;
        }
        let value = value.get(..ends_at(value))?.trim();
        // `**Owner:** restore a kernel that has the driver` says what the owner shall do.
        let told = value.starts_with(char::is_lowercase) && value.split_whitespace().count() > 4;
        let named = value.contains(char::is_alphanumeric) && !told;
        (named && value.chars().count() <= 60).then(|| value.to_owned())
    })
}

/// Where the name that `value` begins with ends: before a separator, a dash with spaces around it, and
/// a bracket that is not both opened and closed in it.
fn ends_at(value: &str) -> usize {
    let mut opened = Vec::new();
    let dash = [" — ", " – ", " - "].iter().filter_map(|dash| value.find(dash)).min();
    let value = dash.and_then(|at| value.get(..at)).unwrap_or(value);
    for (at, c) in value.char_indices() {
        match c {
            '(' | '[' | '（' => opened.push(at),
            ')' | ']' | '）' if opened.pop().is_none() => return at,
            ',' | ';' | '|' | '`' | '·' | '•' => return opened.first().copied().unwrap_or(at),
            _ => {}
        }
    }
    opened.first().copied().unwrap_or(value.len())
}

/// Whether `text` ends with `word` as a word, in any case (of ASCII).
fn ends_with_word(text: &str, word: &str) -> bool {
    strip_suffix(text, word)
        .is_some_and(|lead| !lead.ends_with(|c: char| c.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners() {
        let owner = |text| owner(text, text, Glance::at(text));
        assert_eq!(owner("Rotate keys (by @ana)"), Some("@ana".into()));
        assert_eq!(owner("Rotate keys @ana-b"), Some("@ana-b".into()));
        assert_eq!(owner("Rotate keys @ana due: 2026-01-15"), Some("@ana".into()));
        assert_eq!(owner("Rotate keys — @ana — by 2026-01-15"), Some("@ana".into()));
        assert_eq!(owner("Mail @ana by hand"), None);
        assert_eq!(owner("@ana: rotate keys"), Some("@ana".into()));
        assert_eq!(owner("Rotate keys (owner: Ana Ruiz, due: x)"), Some("Ana Ruiz".into()));
        assert_eq!(owner("备份 担当: ALL"), Some("ALL".into()));
        for (text, expected) in [
            ("Schneiden. Verantwortlich: Anna — bis 12.03.2026", Some("Anna")),
            ("Owner: Ana - today", Some("Ana")),
            ("Owner: Jean-Luc", Some("Jean-Luc")),
            ("Keys (owner: Ana) rotated", Some("Ana")),
            ("Owner: Ana (ops)", Some("Ana (ops)")),
            ("Owner: Ana (ops, until May)", Some("Ana")),
            ("Owner: Ana (ops", Some("Ana")),
            ("Done · Owner: Ana · Due: 2026-12-01", Some("Ana")),
            ("Done · Owner: ______ · Due: ______", None),
            ("Owner: restore a kernel that has the driver", None),
            ("Owner: on-call of the week", Some("on-call of the week")),
            ("Owner: ...", None),
            ("Owner: ____", None),
        ] {
            assert_eq!(owner(text).as_deref(), expected, "{text}");
        }
        for text in [
            "Rotate keys (@ana)",
            "Rotate keys (@ana, @ben)",
            "Rotate keys — @ana",
            "Rotate keys - @ana @ben",
            "Rotate keys @ana @ben",
            "Rotate keys (assigned to @ana)",
            "Rotate keys (by @ana, due: 2026-03-20)",
            "Rotate keys [@ana]",
        ] {
            assert_eq!(owner(text), Some("@ana".into()), "{text}");
        }
        for text in [
            "Get a token (from @TokenBot)",
            "Get a token via @tokenbot",
            "Get a token from @tokenbot.",
            "Ask @ana about the keys",
            "Tell the rest, then ask @ana",
            "Mark the view @MainActor",
            "Views have a (@Preview) each",
            "Label open bugs @p0",
            "Serve it below @api",
            "Bots answer each @mention",
            "Publish it as pkg @latest",
            "Configure @alias",
            "Fix @ts-ignore",
            "Add @dnd-kit/core",
            "mail ana@example.org",
            "Use @media queries well",
            "The @ sign",
        ] {
            assert_eq!(owner(text), None, "{text}");
        }
    }

    #[test]
    fn no_owner_stands_in_code() {
        let text = b"- [ ] Views are isolated `(@ana)`\n- [ ] Keys `x` rotated (@ana)\n";
        let list = crate::checklist::read("a.md", text, &Default::default());
        let owners: Vec<_> = list.items.iter().map(|item| item.owner.as_deref()).collect();
        assert_eq!(owners, [None, Some("@ana")]);
    }
}
