//! Lighthouse reports: the measures of a page and the scores of its categories.

use serde::Deserialize;
use serde::de::MapAccess;

use crate::evidence::json::{self, Map, Members, Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::Metrics;
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct Lighthouse;

impl Format for Lighthouse {
    fn id(&self) -> &'static str {
        "lighthouse"
    }

    fn about(&self) -> About {
        About {
            tool: "Lighthouse",
            recognised: "`lighthouseVersion` beside `audits`",
            carries: &["metrics"],
            tells: Tells::NOTHING.time("`fetchTime`").version("`lighthouseVersion`"),
            source: "https://github.com/GoogleChrome/lighthouse/blob/main/docs/understanding-results.md",
            clean: "Audits carry numbers.",
            vacuous: "`runtimeError`: the page did not load; a run warning that the results may be incomplete; a login in place of the page; a page that came with an HTTP status of failure; no number at all.",
            blank: Blanks::NONE,
            notes: &[
                "Each audit with a number is a metric by its id: `metrics[\"largest-contentful-paint\"].value`, in the audit's unit (milliseconds, but no unit for layout shift).",
                "Each category is a metric too: `value` is its score of 0 to 1, `rate_pct` the same as 0 to 100.",
                "`runtimeError` means that the page did not load; its scores are null.",
                "`runWarnings` are told, and so is a page of another host than the one that was asked for. Where the page that was measured is a login by its address (`/login`, `sso.…`) and the one that was asked for is none, nothing is proven.",
                "Interaction to next paint is measured in timespans and in the field only, not by a page load.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.has(&["lighthouseVersion"])
                && ["audits", "categories", "fetchTime", "requestedUrl"]
                    .iter()
                    .any(|key| shape.has(&[key]))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut report = Report::default();
        input.members(&mut report)?;
        let mut reading = Reading::by(self.id(), "Lighthouse");
        reading.tool_version = text::said(&report.version);
        reading.produced_at = report.fetched.as_deref().map(ProducedAt::parse);
        report.tell(&mut reading);
        match &report.error {
            Some(error) if error.code.as_deref() != Some("NO_ERROR") => {
                let said = error.message.as_deref().and_then(text::title).unwrap_or_default();
                let code = error.code.as_deref().unwrap_or("no code");
                reading.doubt(
                    Rule::ToolFailed,
                    format!("Lighthouse could not load the page ({code}). {said}"),
                );
            }
            _ if report.refused => {
                let why = "The page that was measured came with an HTTP status of failure.";
                reading.doubt(Rule::ToolFailed, why);
            }
            _ if report.metrics.by_name.is_empty() => {
                reading.doubt(Rule::NothingLookedAt, "The report measures nothing.");
            }
            _ => {}
        }
        reading.facts.metrics = Some(report.metrics);
        Ok(reading)
    }
}

#[derive(Default)]
struct Report<'a> {
    version: Option<Str<'a>>,
    fetched: Option<Str<'a>>,
    error: Option<RuntimeError<'a>>,
    /// Whether the page was answered with a status that says it failed.
    refused: bool,
    warnings: Vec<Str<'a>>,
    asked: Option<Str<'a>>,
    measured: Option<Str<'a>>,
    metrics: Metrics,
}

impl Report<'_> {
    /// Tells of what Lighthouse warns of, and of another page than was asked for.
    fn tell(&self, reading: &mut Reading) {
        for said in self.warnings.iter().filter_map(|said| text::title(said)) {
            if said.to_lowercase().contains("may be incomplete") {
                let why = format!("Lighthouse says that it did not come to its end: {said}");
                reading.doubt(Rule::ToolFailed, why);
            } else {
                reading.warn(format!("Lighthouse warns: {said}"));
            }
        }
        let (Some(asked), Some(measured)) = (self.asked.as_deref(), self.measured.as_deref())
        else {
            return;
        };
        if asks_who(measured) && !asks_who(asked) {
            let why = format!("A login was measured, {}, in place of the page.", path(measured));
            reading.doubt(Rule::NothingLookedAt, why);
        } else if let (Some(asked), Some(measured)) = (host(asked), host(measured))
            && asked != measured
        {
            reading
                .warn(format!("A page of {measured} was measured; one of {asked} was asked for."));
        }
    }
}

/// Whether an address is that of a page that asks who one is.
fn asks_who(url: &str) -> bool {
    const WORDS: [&str; 9] =
        ["login", "signin", "logon", "auth", "oauth", "oauth2", "sso", "saml", "accounts"];
    let words = url.split_once("://").map_or(url, |(_, rest)| rest);
    let words = words.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    words.replace(['-', '_'], "").split(['/', '.']).any(|word| WORDS.contains(&word))
}

/// An address without what may be secret in it.
fn path(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default()
}

/// The host of an address: `https://shop.example/cart` is of `shop.example`.
fn host(url: &str) -> Option<&str> {
    url.split_once("://")?.1.split(['/', '?', '#']).next()
}

impl<'de> Members<'de> for Report<'de> {
    fn member<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "lighthouseVersion" => self.version = map.next_value()?,
            "fetchTime" | "generatedTime" => self.fetched = map.next_value()?,
            "runWarnings" => {
                self.warnings = map.next_value::<Option<Vec<Str<'de>>>>()?.unwrap_or_default();
            }
            "requestedUrl" => self.asked = map.next_value()?,
            "finalDisplayedUrl" | "finalUrl" => self.measured = map.next_value()?,
            "runtimeError" => self.error = map.next_value()?,
            "audits" => json::entries(map, |id, audit: Audit| {
                self.refused |= id == "http-status-code" && audit.score.get() == Some(0.0);
                let number = audit.numeric.get().or(audit.raw.get());
                if let Some(number) = number {
                    self.metrics.set(id, "value", number);
                }
            })?,
            "categories" => {
                let categories: Map<'de, Category> = map.next_value()?;
                for (id, category) in &categories {
                    if let Some(score) = category.score.get() {
                        self.metrics.set(id, "value", score);
                        self.metrics.set(id, "rate_pct", score * 100.0);
                    }
                }
            }
            _ => json::skip(map)?,
        }
        Ok(())
    }
}

/// A number beside a unit is a measure; 3.x called it raw, and put truth values there too.
#[derive(Deserialize)]
struct Audit {
    #[serde(default, rename = "numericValue")]
    numeric: Num,
    #[serde(default, rename = "rawValue")]
    raw: Num,
    #[serde(default)]
    score: Num,
}

#[derive(Deserialize)]
struct Category {
    #[serde(default)]
    score: Num,
}

#[derive(Deserialize)]
struct RuntimeError<'a> {
    #[serde(borrow)]
    code: Option<Str<'a>>,
    message: Option<Str<'a>>,
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn report(more: &str) -> String {
        format!(
            r#"{{"lighthouseVersion": "12.8", "requestedUrl": "https://shop.example/"{more},
            "audits": {{"speed-index": {{"numericValue": 2298.9}}}}}}"#
        )
    }

    #[test]
    fn results_that_may_be_incomplete_prove_nothing() {
        let warning = |said: &str| report(&format!(r#", "runWarnings": ["{said}"]"#));
        let slow = "The page loaded too slowly to finish within the time limit. Results may be incomplete.";
        proves("lighthouse", &[(&warning(slow), "did not come to its end"), (&warning("x"), "")]);
        assert_eq!(reading("lighthouse", &warning("x")).warnings, ["Lighthouse warns: x"]);
    }

    #[test]
    fn a_page_of_failure_is_not_measured_for_the_one_that_was_meant() {
        let audit = |score: u8| {
            report("").replace(
                r#""audits": {"#,
                &format!(r#""audits": {{"http-status-code": {{"score": {score}}}, "#),
            )
        };
        proves("lighthouse", &[(&audit(1), ""), (&audit(0), "an HTTP status of failure")]);
    }

    #[test]
    fn another_host_than_was_asked_for_is_told() {
        for (url, told) in [("https://shop.example/en/", 0), ("https://www.shop.example/", 1)] {
            let text = report(&format!(r#", "finalDisplayedUrl": "{url}""#));
            assert_eq!(reading("lighthouse", &text).warnings.len(), told, "{url}");
        }
    }

    #[test]
    fn a_login_in_place_of_the_page_proves_nothing() {
        for (url, why) in [
            ("https://shop.example/", ""),
            ("https://shop.example/blog/inside", ""),
            ("https://shop.example/authors", ""),
            ("https://shop.example/login?next=%2F", "https://shop.example/login, in place"),
            ("https://shop.example/users/sign-in", "A login was measured"),
            ("https://shop.example/users/sign_in", "A login was measured"),
            ("https://sso.example.org/", "A login was measured"),
        ] {
            let text = report(&format!(r#", "finalDisplayedUrl": "{url}""#));
            proves("lighthouse", &[(&text, why)]);
        }
        let login = report(r#", "finalDisplayedUrl": "https://shop.example/login""#);
        let asked =
            login.replace(r#""https://shop.example/","#, r#""https://shop.example/login","#);
        proves("lighthouse", &[(&asked, "")]);
    }
}
