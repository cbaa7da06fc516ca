//! Bills of materials, whatever their syntax: components, and vulnerabilities where they list any.

use crate::evidence::{Input, text};
use crate::facts::{Component, Components, Finding, Findings, Grade};
use crate::model::{ProducedAt, Reading, Rule};

/// The tools that make no bill without a scan, as they name themselves: of them alone an empty list
/// says that nothing was found.
const SCANNERS: [&str; 2] = ["grype", "osv-scanner"];

/// A bill as it is read.
pub(in crate::evidence) struct Bill {
    pub components: Components,
    pub lists_components: bool,
    findings: Findings,
    pub lists_vulnerabilities: bool,
    /// Whether somebody looked for vulnerabilities: some are listed, or a scanner made the bill.
    scanned: bool,
    /// Whether it says of itself that it leaves things out.
    pub incomplete: bool,
    /// Whether its components are what it is of, and nothing in them is listed.
    pub of_itself: bool,
    pub made_at: Option<String>,
    /// Its name and version.
    pub tool: Option<(String, Option<String>)>,
}

impl Bill {
    pub(in crate::evidence) fn new(input: &Input<'_>) -> Bill {
        Bill {
            components: input.components(),
            lists_components: false,
            findings: input.findings(),
            lists_vulnerabilities: false,
            scanned: false,
            incomplete: false,
            of_itself: false,
            made_at: None,
            tool: None,
        }
    }

    /// Takes what the bill says of how much of a composition it tells: `complete`, `incomplete`.
    pub(in crate::evidence) fn aggregate(&mut self, word: &str) {
        self.incomplete |= word.trim().starts_with("incomplete");
    }

    /// Adds a component.
    pub(in crate::evidence) fn component(&mut self, component: Component) {
        self.components.add(|| component);
    }

    /// Adds a vulnerability.
    pub(in crate::evidence) fn vulnerable(&mut self, finding: Finding) {
        self.scanned = true;
        self.findings.add(finding);
    }

    /// The facts; a bill of nothing proves nothing.
    pub(in crate::evidence) fn finish(mut self, mut reading: Reading) -> Reading {
        let scanner = self.tool.as_ref().is_some_and(|(name, _)| SCANNERS.contains(&name.as_str()));
        self.scanned |= self.lists_vulnerabilities && scanner;
        if self.components.total == 0 && self.findings.list.entries().is_empty() {
            reading.doubt(Rule::NothingLookedAt, "The bill lists 0 components.");
        } else if self.of_itself {
            let why = "The bill lists nothing but what it is a bill of.";
            reading.doubt(Rule::NothingLookedAt, why);
        }
        if self.incomplete {
            reading.warn("The bill says of itself that it is incomplete.");
        }
        reading.produced_at = self.made_at.as_deref().map(ProducedAt::parse);
        if let Some((name, version)) = self.tool {
            reading.tool = Some(name);
            reading.tool_version = version;
        }
        if self.lists_vulnerabilities && !self.scanned {
            reading.warn(
                "Its list of vulnerabilities is empty, as Trivy writes it without a scan too: it is no scan.",
            );
            reading.facts.findings = Some(Findings::of_no_scan(self.components.total));
        }
        if self.scanned {
            reading.facts.findings = Some(self.findings);
        }
        reading.facts.components = Some(self.components);
        reading
    }
}

/// Whether an element of SPDX stands for what Syft was pointed at, a folder or an image: no component, and
/// it has no licence that anybody could know.
pub(in crate::evidence) fn is_scanned_thing(id: Option<&str>) -> bool {
    id.is_some_and(|id| id.starts_with("SPDXRef-DocumentRoot-"))
}

/// The packages of a document of SPDX that it is of itself, told by their ids.
#[derive(Default)]
pub(in crate::evidence) struct Described {
    /// The ids of its packages, as long as they are few.
    packages: Vec<String>,
    described: Vec<String>,
    /// Whether files are listed: then something was looked into.
    pub files: bool,
}

impl Described {
    /// More packages than a document is of.
    const FEW: usize = 16;

    pub(in crate::evidence) fn package(&mut self, id: Option<&str>) {
        if self.packages.len() < Self::FEW {
            self.packages.push(id.unwrap_or_default().to_owned());
        }
    }

    pub(in crate::evidence) fn describes(&mut self, id: &str) {
        if self.described.len() < Self::FEW {
            self.described.push(id.to_owned());
        }
    }

    /// Whether there are no other packages, and no files.
    pub(in crate::evidence) fn is_all(&self) -> bool {
        !self.files
            && !self.packages.is_empty()
            && self.packages.iter().all(|id| self.described.contains(id))
    }
}

/// The gravest of several ratings.
pub(in crate::evidence) fn gravest(grades: impl Iterator<Item = Grade>) -> Grade {
    grades.min().unwrap_or(Grade::Unknown)
}

/// The tool that wrote a bill, of those that it names: CycloneDX's own name what they looked with
/// first (`npm`, then `cyclonedx-npm`). Of all others the first.
pub(in crate::evidence) fn writer(
    tools: Vec<(String, Option<String>)>,
) -> Option<(String, Option<String>)> {
    let is_own = |name: &str| name.starts_with("cyclonedx-") && name != "cyclonedx-library";
    let own = tools.iter().position(|(name, _)| is_own(name)).unwrap_or(0);
    tools.into_iter().nth(own)
}

/// Several licences as one text; `None` where the tool could not tell one of them: what is not known
/// is not another licence.
pub(in crate::evidence) fn licences<'a>(names: impl Iterator<Item = &'a str>) -> Option<String> {
    const UNTOLD: [&str; 2] = ["UNKNOWN", "NOASSERTION"];
    let names: Vec<&str> = names.map(str::trim).filter(|name| !name.is_empty()).collect();
    let untold = |name: &&str| UNTOLD.iter().any(|untold| untold.eq_ignore_ascii_case(name));
    (!names.is_empty() && !names.iter().any(untold)).then(|| names.join(", "))
}

/// A vulnerability of a bill.
pub(in crate::evidence) fn vulnerability(
    id: Option<&str>,
    said: Option<&str>,
    grade: Grade,
    affected: Option<&str>,
) -> Finding {
    let (package, version) = affected.map(package).unwrap_or_default();
    Finding {
        rule: id.map(str::to_owned),
        title: said.and_then(text::title),
        package,
        version,
        ..Finding::graded(grade)
    }
}

/// Name and version out of a package URL; another reference is the name.
fn package(reference: &str) -> (Option<String>, Option<String>) {
    let Some(purl) = reference.find("pkg:").and_then(|at| reference.get(at + 4..)) else {
        return (Some(reference.to_owned()), None);
    };
    let path = purl.split(['?', '#']).next().unwrap_or_default();
    let (path, version) = match path.rsplit_once('@') {
        Some((path, version)) if !version.contains('/') => (path, Some(version.to_owned())),
        _ => (path, None),
    };
    let name = path.split_once('/').map_or(path, |(_, name)| name);
    (Some(name.replace("%40", "@")), version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn package_urls_name_a_package_and_a_version() {
        for (reference, name, version) in [
            ("pkg:npm/%40scope/a@1.2.3?arch=x", "@scope/a", Some("1.2.3")),
            ("pkg:maven/org.x/y@1", "org.x/y", Some("1")),
            ("pkg:golang/a/b", "a/b", None),
            ("b7f2", "b7f2", None),
        ] {
            let (found, at) = package(reference);
            assert_eq!((found.as_deref(), at.as_deref()), (Some(name), version));
        }
    }

    #[test]
    fn grades_are_ordered_from_the_gravest() {
        assert_eq!(
            gravest([Grade::Low, Grade::Critical, Grade::Unknown].into_iter()),
            Grade::Critical
        );
        assert_eq!(gravest(std::iter::empty()), Grade::Unknown);
    }

    #[test]
    fn an_empty_list_of_vulnerabilities_is_a_scan_only_where_a_scanner_made_it() {
        use crate::evidence::tests::reading;
        let json = |tool: &str, list: &str| {
            format!(
                r#"{{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{{"name": "a"}}],
                "metadata": {{"tools": {{"components": [{{"name": "{tool}"}}]}}}}{list}}}"#
            )
        };
        let xml = |tool: &str, list: &str| {
            format!(
                r#"<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><metadata><tools><tool><name>{tool}</name></tool>
                </tools></metadata><components><component><name>a</name></component></components>{list}</bom>"#
            )
        };
        let one = r#", "vulnerabilities": [{"id": "CVE-1"}]"#;
        let told = |of: &Reading| of.facts.findings.as_ref().map(|of| (of.total(), of.unchecked));
        for (tool, list, findings) in [
            ("trivy", r#", "vulnerabilities": []"#, Some((0, Some(1)))),
            ("cdxgen", r#", "vulnerabilities": []"#, Some((0, Some(1)))),
            ("grype", r#", "vulnerabilities": []"#, Some((0, None))),
            ("grype", "", None),
            ("trivy", one, Some((1, None))),
        ] {
            let seen = reading("cyclonedx-json", &json(tool, list));
            assert_eq!(told(&seen), findings, "{tool} {list}");
            assert_eq!(seen.warnings.len(), usize::from(findings == Some((0, Some(1)))));
        }
        for (tool, list, findings) in [
            ("trivy", "<vulnerabilities/>", Some((0, Some(1)))),
            ("grype", "<vulnerabilities/>", Some((0, None))),
            (
                "trivy",
                "<vulnerabilities><vulnerability><id>CVE-1</id></vulnerability></vulnerabilities>",
                Some((1, None)),
            ),
        ] {
            let seen = reading("cyclonedx-xml", &xml(tool, list));
            assert_eq!(told(&seen), findings, "{tool} {list}");
        }
    }

    #[test]
    fn a_bill_that_says_that_it_is_incomplete_is_told_of() {
        use crate::evidence::tests::reading;
        let json = |word: &str| {
            format!(
                r#"{{"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [{{"name": "a"}}],
                "compositions": [{{"aggregate": "{word}", "assemblies": ["x"]}}]}}"#
            )
        };
        let xml = |word: &str| {
            format!(
                r#"<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><components><component><name>a</name>
                </component></components><compositions><composition><aggregate>{word}</aggregate>
                </composition></compositions></bom>"#
            )
        };
        for (word, told) in [("incomplete", 1), ("incomplete_first_party_only", 1), ("complete", 0)]
        {
            assert_eq!(reading("cyclonedx-json", &json(word)).warnings.len(), told, "{word}");
            assert_eq!(reading("cyclonedx-xml", &xml(word)).warnings.len(), told, "{word}");
        }
    }

    #[test]
    fn the_tool_is_the_one_that_wrote_the_bill() {
        use crate::evidence::tests::reading;
        for (tools, wrote) in [
            (&["npm", "cyclonedx-npm", "cyclonedx-library"][..], Some("cyclonedx-npm")),
            (&["syft", "other"], Some("syft")),
            (&["@cyclonedx/cdxgen", "cyclonedx-library"], Some("@cyclonedx/cdxgen")),
            (&[], None),
        ] {
            let json: Vec<String> = tools
                .iter()
                .map(|name| format!(r#"{{"name": "{name}", "version": "1 of {name}"}}"#))
                .collect();
            let json = format!(
                r#"{{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{{"name": "a"}}],
                "metadata": {{"tools": {{"components": [{}]}}}}}}"#,
                json.join(",")
            );
            let xml: String = tools
                .iter()
                .map(|name| {
                    format!(
                        "<component><name>{name}</name><version>1 of {name}</version></component>"
                    )
                })
                .collect();
            let xml = format!(
                r#"<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><metadata><tools><components>{xml}</components></tools>
                </metadata><components><component><name>a</name></component></components></bom>"#
            );
            for (format, text) in [("cyclonedx-json", json), ("cyclonedx-xml", xml)] {
                let read = reading(format, &text);
                assert_eq!(read.tool.as_deref(), wrote, "{format}");
                assert_eq!(read.tool_version, wrote.map(|name| format!("1 of {name}")), "{format}");
            }
        }
    }
}
