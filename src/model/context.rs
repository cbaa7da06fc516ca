//! The context of an item: the headings and the items above it, in a form that only a change of
//! meaning changes.

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

/// The letters of the headings above an item, outermost first, in lower case and joined by `/`: what
/// a new number or emoji leaves as it was.
pub fn section_letters(titles: &[String]) -> String {
    let plain: Vec<String> = titles.iter().map(|title| letters(title)).collect();
    plain.join("/")
}

fn letters(title: &str) -> String {
    title.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

/// The context of an item below headings of those [`section_letters`], and below the items of the
/// chain `above`.
pub fn context(section: &str, above: &str) -> String {
    let told = |letters: &&str| !letters.is_empty() && !PROGRESS.contains(letters);
    let headings: Vec<&str> = section.split('/').filter(told).collect();
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
        context(&section_letters(&titles), above)
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
