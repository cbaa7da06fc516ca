//! `grype -o json`.

use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess};

use crate::evidence::json::{self, Members, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Findings, Grade, Image};
use crate::model::{ProducedAt, Reading, Rule, Timestamp, counted};

/// How many days before the scan the database may have been built.
const OLDEST_DATABASE: u64 = 30;

pub(super) struct Grype;

impl Format for Grype {
    fn id(&self) -> &'static str {
        "grype"
    }

    fn about(&self) -> About {
        About {
            tool: "Grype",
            recognised: "`matches` beside `descriptor.name: grype`, or matches of `vulnerability` and `artifact`",
            carries: &["findings", "image"],
            tells: Tells::NOTHING
                .time("`descriptor.timestamp`")
                .version("`descriptor.version`")
                .digest("`source.target`, of an image"),
            source: "https://github.com/anchore/grype#output-formats",
            clean: "`matches` is there and empty.",
            vacuous: "A database that `descriptor.db` calls invalid, or tells an error of.",
            blank: Blanks::NONE,
            notes: &[
                "A finding is a match: one advisory of several packages is several.",
                "Negligible is info; ignored matches are suppressed.",
                "What `--only-fixed`, `--only-notfixed` or `--ignore-states` leave out is left unchecked: nobody looked at each.",
                "Where `descriptor.configuration` has one of these and no ignored match is listed, it is told.",
                "Packages with an `alertsByPackage` (a distribution that is unknown, or past its end of life) have advisories missing: they are counted in `findings.unchecked`.",
                "A database that was built more than 30 days before the scan (`descriptor.db`; Grype itself refuses one of more than 5) is counted in `findings.unchecked`, and told.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let named = shape.get("descriptor").is_some_and(|of| of.text("name") == Some("grype"));
        let matched =
            shape.first_of("matches").is_some_and(|of| of.has(&["vulnerability", "artifact"]));
        Fit::sure(shape.has(&["matches"]) && (named || matched))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut report = Report { findings: input.findings(), ..Report::default() };
        input.members(&mut report)?;
        if !report.has {
            return Err(Broken::new("The report holds no `matches`."));
        }
        let mut reading = Reading::by(self.id(), "Grype");
        if let Some(descriptor) = &report.descriptor {
            reading.tool_version = text::said(&descriptor.version);
            reading.produced_at = descriptor.timestamp.as_deref().map(ProducedAt::parse);
            if let Some(said) = descriptor.db.as_ref().and_then(Database::fault) {
                let why = format!("Grype's database was not valid. It says: {said}");
                reading.doubt(Rule::ToolFailed, why);
            }
        }
        let target = report.source.and_then(|source| source.target);
        reading.facts.image = target.and_then(Target::image);
        report.findings.unchecked = match (report.alerts, report.left_out) {
            (alerts, 0) => alerts,
            (alerts, left_out) => Some(alerts.unwrap_or(0).saturating_add(left_out)),
        };
        if report.left_out > 0 {
            let left_out = counted(report.left_out, "match");
            reading.warn(format!(
                "Grype left out {left_out} by the state of the fix (`--only-fixed` and its kin)."
            ));
        }
        let old = report.descriptor.as_ref().and_then(Descriptor::old_database);
        if let Some((built, days)) = old {
            let unchecked = &mut report.findings.unchecked;
            *unchecked = Some(unchecked.unwrap_or(0).saturating_add(1));
            let days = counted(days, "day");
            reading.warn(format!(
                "Grype's database was built {built}, {days} before the scan: what became known since was not looked for."
            ));
        }
        let option = report.descriptor.as_ref().and_then(Descriptor::leaves_out);
        if let Some(option) = option.filter(|_| report.left_out == 0) {
            reading.warn(format!("Grype was told to leave out matches (`{option}`)."));
        }
        reading.facts.findings = Some(report.findings);
        Ok(reading)
    }
}

#[derive(Default)]
struct Report<'a> {
    findings: Findings,
    has: bool,
    descriptor: Option<Descriptor<'a>>,
    source: Option<Source<'a>>,
    /// How many packages Grype alerts of.
    alerts: Option<u64>,
    /// How many matches a flag left out by the state of their fix, of whatever severity.
    left_out: u64,
}

impl Report<'_> {
    fn add(&mut self, found: &Match<'_>, suppressed: bool) {
        if found.vulnerability.fix.as_ref().is_some_and(|fix| fix.versions.is_some()) {
            self.findings.list.tells("fixed_in");
        }
        self.findings.add(found.finding(suppressed));
    }
}

impl<'de> Members<'de> for Report<'de> {
    fn member<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "matches" => {
                self.has = json::each(map, |found: Match<'de>| self.add(&found, false))?;
            }
            "ignoredMatches" => {
                json::each(map, |found: Match<'de>| {
                    self.left_out += u64::from(found.is_left_out());
                    self.add(&found, true);
                })?;
            }
            "alertsByPackage" => {
                self.alerts =
                    map.next_value::<Option<Vec<IgnoredAny>>>()?.map(|of| of.len() as u64);
            }
            "descriptor" => self.descriptor = map.next_value()?,
            "source" => self.source = map.next_value()?,
            _ => json::skip(map)?,
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct Descriptor<'a> {
    #[serde(borrow)]
    version: Option<Str<'a>>,
    timestamp: Option<Str<'a>>,
    db: Option<Database<'a>>,
    configuration: Option<Configuration<'a>>,
}

impl Descriptor<'_> {
    /// The day on which the database was built, and how many days that was before the scan, where they are
    /// too many.
    fn old_database(&self) -> Option<(String, u64)> {
        let built = self.db.as_ref()?.built()?;
        let days = self.timestamp.as_deref().and_then(|scan| ProducedAt::parse(scan).at)?;
        let days = u64::try_from(days.since(built).as_seconds() / 86_400).ok()?;
        (days > OLDEST_DATABASE).then(|| (built.date(), days))
    }

    /// The option by which it leaves matches out.
    fn leaves_out(&self) -> Option<&'static str> {
        self.configuration.as_ref().and_then(Configuration::option)
    }
}

/// What Grype was told to leave out.
#[derive(Deserialize)]
struct Configuration<'a> {
    #[serde(borrow, rename = "only-fixed")]
    only_fixed: Option<Str<'a>>,
    #[serde(rename = "only-notfixed")]
    only_open: Option<Str<'a>>,
    #[serde(rename = "ignore-wontfix")]
    ignored: Option<Str<'a>>,
}

impl Configuration<'_> {
    fn option(&self) -> Option<&'static str> {
        let is_on = |option: &Option<Str<'_>>| option.as_deref() == Some("true");
        if is_on(&self.only_fixed) {
            return Some("--only-fixed");
        }
        if is_on(&self.only_open) {
            return Some("--only-notfixed");
        }
        text::said(&self.ignored).map(|_| "--ignore-states")
    }
}

/// The state of the database; since version 0.88 it stands under `status`.
#[derive(Deserialize)]
struct Database<'a> {
    #[serde(borrow)]
    status: Option<State<'a>>,
    built: Option<Str<'a>>,
    valid: Option<bool>,
    error: Option<Fault<'a>>,
}

#[derive(Deserialize)]
struct State<'a> {
    valid: Option<bool>,
    #[serde(borrow)]
    built: Option<Str<'a>>,
    error: Option<Fault<'a>>,
}

/// An error as Go writes it: its text, or a map of nothing.
#[derive(Deserialize)]
#[serde(untagged)]
enum Fault<'a> {
    Said(#[serde(borrow)] Str<'a>),
    Other(IgnoredAny),
}

impl Database<'_> {
    fn built(&self) -> Option<Timestamp> {
        let built = self.status.as_ref().and_then(|status| status.built.as_ref());
        ProducedAt::parse(built.or(self.built.as_ref())?).at
    }

    /// What is wrong with it.
    fn fault(&self) -> Option<String> {
        let status = self.status.as_ref();
        let valid = status.map_or(self.valid, |status| status.valid);
        match status.map_or(self.error.as_ref(), |status| status.error.as_ref()) {
            Some(Fault::Said(said)) => text::title(said),
            Some(Fault::Other(_)) => Some("an error without a text".to_owned()),
            None => (valid == Some(false)).then(|| "`valid: false`".to_owned()),
        }
    }
}

#[derive(Deserialize)]
struct Source<'a> {
    #[serde(borrow)]
    target: Option<Target<'a>>,
}

/// An image, or the path of a folder.
#[derive(Deserialize)]
#[serde(untagged)]
enum Target<'a> {
    Image {
        #[serde(borrow, rename = "manifestDigest")]
        manifest: Option<Str<'a>>,
        #[serde(rename = "repoDigests")]
        repositories: Option<Vec<Str<'a>>>,
        #[serde(rename = "imageID")]
        id: Option<Str<'a>>,
    },
    Path(IgnoredAny),
}

impl Target<'_> {
    fn image(self) -> Option<Image> {
        let Target::Image { manifest, repositories, id } = self else { return None };
        let named = repositories.iter().flatten().filter_map(|name| name.rsplit_once('@'));
        let mut digests: Vec<String> = named.map(|(_, digest)| digest.to_owned()).collect();
        digests.extend(text::said(&manifest));
        digests.extend(text::said(&id));
        Image::scanned(digests)
    }
}

#[derive(Deserialize)]
struct Match<'a> {
    #[serde(borrow)]
    vulnerability: Vulnerability<'a>,
    artifact: Option<Artifact<'a>>,
    #[serde(rename = "relatedVulnerabilities")]
    related: Option<Vec<Related<'a>>>,
    #[serde(rename = "appliedIgnoreRules")]
    ignored_by: Option<Vec<IgnoreRule<'a>>>,
}

/// Why a match is ignored: a rule that the team wrote names a vulnerability or a package, a flag but
/// the state of the fix.
#[derive(Deserialize)]
struct IgnoreRule<'a> {
    #[serde(borrow)]
    vulnerability: Option<Str<'a>>,
    #[serde(rename = "fix-state")]
    fix: Option<Str<'a>>,
    package: Option<Named<'a>>,
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
}

impl IgnoreRule<'_> {
    fn is_of_a_flag(&self) -> bool {
        let package = self.package.as_ref().and_then(|package| text::said(&package.name));
        let named = text::said(&self.vulnerability).or(package);
        text::said(&self.fix).is_some() && named.is_none()
    }
}

#[derive(Deserialize)]
struct Vulnerability<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    description: Option<Str<'a>>,
    fix: Option<Fix<'a>>,
}

/// What another database calls it.
#[derive(Deserialize)]
struct Related<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Fix<'a> {
    #[serde(borrow)]
    versions: Option<Vec<Str<'a>>>,
}

#[derive(Deserialize)]
struct Artifact<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    version: Option<Str<'a>>,
    locations: Option<Vec<Location<'a>>>,
}

#[derive(Deserialize)]
struct Location<'a> {
    #[serde(borrow)]
    path: Option<Str<'a>>,
}

impl Match<'_> {
    fn is_left_out(&self) -> bool {
        let mut rules = self.ignored_by.iter().flatten().peekable();
        rules.peek().is_some() && rules.all(IgnoreRule::is_of_a_flag)
    }

    fn finding(&self, suppressed: bool) -> Finding {
        let found = &self.vulnerability;
        let artifact = self.artifact.as_ref();
        let fixed = found.fix.as_ref().and_then(|fix| fix.versions.as_ref()?.first());
        let place = artifact.and_then(|of| of.locations.as_ref()?.first());
        Finding {
            rule: text::said(&found.id),
            aliases: text::all_said(self.related.iter().flatten().flat_map(|of| &of.id)),
            title: found.description.as_deref().and_then(text::title),
            package: artifact.and_then(|of| text::said(&of.name)),
            version: artifact.and_then(|of| text::said(&of.version)),
            fixed_in: fixed.map(ToString::to_string),
            path: place.and_then(|place| text::said(&place.path)),
            suppressed,
            ..Finding::graded(found.severity.as_deref().map_or(Grade::Unknown, Grade::from_word))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn report(more: &str) -> String {
        format!(r#"{{"matches": [], "descriptor": {{"name": "grype"{more}}}}}"#)
    }

    #[test]
    fn what_a_flag_leaves_out_is_unchecked_and_what_a_rule_ignores_is_not() {
        let report = |rule: &str| {
            let text = format!(
                r#"{{"matches": [], "ignoredMatches": [{{"vulnerability": {{"id": "CVE-1", "severity": "Critical"}},
                "artifact": {{"name": "zlib"}}, "appliedIgnoreRules": [{{{rule}}}]}}],
                "descriptor": {{"name": "grype"}}}}"#
            );
            reading("grype", &text).facts.findings.unwrap().unchecked
        };
        assert_eq!(report(r#""vulnerability": "", "fix-state": "not-fixed""#), Some(1));
        assert_eq!(report(r#""vulnerability": "CVE-1", "fix-state": "not-fixed""#), None);
        assert_eq!(report(r#""fix-state": "wont-fix", "package": {"name": "zlib"}"#), None);
        assert_eq!(report(r#""vulnerability": "CVE-1""#), None);
    }

    #[test]
    fn an_option_that_leaves_matches_out_is_told() {
        for (set, told) in [
            (
                r#""only-fixed": true"#,
                vec!["Grype was told to leave out matches (`--only-fixed`)."],
            ),
            (
                r#""ignore-wontfix": "wont-fix""#,
                vec!["Grype was told to leave out matches (`--ignore-states`)."],
            ),
            (r#""only-fixed": false, "only-notfixed": false, "ignore-wontfix": """#, vec![]),
        ] {
            let text = report(&format!(r#", "configuration": {{{set}}}"#));
            assert_eq!(reading("grype", &text).warnings, told);
        }
    }

    #[test]
    fn a_database_that_is_not_valid_proves_nothing() {
        for (db, why) in [
            (r#"{"built": "x", "schemaVersion": 5, "error": null}"#, ""),
            (r#"{"status": {"valid": true}}"#, ""),
            (r#"{"status": {"valid": false, "error": "db is stale"}}"#, "It says: db is stale"),
            (r#"{"status": {"valid": false}}"#, "It says: `valid: false`"),
            (r#"{"schemaVersion": 5, "error": "failed"}"#, "It says: failed"),
            (r#"{"schemaVersion": 5, "error": {}}"#, "an error without a text"),
        ] {
            proves("grype", &[(&report(&format!(r#", "db": {db}"#)), why)]);
        }
    }

    #[test]
    fn what_became_known_after_an_old_database_was_built_is_unchecked() {
        for (db, unchecked) in [
            (r#"{"status": {"built": "2026-11-01T08:00:00Z", "valid": true}}"#, None),
            (r#"{"status": {"built": "2024-02-01T08:00:00Z", "valid": true}}"#, Some(1)),
            (r#"{"built": "2024-02-01T08:00:00Z"}"#, Some(1)),
            (r#"{"built": "2027-02-01T08:00:00Z"}"#, None),
        ] {
            let more = format!(r#", "timestamp": "2026-11-10T08:00:00Z", "db": {db}"#);
            let read = reading("grype", &report(&more));
            assert_eq!(read.facts.findings.unwrap().unchecked, unchecked, "{db}");
            assert_eq!(
                read.warnings.iter().any(|said| said.contains("2024-02-01")),
                unchecked.is_some()
            );
        }
    }

    #[test]
    fn packages_of_a_distribution_past_its_end_are_unchecked() {
        let alert = r#"{"alertsByPackage": [{"alerts": [{"type": "distro-eol"}]}], "#;
        let text = report("").replacen('{', alert, 1);
        assert_eq!(reading("grype", &text).facts.findings.unwrap().unchecked, Some(1));
        assert_eq!(reading("grype", &report("")).facts.findings.unwrap().unchecked, None);
    }
}
