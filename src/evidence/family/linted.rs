//! Lists of linted files, `filePath` beside `messages`: ESLint's shape, which others write too.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{Shape, text};
use crate::facts::{Finding, Level};

/// Who wrote a list of linted files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::evidence) enum Writer {
    Dclint,
    Eslint,
    HtmlValidate,
    Secretlint,
    Textlint,
}

/// The writer of a list of linted files, by what each documents; `None` where it is no such list.
pub(in crate::evidence) fn writer(shape: &Shape<'_>) -> Option<Writer> {
    let first = shape.first().filter(|file| file.has(&["filePath"]))?;
    let files = shape.elements();
    let messages = files.iter().filter_map(|file| file.get("messages")).flat_map(Shape::elements);
    let message = |is: &dyn Fn(&Shape<'_>) -> bool| messages.clone().any(is);
    // Secretlint alone lists the whole text of each file, before its messages.
    let by_parent =
        |of: &Shape<'_>| of.has(&["ruleParentId"]) || of.text("type") == Some("message");
    if files.iter().any(|file| file.has(&["sourceContent"])) || message(&by_parent) {
        return Some(Writer::Secretlint);
    }
    if !first.has(&["messages"]) {
        return None;
    }
    // Textlint counts nothing: each file is its messages and then its path.
    let names = first.members().iter().map(|(name, _)| *name);
    if names.eq(["messages", "filePath"]) || message(&|of| of.has(&["type", "index"])) {
        return Some(Writer::Textlint);
    }
    if message(&|of| of.has(&["ruleUrl", "offset"])) {
        return Some(Writer::HtmlValidate);
    }
    let by_dclint = |of: &Shape<'_>| of.has(&["rule", "category"]);
    if message(&by_dclint) || messages.clone().next().is_none() && is_of_compose(files) {
        return Some(Writer::Dclint);
    }
    Some(Writer::Eslint)
}

/// Whether clean files are listed as dclint lists them: YAML alone, with the counts that ESLint has too and
/// none of its own.
fn is_of_compose(files: &[Shape<'_>]) -> bool {
    let of_eslint = ["usedDeprecatedRules", "suppressedMessages", "fatalErrorCount"];
    files.iter().all(|file| {
        let is_yaml = |path: &str| path.ends_with(".yml") || path.ends_with(".yaml");
        file.text("filePath").is_some_and(is_yaml)
            && file.has(&["fixableErrorCount", "fixableWarningCount"])
            && !of_eslint.iter().any(|own| file.has(&[own]))
    })
}

/// A message of one who says no more than ESLint does: without `fatal`, and without what is suppressed.
#[derive(Deserialize)]
pub(in crate::evidence) struct Message<'a> {
    #[serde(borrow, rename = "ruleId")]
    rule: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    message: Option<Str<'a>>,
    #[serde(default)]
    line: Num,
}

impl Message<'_> {
    /// What it says of the file `path`: severity 1 is a warning, 0 a note, all else an error.
    pub(in crate::evidence) fn finding(&self, path: &str) -> Finding {
        let level = match self.severity.as_deref() {
            Some("0") => Level::Note,
            Some("1") => Level::Warning,
            _ => Level::Error,
        };
        Finding {
            rule: text::said(&self.rule),
            title: self.message.as_deref().and_then(text::title),
            path: Some(path.to_owned()),
            line: self.line.line(),
            ..Finding::levelled(level)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;
    use crate::evidence::{Detail, read};

    #[test]
    fn a_list_of_linted_files_is_told_as_its_writer_s() {
        for (format, tool, file) in [
            ("eslint-json", "ESLint", r#""errorCount": 0, "warningCount": 0, "messages": []"#),
            ("textlint-json", "textlint", r#""messages": [{"type": "lint", "index": 0}]"#),
            ("secretlint-json", "Secretlint", r#""sourceContent": "a", "messages": []"#),
            (
                "html-validate-json",
                "html-validate",
                r#""errorCount": 1, "warningCount": 0, "messages": [{"ruleId": "a", "severity": 2,
                "message": "b", "offset": 1, "line": 1, "column": 1, "size": 1, "ruleUrl": "c"}]"#,
            ),
        ] {
            let read = reading(format, &format!(r#"[{{"filePath": "a", {file}}}]"#));
            assert_eq!(read.tool.as_deref(), Some(tool));
            assert_eq!(read.doubts, [], "{tool}");
        }
    }

    #[test]
    fn textlint_s_clean_file_is_told_by_what_it_does_not_count() {
        let read = reading("textlint-json", r#"[{"messages": [], "filePath": "a.md"}]"#);
        assert_eq!(read.doubts, []);
    }

    #[test]
    fn a_secret_scanner_s_list_holds_secrets_under_every_name() {
        let list = include_str!("../../../fixtures/evidence/secretlint-json/good.json");
        for named in [None, Some("secretlint-json"), Some("eslint-json"), Some("json")] {
            let answer = read("a.json", list.as_bytes(), named, &Detail::default());
            assert!(answer.holds_secrets(), "{named:?}");
            let cut = read("a.json", &list.as_bytes()[..300], named, &Detail::default());
            assert!(cut.holds_secrets(), "{named:?}, cut");
        }
        let named = read("a.json", list.as_bytes(), Some("eslint-json"), &Detail::default());
        assert!(named.reading().is_none(), "it says nothing of ESLint");
    }
}
