//! The context of an item: the headings and the items above it, in a form that only a change of
//! meaning changes.

use super::heading;

/// Headings that say how far an item is, and not what it is of: moving it below one changes nothing.
const PROGRESS: [&str; 16] = [
    "archive",
    "archived",
    "backlog",
    "closed",
    "complete",
    "completed",
    "doing",
    "done",
    "finished",
    "inprogress",
    "ongoing",
    "open",
    "pending",
    "remaining",
    "todo",
    "wip",
];

/// What the headings above an item say, outermost first, joined by `/`: their letters in lower case,
/// and the numbers that name (`v1.4`, `Audit 2025`, `Sprint 4`). Another numbering, count or emoji
/// leaves it as it was.
pub fn section_name(titles: &[String]) -> String {
    let plain: Vec<String> = titles.iter().map(|title| heading::name(title)).collect();
    plain.join("/")
}

/// What a document's title says, in the same form.
pub fn title_name(title: &str) -> String {
    heading::name(title)
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
/// [`section_name`], and below the items of the chain `above`.
pub fn context(title: &str, section: &str, above: &str) -> String {
    let told = |name: &&str| !name.is_empty() && !PROGRESS.contains(name);
    let headings: Vec<&str> = [title].into_iter().chain(section.split('/')).filter(told).collect();
    format!("{}#{above}", headings.join("/"))
}

/// What differs between two contexts; `None` where nothing does.
pub fn context_change(from: &str, to: &str) -> Option<&'static str> {
    if from == to {
        return None;
    }
    let heading = |context: &str| context.split('#').next().map(str::to_owned);
    Some(if heading(from) == heading(to) { "item above it" } else { "heading above it" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn below(titles: &[&str], above: &str) -> String {
        let titles: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
        context("", &section_name(&titles), above)
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
