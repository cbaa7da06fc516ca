//! Items whose own text, or whose children, say otherwise than their box. Shown, never decided.

mod alternatives;
mod hints;

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::checklist::items::claim::asks_whether_it_applies;
use crate::checklist::items::parts::parts;
use crate::checklist::text::affix::strip_prefix;
use crate::checklist::text::glance::Glance;
use crate::checklist::text::marks;
use crate::checklist::text::prose::without_quotes;
use crate::model::{Claim, Code, Figure, Item, ItemKind, Place, Problem, Shape, counted, plural};

use crate::checklist::checks::foreign;
use crate::checklist::checks::reserved::is_left;
use crate::checklist::checks::unfinished::{
    bare_share, closing, held_back, is_result, progress, said_plainly,
};
use crate::checklist::checks::waiting::waits;

/// What is wrong, and what to do about it.
pub(in crate::checklist) type Said = (String, &'static str);

/// The contradictions among `items` of the document at `path`; `said` is what their own texts gave,
/// by their place and in its order.
pub(in crate::checklist) fn contradictions(
    path: &str,
    items: &[Item],
    said: Vec<(usize, Said)>,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut said = said.into_iter().peekable();
    let mut children = vec![(0_u64, 0_u64); items.len()];
    for item in items.iter().filter(|item| item.kind == ItemKind::Task && !item.optional) {
        if let Some(count) = item.parent.and_then(|parent| children.get_mut(parent))
            && item.claim != Claim::Cancelled
        {
            count.0 += 1;
            count.1 += u64::from(item.claim != Claim::Done);
        }
    }
    for (at, (item, (all, open))) in items.iter().zip(children).enumerate() {
        let own = said.next_if(|(of, _)| *of == at).map(|(_, said)| said);
        let own = own.filter(|_| !is_one_to_choose(items, at));
        let group = if open > 0 { group(item.claim, all, open) } else { None };
        if let Some((message, hint)) = group.or(own) {
            let place = Place::line(path, item.line);
            problems.push(
                Problem::new(Code::TextContradictsBox, place, message)
                    .hint(hint)
                    .of_item(item.id.clone()),
            );
        }
    }
    problems
}

/// Whether an open item and the one beside it open with signs that differ: `[ ] ✅ Passed` and
/// `[ ] ❌ Failed` are results of which one is to be ticked.
fn is_one_to_choose(items: &[Item], at: usize) -> bool {
    let sign = |item: &Item| marks::leading(&item.text).map(|(claim, _)| claim);
    let Some(item) = items.get(at).filter(|item| item.claim == Claim::Open) else { return false };
    let beside = |other: &Item| {
        let near = (other.parent, other.depth, &other.section_slug)
            == (item.parent, item.depth, &item.section_slug);
        near && other.claim == Claim::Open && sign(other).is_some() && sign(other) != sign(item)
    };
    let before = at.checked_sub(1).and_then(|at| items.get(at));
    sign(item).is_some() && (before.is_some_and(beside) || items.get(at + 1).is_some_and(beside))
}

/// How a parent contradicts what is open below it.
fn group(claim: Claim, all: u64, open: u64) -> Option<Said> {
    let (claimed, hint) = match claim {
        Claim::Done => ("Ticked", "Untick it, or close what is open below it."),
        Claim::Cancelled => (
            "Cancelled",
            "Cancel or close what is open below it, or open it. Where `[-]` means something else, say so in a legend or under `[markers]` in trueup.toml.",
        ),
        Claim::Open | Claim::InProgress | Claim::None => return None,
    };
    let items = counted(all, "sub-item");
    let message = match all {
        1 => format!("{claimed}, but its sub-item is open."),
        _ => format!("{claimed}, but {open} of its {items} {} open.", plural(open, "is")),
    };
    Some((message, hint))
}

/// What an item's text is read with, once more.
#[derive(Debug, Clone, Copy)]
pub(in crate::checklist) struct Prose<'t> {
    /// The text with its code put out of sight, where it has some.
    pub(in crate::checklist) text: Option<&'t str>,
    /// How much of the text is a lead.
    pub(in crate::checklist) lead: usize,
    pub(in crate::checklist) glance: Glance,
}

/// What an item says in its own words: neither in code nor in quotes.
struct Words<'t> {
    text: Cow<'t, str>,
    note: Option<Cow<'t, str>>,
}

impl<'t> Words<'t> {
    fn of(item: &'t Item, prose: Prose<'t>) -> Words<'t> {
        let text = without_quotes(prose.text.unwrap_or(&item.text), prose.glance);
        let same = prose.text.is_none() && matches!(text, Cow::Borrowed(_));
        let note = match same {
            true => item.note.as_deref().map(Cow::Borrowed),
            false => parts(&text, prose.lead, prose.glance).note.map(Cow::Owned),
        };
        Words { text, note }
    }
}

/// How the own text of `item` contradicts its box.
pub(in crate::checklist) fn of_text(item: &Item, prose: Prose<'_>) -> Option<Said> {
    let glance = prose.glance;
    if asks_whether_it_applies(&item.text, item.note.as_deref()) {
        return doubt(item);
    }
    match item.claim {
        Claim::Done => {
            let words = Words::of(item, prose);
            let said = left_over(&words.text, &item.figures)
                .or_else(|| glance.digit().then(|| share(&words.text)).flatten())
                .or_else(|| unfinished(&words, glance))?;
            let message = format!("Ticked, but the text says {said}.");
            Some((message, "Untick it, or bring the text up to date."))
        }
        Claim::Open if item.kind == ItemKind::Task && may_be_finished(item, prose) => {
            let said = finished(&Words::of(item, prose), glance)?;
            let message = format!("Not ticked, but the text says {said}.");
            Some((message, "Tick it if it holds, or bring the text up to date."))
        }
        Claim::Open | Claim::InProgress | Claim::Cancelled | Claim::None => None,
    }
}

/// A box beside a question is held to what it claims, and the question is told.
fn doubt(item: &Item) -> Option<Said> {
    let claimed = match item.claim {
        Claim::Done => "Ticked, but",
        Claim::Open | Claim::InProgress => "Not ticked, and",
        Claim::Cancelled | Claim::None => return None,
    };
    let hint = "Write N/A without the question mark, or take the question out.";
    Some((format!("{claimed} the text asks whether it applies."), hint))
}

/// Cheap: whether a text may have a sign, a shouted word or a remark.
fn may_be_finished(item: &Item, Prose { text, glance, .. }: Prose<'_>) -> bool {
    let noted = item.note.is_some() || text.is_some();
    noted || glance.foreign() || glance.colon() || glance.capitals()
}

/// A sign or a word for finished work.
fn finished(words: &Words<'_>, glance: Glance) -> Option<String> {
    let text = &*words.text;
    let leads = || marks::leading(text).is_some_and(|(claim, _)| claim == Claim::Done);
    // A sign, drawn or by its name.
    if (glance.foreign() || glance.colon()) && (leads() || marks::ends_done(text)) {
        return Some("✅".to_owned());
    }
    const SHOUTED: [&str; 4] = ["COMPLETED", "COMPLETE", "DONE", "PASSED"];
    if let Some(word) = if glance.capitals() { shouted(text, &SHOUTED) } else { None } {
        return Some(format!("\"{word}\""));
    }
    const NOTED: [&str; 7] =
        ["done", "completed", "complete", "passed", "merged", "fixed", "verified"];
    let note = words.note.as_deref()?;
    let word = opener(note, &NOTED).filter(|word| is_settled(note, word))?;
    let listed = alternatives::may_be_otherwise(&note.to_lowercase(), &NOTED, &REMARKED);
    (!listed).then(|| format!("\"{word}\""))
}

/// Whether a remark that opens with `word` says that it is so (`done by Ana`, `passed in #12`) rather
/// than how or when it is to be (`verified via the console`, `done by the end of phase 2`).
fn is_settled(note: &str, word: &str) -> bool {
    const HOW: [&str; 18] = [
        "after", "against", "as", "at", "before", "by", "during", "for", "if", "in", "manually",
        "on", "once", "per", "through", "using", "via", "when",
    ];
    let mut rest = note.get(word.len()..).unwrap_or_default().split_whitespace();
    let next = rest.next().unwrap_or_default();
    let described = word == "complete" && next != "and" && next.starts_with(char::is_alphabetic);
    let how = described || HOW.contains(&next) || next == "with";
    !how || rest.next().is_some_and(|named| {
        named
            .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '@' | '#'))
    })
}

/// `80 remaining`, `4 of 5`: a figure that says that something is left.
fn left_over(text: &str, figures: &[Figure]) -> Option<String> {
    // What is out of sight, in code or in quotes, says nothing.
    let seen = |figure: &&Figure| {
        let said = text.get(figure.span.start..figure.span.end);
        said.is_none_or(|said| said.contains(|c: char| c.is_ascii_digit()))
    };
    figures.iter().filter(seen).find_map(|figure| match figure.shape {
        Shape::Share { part, whole } if part < whole && is_result(text, figure) => {
            Some(format!("{part} of {whole}"))
        }
        Shape::Count { value } if value > 0.0 => {
            let noun = figure.noun.as_deref()?;
            const LEFT: [&str; 9] = [
                "remaining",
                "remain",
                "remains",
                "left",
                "outstanding",
                "pending",
                "failing",
                "failed",
                "blocked",
            ];
            let word = noun.split(' ').find(|word| LEFT.contains(word))?;
            let verb = match word {
                "remaining" | "remain" | "remains" if value == 1.0 => "remains".to_owned(),
                "remaining" | "remain" | "remains" => "remain".to_owned(),
                word => format!("{} {word}", plural(value as u64, "is")),
            };
            let about = if figure.approximate { "about " } else { "" };
            Some(format!("{about}{value} {verb}"))
        }
        Shape::Count { .. } | Shape::Share { .. } | Shape::Limit { .. } | Shape::Change { .. } => {
            None
        }
    })
}

/// A share without words around it, or how far a work has come.
fn share(text: &str) -> Option<String> {
    bare_share(text).or_else(|| progress(text))
}

/// Words for unfinished work that say so wherever they stand in capitals.
const SHOUTED: [&str; 15] = [
    "UNTESTED",
    "NOT TESTED",
    "NOT STARTED",
    "NOT IMPLEMENTED",
    "PARTIAL",
    "PENDING",
    "TODO",
    "WIP",
    "BLOCKED",
    "INCOMPLETE",
    "IN PROGRESS",
    "FAILED",
    "FAILING",
    "BROKEN",
    "NOT DONE",
];

/// What opens a text that takes its tick back.
const TAKEN_BACK: [&str; 5] =
    ["partially", "partly", "complete, but", "completed, but", "done, but"];

/// What GitHub calls a sign for unfinished work.
const CONSTRUCTION: &str = ":construction:";

/// Words for unfinished work in a remark.
const REMARKED: [&str; 27] = [
    "in review",
    "under review",
    "untested",
    "unverified",
    "currently failing",
    "on hold",
    "won't do",
    "to confirm",
    "to be confirmed",
    "tbc",
    "not tested",
    "not started",
    "not implemented",
    "partial",
    "partially",
    "pending",
    "in progress",
    "incomplete",
    "not done",
    "not yet",
    "remaining",
    "todo",
    "wip",
    "deferred",
    "skipped",
    "blocked",
    "tbd",
];

/// Cheap: whether a remark, in lower case, has one of those words at all.
fn may_say_so(note: &str) -> bool {
    static ANY: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(REMARKED).ok());
    ANY.as_ref().is_none_or(|any| any.is_match(note))
}

/// A word for unfinished work: anywhere in the remark, shouted or as a sign in the text.
fn unfinished(words: &Words<'_>, glance: Glance) -> Option<String> {
    let text = &*words.text;
    if !hints::are_in(text, glance) {
        return None;
    }
    if let Some(sign) = text.chars().next().filter(|c| matches!(c, '⏳' | '⌛' | '🔄' | '🚧'))
    {
        return Some(sign.to_string());
    }
    if let Some(sign) = ["🚧", CONSTRUCTION, "⏳"]
        .into_iter()
        .find(|sign| text.trim_end_matches(['\u{fe0f}', ' ', '.']).ends_with(sign))
    {
        return Some(sign.to_owned());
    }
    if glance.foreign() && crossed_out(text) {
        return Some("❌".to_owned());
    }
    if let Some(sign) =
        if glance.foreign() { drawn_open(text, words.note.as_deref()) } else { None }
    {
        return Some(sign.to_string());
    }
    if let Some(word) = if glance.capitals() { shouted(text, &SHOUTED) } else { None } {
        return Some(format!("\"{word}\""));
    }
    if let Some(words) = worded(text) {
        return Some(format!("\"{words}\""));
    }
    let note = words.note.as_deref()?.to_lowercase();
    let sign = if glance.foreign() { only_a_sign(&note) } else { None };
    remarked(&note)
        .or_else(|| is_left(&note))
        .or_else(|| foreign::left(&note))
        .map(|word| format!("\"{word}\""))
        .or(sign)
}

/// The sign for what is open or under way that a remark is, and no more.
fn only_a_sign(note: &str) -> Option<String> {
    let (claim, end) = marks::leading(note)?;
    let alone = note.get(end..)?.trim().is_empty();
    (alone && matches!(claim, Claim::Open | Claim::InProgress)).then(|| note.trim().to_owned())
}

/// The words by which a text says at either end, or set apart in it, that work is left.
fn worded(text: &str) -> Option<String> {
    let head = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    opener(head, &TAKEN_BACK)
        .or_else(|| held_back(head))
        .or_else(|| closing(text).map(str::to_owned))
        .or_else(|| waits(text))
        .or_else(|| foreign::closing(text).map(str::to_owned))
}

/// The word for unfinished work that a remark, in lower case, says.
pub(in crate::checklist) fn remarked(lower: &str) -> Option<&'static str> {
    if !may_say_so(lower) {
        return None;
    }
    let said = |word: &&&str| {
        said_plainly(lower, word)
            && (**word != "blocked" || is_held_up(lower))
            && (**word != "skipped" || !is_counted(lower, word))
    };
    if alternatives::is_list(lower, &REMARKED) {
        return None;
    }
    REMARKED.iter().copied().find(|word| said(&word))
}

/// `blocked by legal`, `still blocked`; not `SQL injection blocked`.
fn is_held_up(note: &str) -> bool {
    note.starts_with("blocked")
        || ["blocked by", "blocked on", "still blocked", "currently blocked", "is blocked"]
            .iter()
            .any(|said| note.contains(said))
}

/// `872 passed, 4 skipped`: each time a number of what ran.
fn is_counted(note: &str, word: &str) -> bool {
    note.match_indices(word).all(|(at, _)| {
        let before = note.get(..at).and_then(|lead| lead.split_whitespace().next_back());
        before.is_some_and(|before| before.bytes().any(|byte| byte.is_ascii_digit()))
    })
}

/// Whether `text` begins or ends with a cross. Before a rule (`❌ Never …`) it says what is forbidden.
fn crossed_out(text: &str) -> bool {
    const CROSSES: [char; 4] = ['❌', '✗', '✘', '✖'];
    const RULES: [&str; 8] = ["no", "not", "never", "avoid", "do", "don", "must", "forbidden"];
    let around = |c: char| matches!(c, ' ' | '*' | '_' | '.' | '!' | ':' | '\u{fe0f}');
    let bare = text.trim_matches(around);
    match bare.strip_prefix(CROSSES) {
        Some(rest) => opener(rest.trim_matches(around), &RULES).is_none(),
        None => bare.ends_with(CROSSES),
    }
}

/// The empty box that `text` begins or ends with, but for its remark: `Sitemap sent 🔲 (waits for DNS)`.
fn drawn_open(text: &str, note: Option<&str>) -> Option<char> {
    const BOXES: [char; 4] = ['🔲', '⬜', '☐', '🔳'];
    let around = |c: char| matches!(c, ' ' | '*' | '_' | '.' | '!' | ':' | '(' | ')' | '\u{fe0f}');
    let bare = text.trim_matches(around);
    let lead = note.and_then(|note| bare.strip_suffix(note)).unwrap_or(bare).trim_matches(around);
    BOXES.into_iter().find(|sign| lead.ends_with(*sign) || bare.starts_with(*sign))
}

/// The one of `words` that `text` ends with (but for a remark) or opens with, set apart as a state.
fn shouted<'w>(text: &str, words: &[&'w str]) -> Option<&'w str> {
    let noted = memchr::memrchr_iter(b'(', text.as_bytes())
        .filter_map(|at| text.get(..at))
        .find_map(|lead| lead.strip_suffix(' '));
    let head = noted.unwrap_or(text);
    [text, head].iter().find_map(|text| {
        let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
        let capitals = |bytes: Option<&[u8]>| {
            bytes.is_some_and(|bytes| bytes.iter().all(u8::is_ascii_uppercase))
        };
        let bytes = bare.as_bytes();
        let ends = capitals(bytes.len().checked_sub(3).and_then(|at| bytes.get(at..)));
        let opens = capitals(bytes.get(..3));
        if !(ends || opens) {
            return None;
        }
        let apart = |lead: &str| match lead.trim_end().strip_suffix(',') {
            // `OPEN, PENDING` lists states; `Tests pass, TODO` has one.
            Some(before) => !before.ends_with(|c: char| c.is_ascii_uppercase()),
            // As does `COVERED/PARTIAL`.
            None => lead.trim_end().ends_with(|c: char| !(c.is_alphanumeric() || c == '/')),
        };
        let closed =
            |tail: &str| tail.trim_start_matches(' ').starts_with([':', '-', '–', '—', ']', ')']);
        words.iter().copied().find(|word| {
            ends && bare.strip_suffix(word).is_some_and(apart)
                || opens && bare.strip_prefix(word).is_some_and(closed)
        })
    })
}

/// The one of `words` that `text` begins with.
fn opener(text: &str, words: &[&str]) -> Option<String> {
    let opens = |word: &&&str| {
        strip_prefix(text, word).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
    };
    words.iter().find(opens).map(|word| (*word).to_owned())
}

#[cfg(test)]
mod tests;
