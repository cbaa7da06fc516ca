//! CSAF 2: what vulnerabilities mean for products, as an advisory or as VEX.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::evidence::family::bill;
use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Grade};
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct Csaf;

impl Format for Csaf {
    fn id(&self) -> &'static str {
        "csaf"
    }

    fn about(&self) -> About {
        About {
            tool: "CSAF 2 (advisories and VEX of vendors: Red Hat, Siemens, Secvisogram and others)",
            recognised: "`document` with `csaf_version`",
            carries: &["findings"],
            tells: Tells::NOTHING
                .time("`document.tracking.current_release_date`")
                .version("`document.tracking.generator.engine.version`"),
            source: "https://docs.oasis-open.org/csaf/csaf/v2.0/os/csaf-v2.0-os.html",
            clean: "No product is affected by a vulnerability, or still looked into.",
            vacuous: "0 vulnerabilities.",
            blank: Blanks::NONE,
            notes: &[
                "A finding is a vulnerability of which some product is `known_affected`, `first_affected`, `last_affected` or `under_investigation`, however many are; it names the first.",
                "One that is told of without a product's status is a finding too; one whose products are `fixed` or `known_not_affected` is listed as suppressed.",
                "Its severity is the gravest of its CVSS scores, or the vendor's `impact`.",
                "It is of the products that it names, in their versions: a `draft` is told as a warning.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let version =
            |shape: &crate::evidence::Shape<'_>| shape.at(&["document", "csaf_version"]).is_some();
        Fit::sure(sniff.json().is_some_and(version))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let csaf: Csaf2<'_> = input.json()?;
        let mut reading = Reading::of(self.id());
        csaf.document.tell(&mut reading);
        let names = csaf.product_tree.unwrap_or_default().names();
        let mut findings = input.findings();
        let vulnerabilities = csaf.vulnerabilities.unwrap_or_default();
        if vulnerabilities.is_empty() {
            reading.doubt(Rule::NothingLookedAt, "The document tells of 0 vulnerabilities.");
        }
        vulnerabilities.iter().for_each(|one| findings.add(one.finding(&names)));
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Csaf2<'a> {
    #[serde(borrow)]
    document: Document<'a>,
    product_tree: Option<Products<'a>>,
    vulnerabilities: Option<Vec<Vulnerability<'a>>>,
}

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    tracking: Tracking<'a>,
}

#[derive(Deserialize)]
struct Tracking<'a> {
    #[serde(borrow)]
    current_release_date: Option<Str<'a>>,
    status: Option<Str<'a>>,
    generator: Option<Generator<'a>>,
}

#[derive(Deserialize)]
struct Generator<'a> {
    #[serde(borrow)]
    engine: Option<Engine<'a>>,
}

#[derive(Deserialize)]
struct Engine<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    version: Option<Str<'a>>,
}

impl Document<'_> {
    fn tell(&self, reading: &mut Reading) {
        let Tracking { current_release_date, status, generator } = &self.tracking;
        reading.produced_at = current_release_date.as_deref().map(ProducedAt::parse);
        if let Some(engine) = generator.as_ref().and_then(|generator| generator.engine.as_ref()) {
            reading.tool = text::said(&engine.name);
            reading.tool_version = text::said(&engine.version);
        }
        if status.as_deref() == Some("draft") {
            reading.warn("The document says of itself that it is a draft.");
        }
    }
}

/// A product tree, or a branch of one.
#[derive(Default, Deserialize)]
struct Products<'a> {
    #[serde(borrow)]
    branches: Option<Vec<Products<'a>>>,
    product: Option<Product<'a>>,
    full_product_names: Option<Vec<Product<'a>>>,
    relationships: Option<Vec<Relationship<'a>>>,
}

#[derive(Deserialize)]
struct Relationship<'a> {
    #[serde(borrow)]
    full_product_name: Option<Product<'a>>,
}

#[derive(Deserialize)]
struct Product<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    product_id: Option<Str<'a>>,
}

impl<'a> Products<'a> {
    /// The products' names, by id.
    fn names(self) -> BTreeMap<Str<'a>, Str<'a>> {
        let mut names = BTreeMap::new();
        self.collect(&mut names);
        names
    }

    fn collect(self, names: &mut BTreeMap<Str<'a>, Str<'a>>) {
        let related =
            self.relationships.into_iter().flatten().filter_map(|of| of.full_product_name);
        let listed = self.full_product_names.into_iter().flatten();
        let all = self.product.into_iter().chain(listed).chain(related);
        names.extend(all.filter_map(|product| product.product_id.zip(product.name)));
        self.branches.into_iter().flatten().for_each(|branch| branch.collect(names));
    }
}

#[derive(Deserialize)]
struct Vulnerability<'a> {
    #[serde(borrow)]
    cve: Option<Str<'a>>,
    ids: Option<Vec<Id<'a>>>,
    title: Option<Str<'a>>,
    product_status: Option<Status<'a>>,
    scores: Option<Vec<Score<'a>>>,
    /// Of CSAF 2.1.
    metrics: Option<Vec<Metric<'a>>>,
    threats: Option<Vec<Threat<'a>>>,
}

#[derive(Deserialize)]
struct Id<'a> {
    #[serde(borrow)]
    text: Option<Str<'a>>,
}

type Ids<'a> = Option<Vec<Str<'a>>>;

#[derive(Deserialize)]
struct Status<'a> {
    #[serde(borrow)]
    known_affected: Ids<'a>,
    first_affected: Ids<'a>,
    last_affected: Ids<'a>,
    under_investigation: Ids<'a>,
    fixed: Ids<'a>,
    first_fixed: Ids<'a>,
    known_not_affected: Ids<'a>,
}

#[derive(Deserialize)]
struct Metric<'a> {
    #[serde(borrow)]
    content: Option<Score<'a>>,
}

#[derive(Deserialize)]
struct Score<'a> {
    #[serde(borrow)]
    cvss_v3: Option<Cvss<'a>>,
    cvss_v4: Option<Cvss<'a>>,
}

#[derive(Deserialize)]
struct Cvss<'a> {
    #[serde(borrow, rename = "baseSeverity")]
    severity: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Threat<'a> {
    #[serde(borrow)]
    category: Option<Str<'a>>,
    details: Option<Str<'a>>,
}

impl<'a> Status<'a> {
    /// The first product that is affected, or may be.
    fn affected(&self) -> Option<&Str<'a>> {
        [&self.known_affected, &self.first_affected, &self.last_affected, &self.under_investigation]
            .into_iter()
            .find_map(|ids| ids.as_ref()?.first())
    }

    /// The first product that is not, or no longer.
    fn unaffected(&self) -> Option<&Str<'a>> {
        [&self.known_not_affected, &self.fixed, &self.first_fixed]
            .into_iter()
            .find_map(|ids| ids.as_ref()?.first())
    }
}

impl<'a> Vulnerability<'a> {
    fn finding(&self, names: &BTreeMap<Str<'a>, Str<'a>>) -> Finding {
        let status = self.product_status.as_ref();
        let affected = status.and_then(Status::affected);
        let unaffected = status.and_then(Status::unaffected);
        let product = affected.or(unaffected).map(|id| names.get(id).unwrap_or(id).to_string());
        let ids = || self.ids.iter().flatten().find_map(|id| text::said(&id.text));
        Finding {
            rule: text::said(&self.cve).or_else(ids),
            aliases: text::all_said(self.ids.iter().flatten().flat_map(|of| &of.text)),
            title: self.title.as_deref().and_then(text::title),
            package: product,
            suppressed: affected.is_none() && unaffected.is_some(),
            ..Finding::graded(self.grade())
        }
    }

    fn grade(&self) -> Grade {
        let measured = self.metrics.iter().flatten().filter_map(|metric| metric.content.as_ref());
        let scores = self.scores.iter().flatten().chain(measured);
        let severities = scores
            .flat_map(|score| [&score.cvss_v3, &score.cvss_v4])
            .filter_map(|cvss| cvss.as_ref()?.severity.as_deref());
        let impacts = self.threats.iter().flatten();
        let impacts = impacts.filter(|threat| threat.category.as_deref() == Some("impact"));
        let known = |words: &mut dyn Iterator<Item = &str>| {
            let grade = bill::gravest(words.map(Grade::from_word));
            Some(grade).filter(|grade| *grade != Grade::Unknown)
        };
        known(&mut severities.into_iter())
            .or_else(|| known(&mut impacts.filter_map(|threat| threat.details.as_deref())))
            .unwrap_or(Grade::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};
    use crate::facts::Grade;

    fn csaf(vulnerabilities: &str) -> String {
        format!(
            r#"{{"document": {{"category": "csaf_vex", "csaf_version": "2.0", "tracking": {{"status": "final",
            "current_release_date": "2026-01-02T03:04:05Z", "generator": {{"engine": {{"name": "Secvisogram",
            "version": "2.5"}}}}}}}}, "product_tree": {{"branches": [{{"name": "Shop", "branches": [{{"name": "1.0",
            "product": {{"name": "Shop 1.0", "product_id": "P1"}}}}]}}]}}, "vulnerabilities": [{vulnerabilities}]}}"#
        )
    }

    #[test]
    fn a_vulnerability_counts_where_a_product_is_affected() {
        for (status, expected) in [
            (r#""known_affected": ["P1"]"#, 1),
            (r#""known_affected": ["P1"], "fixed": ["P2"]"#, 1),
            (r#""last_affected": ["P1"]"#, 1),
            (r#""under_investigation": ["P1"]"#, 1),
            (r#""recommended": ["P1"]"#, 1),
            ("", 1),
            (r#""known_affected": [], "fixed": ["P1"]"#, 0),
            (r#""known_not_affected": ["P1"]"#, 0),
        ] {
            let one = format!(r#"{{"cve": "CVE-2026-1", "product_status": {{{status}}}}}"#);
            let read = reading("csaf", &csaf(&one));
            assert_eq!(read.tool.as_deref(), Some("Secvisogram"));
            let findings = read.facts.findings.unwrap();
            assert_eq!(findings.total(), expected, "{status}");
            let named = findings.list.entries()[0].package.as_deref();
            let told = status.contains("P1") && !status.contains("recommended");
            assert_eq!(named, told.then_some("Shop 1.0"), "{status}");
        }
    }

    #[test]
    fn the_gravest_score_is_its_severity() {
        for (told, grade) in [
            (
                r#""scores": [{"cvss_v3": {"baseSeverity": "MEDIUM"}}, {"cvss_v3": {"baseSeverity": "HIGH"}}]"#,
                Grade::High,
            ),
            (
                r#""metrics": [{"content": {"cvss_v4": {"baseSeverity": "CRITICAL"}}}]"#,
                Grade::Critical,
            ),
            (r#""threats": [{"category": "impact", "details": "Moderate"}]"#, Grade::Medium),
            (r#""threats": [{"category": "exploit_status", "details": "High"}]"#, Grade::Unknown),
        ] {
            let one = format!(r#"{{"cve": "CVE-2026-1", {told}}}"#);
            let findings = reading("csaf", &csaf(&one)).facts.findings.unwrap();
            assert_eq!(findings.list.entries()[0].grade, grade, "{told}");
        }
    }

    #[test]
    fn a_document_of_nothing_proves_nothing() {
        let fixed = r#"{"cve": "CVE-2026-1", "product_status": {"fixed": ["P1"]}}"#;
        proves("csaf", &[(&csaf(fixed), ""), (&csaf(""), "0 vulnerabilities")]);
    }
}
