//! Any YAML that no tool's format fits: evidence by `data` alone.

use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Sniff, Tells, document};
use crate::model::Reading;

pub(super) struct Yaml;

impl Format for Yaml {
    fn id(&self) -> &'static str {
        "yaml"
    }

    fn about(&self) -> About {
        About {
            tool: "any tool or person that writes YAML",
            recognised: "a name that ends in `.yaml` or `.yml`, and content that no other format claims",
            carries: &[],
            tells: Tells::NOTHING,
            source: "https://yaml.org/spec/1.2.2/",
            clean: "Whatever the condition over `data` says.",
            vacuous: "Nothing here: what the document must hold is for the condition to say.",
            blank: Blanks::NONE,
            notes: &[
                "It carries `data` alone: the document, or a list where the file holds several.",
                "YAML 1.2: `yes`, `no`, `on`, `off` and `010` are texts.",
                "A key that stands twice, and an alias that expands without end, are faults.",
            ],
        }
    }

    fn recognises(&self, _: &Sniff<'_>) -> Fit {
        Fit::No
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        sniff.text().is_some()
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        document::yaml(input.text).map_err(Broken)?;
        Ok(Reading::of(self.id()))
    }

    fn hides_cuts(&self) -> Cut {
        Cut::Anywhere
    }
}
