//! `cargo audit --json`: advisories of RustSec about the crates of a lock file.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::evidence::family::listed;
use crate::evidence::json::{Map, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule, counted};

pub(super) struct CargoAudit;

impl Format for CargoAudit {
    fn id(&self) -> &'static str {
        "cargo-audit"
    }

    fn about(&self) -> About {
        About {
            tool: "cargo audit",
            recognised: "`vulnerabilities` with `list`, beside `database` or `lockfile`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://docs.rs/rustsec/latest/rustsec/report/struct.Report.html",
            clean: "`vulnerabilities.list` is empty over a `dependency-count`.",
            vacuous: "0 dependencies; a database of 0 advisories; `count` beyond what is listed.",
            blank: Blanks::NONE,
            notes: &[
                "A vulnerability has no severity of its own: it is an error on the linters' scale, unknown on the other.",
                "`warnings` (unmaintained, unsound, yanked) are no vulnerabilities: they are told, not counted.",
                "What `settings` leave out by `ignore` is told; under a least `severity` the report can only refute.",
                "`database.last-updated` is when an advisory was last published, not when cargo audit ran: the report has no time of its own.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.at(&["vulnerabilities", "list"]).is_some()
                && (shape.has_map("database") || shape.has_map("lockfile"))
        }))
    }

    fn leaves_out(&self) -> &'static [&'static str] {
        &["fixed_in"]
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "cargo audit");
        if report.database.as_ref().is_some_and(|database| database.advisories == Some(0)) {
            let why = "cargo audit knew 0 advisories: its database is empty.";
            reading.doubt(Rule::NothingLookedAt, why);
        }
        if let Some(settings) = &report.settings {
            settings.tell(&mut reading);
        }
        let mut findings = input.findings();
        report.vulnerabilities.list.iter().for_each(|found| findings.add(found.finding()));
        let declared = report.vulnerabilities.count.unwrap_or(0);
        listed::lost(&mut reading, "`count`", declared, findings.total());
        if report.lockfile.is_some_and(|lock| lock.dependencies == Some(0)) {
            reading.doubt(Rule::NothingLookedAt, "cargo audit looked at 0 dependencies.");
        }
        let warned = report.warnings.as_ref().map_or(0, Warnings::count);
        if warned > 0 {
            let crates = counted(warned, "crate");
            reading
                .warn(format!("cargo audit warns of {crates}: unmaintained, unsound or yanked."));
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    database: Option<Database>,
    lockfile: Option<Lockfile>,
    #[serde(borrow)]
    vulnerabilities: Vulnerabilities<'a>,
    warnings: Option<Warnings<'a>>,
    settings: Option<Settings<'a>>,
}

/// What the user left out.
#[derive(Deserialize)]
struct Settings<'a> {
    ignore: Option<Vec<IgnoredAny>>,
    #[serde(borrow)]
    severity: Option<Str<'a>>,
}

impl Settings<'_> {
    fn tell(&self, reading: &mut Reading) {
        let ignored = self.ignore.as_ref().map_or(0, Vec::len) as u64;
        if ignored > 0 {
            let advisories = counted(ignored, "advisory");
            reading.warn(format!("cargo audit was told to ignore {advisories}."));
        }
        if let Some(least) = &self.severity {
            listed::from_severity(reading, "cargo audit", least);
        }
    }
}

/// By kind; a list in old versions.
#[derive(Deserialize)]
#[serde(untagged)]
enum Warnings<'a> {
    ByKind(#[serde(borrow)] Map<'a, Vec<IgnoredAny>>),
    Listed(Vec<IgnoredAny>),
}

impl Warnings<'_> {
    fn count(&self) -> u64 {
        match self {
            Warnings::ByKind(kinds) => kinds.values().map(|list| list.len() as u64).sum(),
            Warnings::Listed(list) => list.len() as u64,
        }
    }
}

#[derive(Deserialize)]
struct Database {
    #[serde(rename = "advisory-count")]
    advisories: Option<u64>,
}

#[derive(Deserialize)]
struct Lockfile {
    #[serde(rename = "dependency-count")]
    dependencies: Option<u64>,
}

#[derive(Deserialize)]
struct Vulnerabilities<'a> {
    count: Option<u64>,
    #[serde(borrow)]
    list: Vec<Vulnerability<'a>>,
}

#[derive(Deserialize)]
struct Vulnerability<'a> {
    #[serde(borrow)]
    advisory: Option<Advisory<'a>>,
    package: Option<Package<'a>>,
    versions: Option<Versions<'a>>,
}

#[derive(Deserialize)]
struct Advisory<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
    aliases: Option<Vec<Str<'a>>>,
    title: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Package<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    version: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Versions<'a> {
    #[serde(borrow)]
    patched: Option<Vec<Str<'a>>>,
}

impl Vulnerability<'_> {
    fn finding(&self) -> Finding {
        let advisory = self.advisory.as_ref();
        let package = self.package.as_ref();
        let patched = self.versions.as_ref().and_then(|versions| versions.patched.as_ref());
        Finding {
            rule: advisory.and_then(|advisory| text::said(&advisory.id)),
            aliases: text::all_said(advisory.iter().flat_map(|of| &of.aliases).flatten()),
            title: advisory.and_then(|advisory| text::title(advisory.title.as_deref()?)),
            package: package.and_then(|package| text::said(&package.name)),
            version: package.and_then(|package| text::said(&package.version)),
            fixed_in: patched.and_then(|patched| text::said(&patched.first().cloned())),
            ..Finding::levelled(Level::Error)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn report(more: &str) -> String {
        format!(
            r#"{{"vulnerabilities": {{"list": []}}, "lockfile": {{"dependency-count": 9}}{more}}}"#
        )
    }

    #[test]
    fn an_empty_database_proves_nothing() {
        for (advisories, why) in [(812, ""), (0, "knew 0 advisories")] {
            let database = format!(r#", "database": {{"advisory-count": {advisories}}}"#);
            proves("cargo-audit", &[(&report(&database), why)]);
        }
    }

    #[test]
    fn what_the_settings_leave_out_is_told() {
        let settings = r#", "settings": {"ignore": ["RUSTSEC-2026-0001"], "severity": "critical"}"#;
        proves(
            "cargo-audit",
            &[(&report(settings), "told to leave out what is less than critical")],
        );
        let warnings = reading("cargo-audit", &report(settings)).warnings;
        assert!(warnings[0].contains("1 advisory"), "{warnings:?}");
        let nothing = r#", "settings": {"ignore": [], "severity": null}"#;
        assert_eq!(reading("cargo-audit", &report(nothing)).warnings, [""; 0]);
    }
}
