//! `eslint --format json` and `json-with-metadata`.

use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess};

use crate::evidence::family::linted::{self, Writer};
use crate::evidence::family::listed;
use crate::evidence::family::mended::mended;
use crate::evidence::json::{self, Members, Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Findings, Grade, Level};
use crate::model::{Reading, Rule, counted, plural};

pub(super) struct EslintJson;

impl Format for EslintJson {
    fn id(&self) -> &'static str {
        "eslint-json"
    }

    fn about(&self) -> About {
        About {
            tool: "ESLint",
            recognised: "a list of `filePath`, `messages` and counts, or that list under `results` beside `metadata`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://eslint.org/docs/latest/use/formatters/#json",
            clean: "Files are listed, and none has a message.",
            vacuous: "`[]`, or only files that it ignored: ESLint looked at 0 files; a run that changed files (`--fix`: a file has `output`).",
            blank: Blanks::NONE.list(Means::Vacuous),
            notes: &[
                "Files without findings are listed: a list of none means that ESLint looked at 0 files.",
                "Severity 2 is an error, 1 a warning; `fatal` parse errors have no rule and are errors; their files are counted in `findings.unchecked`.",
                "A file that was named, and that ESLint ignored because no configuration fits it, because it lies outside of the base path or by ESLint's own default, is counted in `findings.unchecked`. One that a pattern of the team's own ignores is left out by choice, as lint-staged names such files: it is a warning alone.",
                "`suppressedMessages` are listed, not counted. How many of them stand in a file of suppressions (`--suppress-all`), by which nobody looked at each, is a warning.",
                "Secretlint, textlint and html-validate write the same list: they are told apart by what stands beside it.",
                "The messages are counted, and compared with `errorCount` and `warningCount`.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let file = |shape: &Shape<'_>| shape.has(&["filePath", "messages"]);
        let listed = linted::writer(shape) == Some(Writer::Eslint);
        let wrapped = shape.has_list("results") && shape.at(&["metadata", "rulesMeta"]).is_some();
        Fit::sure(listed || wrapped || shape.first_of("results").is_some_and(file))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut report = Report { findings: input.findings(), ..Report::default() };
        if input.sniff.json().is_some_and(Shape::is_map) {
            input.members(&mut report)?;
        } else {
            report.has = input.elements(|file: File<'_>| report.add(&file))?;
        }
        if !report.has {
            return Err(Broken::new("The report holds no list of files."));
        }
        let mut reading = Reading::by(self.id(), "ESLint");
        if report.files == 0 {
            reading.doubt(Rule::NothingLookedAt, "ESLint looked at 0 files.");
        }
        if report.files > 0 && report.files == report.ignored {
            let why = format!("ESLint looked at 0 files: it ignored all {}.", report.files);
            reading.doubt(Rule::NothingLookedAt, why);
        }
        mended(&mut reading, "ESLint", report.mended);
        let errors = report.findings.levelled(Level::Error);
        listed::lost(&mut reading, "`errorCount`", report.errors, errors);
        let warnings = report.findings.levelled(Level::Warning);
        listed::lost(&mut reading, "`warningCount`", report.warnings, warnings);
        let total = report.findings.total();
        if report.declared != total {
            reading.warn(format!(
                "The files declare {}; the report lists {total}.",
                counted(report.declared, "finding")
            ));
        }
        if report.in_bulk > 0 {
            reading.warn(format!(
                "{} {} suppressed by a file of suppressions (`--suppress-all`), not one by one.",
                counted(report.in_bulk, "finding"),
                plural(report.in_bulk, "is")
            ));
        }
        report.findings.unchecked = Some(report.unparsed.saturating_add(report.left_out));
        reading.facts.findings = Some(report.findings);
        Ok(reading)
    }
}

#[derive(Default)]
struct Report {
    findings: Findings,
    files: u64,
    /// Files of which it says nothing but that it ignored them.
    ignored: u64,
    /// Those of them that the team's own patterns do not ignore.
    left_out: u64,
    declared: u64,
    errors: u64,
    warnings: u64,
    /// Files with a fatal message: no rule looked at them.
    unparsed: u64,
    /// Files that it changed.
    mended: u64,
    /// Findings that a file of suppressions takes out, and no comment beside the code.
    in_bulk: u64,
    has: bool,
}

impl<'de> Members<'de> for Report {
    fn member<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "results" => self.has = json::each(map, |file: File<'de>| self.add(&file))?,
            _ => json::skip(map)?,
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow, rename = "filePath")]
    path: Str<'a>,
    messages: Vec<Message<'a>>,
    #[serde(rename = "suppressedMessages")]
    suppressed: Option<Vec<Message<'a>>>,
    #[serde(rename = "errorCount")]
    errors: Option<u64>,
    #[serde(rename = "warningCount")]
    warnings: Option<u64>,
    #[serde(rename = "fatalErrorCount")]
    fatal: Option<u64>,
    /// The file as `--fix` made it.
    output: Option<IgnoredAny>,
}

impl File<'_> {
    /// Why a file was ignored that was named: it has one warning of no rule that says so.
    fn ignored(&self) -> Option<&str> {
        let [only] = self.messages.as_slice() else { return None };
        let told = only.message.as_deref().filter(|_| only.rule.is_none())?;
        told.strip_prefix("File ignored ")
    }
}

#[derive(Deserialize)]
struct Message<'a> {
    #[serde(borrow, rename = "ruleId")]
    rule: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    fatal: Option<bool>,
    message: Option<Str<'a>>,
    #[serde(default)]
    line: Num,
    suppressions: Option<Vec<Suppression<'a>>>,
}

/// What suppresses a message: a comment (`directive`), or the list of a `file`.
#[derive(Deserialize)]
struct Suppression<'a> {
    #[serde(borrow)]
    kind: Option<Str<'a>>,
}

impl Message<'_> {
    fn is_suppressed_in_bulk(&self) -> bool {
        let by = self.suppressions.as_deref().unwrap_or_default();
        !by.is_empty() && by.iter().all(|of| of.kind.as_deref() == Some("file"))
    }
}

impl Report {
    fn add(&mut self, file: &File<'_>) {
        self.files += 1;
        self.mended += u64::from(file.output.is_some());
        let ignored = file.ignored();
        let by_choice = |why: &str| why.starts_with("because of a matching");
        self.ignored += u64::from(ignored.is_some());
        self.left_out += u64::from(ignored.is_some_and(|why| !by_choice(why)));
        self.errors =
            self.errors.saturating_add(file.errors.unwrap_or(0).max(file.fatal.unwrap_or(0)));
        self.warnings = self.warnings.saturating_add(file.warnings.unwrap_or(0));
        let declared = file.errors.unwrap_or(0).saturating_add(file.warnings.unwrap_or(0));
        self.declared = self.declared.saturating_add(declared);
        let fatal = file.messages.iter().any(|message| message.fatal == Some(true));
        self.unparsed += u64::from(fatal || file.fatal.unwrap_or(0) > 0);
        for message in &file.messages {
            message.add_to(&mut self.findings, file, false);
        }
        for message in file.suppressed.iter().flatten() {
            self.in_bulk += u64::from(message.is_suppressed_in_bulk());
            message.add_to(&mut self.findings, file, true);
        }
    }
}

impl Message<'_> {
    fn add_to(&self, findings: &mut Findings, file: &File<'_>, suppressed: bool) {
        let level = match self.severity.as_deref() {
            _ if self.fatal == Some(true) => Level::Error,
            Some("1") => Level::Warning,
            Some("0" | "off") | None => Level::Note,
            Some(word) if word.parse::<f64>().is_err() => Level::from_word(word),
            // 2, and what ESLint does not write.
            Some(_) => Level::Error,
        };
        findings.add_with(Grade::Unknown, level, suppressed, || Finding {
            rule: text::said(&self.rule),
            title: self.message.as_deref().and_then(text::title),
            path: Some(file.path.to_string()),
            line: self.line.line(),
            ..Finding::levelled(level)
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn what_was_suppressed_in_bulk_is_told_apart_from_what_a_comment_takes_out() {
        let suppressed = |kinds: &[&str]| {
            let by: Vec<String> =
                kinds.iter().map(|kind| format!(r#"{{"kind": "{kind}"}}"#)).collect();
            let text = format!(
                r#"[{{"filePath": "a.js", "messages": [], "errorCount": 0, "warningCount": 0,
                "suppressedMessages": [{{"ruleId": "no-undef", "severity": 2, "message": "m",
                "line": 1, "suppressions": [{}]}}]}}]"#,
                by.join(", ")
            );
            let reading = reading("eslint-json", &text);
            (reading.facts.findings.unwrap().total(), reading.warnings)
        };
        let (total, warnings) = suppressed(&["file"]);
        let said =
            "1 finding is suppressed by a file of suppressions (`--suppress-all`), not one by one.";
        assert_eq!((total, warnings), (0, vec![said.to_owned()]));
        for kinds in [&["directive"][..], &["directive", "file"], &[]] {
            assert_eq!(suppressed(kinds), (0, Vec::new()), "{kinds:?}");
        }
    }

    #[test]
    fn a_file_that_was_named_and_not_looked_at_is_unchecked() {
        // As ESLint 8 and 10 say it.
        for (why, unchecked) in [
            ("because no matching configuration was supplied.", 1),
            ("because outside of base path.", 1),
            ("by default because it is located under the node_modules directory.", 1),
            ("by default.  Use a negated ignore pattern to override.", 1),
            ("because of a matching ignore pattern.", 0),
        ] {
            let text = format!(
                r#"[{{"filePath": "ok.js", "messages": [], "errorCount": 0, "warningCount": 0}},
                {{"filePath": "bad.ts", "messages": [{{"ruleId": null, "fatal": false, "severity": 1,
                "message": "File ignored {why}"}}], "errorCount": 0, "warningCount": 1}}]"#
            );
            let findings = reading("eslint-json", &text).facts.findings.unwrap();
            assert_eq!((findings.total(), findings.unchecked), (1, Some(unchecked)), "{why}");
        }
    }
}
