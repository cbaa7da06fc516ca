//! `ruff check --output-format json`, and `json-lines`.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Cut, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Level};
use crate::model::Reading;

pub(super) struct RuffJson;

impl Format for RuffJson {
    fn id(&self) -> &'static str {
        "ruff-json"
    }

    fn about(&self) -> About {
        About {
            tool: "Ruff",
            recognised: "a list, or lines, of `code`, `filename`, `location` and `end_location`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://docs.astral.sh/ruff/settings/#output-format",
            clean: "`[]`, or an empty file of `json-lines`, vouched for.",
            vacuous: "Nothing here: Ruff lists what it found, and nothing of the files that it looked at.",
            blank: Blanks::NONE.list(Means::Silent).silent(),
            notes: &[
                "Ruff has no severities but its own `severity`, where it is written; without it a finding is an error, as Ruff fails for each.",
                "A file that is no Python is a finding too, `invalid-syntax` or without a code.",
                "`[]` is what success looks like, and what a run over no file looks like: it counts beside something that vouches for the run.",
                "Lines have no end: a file of `json-lines` that was cut at the end of one reads as a shorter list.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let found = |one: &Shape<'_>| {
            one.has(&["filename", "location", "end_location", "message"]) && one.has(&["code"])
        };
        let listed = sniff.json().and_then(Shape::first);
        Fit::sure(listed.is_some_and(found) || sniff.json().is_some_and(found))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut findings = input.findings();
        let mut reading = Reading::of(self.id());
        let add = |found: Found<'_>| findings.add(found.finding());
        if input.sniff.json().is_some_and(Shape::is_map) {
            input.documents(add)?.settle(&mut reading);
        } else {
            input.elements(add)?;
        }
        reading.tool = Some("Ruff".to_owned());
        reading.facts.findings = Some(findings);
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::AtLineEnds
    }
}

#[derive(Deserialize)]
struct Found<'a> {
    #[serde(borrow)]
    code: Option<Str<'a>>,
    name: Option<Str<'a>>,
    message: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    filename: Option<Str<'a>>,
    location: Option<Place>,
}

#[derive(Deserialize)]
struct Place {
    #[serde(default)]
    row: Num,
}

impl Found<'_> {
    fn finding(&self) -> Finding {
        let level = self.severity.as_deref().map_or(Level::Error, Level::from_word);
        Finding {
            rule: text::said(&self.code).or_else(|| text::said(&self.name)),
            title: self.message.as_deref().and_then(text::title),
            path: text::said(&self.filename),
            line: self.location.as_ref().and_then(|place| place.row.line()),
            ..Finding::levelled(level)
        }
    }
}
