//! `sqlfluff lint --format json`.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Level};
use crate::model::Reading;

pub(super) struct SqlfluffJson;

impl Format for SqlfluffJson {
    fn id(&self) -> &'static str {
        "sqlfluff-json"
    }

    fn about(&self) -> About {
        About {
            tool: "SQLFluff",
            recognised: "a list of `filepath` and `violations`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://docs.sqlfluff.com/en/stable/reference/cli.html",
            clean: "Files are listed and none has a violation.",
            vacuous: "Nothing here: a list without a file is `[]`.",
            blank: Blanks::NONE.list(Means::Vacuous),
            notes: &["A violation is an error, and a warning where `warning` says so."],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(
            sniff
                .json()
                .and_then(Shape::first)
                .is_some_and(|one| one.has(&["filepath"]) && one.has_list("violations")),
        )
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut findings = input.findings();
        input.elements(|file: File<'_>| {
            file.violations.iter().for_each(|found| findings.add(found.finding(&file.filepath)));
        })?;
        let mut reading = Reading::by(self.id(), "SQLFluff");
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    filepath: Option<Str<'a>>,
    violations: Vec<Violation<'a>>,
}

#[derive(Deserialize)]
struct Violation<'a> {
    #[serde(borrow)]
    code: Option<Str<'a>>,
    description: Option<Str<'a>>,
    warning: Option<bool>,
    #[serde(default, alias = "line_no")]
    start_line_no: Num,
}

impl Violation<'_> {
    fn finding(&self, path: &Option<Str<'_>>) -> Finding {
        let level = if self.warning == Some(true) { Level::Warning } else { Level::Error };
        Finding {
            rule: text::said(&self.code),
            title: self.description.as_deref().and_then(text::title),
            path: text::said(path),
            line: self.start_line_no.line(),
            ..Finding::levelled(level)
        }
    }
}
