//! `eslint --format json` and `json-with-metadata`.

use serde::Deserialize;
use serde::de::MapAccess;

use crate::evidence::family::listed;
use crate::evidence::json::{self, Members, Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Findings, Grade, Level};
use crate::model::{Reading, Rule, counted};

pub(super) struct EslintJson;

impl Format for EslintJson {
    fn id(&self) -> &'static str {
        "eslint-json"
    }

    fn about(&self) -> About {
        About {
            tool: "ESLint",
            recognised: "a list of `filePath` beside `messages`, or that list under `results` beside `metadata`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://eslint.org/docs/latest/use/formatters/#json",
            clean: "Files are listed, and none has a message.",
            vacuous: "`[]`, or only files that it ignored: ESLint looked at 0 files.",
            blank: Blanks::NONE.list(Means::Vacuous),
            notes: &[
                "Files without findings are listed: a list of none means that ESLint looked at 0 files.",
                "Severity 2 is an error, 1 a warning; `fatal` parse errors have no rule and are errors; their files are counted in `findings.unchecked`.",
                "`suppressedMessages` are listed, not counted.",
                "The messages are counted, and compared with `errorCount` and `warningCount`.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let file = |shape: &Shape<'_>| shape.has(&["filePath", "messages"]);
        let listed = shape.first().is_some_and(file);
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
        let mut reading = Reading::of(self.id());
        reading.tool = Some("ESLint".to_owned());
        if report.files == 0 {
            reading.doubt(Rule::NothingLookedAt, "ESLint looked at 0 files.");
        }
        if report.files > 0 && report.files == report.ignored {
            let why = format!("ESLint looked at 0 files: it ignored all {}.", report.files);
            reading.doubt(Rule::NothingLookedAt, why);
        }
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
        report.findings.unchecked = Some(report.unparsed);
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
    declared: u64,
    errors: u64,
    warnings: u64,
    /// Files with a fatal message: no rule looked at them.
    unparsed: u64,
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
}

impl File<'_> {
    /// A file that was named and is ignored has one warning of no rule that says so.
    fn is_ignored(&self) -> bool {
        let says = |message: &Message<'_>| {
            let told = message.message.as_deref().unwrap_or_default();
            message.rule.is_none() && told.starts_with("File ignored")
        };
        matches!(self.messages.as_slice(), [only] if says(only))
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
}

impl Report {
    fn add(&mut self, file: &File<'_>) {
        self.files += 1;
        self.ignored += u64::from(file.is_ignored());
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
