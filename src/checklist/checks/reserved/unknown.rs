//! What is set apart in a text and not known to leave it so: `(login broken)`, `; see below`, `🐛`. A tool
//! that ticks has to know; a person may look.

use crate::checklist::remarks::{denying::DENYING, harmless};
use crate::checklist::text::marks;
use crate::model::Claim;

/// A remark of more words describes what it stands behind, unless a word in it takes that back.
const SHORT: usize = 5;

/// What sets apart what follows it, and what closes it.
const APART: [(&str, &[char]); 18] = [
    ("(", &[')']),
    ("（", &['）']),
    ("[", &[']']),
    ("【", &['】']),
    ("{", &['}']),
    (" <", &['>']),
    ("; ", &[';', '(', '[']),
    (" / ", &['(', '[']),
    (" | ", &['|']),
    (" -- ", &['(', '[']),
    (" → ", &['(', '[']),
    (" => ", &['(', '[']),
    (" = ", &['(', '[']),
    (" — ", &['(', '[', '—']),
    (" – ", &['(', '[', '–']),
    (" - ", &['(', '[']),
    ("… ", &['(', '[']),
    ("... ", &['(', '[']),
];

/// What is written as a name or a number and says that it is not so, and how a remark begins that does.
const SPOKEN: [&str; 12] =
    ["fail", "fixme", "hack", "ko", "ng", "no go", "no-go", "nogo", "off", "stop", "veto", "xxx"];
const BEGINS: [&str; 4] = ["do ", "moved to ", "regression in ", "replaced by "];

/// What takes a claim back where it follows: `, but`, `passes without login`.
const TAKES_BACK: [&str; 16] = [
    "although",
    "apart",
    "aside",
    "bar",
    "besides",
    "but",
    "except",
    "excluding",
    "if",
    "less",
    "minus",
    "modulo",
    "sans",
    "save",
    "unless",
    "without",
];

/// What a team marks its items with.
#[rustfmt::skip]
const LABELS: [&str; 16] = [
    "blocking", "critical", "high", "low", "mandatory", "medium", "must", "must have", "must-have", "optional", "p0", "p1", "p2",
    "r", "recommended", "required",
];

/// How a remark begins that describes.
#[rustfmt::skip]
const EXAMPLES: [&str; 15] = [
    "aka ", "all ", "also ", "both ", "e.g", "eg ", "for example", "i.e", "incl", "like ", "or ", "such as ", "using ", "via ", "z.b",
];

/// The same of words that make a claim hang on something, wherever they stand in it.
const HANGS: [&str; 10] = [
    "apart from",
    "aside from",
    "excluding",
    "other than",
    "pending",
    "provided",
    "providing",
    "save for",
    "subject to",
    "unless",
];

/// Words that close a claim of success.
const SUCCEEDS: [&str; 12] = [
    "complete", "done", "green", "healthy", "ok", "pass", "passed", "passes", "passing", "succeed",
    "succeeds", "works",
];

/// What in `text` is set apart and may take back the rest.
pub(super) fn unknown(text: &str) -> Option<&str> {
    unknown_sign(text)
        .or_else(|| APART.iter().find_map(|apart| set_apart(text, apart)))
        .or_else(|| sentences(text).find(|said| is_unknown(&uncapitalized(said))))
        .or_else(|| hangs(text))
        .or_else(|| taken_back(text))
}

/// A drawing at the end that is none for what is done, one against it at the beginning, an open end.
fn unknown_sign(text: &str) -> Option<&str> {
    #[rustfmt::skip]
    const AGAINST: [char; 14] = ['🐛', '💥', '🚨', '👎', '🙈', '🔁', '🤔', '😬', '🔥', '☠', '💀', '🐞', '🤷', '😱'];
    let bare = text.trim_end_matches([' ', '.', '*', '_', '\u{fe0f}', '\u{200d}']);
    let last = bare.char_indices().next_back().filter(|(_, c)| is_drawing(*c));
    let is_done = matches!(marks::trailing(text), Some((Claim::Done, _)));
    if let Some((at, _)) = last.filter(|_| !is_done) {
        return bare.get(at..);
    }
    if let Some(name) = bare.strip_suffix(':').and_then(|lead| lead.rsplit(' ').next())
        && let Some(name) = name.strip_prefix(':')
        && !name.is_empty()
        && name.chars().all(|c| c.is_ascii_lowercase() || c == '_')
        && !is_done
    {
        return bare.get(bare.len() - name.len() - 2..);
    }
    let first = text.trim_start_matches([' ', '*', '_']).chars().next()?;
    let open = ["...", "…"].into_iter().find(|end| text.trim_end().ends_with(end));
    open.or_else(|| {
        AGAINST.contains(&first).then(|| text.split_whitespace().next().unwrap_or_default())
    })
}

fn is_drawing(c: char) -> bool {
    matches!(u32::from(c), 0x2600..=0x27bf | 0x2b00..=0x2bff | 0x1f000..=0x1faff)
}

fn set_apart<'t>(text: &'t str, (opens, closes): &(&str, &[char])) -> Option<&'t str> {
    let is_bracket = matches!(*opens, "(" | "[");
    let pieces = text.match_indices(opens).filter_map(|(at, _)| {
        // `file(s)`, and `< 500 ms` is a figure.
        let before = text.get(..at)?.chars().next_back();
        let attached = is_bracket && before.is_some_and(char::is_alphanumeric);
        let rest = text.get(at + opens.len()..).filter(|_| !attached)?;
        let is_tag = *opens != " <" || rest.starts_with(char::is_alphabetic);
        rest.split(*closes).next().filter(|_| is_tag)
    });
    pieces.map(str::trim).find(|said| is_unknown(said))
}

/// What follows the first sentence.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(". ").skip(1).map(|said| said.trim_end_matches('.').trim())
}

/// Its first word is written large, and no name for that.
fn uncapitalized(said: &str) -> String {
    let mut chars = said.chars();
    let first = chars.next().map(|first| first.to_lowercase().collect::<String>());
    first.unwrap_or_default() + chars.as_str()
}

/// Whether a remark is short and not known to be harmless, or holds a word that takes back.
fn is_unknown(said: &str) -> bool {
    let is_link = said.starts_with(['#', '@', '!'])
        && said.contains(char::is_alphanumeric)
        && !said.contains(' ');
    let lower = said.to_lowercase();
    let against =
        SPOKEN.contains(&&*lower) || BEGINS.iter().any(|begins| lower.starts_with(begins));
    let mut words = lower.split(|c: char| !c.is_alphanumeric() && !"-'’".contains(c));
    let wrong = |word: &str| DENYING.contains(&word) || TAKES_BACK.contains(&word);
    match () {
        () if against => true,
        () if said.is_empty() || is_link || LABELS.contains(&&*lower) => false,
        () if !said.contains(char::is_alphanumeric) => said.contains('!'),
        () if !said.contains(char::is_alphabetic) => !is_figure(said),
        () if harmless::is_harmless(said, true) || harmless::is_description(said) => false,
        () if EXAMPLES.iter().any(|begins| lower.starts_with(begins)) => words.any(wrong),
        () => said.split_whitespace().count() <= SHORT || words.any(wrong),
    }
}

/// `5`, `11 → 0`; what another figure is left of is none.
fn is_figure(said: &str) -> bool {
    let arrow = ["→", "->", "=>"].into_iter().find_map(|arrow| said.rsplit_once(arrow));
    arrow.is_none_or(|(_, left)| left.trim() == "0")
}

/// `subject to review`, `unless Ana objects`.
fn hangs(text: &str) -> Option<&str> {
    HANGS.iter().find_map(|word| {
        let mut found = text.match_indices(word).map(|(at, _)| at);
        let at = found.find(|at| {
            let before = text.get(..*at).and_then(|lead| lead.chars().next_back());
            let behind = text.get(at + word.len()..).and_then(|rest| rest.chars().next());
            before == Some(' ') && behind == Some(' ')
        })?;
        // `No change goes live unless …` is a rule.
        let is_rule =
            ["no ", "nothing ", "never "].iter().any(|lead| text.to_lowercase().starts_with(lead));
        text.get(at..).filter(|_| !is_rule)
    })
}

/// `, but login broken`, `, not login`, `pass without login`.
fn taken_back(text: &str) -> Option<&str> {
    let behind_a_comma = text.split(", ").skip(1).find(|said| {
        let first = said.split_whitespace().next().unwrap_or_default();
        TAKES_BACK.contains(&first) || matches!(first, "not" | "though" | "however" | "waiting")
    });
    behind_a_comma.or_else(|| {
        let words: Vec<&str> = text.split(' ').collect();
        let pairs = words.windows(2).enumerate().filter(|(_, two)| SUCCEEDS.contains(&two[0]));
        let mut said = pairs.filter_map(|(at, two)| {
            let start: usize = words.iter().take(at + 1).map(|word| word.len() + 1).sum();
            let (next, said) = (two[1], text.get(start..)?);
            let bare = next.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            let takes_back =
                TAKES_BACK.contains(&next) || matches!(next, "until" | "with" | "once");
            // `passes with no warnings`, `passes without errors`
            let is_told =
                DENYING.contains(&&*bare) || takes_back && !harmless::is_harmless(said, true);
            is_told.then_some(said)
        });
        said.next()
    })
}

#[cfg(test)]
mod tests {
    use super::unknown;

    #[test]
    fn what_is_not_known_to_leave_a_claim_so_is_told() {
        for (text, said) in [
            ("Tests pass (lol no)", "lol no"),
            ("Tests pass (xfail)", "xfail"),
            ("Type errors resolved (22 → 5)", "22 → 5"),
            ("Tests pass (all blocked)", "all blocked"),
            ("Tests pass (NO-GO)", "NO-GO"),
            ("Tests pass (FIXME)", "FIXME"),
            ("Tests pass (!!)", "!!"),
            ("Tests pass #blocked", "#blocked"),
            ("Tests pass (replaced by X)", "replaced by X"),
            ("Tests pass. Wait for Ana.", "Wait for Ana"),
            ("Tests pass… eventually", "eventually"),
            ("Tests pass; login broken", "login broken"),
            ("Tests pass. Blocked by #12.", "Blocked by #12"),
            ("Tests pass / blocked", "blocked"),
            ("Tests pass => blocked", "blocked"),
            ("Tests pass (known issue: login)", "known issue: login"),
            ("Tests pass, but login broken", "but login broken"),
            ("Tests pass without login", "without login"),
            ("Tests pass subject to review", "subject to review"),
            ("Tests pass unless Ana objects", "unless Ana objects"),
            ("Tests pass 🐛", "🐛"),
            ("🚨 Tests pass", "🚨"),
            ("Tests pass :boom:", ":boom:"),
            ("Tests pass…", "…"),
        ] {
            assert_eq!(unknown(text), Some(said), "{text}");
        }
        for text in [
            "Tests pass",
            "Tests pass ✅",
            "🚀 Deployed to production",
            "Unit tests pass (Jest)",
            "Tests pass (unit, integration and e2e)",
            "Tests pass (12 passed, 0 failed)",
            "Tests pass (#12)",
            "Tests pass (required)",
            "Test(s) pass (e.g. in api/)",
            "Type errors resolved (22 → 0)",
            "Lint passes without errors",
            "Response time < 500 ms (p95)",
            "Coverage ≥ 80% – see coverage/index.html",
            "TLS 1.3 enabled; HSTS configured",
            "No change goes live unless two people reviewed it",
            "Rate limits are enforced for all of the public endpoints (at least five requests a minute and user)",
        ] {
            assert_eq!(unknown(text), None, "{text}");
        }
    }
}
