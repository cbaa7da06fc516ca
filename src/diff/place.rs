//! Where an item stands, in a form that a new number or emoji in a heading does not change.

use super::likeness::Words;
use super::pairing::Located;

/// The headings above an item in lower case, without their numbers and decoration.
pub(super) fn section(titles: &[String]) -> String {
    titles.iter().map(|title| heading(title)).collect::<Vec<_>>().join(" / ")
}

fn heading(title: &str) -> String {
    let plain = Words::of(title).plain;
    let is_number = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    let words: Vec<&str> = plain.split(' ').skip_while(is_number).collect();
    if words.is_empty() { plain } else { words.join(" ") }
}

/// `Security › Accounts`; the checklist's path where no heading stands above.
pub(super) fn within(located: &Located<'_>) -> String {
    match &*located.item.section {
        [] => located.path.to_owned(),
        titles => titles.join(" › "),
    }
}

/// `docs/RELEASE.md › Security › Accounts`.
pub(super) fn whole(located: &Located<'_>) -> String {
    let titles = located.item.section.iter().map(String::as_str);
    std::iter::once(located.path).chain(titles).collect::<Vec<_>>().join(" › ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_number_or_emoji_is_no_new_section() {
        let key = |title: &str| section(&[title.to_owned(), "Accounts".to_owned()]);
        for same in ["3. Security", "4. Security", "🔒 Security", "security:"] {
            assert_eq!(key(same), "security / accounts", "{same}");
        }
        assert_eq!(key("2026"), "2026 / accounts");
        assert_ne!(key("Security checks"), key("Security"));
    }
}
