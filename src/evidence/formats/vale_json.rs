//! `vale --output=JSON`: what it finds in prose.

use serde::Deserialize;

use crate::evidence::json::{self, Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Findings, Level};
use crate::model::Reading;

pub(super) struct ValeJson;

impl Format for ValeJson {
    fn id(&self) -> &'static str {
        "vale-json"
    }

    fn about(&self) -> About {
        About {
            tool: "Vale",
            recognised: "files with lists of alerts that have a `Check`, a `Severity` and a `Span`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://vale.sh/docs/cli",
            clean: "`{}`, where something vouches for the run: only files with alerts are listed.",
            vacuous: "`{}` alone: Vale writes it too where no file matched.",
            blank: Blanks::NONE.map(Means::Silent),
            notes: &[
                "`suggestion` is a note.",
                "What `MinAlertLevel` leaves out is not in the file.",
                "An error of Vale itself (`Code`, `Text`) is no such file, and is not read.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let alert = sniff.json().and_then(Shape::first_value).and_then(Shape::first);
        Fit::sure(alert.is_some_and(|alert| alert.has(&["Check", "Severity", "Span"])))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut files = Files(input.findings());
        input.members(&mut files)?;
        let mut reading = Reading::by(self.id(), "Vale");
        reading.facts.findings = Some(files.0);
        Ok(reading)
    }
}

struct Files(Findings);

impl<'de> json::Members<'de> for Files {
    fn member<A: serde::de::MapAccess<'de>>(
        &mut self,
        path: &str,
        map: &mut A,
    ) -> Result<(), A::Error> {
        json::each(map, |alert: Alert<'de>| self.0.add(alert.finding(path))).map(drop)
    }
}

#[derive(Deserialize)]
struct Alert<'a> {
    #[serde(borrow, rename = "Check")]
    check: Option<Str<'a>>,
    #[serde(rename = "Message")]
    message: Option<Str<'a>>,
    #[serde(rename = "Severity")]
    severity: Option<Str<'a>>,
    #[serde(default, rename = "Line")]
    line: Num,
}

impl Alert<'_> {
    fn finding(&self, path: &str) -> Finding {
        Finding {
            rule: text::said(&self.check),
            title: self.message.as_deref().and_then(text::title),
            path: Some(path.to_owned()),
            line: self.line.line(),
            ..Finding::levelled(self.severity.as_deref().map_or(Level::Error, Level::from_word))
        }
    }
}
