//! Any JSON, or JSON Lines, that no tool's format fits: evidence by `data` alone.

use crate::evidence::json::Sound;
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
                "It is read to its end: a cut file, text after the value, or a key that stands twice in a map, is broken.",
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
            let skipped = input.documents::<Sound>(|_| {})?;
            skipped.settle(&mut reading);
        } else {
            input.json::<Sound>()?;
        }
        Ok(reading)
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    #[test]
    fn a_key_that_stands_twice_is_a_fault() {
        for (text, why) in [
            (r#"{"failed": 3, "failed": 0}"#, "the key `failed` stands twice"),
            (r#"[{"a": {"b": 1, "b": 2}}]"#, "the key `b` stands twice"),
            ("{\"a\": 1}\n{\"a\": 1, \"a\": 2}\n", "At line 2: the key `a` stands twice"),
            (r#"{"a": {"x": 1}, "b": {"x": -1.5, "y": [null, true, "x"]}}"#, ""),
        ] {
            proves("json", &[(text, why)]);
        }
    }
}
