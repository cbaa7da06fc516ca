//! axe-core's results: the accessibility of a page.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells, text, when};
use crate::facts::{Finding, Grade, Tally};
use crate::model::{ProducedAt, Reading, Rule, counted};

pub(super) struct Axe;

impl Format for Axe {
    fn id(&self) -> &'static str {
        "axe"
    }

    fn about(&self) -> About {
        About {
            tool: "axe-core (@axe-core/cli, and what runs it)",
            recognised: "`violations` and `passes` beside `incomplete` or `testEngine`, alone or a list of pages",
            carries: &["findings", "checks"],
            tells: Tells::NOTHING.time("the oldest `timestamp`").version("`testEngine.version`"),
            source: "https://github.com/dequelabs/axe-core/blob/develop/doc/API.md#results-object",
            clean: "`violations` is empty and `passes` lists rules.",
            vacuous: "0 rules passed or violated: nothing on the page was tested; the browser's own page of an error.",
            blank: Blanks::NONE,
            notes: &[
                "A finding is a rule that a page violates, whatever the number of its nodes. critical stays, serious is high, moderate medium, minor low.",
                "`incomplete` rules ask a person to look: they are counted in `findings.unchecked`. `checks` counts passes and violations.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let page = |shape: &Shape<'_>| {
            shape.has_list("violations")
                && shape.has_list("passes")
                && (shape.has(&["incomplete"]) || shape.has(&["testEngine"]))
        };
        Fit::sure(sniff.json().is_some_and(|shape| page(shape) || shape.first().is_some_and(page)))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "axe-core");
        let mut findings = input.findings();
        let mut checks = Tally::default();
        let mut incomplete = 0;
        let pages: Vec<Page<'_>> = match input.sniff.json() {
            Some(shape) if shape.is_map() => vec![input.json()?],
            _ => input.json()?,
        };
        for page in &pages {
            let violated = page.violations.len() as u64;
            let tested = violated + page.passes.len() as u64;
            if tested == 0 {
                reading.doubt(Rule::NothingLookedAt, "axe-core tested nothing on a page.");
            }
            if page.url.as_deref().is_some_and(is_error_page) {
                let why =
                    "The browser did not reach a page: axe-core tested its page of the error.";
                reading.doubt(Rule::NothingLookedAt, why);
            }
            checks.total += tested;
            checks.failed += violated;
            incomplete += page.incomplete.as_ref().map_or(0, Vec::len) as u64;
            page.violations.iter().for_each(|found| findings.add(found.finding(&page.url)));
            reading.tool_version =
                page.engine.as_ref().and_then(|engine| text::said(&engine.version));
            if let Some(made) = page.timestamp.as_deref() {
                when::older(&mut reading.produced_at, ProducedAt::parse(made));
            }
        }
        if incomplete > 0 {
            reading.warn(format!(
                "{} for a person to look at.",
                counted(incomplete, "incomplete rule")
            ));
        }
        findings.unchecked = Some(incomplete);
        reading.facts.findings = Some(findings);
        reading.facts.checks = Some(checks);
        Ok(reading)
    }
}

/// Whether the browser itself wrote the page, for it did not reach the one that was asked for.
fn is_error_page(url: &str) -> bool {
    ["chrome-error:", "about:neterror", "about:certerror"].iter().any(|mark| url.starts_with(mark))
}

#[derive(Deserialize)]
struct Page<'a> {
    #[serde(borrow)]
    url: Option<Str<'a>>,
    timestamp: Option<Str<'a>>,
    #[serde(rename = "testEngine")]
    engine: Option<Engine<'a>>,
    violations: Vec<Violated<'a>>,
    passes: Vec<IgnoredAny>,
    incomplete: Option<Vec<IgnoredAny>>,
}

#[derive(Deserialize)]
struct Engine<'a> {
    #[serde(borrow)]
    version: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Violated<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
    impact: Option<Str<'a>>,
    help: Option<Str<'a>>,
}

impl Violated<'_> {
    fn finding(&self, url: &Option<Str<'_>>) -> Finding {
        let grade = match self.impact.as_deref() {
            Some("serious") => Grade::High,
            Some(word) => Grade::from_word(word),
            None => Grade::Unknown,
        };
        Finding {
            rule: text::said(&self.id),
            title: self.help.as_deref().and_then(text::title),
            path: text::said(url),
            ..Finding::graded(grade)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    #[test]
    fn the_browser_s_page_of_an_error_proves_nothing() {
        let page = |url: &str| {
            format!(r#"{{"url": "{url}", "violations": [], "passes": [{{}}], "incomplete": []}}"#)
        };
        proves(
            "axe",
            &[
                (&page("https://shop.example"), ""),
                (&page("about:blank"), ""),
                (&page("chrome-error://chromewebdata/"), "did not reach a page"),
            ],
        );
    }
}
