//! Any TOML that no tool's format fits: evidence by `data` alone.

use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Sniff, Tells, document};
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
            tells: Tells::NOTHING,
            source: "https://toml.io/en/v1.0.0",
            clean: "Whatever the condition over `data` says.",
            vacuous: "Nothing here: what the document must hold is for the condition to say.",
            blank: Blanks::NONE,
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

#[cfg(test)]
mod tests {
    use crate::evidence::{Detail, read};
    use crate::model::Answer;

    #[test]
    fn a_table_at_the_beginning_is_no_list_of_json() {
        let detail = Detail { data: true, ..Detail::default() };
        for text in ["[[package]]\nname = \"x\"\n", "[package]\nname = \"x\"\n", "name = \"x\"\n"] {
            let answer = read("d.toml", text.as_bytes(), None, &detail);
            let Answer::Read(reading) = answer else { panic!("{answer:?} of {text}") };
            assert_eq!(reading.format, "toml", "{text}");
            assert!(reading.facts.data.is_some(), "{text}");
        }
    }
}
