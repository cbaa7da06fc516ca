//! The log of a job of GitHub Actions: the runner obeys commands that it finds there, and a text of a
//! document or an artifact that is shown must be none.
//! The forms: `ActionCommand` of the runner: `::name …::` at the start of a line, `##[name …]`
//! anywhere in it.

use std::borrow::Cow;

/// `text` with a backslash in whatever the runner would obey.
pub(super) fn inert(text: &str) -> Cow<'_, str> {
    if !text.contains("##[") && !text.contains("::") {
        return Cow::Borrowed(text);
    }
    let lines = text.split_inclusive(['\n', '\r']).map(|line| {
        let line = line.replace("##[", "##\\[");
        let said = line.trim_start();
        let lead = line.len() - said.len();
        match (line.get(..lead), said.starts_with("::")) {
            (Some(blank), true) => format!("{blank}\\{said}"),
            _ => line,
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
        assert_eq!(inert("std::path ## [x]"), "std::path ## [x]");
    }

    proptest! {
        #[test]
        fn no_text_is_a_command(text in "([#:\\[\\] \\n\\r\u{a0}\u{2003}a]|::|##\\[){0,24}") {
            let shown = inert(&text);
            prop_assert!(!shown.contains("##["));
            for line in shown.split(['\n', '\r']) {
                prop_assert!(!line.trim_start().starts_with("::"), "{shown:?}");
            }
            prop_assert_eq!(shown.replace('\\', ""), text);
        }
    }
}
