//! The log of a CI job: its runner obeys commands that it finds there, and a text of a document or an
//! artifact that is shown must be none.
//! The forms: of GitHub's runner `::name …::` at the start of a line and `##[name …]` anywhere in it
//! (its `ActionCommand`); of Azure Pipelines `##vso[…]`, of TeamCity `##teamcity[…]`.

use std::borrow::Cow;

/// What makes a command anywhere in a line.
const ANYWHERE: [&str; 3] = ["##[", "##vso[", "##teamcity["];

/// What makes one at its start.
const AT_START: &str = "::";

/// `text` with a backslash in whatever a runner would obey.
pub(super) fn inert(text: &str) -> Cow<'_, str> {
    if !text.contains("##") && !text.contains(AT_START) {
        return Cow::Borrowed(text);
    }
    let broken = ANYWHERE.iter().fold(text.to_owned(), |text, form| {
        let name = form.strip_suffix('[').unwrap_or(form);
        text.replace(form, &format!("{name}\\["))
    });
    let lines = broken.split_inclusive(['\n', '\r']).map(|line| {
        let said = line.trim_start();
        match line.strip_suffix(said) {
            Some(blank) if said.starts_with(AT_START) => Cow::Owned(format!("{blank}\\{said}")),
            _ => Cow::Borrowed(line),
        }
    });
    Cow::Owned(lines.collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_the_runner_would_obey_is_shown_and_not_said() {
        assert_eq!(
            inert("  3 │ - [x] ##[set-output name=result]go\n"),
            "  3 │ - [x] ##\\[set-output name=result]go\n"
        );
        assert_eq!(
            inert("a\n \t::error::b\r::stop-commands::c"),
            "a\n \t\\::error::b\r\\::stop-commands::c"
        );
        assert_eq!(
            inert("##vso[task.setvariable variable=a]b ##teamcity[message text='c']"),
            "##vso\\[task.setvariable variable=a]b ##teamcity\\[message text='c']"
        );
        assert_eq!(inert("std::path ## [x]"), "std::path ## [x]");
    }

    proptest! {
        #[test]
        fn no_text_is_a_command(text in "([#:\\[\\] \\n\\r\u{a0}\u{2003}a]|::|##\\[|##vso\\[){0,24}") {
            let shown = inert(&text);
            prop_assert!(!ANYWHERE.iter().any(|form| shown.contains(form)), "{shown:?}");
            for line in shown.split(['\n', '\r']) {
                prop_assert!(!line.trim_start().starts_with("::"), "{shown:?}");
            }
            prop_assert_eq!(shown.replace('\\', ""), text);
        }
    }
}
