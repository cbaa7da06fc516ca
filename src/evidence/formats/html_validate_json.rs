//! `html-validate --formatter json`.

use serde::Deserialize;

use crate::evidence::family::linted::{self, Message, Writer};
use crate::evidence::family::listed;
use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Means, Sniff, Tells};
use crate::facts::Level;
use crate::model::Reading;

pub(super) struct HtmlValidateJson;

impl Format for HtmlValidateJson {
    fn id(&self) -> &'static str {
        "html-validate-json"
    }

    fn about(&self) -> About {
        About {
            tool: "html-validate",
            recognised: "a list of `filePath` beside `messages` with `ruleUrl` and `offset`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://html-validate.org/usage/cli.html",
            clean: "`[]`, vouched for by the exit code or the CI step.",
            vacuous: "`[]` without something that vouches for it: only files with findings are listed.",
            blank: Blanks::NONE.list(Means::Silent),
            notes: &[
                "Only files with findings are listed: `[]` says that nothing was found, and not that anything was looked at.",
                "Severity 2 is an error, 1 a warning.",
                "The messages are counted; where `errorCount` or `warningCount` tells of more, some are lost.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().and_then(linted::writer) == Some(Writer::HtmlValidate))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut findings = input.findings();
        let (mut errors, mut warnings) = (0_u64, 0_u64);
        input.elements(|file: File<'_>| {
            errors = errors.saturating_add(file.errors);
            warnings = warnings.saturating_add(file.warnings);
            for message in &file.messages {
                findings.add(message.finding(&file.path));
            }
        })?;
        let mut reading = Reading::by(self.id(), "html-validate");
        listed::lost(&mut reading, "`errorCount`", errors, findings.levelled(Level::Error));
        listed::lost(&mut reading, "`warningCount`", warnings, findings.levelled(Level::Warning));
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow, rename = "filePath")]
    path: Str<'a>,
    messages: Vec<Message<'a>>,
    #[serde(rename = "errorCount")]
    errors: u64,
    #[serde(rename = "warningCount")]
    warnings: u64,
}
