//! Any JSON, or JSON Lines, that no tool's format fits: evidence by `data` alone.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::evidence::json::Sound;
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::model::{Reading, Rule};

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
            vacuous: "A document that says itself that it is not whole: `incomplete_results`, `truncated` or `timed_out` is true. What else it must hold is for the condition to say.",
            blank: Blanks::NONE.list(Means::Clean).map(Means::Clean).null(Means::Clean),
            notes: &[
                "It carries `data` alone, the document itself; JSON Lines are a list.",
                "It is read to its end: a cut file, text after the value, or a key that stands twice in a map, is broken.",
                "A number beyond the range of a double (`1e400`) is a text, as it is written.",
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
        reading.fault = input.sniff.json().and_then(fault);
        if let Some(told) = not_whole(input.text) {
            let why = format!("The document says itself that it is not whole (`{told}`).");
            reading.doubt(Rule::Unchecked, why);
        }
        Ok(reading)
    }
}

/// By what a service says that its answer is not whole, where it does: GitHub of a search that took too
/// long (`incomplete_results`) and of a tree (`truncated`), Elasticsearch (`timed_out`).
fn not_whole(text: &str) -> Option<&'static str> {
    const SIGNS: [&str; 3] = ["incomplete_results", "truncated", "timed_out"];
    if !SIGNS.iter().any(|sign| text.contains(sign)) {
        return None;
    }
    let Whole { incomplete_results, truncated, timed_out } = serde_json::from_str(text).ok()?;
    let told = [incomplete_results, truncated, timed_out];
    SIGNS
        .into_iter()
        .zip(told)
        .find(|(_, told)| matches!(told, Flag::Is(true)))
        .map(|(sign, _)| sign)
}

/// What a document says of itself.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Whole {
    incomplete_results: Flag,
    truncated: Flag,
    timed_out: Flag,
}

/// A member that may say yes or no.
#[derive(Deserialize)]
#[serde(untagged)]
enum Flag {
    Is(bool),
    Other(IgnoredAny),
}

impl Default for Flag {
    fn default() -> Flag {
        Flag::Other(IgnoredAny)
    }
}

/// What a document says went wrong: `{"error": "rate limit exceeded"}`, `{"message": "Not Found",
/// "status": 404}`, `{"type": "error", "data": "…"}`.
fn fault(document: &Shape<'_>) -> Option<String> {
    let one = document.first().unwrap_or(document);
    let said = |text: &str| text::title(text).filter(|text| !text.is_empty());
    let of_error = match one.get("error") {
        Some(Shape::Text(error)) => said(error),
        Some(error @ Shape::Map(members)) if !members.is_empty() => {
            error.text("message").and_then(said).or_else(|| Some("an error".to_owned()))
        }
        _ => None,
    };
    let listed = || match one.first_of("errors")? {
        Shape::Text(error) => said(error),
        error => error.text("message").and_then(said),
    };
    let status = |name: &str| match one.get(name) {
        Some(Shape::Number(number) | Shape::Text(number)) => number.parse::<u32>().ok(),
        _ => None,
    };
    let refused = || {
        let failed = ["status", "statusCode", "code"].into_iter().filter_map(status);
        let is_answer = failed.into_iter().any(|code| (400..600).contains(&code));
        (is_answer || one.has(&["documentation_url"])).then(|| one.text("message")).flatten()
    };
    // Yarn 1 writes each line so.
    let line = || {
        one.text("type").filter(|kind| *kind == "error")?;
        one.text("data").and_then(said)
    };
    of_error.or_else(line).or_else(listed).or_else(|| refused().and_then(said))
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn what_a_service_says_in_the_place_of_a_report_is_heard() {
        for (text, fault) in [
            (r#"{"error": "rate limit exceeded"}"#, Some("rate limit exceeded")),
            (r#"{"error": {"code": 500, "message": "down"}}"#, Some("down")),
            (r#"[{"error": "x"}]"#, Some("x")),
            (r#"{"errors": [{"message": "no such field"}]}"#, Some("no such field")),
            (r#"{"message": "Not Found", "documentation_url": "u"}"#, Some("Not Found")),
            (
                r#"{"message": "Internal Server Error", "status": 500}"#,
                Some("Internal Server Error"),
            ),
            (r#"{"message": "ok", "status": 200}"#, None),
            (
                r#"{"type": "error", "data": "Received malformed response"}"#,
                Some("Received malformed response"),
            ),
            (r#"{"type": "info", "data": "no lockfile"}"#, None),
            (r#"{"error": null, "errors": [], "ready": true}"#, None),
            (r#"{"error": ""}"#, None),
            ("[1]", None),
        ] {
            assert_eq!(reading("json", text).fault.as_deref(), fault, "{text}");
        }
    }

    #[test]
    fn an_answer_that_is_not_whole_proves_nothing() {
        proves(
            "json",
            &[
                (r#"{"total_count": 0, "incomplete_results": true, "items": []}"#, "not whole"),
                (r#"{"tree": [{"path": "a"}], "truncated": true}"#, "(`truncated`)"),
                (r#"{"took": 1, "timed_out": true}"#, "(`timed_out`)"),
                (r#"{"total_count": 0, "incomplete_results": false, "items": []}"#, ""),
                (
                    r#"{"truncated": "no", "note": "incomplete_results", "a": {"timed_out": true}}"#,
                    "",
                ),
                (r#"["truncated"]"#, ""),
            ],
        );
    }

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
