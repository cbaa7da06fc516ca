//! Tools that change the code that they look at: what they list is what is left in the changed code,
//! and the commit holds the code as it was.

use crate::model::{Reading, Rule, counted};

/// Doubts a reading of which the tool changed so many `files`.
pub(in crate::evidence) fn mended(reading: &mut Reading, tool: &str, files: u64) {
    if files > 0 {
        let files = counted(files, "file");
        let why = format!("{tool} changed {files}: what it lists is left in the changed code.");
        reading.doubt(Rule::OtherCode, why);
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    #[test]
    fn what_a_tool_changed_is_not_what_the_commit_holds() {
        let eslint = |more: &str| {
            format!(
                r#"[{{"filePath": "a.js", "messages": [], "suppressedMessages": [], "errorCount": 0, "fatalErrorCount": 0, "warningCount": 0, "fixableErrorCount": 0, "fixableWarningCount": 0{more}, "usedDeprecatedRules": []}}]"#
            )
        };
        let changed = "changed 1 file";
        proves("eslint-json", &[(&eslint(""), ""), (&eslint(r#", "output": "let a;""#), changed)]);
        let rubocop = |corrected: bool| {
            format!(
                r#"{{"metadata": {{"rubocop_version": "1.63.1"}}, "files": [{{"path": "a.rb", "offenses": [
                {{"severity": "convention", "message": "x", "cop_name": "A/B", "corrected": {corrected}}}]}}],
                "summary": {{"offense_count": 1, "inspected_file_count": 1, "target_file_count": 1}}}}"#
            )
        };
        proves("rubocop-json", &[(&rubocop(false), ""), (&rubocop(true), changed)]);
        let biome = |changed: u8| {
            format!(
                r#"{{"summary": {{"changed": {changed}, "unchanged": 3, "errors": 0, "warnings": 0}}, "diagnostics": [], "command": "lint"}}"#
            )
        };
        let stylelint = |more: &str| {
            format!(
                r#"[{{"source": "a.css", "deprecations": [], "invalidOptionWarnings": [], "parseErrors": [], "errored": false, "warnings": []{more}}}]"#
            )
        };
        let fixed = stylelint(r#", "autofixed": true"#);
        proves("stylelint-json", &[(&stylelint(""), ""), (&fixed, changed)]);
        proves("biome-json", &[(&biome(0), ""), (&biome(1), changed)]);
    }
}
