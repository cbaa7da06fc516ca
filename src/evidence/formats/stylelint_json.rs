//! `stylelint --formatter json`.

use serde::Deserialize;

use crate::evidence::family::mended::mended;
use crate::evidence::json::{Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule, counted};

pub(super) struct StylelintJson;

impl Format for StylelintJson {
    fn id(&self) -> &'static str {
        "stylelint-json"
    }

    fn about(&self) -> About {
        About {
            tool: "Stylelint",
            recognised: "a list of `source` beside `warnings` and `errored` or `deprecations`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://stylelint.io/user-guide/options#formatter",
            clean: "Files are listed and none has a warning.",
            vacuous: "`[]`, or only files that it ignored: Stylelint looked at 0 files; an option that it does not know.",
            blank: Blanks::NONE.list(Means::Vacuous),
            notes: &[
                "Files without findings are listed: a list of none means that nothing was looked at.",
                "A file that it changed (`--fix`, `autofixed`) is other code than the commit's: the report proves nothing.",
                "Parse errors are errors; deprecations are no findings.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let first = sniff.json().and_then(Shape::first);
        Fit::sure(first.is_some_and(|file| {
            file.has(&["warnings"])
                && file.has(&["source"])
                && ["errored", "deprecations", "invalidOptionWarnings"]
                    .iter()
                    .any(|key| file.has(&[key]))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut findings = input.findings();
        let (mut files, mut ignored, mut lost, mut changed, mut misled) =
            (0u64, 0u64, 0u64, 0u64, None);
        input.elements(|file: File<'_>| {
            files += 1;
            ignored += u64::from(file.ignored == Some(true));
            changed += u64::from(file.autofixed == Some(true));
            let holds = |list: &Option<Vec<Warning<'_>>>| {
                list.as_ref().is_some_and(|list| !list.is_empty())
            };
            let listed = holds(&file.warnings) || holds(&file.parse_errors);
            lost += u64::from(file.errored == Some(true) && !listed);
            let option = file.invalid_options.iter().flatten().find_map(|of| of.text.as_deref());
            misled = misled.take().or(option.and_then(text::title));
            for warning in file.warnings.iter().flatten().chain(file.parse_errors.iter().flatten())
            {
                findings.add(warning.finding(&file));
            }
        })?;
        let mut reading = Reading::by(self.id(), "Stylelint");
        if files == 0 {
            reading.doubt(Rule::NothingLookedAt, "Stylelint looked at 0 files.");
        }
        if files > 0 && files == ignored {
            let why = format!("Stylelint looked at 0 files: it ignored all {files}.");
            reading.doubt(Rule::NothingLookedAt, why);
        }
        if lost > 0 {
            let why = format!("{} errored, and lists nothing.", counted(lost, "file"));
            reading.doubt(Rule::ToolFailed, why);
        }
        mended(&mut reading, "Stylelint", changed);
        if let Some(said) = misled {
            let why = format!("Stylelint was not set up as meant. It says: {said}");
            reading.doubt(Rule::ToolFailed, why);
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    source: Option<Str<'a>>,
    warnings: Option<Vec<Warning<'a>>>,
    errored: Option<bool>,
    ignored: Option<bool>,
    autofixed: Option<bool>,
    #[serde(rename = "invalidOptionWarnings")]
    invalid_options: Option<Vec<Warning<'a>>>,
    #[serde(rename = "parseErrors")]
    parse_errors: Option<Vec<Warning<'a>>>,
}

#[derive(Deserialize)]
struct Warning<'a> {
    #[serde(borrow)]
    rule: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    text: Option<Str<'a>>,
    #[serde(default)]
    line: Num,
}

impl Warning<'_> {
    fn finding(&self, file: &File<'_>) -> Finding {
        let level = self.severity.as_deref().map_or(Level::Error, Level::from_word);
        Finding {
            rule: text::said(&self.rule),
            title: self.text.as_deref().and_then(text::title),
            path: text::said(&file.source),
            line: self.line.line(),
            ..Finding::levelled(level)
        }
    }
}
