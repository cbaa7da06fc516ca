//! `pip-audit --format json`.

use serde::Deserialize;

use crate::evidence::json::Str;
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule, counted};

pub(super) struct PipAudit;

impl Format for PipAudit {
    fn id(&self) -> &'static str {
        "pip-audit"
    }

    fn about(&self) -> About {
        About {
            tool: "pip-audit",
            recognised: "`dependencies` of `name` beside `vulns` or `skip_reason`; before 2.4 that list alone",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://github.com/pypa/pip-audit#usage",
            clean: "Packages are listed and none has `vulns`.",
            vacuous: "0 packages audited: `dependencies: []`, `[]`, or all skipped.",
            blank: Blanks::NONE.list(Means::Vacuous),
            notes: &[
                "A finding has no severity: it is an error on the linters' scale, unknown on the other.",
                "Packages with a `skip_reason` were not audited: they are counted in `findings.unchecked`, but for those of the project itself that `--skip-editable` leaves out. Without it the project is a package that was not found: audit its requirements instead (`pip-audit -r`).",
                "0 dependencies: nothing was audited.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let audited = |one: &Shape<'_>| {
            one.has(&["name"]) && (one.has(&["vulns"]) || one.has(&["skip_reason"]))
        };
        let empty = shape.get("dependencies").is_some_and(|list| *list == Shape::List(Vec::new()));
        let bare = empty
            && shape.members().iter().all(|(key, _)| matches!(*key, "dependencies" | "fixes"));
        Fit::sure(
            shape.first().is_some_and(audited)
                || shape.first_of("dependencies").is_some_and(audited)
                || bare,
        )
    }

    fn leaves_out(&self) -> &'static [&'static str] {
        &["fixed_in"]
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let dependencies: Vec<Dependency<'_>> = match input.sniff.json() {
            Some(shape) if shape.is_map() => input.json::<Report<'_>>()?.dependencies,
            _ => input.json()?,
        };
        let mut reading = Reading::by(self.id(), "pip-audit");
        let mut findings = input.findings();
        let (mut skipped, mut own) = (0, 0);
        for dependency in &dependencies {
            let audited = dependency.skip_reason.is_none() && dependency.vulns.is_some();
            match dependency.skip_reason.as_deref() {
                Some(EDITABLE) => own += 1,
                _ => skipped += u64::from(!audited),
            }
            for found in dependency.vulns.iter().flatten() {
                findings.add(found.finding(dependency));
            }
        }
        if dependencies.len() as u64 == skipped + own {
            reading.doubt(Rule::NothingLookedAt, "pip-audit audited 0 packages.");
        } else if skipped > 0 {
            reading.warn(format!("{} not audited.", counted(skipped, "package")));
        }
        findings.unchecked = Some(skipped);
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

/// What `--skip-editable` says of the project's own packages, which no index has.
const EDITABLE: &str = "distribution marked as editable";

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    dependencies: Vec<Dependency<'a>>,
}

#[derive(Deserialize)]
struct Dependency<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    version: Option<Str<'a>>,
    skip_reason: Option<Str<'a>>,
    vulns: Option<Vec<Vulnerability<'a>>>,
}

#[derive(Deserialize)]
struct Vulnerability<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
    aliases: Option<Vec<Str<'a>>>,
    description: Option<Str<'a>>,
    fix_versions: Option<Vec<Str<'a>>>,
}

impl Vulnerability<'_> {
    fn finding(&self, of: &Dependency<'_>) -> Finding {
        Finding {
            rule: text::said(&self.id),
            aliases: text::all_said(self.aliases.iter().flatten()),
            title: self.description.as_deref().and_then(text::title),
            package: text::said(&of.name),
            version: text::said(&of.version),
            fixed_in: self.fix_versions.iter().flatten().next().map(ToString::to_string),
            ..Finding::levelled(Level::Error)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn report(skipped: &str) -> String {
        format!(
            r#"{{"dependencies": [{{"name": "a", "version": "1", "vulns": []}}, {{"name": "shop", "skip_reason": "{skipped}"}}], "fixes": []}}"#
        )
    }

    #[test]
    fn the_project_s_own_package_is_nothing_that_could_be_audited() {
        let unchecked =
            |text: &str| reading("pip-audit", text).facts.findings.unwrap().unchecked.unwrap();
        let own = report("distribution marked as editable");
        assert_eq!(unchecked(&own), 0);
        assert_eq!(unchecked(&report("Dependency not found on PyPI")), 1);
        let alone = own.replace(r#"{"name": "a", "version": "1", "vulns": []}, "#, "");
        proves("pip-audit", &[(&own, ""), (&alone, "audited 0 packages")]);
    }
}
