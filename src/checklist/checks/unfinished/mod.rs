//! What a ticked item's text says of work that is left: a share, a word at its end. Careful of what
//! reads the same and is none: rules, dates, grades, places in a row.

mod closing;
mod held_back;
mod share;

pub(super) use closing::{closing, signs as closing_signs};
pub(super) use held_back::{held_back, signs as held_back_signs};
pub(super) use share::{bare_share, is_result, progress};

/// The words of a text, small.
fn words(text: &str) -> impl DoubleEndedIterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// Whether `text` says `word` as a word of its own, and nothing before it denies it.
pub(in crate::checklist) fn said_plainly(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let lead = text.get(..at).unwrap_or_default();
        let tail = text.get(at + word.len()..).unwrap_or_default();
        let part = |c: char| c.is_alphanumeric() || c == '-';
        // `covered/partial/missing` are the words that there are.
        let listed = lead.trim_end().ends_with('/') || tail.trim_start().starts_with('/');
        let whole = !lead.ends_with(part) && !tail.starts_with(part) && !listed;
        const DENIED: [&str; 11] = [
            "no", "not", "none", "nothing", "never", "zero", "0", "without", "longer", "was",
            "were",
        ];
        let denied =
            lead.split_whitespace().rev().take(3).any(|before| {
                DENIED.contains(&before.trim_matches(|c: char| !c.is_alphanumeric()))
            });
        whole && !denied && !is_conditional(lead, tail)
    })
}

/// `or skipped`, `if not done`, `e.g. pending`, `deferred unless …`: what may be, and is not said to be.
fn is_conditional(lead: &str, tail: &str) -> bool {
    const BEFORE: [&str; 6] = ["if", "unless", "when", "whenever", "e.g", "eg"];
    const AFTER: [&str; 4] = ["if", "or", "unless", "when"];
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let clause = lead.rsplit([';', '—', '–']).next().unwrap_or_default();
    let mut before = clause.split_whitespace().rev().map(bare).take(8);
    let near: Vec<String> = before.by_ref().take(2).collect();
    clause.trim_start().starts_with("or ")
        || near.iter().any(|word| word == "or")
        || near.into_iter().chain(before).any(|word| BEFORE.contains(&word.as_str()))
        || tail.split_whitespace().next().is_some_and(|word| AFTER.contains(&word))
}
