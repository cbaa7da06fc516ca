//! `cargo deny --format json check`: advisories, bans, licences and sources of crates.

use serde::Deserialize;

use crate::evidence::family::listed;
use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::{self, Reading, Rule};

pub(super) struct CargoDeny;

impl Format for CargoDeny {
    fn id(&self) -> &'static str {
        "cargo-deny"
    }

    fn about(&self) -> About {
        About {
            tool: "cargo-deny",
            recognised: "lines of `type` and `fields`, of type `diagnostic`, `summary` or `log`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://embarkstudios.github.io/cargo-deny/cli/common.html",
            clean: "The line of type `summary`, and no diagnostic of level error or warning.",
            vacuous: "No `summary`: cut off; a `summary` of no check; a log line of level ERROR.",
            blank: Blanks::NONE,
            notes: &[
                "Each diagnostic is a finding on the linters' scale; `help` and `note` are notes.",
                "The checks that did not run (`cargo deny check licenses`) are told.",
                "The summary stands last: a stream without one is cut off.",
                "cargo-deny writes to the standard error: other lines among the JSON are passed over, and told.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.has_map("fields")
                && matches!(shape.text("type"), Some("diagnostic" | "summary" | "log"))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "cargo-deny");
        let mut findings = input.findings();
        let (mut summary, mut errors, mut said) = (None, 0, None);
        let between = input.documents(|line: Line<'_>| match line.kind.as_deref() {
            Some("diagnostic") => findings.add(line.fields.finding()),
            Some("summary") => {
                let checks = line.fields.checks();
                errors = checks
                    .iter()
                    .filter_map(|(_, check)| (*check)?.errors)
                    .fold(0, u64::saturating_add);
                summary = Some(checks.map(|(name, check)| (name, check.is_some())));
            }
            Some("log") if line.fields.level.as_deref() == Some("ERROR") => {
                said = said.take().or(line.fields.message.as_deref().and_then(text::title));
            }
            _ => {}
        })?;
        between.settle(&mut reading);
        match (said, summary) {
            (Some(said), _) => {
                reading.doubt(Rule::ToolFailed, format!("cargo-deny failed. It says: {said}"));
            }
            (None, Some(checks)) => tell_idle(&mut reading, checks),
            (None, None) => {
                reading.doubt(Rule::Unreadable, "The stream holds no summary: it is cut off.");
            }
        }
        listed::lost(&mut reading, "The summary", errors, findings.levelled(Level::Error));
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

/// Tells of the checks that did not run.
fn tell_idle(reading: &mut Reading, checks: [(&'static str, bool); 4]) {
    let idle: Vec<&str> = checks.iter().filter(|(_, ran)| !ran).map(|(name, _)| *name).collect();
    if idle.len() == checks.len() {
        reading.doubt(Rule::NothingLookedAt, "The summary tells of no check: none ran.");
    } else if !idle.is_empty() {
        reading.warn(format!("cargo-deny did not check {}.", model::listed(&idle, 4)));
    }
}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Str<'a>>,
    fields: Fields<'a>,
}

/// What a line of any type holds.
#[derive(Deserialize)]
struct Fields<'a> {
    #[serde(borrow)]
    code: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    level: Option<Str<'a>>,
    message: Option<Str<'a>>,
    graphs: Option<Vec<Graph<'a>>>,
    advisory: Option<Advisory<'a>>,
    advisories: Option<Check>,
    bans: Option<Check>,
    licenses: Option<Check>,
    sources: Option<Check>,
}

#[derive(Deserialize)]
struct Check {
    errors: Option<u64>,
}

#[derive(Deserialize)]
struct Graph<'a> {
    #[serde(borrow, rename = "Krate")]
    krate: Option<Krate<'a>>,
}

#[derive(Deserialize)]
struct Krate<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    version: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Advisory<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
    aliases: Option<Vec<Str<'a>>>,
}

impl Fields<'_> {
    /// What cargo-deny can check, and what came of it where it did.
    fn checks(&self) -> [(&'static str, Option<&Check>); 4] {
        [
            ("advisories", self.advisories.as_ref()),
            ("bans", self.bans.as_ref()),
            ("licenses", self.licenses.as_ref()),
            ("sources", self.sources.as_ref()),
        ]
    }

    fn finding(&self) -> Finding {
        let krate = self.graphs.iter().flatten().find_map(|graph| graph.krate.as_ref());
        let advisory = self.advisory.as_ref().and_then(|advisory| text::said(&advisory.id));
        Finding {
            aliases: text::all_said(self.advisory.iter().flat_map(|of| &of.aliases).flatten()),
            rule: advisory.or_else(|| text::said(&self.code)),
            title: self.message.as_deref().and_then(text::title),
            package: krate.and_then(|krate| text::said(&krate.name)),
            version: krate.and_then(|krate| text::said(&krate.version)),
            ..Finding::levelled(Level::from_word(self.severity.as_deref().unwrap_or("error")))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn a_summary_of_no_check_proves_nothing_and_one_of_some_tells_of_the_others() {
        let summary = |fields: &str| format!(r#"{{"type": "summary", "fields": {{{fields}}}}}"#);
        let ran = |name: &str| format!(r#""{name}": {{"errors": 0, "warnings": 0}}"#);
        proves("cargo-deny", &[(&summary(""), "none ran"), (&summary(&ran("licenses")), "")]);
        let warnings = reading("cargo-deny", &summary(&ran("licenses"))).warnings;
        assert_eq!(warnings, ["cargo-deny did not check advisories, bans and sources."]);
        let all = ["advisories", "bans", "licenses", "sources"].map(ran).join(", ");
        assert_eq!(reading("cargo-deny", &summary(&all)).warnings, [""; 0]);
    }

    #[test]
    fn counts_that_no_number_holds_together_are_not_added_up_to_a_small_one() {
        let text = r#"{"type": "summary", "fields": {"bans": {"errors": 18446744073709551615},
            "licenses": {"errors": 2}}}"#;
        proves("cargo-deny", &[(text, "Some are lost")]);
    }
}
