//! Nessus' export, version 2 (`.nessus`).

use crate::evidence::xml::{Node, Tag, Xml};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text, when};
use crate::facts::{Finding, Findings, Grade};
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct Nessus;

impl Format for Nessus {
    fn id(&self) -> &'static str {
        "nessus"
    }

    fn about(&self) -> About {
        About {
            tool: "Nessus (`.nessus`, of Nessus, Tenable.io and Tenable.sc)",
            recognised: "the root element `NessusClientData_v2`",
            carries: &["findings"],
            tells: Tells::NOTHING.time("the oldest `HOST_END`"),
            source: "https://docs.tenable.com/quick-reference/nessus-file-format/Nessus-File-Format.pdf",
            clean: "Hosts are listed, with nothing but items of severity 0.",
            vacuous: "A policy without a report; 0 hosts; hosts without an item.",
            blank: Blanks::NONE,
            notes: &[
                "A finding is an item of a host and a port; severities 4 to 0 are critical, high, medium, low and info.",
                "Items of severity 0 tell of what was seen, and of the scan itself: they are of severity info.",
                "Plug-in 19506 says how the scan was done: whether it had credentials is not judged here.",
                "A host that was down is in no list: compare the hosts by `data`, where it matters.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| root.name == "NessusClientData_v2"))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Nessus");
        let mut report = Report { findings: input.findings(), ..Report::default() };
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            if let Node::Open(tag) = node {
                report.open(&tag, &mut xml)?;
            }
        }
        reading.produced_at = report.ended;
        if report.hosts == 0 {
            reading.doubt(Rule::NothingLookedAt, "The report holds 0 hosts.");
        } else if report.items == 0 {
            reading.doubt(Rule::NothingLookedAt, "The report holds no item of any host.");
        }
        reading.facts.findings = Some(report.findings);
        Ok(reading)
    }
}

#[derive(Default)]
struct Report {
    findings: Findings,
    hosts: u64,
    items: u64,
    host: String,
    ended: Option<ProducedAt>,
}

impl Report {
    fn open(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Broken> {
        match tag.name() {
            "ReportHost" => {
                self.hosts += 1;
                self.host = tag.attribute("name")?.unwrap_or_default();
            }
            "tag" if tag.attribute("name")?.as_deref() == Some("HOST_END") => {
                let ended = xml.content()?.trim().to_owned();
                when::older(&mut self.ended, when::any(&ended));
            }
            "ReportItem" => self.item(tag)?,
            _ => {}
        }
        Ok(())
    }

    fn item(&mut self, tag: &Tag<'_>) -> Result<(), Broken> {
        let mut grade = None;
        let (mut rule, mut title, mut port) = (None, None, None);
        tag.attributes(|key, value| match key {
            "severity" => grade = Some(grade_of(&value)),
            "pluginID" => rule = Some(value.into_owned()),
            "pluginName" => title = text::title(&value),
            "port" => port = Some(value.into_owned()).filter(|port| port != "0"),
            _ => {}
        })?;
        let host = &self.host;
        let place = port.map_or_else(|| host.clone(), |port| format!("{host}:{port}"));
        self.items += 1;
        self.findings.add(Finding {
            rule,
            title,
            path: Some(place).filter(|place| !place.is_empty()),
            ..Finding::graded(grade.unwrap_or(Grade::Unknown))
        });
        Ok(())
    }
}

fn grade_of(severity: &str) -> Grade {
    match severity.trim() {
        "4" => Grade::Critical,
        "3" => Grade::High,
        "2" => Grade::Medium,
        "1" => Grade::Low,
        "0" => Grade::Info,
        _ => Grade::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};
    use crate::facts::Grade;

    fn report(hosts: &str) -> String {
        format!(
            r#"<?xml version="1.0" ?><NessusClientData_v2><Policy><policyName>p</policyName></Policy>
            <Report name="shop">{hosts}</Report></NessusClientData_v2>"#
        )
    }

    fn host(items: &str) -> String {
        format!(
            r#"<ReportHost name="10.0.0.1"><HostProperties><tag name="HOST_END">Wed Mar  4 10:00:00 2026</tag>
            <tag name="host-ip">10.0.0.1</tag></HostProperties>{items}</ReportHost>"#
        )
    }

    fn item(severity: &str) -> String {
        format!(
            r#"<ReportItem port="443" svc_name="www" protocol="tcp" severity="{severity}" pluginID="42873"
            pluginName="SSL Medium Strength Cipher Suites"><risk_factor>High</risk_factor></ReportItem>"#
        )
    }

    #[test]
    fn a_severity_is_a_number() {
        for (severity, grade) in [
            ("4", Grade::Critical),
            ("3", Grade::High),
            ("2", Grade::Medium),
            ("1", Grade::Low),
            ("0", Grade::Info),
            ("", Grade::Unknown),
        ] {
            let read = reading("nessus", &report(&host(&item(severity))));
            let findings = read.facts.findings.unwrap();
            let one = &findings.list.entries()[0];
            assert_eq!(
                (one.grade, one.path.as_deref()),
                (grade, Some("10.0.0.1:443")),
                "{severity}"
            );
        }
    }

    #[test]
    fn a_scan_without_a_host_proves_nothing() {
        let policy = "<NessusClientData_v2><Policy><policyName>p</policyName></Policy></NessusClientData_v2>";
        proves(
            "nessus",
            &[
                (&report(&host(&item("0"))), ""),
                (&report(&host("")), "no item of any host"),
                (&report(""), "0 hosts"),
                (policy, "0 hosts"),
            ],
        );
    }
}
