//! Any TOML that no tool's format fits: evidence by `data` alone.

use crate::evidence::{About, Broken, Cut, Fit, Format, Input, Sniff, document};
use crate::model::Reading;

pub(super) struct Toml;

impl Format for Toml {
    fn id(&self) -> &'static str {
        "toml"
    }

    fn about(&self) -> About {
        About {
            tool: "any tool or person that writes TOML",
            recognised: "a name that ends in `.toml`, and content that no other format claims",
            carries: &[],
            tells: &[],
            source: "https://toml.io/en/v1.0.0",
            notes: &["It carries `data` alone; dates and times are texts."],
        }
    }

    fn recognises(&self, _: &Sniff<'_>) -> Fit {
        Fit::No
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        sniff.text().is_some() || sniff.json().is_some()
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        document::toml(input.text).map_err(Broken)?;
        Ok(Reading::of(self.id()))
    }

    fn hides_cuts(&self) -> Cut {
        Cut::Anywhere
    }
}
