//! The parts of an item's text: what leads it, what it says, what is remarked after it.

use crate::checklist::text::glance::Glance;

/// Where the parts of a text are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::checklist) struct Parts<'t> {
    /// `AUDIT-001`, `T117`.
    pub(super) label: Option<&'t str>,
    /// Where `core` begins.
    pub(super) start: usize,
    /// What the item says: without label, priority mark and trailing remark.
    pub(super) core: &'t str,
    /// The trailing remark, parentheses and dash included.
    pub(super) rest: &'t str,
    /// The remark itself.
    pub(in crate::checklist) note: Option<String>,
}

/// Takes `text` apart; its first `lead` bytes are set apart by weight (bold, or code).
pub(in crate::checklist) fn parts(text: &str, lead: usize, glance: Glance) -> Parts<'_> {
    let (label, start) = leading(text);
    let said = text.get(start..).unwrap_or_default();
    let lead = lead.saturating_sub(start);
    let dash = if glance.dash() { dash_after(said, lead) } else { None };
    let (dashed, remark) = match dash {
        Some((at, past)) => (said.get(..at).unwrap_or_default(), said.get(past..)),
        None => (said, None),
    };
    let cut = match remark {
        Some(remark) if is_remark(remark) => dashed,
        _ => said,
    };
    let (core, groups) = match glance.bracket() {
        true => without_groups(cut),
        false => (cut.trim_end(), None),
    };
    let rest = said.get(core.len()..).unwrap_or_default();
    let note = match (remark.map(str::trim), groups.filter(|_| cut.len() == dashed.len())) {
        (Some(remark), Some(groups)) => Some(format!("{groups}; {remark}")),
        (Some(remark), None) => Some(remark.to_owned()),
        (None, groups) => groups,
    };
    Parts { label, start, core, rest, note: note.filter(|note| !note.is_empty()) }
}

/// The label in front, and where what follows it begins.
fn leading(text: &str) -> (Option<&str>, usize) {
    let mut label = None;
    let mut at = 0;
    for _ in 0..4 {
        let rest = text.get(at..).unwrap_or_default();
        let bare = rest.trim_start_matches(|c: char| {
            !c.is_alphanumeric() && !matches!(c, '(' | '[' | '<' | '>' | '~' | '≥' | '≤')
        });
        let start = at + (rest.len() - bare.len());
        if !may_lead(bare) {
            break;
        }
        if let Some(len) = priority_mark(bare) {
            at = start + len;
        } else if label.is_none()
            && let Some((name, len)) = label_at(bare)
        {
            label = Some(name);
            at = start + len;
        } else {
            break;
        }
    }
    if at == 0 {
        return (label, 0);
    }
    let rest = text.get(at..).unwrap_or_default();
    let bare = rest.trim_start_matches([' ', ':', '-', '–', '—', '.', ']', ')']);
    if bare.is_empty() { (label, 0) } else { (label, at + (rest.len() - bare.len())) }
}

/// Cheap: whether a label or a mark of priority may begin here.
fn may_lead(text: &str) -> bool {
    matches!(
        text.as_bytes(),
        [b'(' | b'[', ..] | [b'A'..=b'Z', b'A'..=b'Z' | b'0'..=b'9' | b'-', ..]
    )
}

/// `(R)`, `[P0]`, `P1:`: the length of such a mark at the beginning.
fn priority_mark(text: &str) -> Option<usize> {
    let inner = text.strip_prefix(['(', '[']);
    if let Some(inner) = inner {
        let end = inner.find([')', ']'])?;
        let word = inner.get(..end)?;
        let marked = matches!(word, "R" | "P")
            || ["optional", "required", "mandatory"].iter().any(|m| m.eq_ignore_ascii_case(word));
        return (marked || is_priority(word)).then_some(end + 2);
    }
    let end = text.find([' ', ':'])?;
    let word = text.get(..end)?;
    let closed = text.get(end..)?.starts_with(':') || text.get(end..)?.starts_with(" -");
    (is_priority(word) && closed).then_some(end + 1)
}

/// `P0` to `P4`, perhaps with more after a slash.
pub(super) fn is_priority(word: &str) -> bool {
    let head = word.split('/').next().unwrap_or_default();
    matches!(head, "P0" | "P1" | "P2" | "P3" | "P4")
}

/// The label at the beginning of `text`, and how much of the text it takes, its closing included.
fn label_at(text: &str) -> Option<(&str, usize)> {
    let open = text.starts_with(['[', '(']);
    let skip = usize::from(open);
    let rest = text.get(skip..)?;
    let len = rest
        .bytes()
        .position(|byte| !(byte.is_ascii_alphanumeric() || byte == b'-'))
        .unwrap_or(rest.len());
    let name = rest.get(..len)?;
    let tail = rest.get(len..)?;
    let closed = if open { tail.starts_with([']', ')']) } else { tail.starts_with(':') };
    let ends = closed || (!open && (tail.is_empty() || tail.starts_with(' ')));
    (ends && is_label(name, closed)).then_some((name, skip + len + usize::from(closed)))
}

/// Upper-case letters and a number: `AUDIT-001`, `T117`. A bare one must not be a known term.
fn is_label(name: &str, closed: bool) -> bool {
    let letters = name.bytes().take_while(u8::is_ascii_uppercase).count();
    if letters == 0 || name.len() > 24 || name.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return false;
    }
    let (prefix, number) = name.split_at(letters);
    const TERMS: [&str; 23] = [
        "SHA", "UTF", "AES", "RSA", "ISO", "RFC", "IEEE", "TLS", "SSL", "HTTP", "IPV", "X", "H",
        "MD", "ES", "EC", "S", "K", "COVID", "WCAG", "PBKDF", "BASE", "PCI",
    ];
    if !closed && TERMS.contains(&prefix) {
        return false;
    }
    match number.strip_prefix('-') {
        Some(rest) => {
            let last = rest.rsplit('-').next().unwrap_or_default();
            !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit())
        }
        None => {
            let least = if closed { 1 } else { 3 };
            letters <= 4
                && number.len() >= least
                && number.bytes().all(|byte| byte.is_ascii_digit())
                && !is_priority(name)
        }
    }
}

/// What `–` and `—` begin with.
const LONG_DASH: u8 = 0xe2;

/// The first dash between spaces, outside parentheses, that does not just set the lead apart.
fn dash_after(text: &str, lead: usize) -> Option<(usize, usize)> {
    let spaced = |at: usize| at > 0 && text.as_bytes().get(at - 1) == Some(&b' ');
    if !memchr::memchr2_iter(b'-', LONG_DASH, text.as_bytes()).any(spaced) {
        return None;
    }
    let mut depth = 0_usize;
    let mut said = false;
    for (at, c) in text.char_indices() {
        said |= c.is_alphanumeric();
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            '-' | '–' | '—' if depth == 0 && said => {
                let head = text.get(..at).unwrap_or_default();
                let tail = text.get(at..).unwrap_or_default().trim_start_matches(['-', '–', '—']);
                let spaced =
                    head.ends_with(' ') && (tail.starts_with(' ') || c == '—' && !tail.is_empty());
                let head = head.trim_end();
                if spaced && head.len() > lead && !tail.trim().is_empty() {
                    return Some((head.len(), text.len() - tail.len()));
                }
            }
            _ => {}
        }
    }
    None
}

/// `text` without the groups in parentheses that end it, and what stands in them, in order.
fn without_groups(text: &str) -> (&str, Option<String>) {
    let mut core = text;
    let mut groups: Option<String> = None;
    while let Some((head, inner)) = last_group(core) {
        if !head.contains(char::is_alphanumeric) {
            break;
        }
        groups = Some(match groups {
            Some(later) => format!("{inner}; {later}"),
            None => inner.to_owned(),
        });
        core = head;
    }
    (core.trim_end(), groups)
}

/// What `（` and `）` begin with.
const WIDE: u8 = 0xef;

/// `head (inner)`, perhaps with a full stop or an emoji after it.
fn last_group(text: &str) -> Option<(&str, &str)> {
    let closed = text.trim_end_matches(|c: char| {
        !c.is_alphanumeric() && !matches!(c, ')' | '）' | ']' | '}' | '"' | '`' | '%' | '+')
    });
    if !closed.ends_with([')', '）']) {
        return None;
    }
    let mut depth = 0_usize;
    for at in memchr::memrchr3_iter(b'(', b')', WIDE, closed.as_bytes()) {
        match closed.get(at..).and_then(|rest| rest.chars().next()) {
            Some(')' | '）') => depth += 1,
            Some(c @ ('(' | '（')) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    let head = closed.get(..at)?;
                    let inner = closed.get(at + c.len_utf8()..)?.strip_suffix([')', '）'])?;
                    let called =
                        c == '(' && head.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
                    return (!called).then_some((head, inner.trim()));
                }
            }
            Some(_) | None => {}
        }
    }
    None
}

/// Whether what follows a dash is a remark on the item rather than a part of what it says.
fn is_remark(text: &str) -> bool {
    const OPENERS: [&str; 40] = [
        "done",
        "complete",
        "completed",
        "verified",
        "passed",
        "passing",
        "fixed",
        "merged",
        "see",
        "by",
        "pending",
        "blocked",
        "todo",
        "wip",
        "deferred",
        "skipped",
        "waiting",
        "in",
        "partial",
        "partially",
        "remaining",
        "n/a",
        "na",
        "not",
        "ok",
        "deployed",
        "tested",
        "confirmed",
        "tbd",
        "due",
        "owner",
        "assigned",
        "ready",
        "failed",
        "failing",
        "moved",
        "will",
        "still",
        "left",
        "only",
    ];
    let bare = text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@' && c != '~');
    if bare.starts_with(['@', '~']) || bare.starts_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    let end = bare.find(|c: char| !(c.is_alphanumeric() || c == '/')).unwrap_or(bare.len());
    let first = bare.get(..end).unwrap_or_default();
    OPENERS.iter().any(|opener| opener.eq_ignore_ascii_case(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<&str>, &str, Option<String>) {
        let parts = parts(text, 0, Glance::at(text));
        (parts.label, parts.core, parts.note)
    }

    #[test]
    fn notes_stand_at_the_end() {
        let table: [(&str, &str, Option<&str>); 15] = [
            ("Errors resolved (22 → 0)", "Errors resolved", Some("22 → 0")),
            ("Suite green (165/165) ✅", "Suite green", Some("165/165")),
            ("Keys stored (in vault). ", "Keys stored", Some("in vault")),
            ("Backups tested — done by Ana", "Backups tested", Some("done by Ana")),
            ("Backups - DONE (see run 5)", "Backups", Some("DONE (see run 5)")),
            ("Backups (nightly) — done", "Backups", Some("nightly; done")),
            ("Deploy - the second region", "Deploy - the second region", Some("the second region")),
            ("Call main()", "Call main()", None),
            ("Pre-deployment re-check", "Pre-deployment re-check", None),
            ("(all of it)", "(all of it)", None),
            ("Do a (b) c", "Do a (b) c", None),
            ("Do a (b (c))", "Do a", Some("b (c)")),
            ("Do a (b) (c)", "Do a", Some("b; c")),
            ("备份（可选）", "备份", Some("可选")),
            ("a) b)", "a) b)", None),
        ];
        for (text, core, note) in table {
            assert_eq!(read(text), (None, core, note.map(str::to_owned)), "{text}");
        }
    }

    #[test]
    fn labels_lead() {
        let table = [
            ("AUDIT-001: Fix it", Some("AUDIT-001"), "Fix it"),
            ("T117 [P] Write tests", Some("T117"), "Write tests"),
            ("[SEC-AUTH-02] Rotate", Some("SEC-AUTH-02"), "Rotate"),
            ("P0: Rotate", None, "Rotate"),
            ("(R) Issue linked", None, "Issue linked"),
            ("[P1/M/H] T001 Do", Some("T001"), "Do"),
            ("SHA-256 checksums", None, "SHA-256 checksums"),
            ("UTF-8 everywhere", None, "UTF-8 everywhere"),
            ("S3 bucket", None, "S3 bucket"),
            ("REQ-1 holds", Some("REQ-1"), "holds"),
            ("AUDIT-001", Some("AUDIT-001"), "AUDIT-001"),
            ("A1: Do", Some("A1"), "Do"),
            ("A team", None, "A team"),
        ];
        for (text, label, core) in table {
            let parts = parts(text, 0, Glance::at(text));
            assert_eq!((parts.label, parts.core), (label, core), "{text}");
        }
    }

    #[test]
    fn a_box_s_bold_or_code_is_a_lead() {
        for item in ["- [ ] `API_KEY` - no longer used", "- [x] **Keys** - rotated nightly"] {
            let list = crate::checklist::read("a.md", item.as_bytes(), &Default::default());
            assert_eq!(list.items[0].note, None, "{item}");
        }
        let list = crate::checklist::read("a.md", b"- [ ] Keys - rotated", &Default::default());
        assert_eq!(list.items[0].note.as_deref(), Some("rotated"));
    }

    #[test]
    fn a_dash_after_the_lead_opens_no_note() {
        let parts = parts("Ollama - responds - done", "Ollama".len(), Glance::at("-"));
        assert_eq!((parts.core, parts.note.as_deref()), ("Ollama - responds", Some("done")));
    }
}
