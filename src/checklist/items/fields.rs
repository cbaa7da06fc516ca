//! Who, by when, how urgent, and whether at all: what an item's text says beside what it says.

use memchr::{memchr_iter, memchr2_iter};

use crate::checklist::text::affix::{strip_prefix, strip_suffix};
use crate::checklist::text::glance::Glance;
use crate::model::priority_in;

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

fn owner(text: &str, prose: &str, glance: Glance) -> Option<String> {
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
        let end = value.find([',', ';', ')', ']', '|', '）', '`']).unwrap_or(value.len());
        let value = value.get(..end)?.trim();
        (!value.is_empty() && value.chars().count() <= 60).then(|| value.to_owned())
    })
}

/// Whether `text` ends with `word` as a word, in any case (of ASCII).
fn ends_with_word(text: &str, word: &str) -> bool {
    strip_suffix(text, word)
        .is_some_and(|lead| !lead.ends_with(|c: char| c.is_ascii_alphanumeric()))
}

/// `due: 2026-01-15`, `due 2026-01-15`, `by 2026-01-15`, `期限: …`, `📅 …`.
fn due(text: &str, glance: Glance) -> Option<String> {
    let value = |from: usize| {
        let rest = text.get(from..)?.trim_start_matches([' ', ':', '：', '\u{fe0f}']);
        let rest =
            ["date", "by", "on"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
        date_at(rest.trim_start_matches([' ', ':'])).map(str::to_owned)
    };
    let foreign = || {
        let keys = ["期限", "截止", "📅"].iter();
        keys.filter_map(|key| Some(text.find(key)? + key.len())).find_map(value)
    };
    let plain = || {
        words(text)
            .filter(|(_, word)| is_due_word(word))
            .find_map(|(at, word)| value(at + word.len()))
    };
    let plain = || if may_say_due(text) { plain() } else { None };
    if glance.foreign() { foreign().or_else(plain) } else { plain() }
}

/// Cheap: whether a text has the first two letters of one of those words somewhere. It has no branch:
/// the compiler looks at many bytes at once.
fn may_say_due(text: &str) -> bool {
    let bytes = text.as_bytes();
    let opens = |first: u8, second: u8| {
        let (first, second) = (first | 0x20, second | 0x20);
        (first == b'b') & (second == b'y') | (first == b'd') & ((second == b'u') | (second == b'e'))
    };
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    pairs.fold(false, |any, (first, second)| any | opens(*first, *second))
}

fn is_due_word(word: &str) -> bool {
    matches!(word.len(), 2 | 3 | 8)
        && ["by", "due", "deadline"].iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// The words of ASCII letters in `text`, with their offsets.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + bytes.get(at..)?.iter().position(u8::is_ascii_alphabetic)?;
        let rest = bytes.get(start..)?;
        let len = rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
        at = start + len;
        Some((start, text.get(start..at)?))
    })
}

/// A date at the beginning of `text`, as written: `2026-01-15`, `15 Jan 2026`, `Jan 15`.
fn date_at(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let iso = (0..4).all(digit)
        && bytes.get(4) == Some(&b'-')
        && digit(5)
        && digit(6)
        && bytes.get(7) == Some(&b'-')
        && digit(8)
        && digit(9);
    if iso {
        return text.get(..10);
    }
    let mut words = text.split([' ', ',', ')', ';']).filter(|word| !word.is_empty());
    let (first, second) = (words.next()?, words.next()?);
    let numbered = |word: &str| {
        word.len() <= 4 && word.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
    };
    let dated = is_month(first) && numbered(second) || numbered(first) && is_month(second);
    if !dated {
        return None;
    }
    let end = text.find(second)? + second.len();
    let year = words
        .next()
        .filter(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()));
    let end = match year {
        Some(year) => end + text.get(end..)?.find(year)? + year.len(),
        None => end,
    };
    text.get(..end)
}

fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    word.is_ascii()
        && word.len() >= 3
        && word
            .get(..3)
            .is_some_and(|head| MONTHS.iter().any(|month| month.eq_ignore_ascii_case(head)))
        && word.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'.')
}

/// `P0` to `P4` as a whole token, or a coloured sign in front.
fn priority(text: &str, glance: Glance) -> Option<String> {
    if let Some(said) = if glance.digit() { priority_in(text) } else { None } {
        return Some(said);
    }
    if !(glance.foreign() || glance.colon()) {
        return None;
    }
    let graded = |c: &char| matches!(c, '🔴' | '🟠' | '🟡' | '🔺' | '⏫' | '🔼');
    let ends = text.trim_end_matches(['\u{fe0f}', ' ', '.', '!']);
    let sign = text.chars().next().filter(graded);
    let sign = sign.or_else(|| text.chars().find(|c| matches!(c, '🔺' | '⏫' | '🔼')));
    let sign = sign.or_else(|| ends.chars().next_back().filter(graded));
    // What GitHub calls the signs.
    const NAMES: [(&str, char); 4] = [
        (":red_circle:", '🔴'),
        (":orange_circle:", '🟠'),
        (":yellow_circle:", '🟡'),
        (":small_red_triangle:", '🔺'),
    ];
    let named = || NAMES.iter().find(|(name, _)| text.starts_with(name) || ends.ends_with(name));
    sign.or_else(|| named().map(|(_, sign)| *sign)).map(String::from)
}

fn optional(text: &str, glance: Glance) -> bool {
    let head = |mark: &str| strip_prefix(text, mark).is_some();
    let tail = |mark: &str| strip_suffix(text, mark).is_some_and(|lead| !lead.is_empty());
    if head("optional:")
        || head("if applicable")
        || head("nice to have")
        || tail("optional")
        || tail("if applicable")
    {
        return true;
    }
    const OPENING: [&str; 4] = ["optional", "optionnel", "opcional", "可选"];
    const CLOSING: [&str; 2] = ["if applicable", "nice to have"];
    let opens = |inner: &str| OPENING.iter().any(|mark| strip_prefix(inner, mark).is_some());
    let closes = |at: usize| {
        let lead = text.get(..at).unwrap_or_default();
        CLOSING.iter().any(|mark| strip_suffix(lead, mark).is_some())
    };
    glance.bracket()
        && (opened(text).any(|(_, inner)| opens(inner))
            || glance.foreign() && text.split('（').skip(1).any(opens)
            || memchr_iter(b')', text.as_bytes()).any(closes))
}

/// The bytes of the longest mark: no more is looked at behind each bracket.
const LONGEST_MARK: usize = "mandatory".len();

/// `(R)` in front, after labels at most; `(required)` or `[MANDATORY]` anywhere.
fn required(text: &str) -> bool {
    let begins = |inner: &str| inner.starts_with(['R', 'r', 'M', 'm']);
    opened(text).filter(|(_, inner)| begins(inner)).any(|(at, inner)| {
        let end = inner.bytes().take(LONGEST_MARK + 1).position(|b| matches!(b, b')' | b']'));
        let whole = || (inner.len() <= LONGEST_MARK).then_some(inner);
        let word = end.map_or_else(whole, |end| inner.get(..end)).unwrap_or_default();
        let leads = || {
            let lead = text.get(..at).unwrap_or_default();
            !lead.contains(|c: char| c.is_lowercase())
        };
        is_required(word) || word == "R" && leads()
    })
}

/// Where `(` and `[` stand, each with what follows it.
fn opened(text: &str) -> impl Iterator<Item = (usize, &str)> {
    memchr2_iter(b'(', b'[', text.as_bytes()).map(|at| (at, text.get(at + 1..).unwrap_or_default()))
}

/// `Required: …`
fn opens_required(text: &str) -> bool {
    text.split_once(':').is_some_and(|(word, _)| is_required(word))
}

fn is_required(word: &str) -> bool {
    ["required", "mandatory"].iter().any(|known| known.eq_ignore_ascii_case(word))
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

    #[test]
    fn due_dates_are_as_written() {
        let table = [
            ("Rotate (due: 2026-01-15)", Some("2026-01-15")),
            ("Rotate by 15 Jan 2026", Some("15 Jan 2026")),
            ("Rotate due Jan 15, 2026", Some("Jan 15, 2026")),
            ("期限: 2025-01-15 备份", Some("2025-01-15")),
            ("Rotate 📅 2026-02-01", Some("2026-02-01")),
            ("Verified 2026-01-09", None),
            ("(target: <1%)", None),
            ("Sorted by 2 keys", None),
        ];
        for (text, expected) in table {
            assert_eq!(due(text, Glance::at(text)).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn priorities_and_options() {
        for (text, expected) in [
            ("P0: a", Some("P0")),
            ("[P1/M/H] a", Some("P1")),
            ("a (P2)", Some("P2")),
            ("🔴 a", Some("🔴")),
            ("a 🔴", Some("🔴")),
            (":red_circle: a", Some("🔴")),
            ("p0: a", Some("P0")),
            ("a #P0", Some("P0")),
            ("HTTP1 P9 P01", None),
        ] {
            assert_eq!(priority(text, Glance::at(text)).as_deref(), expected, "{text}");
        }
        for text in
            ["a (optional)", "[OPTIONAL] a", "a, if applicable", "备份（可选）", "Optional: a"]
        {
            assert!(optional(text, Glance::at(text)), "{text}");
        }
        for text in
            ["(R) a", "✅ (R) a", "T117 (R) a", "[REQUIRED] a", "a (required)", "Mandatory: a"]
        {
            assert!(fields(text, text, Glance::at(text), false).required, "{text}");
        }
        for text in ["Write it in (R)", "Required by law: a", "a (optional)"] {
            assert!(!fields(text, text, Glance::at(text), false).required, "{text}");
        }
        assert!(!optional("Add optional chaining to the parser", Glance::at("(")));
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
