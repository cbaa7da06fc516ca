//! OVAL results.

use std::collections::HashMap;

use crate::evidence::xml::{Node, Tag, Xml};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text, when};
use crate::facts::{Finding, Findings, Grade, Tally};
use crate::model::{Reading, Rule, counted};

pub(super) struct Oval;

impl Format for Oval {
    fn id(&self) -> &'static str {
        "oval"
    }

    fn about(&self) -> About {
        About {
            tool: "OpenSCAP and others (OVAL results)",
            recognised: "the root element `oval_results`",
            carries: &["findings", "checks"],
            tells: Tells::NOTHING
                .time("`timestamp` of the first `generator`")
                .version("`product_version` of the first `generator`"),
            source: "https://oval-community-guidelines.readthedocs.io/en/latest/oval-schema-documentation/oval-results-schema.html",
            clean: "Definitions were evaluated: of vulnerabilities and patches none is true, of compliance none is false.",
            vacuous: "No definition of a vulnerability, a patch or compliance was true or false.",
            blank: Blanks::NONE,
            notes: &[
                "A vulnerability, or a patch that is missing, is found where its definition is true; what shall comply does not where its definition is false. Inventory and miscellaneous definitions say neither.",
                "The severity is that of the definition's `advisory`, where it has one.",
                "What ended in an error, is unknown, was not evaluated or has no result is counted in `findings.unchecked`; what is not applicable is in no count.",
                "`checks` counts the definitions that were evaluated, and those that did not hold.",
                "Directives that leave out what would be a finding are doubted.",
                "Without `oval_definitions` nobody knows what a result means: the file proves nothing.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| root.name == "oval_results"))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::of(self.id());
        let mut report = Report { findings: input.findings(), complete: true, ..Report::default() };
        let mut xml = input.xml();
        let mut described = false;
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) if tag.is("generator") && !described => {
                    described = true;
                    generator(&mut reading, &mut xml)?;
                }
                Node::Open(tag) if tag.is("definition") => report.definition(&tag, &mut xml)?,
                Node::Open(tag) if tag.name().starts_with("definition_") => {
                    report.directive(&tag)?
                }
                // What was collected from the system takes most of the file.
                Node::Open(tag) if tag.is("oval_system_characteristics") => xml.skip()?,
                Node::Open(_) | Node::Close(_) => {}
            }
        }
        if report.unknown > 0 {
            let definitions = counted(report.unknown, "definition");
            let why = format!("The report tells results of {definitions} that it does not hold.");
            reading.doubt(Rule::Unreadable, why);
        } else if report.checks.total == 0 {
            let why = "No definition of a vulnerability, a patch or compliance was true or false.";
            reading.doubt(Rule::NothingLookedAt, why);
        }
        if let Some(outcome) = report.left_out.iter().find(|outcome| report.may_be_found(outcome)) {
            let why = format!("The directives leave out the definitions that are {outcome}.");
            reading.doubt(Rule::Unchecked, why);
        }
        // What is left out beside true and false is unchecked, and nobody knows how much.
        let known =
            report.left_out.iter().all(|outcome| ["true", "false"].contains(&outcome.as_str()));
        let unevaluated = report.unevaluated();
        report.findings.unchecked = known.then_some(report.unchecked.saturating_add(unevaluated));
        reading.facts.checks = Some(report.checks);
        reading.facts.findings = Some(report.findings);
        Ok(reading)
    }
}

/// Reads who made the results, and when.
fn generator(reading: &mut Reading, xml: &mut Xml<'_>) -> Result<(), Broken> {
    let outside = xml.depth() - 1;
    while xml.depth() > outside {
        match xml.next()? {
            Some(Node::Open(tag)) => {
                let name = tag.name();
                let content = xml.content()?.trim().to_owned();
                match name {
                    "product_name" if content.contains("open-scap") => {
                        reading.tool = Some("OpenSCAP".to_owned());
                    }
                    "product_name" => reading.tool = Some(content),
                    "product_version" => reading.tool_version = Some(content),
                    "timestamp" => reading.produced_at = Some(when::any(&content)),
                    _ => {}
                }
            }
            Some(Node::Close(_)) => {}
            None => break,
        }
    }
    Ok(())
}

#[derive(Default)]
struct Report {
    /// By id, what is defined.
    defined: HashMap<String, Definition>,
    findings: Findings,
    checks: Tally,
    unchecked: u64,
    unknown: u64,
    /// The outcomes whose definitions the report is told to leave out.
    left_out: Vec<String>,
    /// Whether no outcome is left out.
    complete: bool,
}

#[derive(Clone)]
struct Definition {
    class: String,
    finding: Finding,
    has_result: bool,
}

impl Report {
    /// `<definition_false reported="false"/>`.
    fn directive(&mut self, tag: &Tag<'_>) -> Result<(), Broken> {
        let outcome = tag.name().trim_start_matches("definition_").replace('_', " ");
        let reported = tag.attribute("reported")?;
        let is_left_out = reported.is_some_and(|told| ["false", "0"].contains(&told.trim()));
        self.complete &= !is_left_out;
        if is_left_out && outcome != "not applicable" {
            self.left_out.push(outcome);
        }
        Ok(())
    }

    /// How many definitions that could be a finding have no result, where none is left out.
    fn unevaluated(&self) -> u64 {
        let missing = |of: &&Definition| !of.has_result && bad(&of.class).is_some();
        match self.complete {
            true => self.defined.values().filter(missing).count() as u64,
            false => 0,
        }
    }

    /// Whether a definition with that outcome is a finding, of some class that the report holds.
    fn may_be_found(&self, outcome: &str) -> bool {
        self.defined.values().any(|of| bad(&of.class) == Some(outcome))
    }

    /// A definition, or the result of one.
    fn definition(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Broken> {
        if let Some(id) = tag.attribute("id")? {
            let class = tag.attribute("class")?.unwrap_or_default();
            let finding = described(&id, xml)?;
            self.defined.insert(id, Definition { class, finding, has_result: false });
            return Ok(());
        }
        let id = tag.attribute("definition_id")?.unwrap_or_default();
        let result = tag.attribute("result")?.unwrap_or_default();
        xml.skip()?;
        match self.defined.get_mut(&id) {
            Some(definition) => {
                definition.has_result = true;
                let Definition { class, finding, .. } = definition.clone();
                self.result(&class, result.trim(), finding);
            }
            None => self.unknown += 1,
        }
        Ok(())
    }

    fn result(&mut self, class: &str, result: &str, finding: Finding) {
        let Some(bad) = bad(class) else { return };
        match result {
            "true" | "false" => {
                self.checks.add(result != bad, || finding.rule.clone().unwrap_or_default());
                if result == bad {
                    self.findings.add(finding);
                }
            }
            "not applicable" => {}
            _ => self.unchecked += 1,
        }
    }
}

/// The outcome of a definition of that class that is a finding.
fn bad(class: &str) -> Option<&'static str> {
    match class {
        "vulnerability" | "patch" => Some("true"),
        "compliance" => Some("false"),
        _ => None,
    }
}

/// Reads what a definition says of itself, to its end.
fn described(id: &str, xml: &mut Xml<'_>) -> Result<Finding, Broken> {
    let outside = xml.depth() - 1;
    let mut finding = Finding::graded(Grade::Unknown);
    finding.rule = Some(id.to_owned());
    while xml.depth() > outside {
        match xml.next()? {
            Some(Node::Open(tag)) if tag.is("title") && finding.title.is_none() => {
                finding.title = text::title(&xml.content()?);
            }
            Some(Node::Open(tag)) if tag.is("severity") => {
                finding.grade = Grade::from_word(&xml.content()?);
                finding.level = finding.grade.level();
            }
            Some(Node::Open(tag)) if tag.is("reference") => {
                finding.aliases.extend(tag.attribute("ref_id")?);
            }
            Some(Node::Open(tag)) if tag.is("cve") => {
                let id = xml.content()?.trim().to_owned();
                if !id.is_empty() && !finding.aliases.contains(&id) {
                    finding.aliases.push(id);
                }
            }
            Some(Node::Open(tag)) if tag.is("criteria") => xml.skip()?,
            Some(_) => {}
            None => break,
        }
    }
    Ok(finding)
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};
    use crate::facts::Grade;

    fn report(definitions: &str, results: &str) -> String {
        format!(
            r#"<oval_results xmlns="http://oval.mitre.org/XMLSchema/oval-results-5"><generator><product_name>
            cpe:/a:open-scap:oscap</product_name><product_version>1.3.7</product_version>
            <timestamp>2026-11-20T08:00:00</timestamp></generator><oval_definitions><generator><product_name>x
            </product_name></generator><definitions>{definitions}</definitions></oval_definitions><results><system>
            <definitions>{results}</definitions></system></results></oval_results>"#
        )
    }

    fn defined(id: u8, class: &str) -> String {
        format!(
            r#"<definition class="{class}" id="d{id}" version="1"><metadata><title>t{id}</title><reference
            ref_id="CVE-2026-000{id}"/><advisory><severity>Important</severity></advisory></metadata>
            <criteria><criterion test_ref="t"/></criteria></definition>"#
        )
    }

    fn result(id: u8, result: &str) -> String {
        format!(
            r#"<definition definition_id="d{id}" result="{result}"><criteria result="{result}"/></definition>"#
        )
    }

    #[test]
    fn what_true_means_depends_on_the_class() {
        for (class, outcome, total, checks, unchecked) in [
            ("vulnerability", "true", 1, 1, 0),
            ("patch", "true", 1, 1, 0),
            ("patch", "false", 0, 1, 0),
            ("compliance", "false", 1, 1, 0),
            ("compliance", "true", 0, 1, 0),
            ("compliance", "error", 0, 0, 1),
            ("patch", "not evaluated", 0, 0, 1),
            ("patch", "not applicable", 0, 0, 0),
            ("inventory", "true", 0, 0, 0),
        ] {
            let text = report(&defined(1, class), &result(1, outcome));
            let facts = reading("oval", &text).facts;
            let findings = facts.findings.unwrap();
            let told = (findings.total(), facts.checks.unwrap().total, findings.unchecked);
            assert_eq!(told, (total, checks, Some(unchecked)), "{class} {outcome}");
            if let Some(one) = findings.list.entries().first() {
                assert_eq!((one.grade, one.title.as_deref()), (Grade::High, Some("t1")));
            }
        }
    }

    #[test]
    fn a_definition_without_a_result_was_not_checked() {
        let two = defined(1, "patch") + &defined(2, "patch");
        let text = report(&two, &result(1, "false"));
        assert_eq!(reading("oval", &text).facts.findings.unwrap().unchecked, Some(1));
        let directives =
            r#"<directives><definition_not_applicable reported="false"/></directives>"#;
        let text =
            text.replacen("<oval_definitions>", &format!("{directives}<oval_definitions>"), 1);
        assert_eq!(reading("oval", &text).facts.findings.unwrap().unchecked, Some(0));
    }

    #[test]
    fn results_of_nothing_prove_nothing() {
        let patch = defined(1, "patch");
        let directed = |outcome: &str| {
            let left_out = format!(
                r#"<directives><definition_{outcome} reported="false"/></directives><oval_definitions>"#
            );
            let whole = report(&patch, &result(1, "false"));
            whole.replacen("<oval_definitions>", &left_out, 1)
        };
        proves(
            "oval",
            &[
                (&report(&patch, &result(1, "false")), ""),
                (&directed("true"), "leave out the definitions that are true"),
                (&directed("false"), ""),
                (&report(&patch, ""), "was true or false"),
                (&report(&defined(1, "inventory"), &result(1, "true")), "was true or false"),
                (&report(&patch, &(result(1, "false") + &result(2, "false"))), "of 1 definition"),
            ],
        );
    }
}
