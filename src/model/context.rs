//! The context of an item: the headings and the items above it, in a form that only a change of
//! meaning changes.

use super::approved::{STATES, said, without_progress};
use super::{heading, named};

/// What the headings above an item say, outermost first, joined by `/`: their letters in lower case,
/// and the numbers that name (`v1.4`, `Audit 2025`, `Sprint 4`). Another numbering, count, emoji or
/// remark on how far they are leaves it as it was.
pub fn section_name(titles: &[String]) -> String {
    let plain: Vec<String> =
        titles.iter().map(|title| heading::name(without_progress(title))).collect();
    plain.join("/")
}

/// What a label above a list says, as a heading would; `None` of one that only says how far things are.
pub fn list_name(label: &str) -> Option<String> {
    let name = heading::name(label);
    (!STATES.contains(&name.as_str())).then_some(name)
}

/// What a document's title names: by numbers the release, the year, the round, and by words the stage and
/// the month. In other words it may call the same document.
pub fn title_name(title: &str) -> String {
    let name = heading::name(title);
    let numbers = name.split(char::is_alphabetic).filter(|of| !of.is_empty());
    let numbers = numbers.collect::<Vec<_>>().join(".");
    let named = std::iter::once(numbers).chain(named::words(title));
    named.filter(|of| !of.is_empty()).collect::<Vec<_>>().join("-")
}

/// Whether two such names have the same letters, whatever numbers they have.
pub fn same_letters(one: &str, other: &str) -> bool {
    letters(one).eq(letters(other))
}

/// What such a name has beside its numbers.
pub fn letters(section: &str) -> impl Iterator<Item = char> {
    section.chars().filter(|c| !c.is_ascii_digit() && *c != '.')
}

/// The context of an item in a document of that [`title_name`], below headings of that
/// [`section_name`], and below the items of the chain `above`; and behind a line end what is said
/// below its text, its `details`.
pub fn context(title: &str, section: &str, above: &str, details: &str) -> String {
    let told = |name: &&str| !name.is_empty() && !STATES.contains(name);
    let headings: Vec<&str> = [title].into_iter().chain(section.split('/')).filter(told).collect();
    let behind = if details.is_empty() { "" } else { "\n" };
    format!("{}#{above}{behind}{details}", headings.join("/"))
}

/// Whether a meaning `now` says what it said `then`: the same, but for cells of its row that were empty
/// and have text now. What sets a goal, and what takes something back, is no remark.
pub fn means_still(now: &str, then: &str) -> bool {
    const TAKEN_BACK: [&str; 14] = [
        "but",
        "except",
        "excluding",
        "fail",
        "failed",
        "fails",
        "no",
        "none",
        "not",
        "only",
        "open",
        "partial",
        "pending",
        "without",
    ];
    let is_remark = |cell: &str| {
        !cell.starts_with('=') && !cell.split('-').any(|word| TAKEN_BACK.contains(&word))
    };
    let mut were = then.split('|').peekable();
    now.split('|').all(|cell| were.next_if_eq(&cell).is_some() || is_remark(cell))
        && were.next().is_none()
        && now.split('|').next() == then.split('|').next()
}

/// Whether two meanings have the same words, however their numbers, their units and "and" are written: what is
/// struck is in none, though the text says it still.
pub fn same_words(one: &str, other: &str) -> bool {
    let letters = |meaning: &str| -> String {
        let is_version = |word: &str| {
            word.strip_prefix('v')
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        };
        let words = meaning.split('-').filter(|word| *word != "and");
        let words = words.map(|word| if is_version(word) { &word[1..] } else { word });
        words.flat_map(str::chars).filter(|c| !c.is_ascii_digit()).collect()
    };
    letters(one) == letters(other)
}

/// Whether two items have the same limits, however those are written.
pub fn same_limits(one: &[String], other: &[String]) -> bool {
    one.iter().map(|limit| said(limit)).eq(other.iter().map(|limit| said(limit)))
}

/// What a line of details begins with that narrows its item: a tick is of that as well.
pub const NARROWS: char = '!';

/// What follows that where it stands above the item's list, and what a line there begins with that narrows
/// nothing.
pub const NARROWS_BELOW: char = '^';

/// The lines of details that narrow the item.
fn narrowing(context: &str) -> Vec<&str> {
    let lines = parted(context).1.split('\n').filter(|line| line.starts_with(NARROWS));
    lines.collect()
}

/// What stands above an item, and its details.
fn parted(context: &str) -> (&str, &str) {
    context.split_once('\n').unwrap_or((context, ""))
}

/// What differs above an item between two contexts, or in what narrows it; `None` where nothing does.
pub fn context_change(from: &str, to: &str) -> Option<&'static str> {
    let narrowed = narrowing(from) != narrowing(to);
    let (from, to) = (parted(from).0, parted(to).0);
    if from == to {
        return narrowed.then_some("text that narrows it");
    }
    let heading = |context: &str| context.split('#').next().map(str::to_owned);
    Some(if heading(from) == heading(to) { "item above it" } else { "heading above it" })
}

/// What differs between the details of two contexts, those from `above` the item's list among them or not;
/// `None` where nothing does.
pub fn details_change(from: &str, to: &str, above: bool) -> Option<&'static str> {
    let own = |context| {
        let is_own =
            |line: &&str| above || !line.trim_start_matches(NARROWS).starts_with(NARROWS_BELOW);
        parted(context).1.split('\n').filter(is_own).collect::<Vec<&str>>()
    };
    let (from, to) = (own(from), own(to));
    let narrows = |lines: &[&str]| lines.iter().filter(|line| line.starts_with(NARROWS)).count();
    match from == to {
        true => None,
        false if narrows(&from) != narrows(&to) => Some("text that narrows it"),
        false => Some("text below it or a link in it"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_in_a_cell_that_was_empty_is_an_addition() {
        for now in ["load", "load|done-by-ann", "load|a|b"] {
            assert!(means_still(now, "load"), "{now}");
        }
        assert!(means_still("load|a|x|b", "load|a|b"));
        for (now, then) in [
            ("loads", "load"),
            ("loads|load", "load"),
            ("load", "load|a"),
            ("load|b", "load|a"),
            ("load|b|a", "load|a|b"),
            ("load|=v1-5", "load"),
            ("load|staging-only", "load"),
        ] {
            assert!(!means_still(now, then), "{then} → {now}");
        }
    }

    fn below(titles: &[&str], above: &str) -> String {
        let titles: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
        context("", &section_name(&titles), above, "")
    }

    #[test]
    fn numbers_decoration_and_progress_are_no_other_context() {
        let here = below(&["2. Staging"], "");
        for same in
            [&["3) 🚀 Staging"][..], &["Staging", "✅ Done"], &["STAGING"], &["To do", "Staging"]]
        {
            assert_eq!(context_change(&here, &below(same, "")), None, "{same:?}");
        }
    }

    #[test]
    fn another_heading_and_another_parent_are_told_apart() {
        let here = below(&["Staging"], "database");
        assert_eq!(
            context_change(&here, &below(&["Production"], "database")),
            Some("heading above it")
        );
        assert_eq!(context_change(&here, &below(&["Staging"], "cache")), Some("item above it"));
    }
}
