//! Any JSON, or JSON Lines, that no tool's format fits: evidence by `data` alone.

use serde::de::IgnoredAny;

use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Means, Sniff, Tells};
use crate::model::Reading;

pub(super) struct Json;

impl Format for Json {
    fn id(&self) -> &'static str {
        "json"
    }

    fn about(&self) -> About {
        About {
            tool: "any tool that writes JSON",
            recognised: "being JSON, or JSON Lines, that no other format claims",
            carries: &[],
            tells: Tells::NOTHING,
            source: "https://www.rfc-editor.org/rfc/rfc8259",
            clean: "Whatever the condition over `data` says.",
            vacuous: "Nothing here: what the document must hold is for the condition to say.",
            blank: Blanks::NONE.list(Means::Clean).map(Means::Clean).null(Means::Clean),
            notes: &[
                "It carries `data` alone, the document itself; JSON Lines are a list.",
                "It is read to its end: a cut file, or text after the value, is broken.",
            ],
        }
    }

    fn recognises(&self, _: &Sniff<'_>) -> Fit {
        Fit::No
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        sniff.json().is_some()
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::of(self.id());
        if input.sniff.documents().len() > 1 {
            let skipped = input.documents::<IgnoredAny>(|_| {})?;
            skipped.settle(&mut reading);
        } else {
            input.json::<IgnoredAny>()?;
        }
        Ok(reading)
    }
}
