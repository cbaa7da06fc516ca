//! Nessus' export, version 2 (`.nessus`).

use crate::evidence::xml::{Node, Tag, Xml};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text, when};
use crate::facts::{Finding, Findings, Grade};
use crate::model::{ProducedAt, Reading, Rule, counted};

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
            vacuous: "A policy without a report; 0 hosts; hosts without an item; only hosts that were dead, or whose scan was stopped.",
            blank: Blanks::NONE,
            notes: &[
                "A finding is an item of a host and a port; severities 4 to 0 are critical, high, medium, low and info.",
                "Items of severity 0 tell of what was seen, and of the scan itself: they are of severity info.",
                "Plug-in 19506 says how the scan was done: whether it had credentials is not judged here.",
                "A host that plug-in 10180 took for dead, and one with a `HOST_START` and no `HOST_END`, was not scanned to the end: it is counted in `findings.unchecked`.",
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
            match node {
                Node::Open(tag) => report.open(&tag, &mut xml)?,
                Node::Close(end) if end.is("ReportHost") => report.leave(),
                Node::Close(_) => {}
            }
        }
        reading.produced_at = report.ended;
        if report.hosts == 0 {
            reading.doubt(Rule::NothingLookedAt, "The report holds 0 hosts.");
        } else if report.items == 0 {
            reading.doubt(Rule::NothingLookedAt, "The report holds no item of any host.");
        } else if report.unscanned == report.hosts {
            let hosts = counted(report.hosts, "host");
            let why = format!("Nessus scanned none of {hosts} to the end: dead, or stopped.");
            reading.doubt(Rule::NothingLookedAt, why);
        }
        report.findings.unchecked = Some(report.unscanned);
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
    plugin: String,
    scan: Scan,
    /// Hosts that were not scanned to their end.
    unscanned: u64,
    ended: Option<ProducedAt>,
}

/// What a host's own entry tells of how it was scanned.
#[derive(Default)]
struct Scan {
    started: bool,
    ended: bool,
    dead: bool,
}

/// The plug-in that asks whether a host is there, and what it says of one that is not.
const PING: (&str, &str) = ("10180", "considered as dead");

impl Report {
    fn open(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Broken> {
        match tag.name() {
            "ReportHost" => {
                self.hosts += 1;
                self.host = tag.attribute("name")?.unwrap_or_default();
                self.scan = Scan::default();
            }
            "tag" => match tag.attribute("name")?.as_deref() {
                Some("HOST_START") => self.scan.started = true,
                Some("HOST_END") => {
                    let ended = xml.content()?.trim().to_owned();
                    self.scan.ended = true;
                    when::older(&mut self.ended, when::any(&ended));
                }
                _ => {}
            },
            "ReportItem" => self.item(tag)?,
            "plugin_output" if self.plugin == PING.0 => {
                self.scan.dead |= xml.content()?.contains(PING.1);
            }
            _ => {}
        }
        Ok(())
    }

    /// An export that tells no times of a host does not say that its scan was stopped.
    fn leave(&mut self) {
        let Scan { started, ended, dead } = self.scan;
        self.unscanned += u64::from(dead || started && !ended);
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
        self.plugin = rule.clone().unwrap_or_default();
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
    fn a_host_that_was_not_scanned_to_the_end_is_unchecked() {
        let tag = |name: &str| format!(r#"<tag name="{name}">Wed Mar  4 10:00:00 2026</tag>"#);
        let scanned = |times: &str, output: &str| {
            format!(
                r#"<ReportHost name="a"><HostProperties>{times}</HostProperties><ReportItem severity="0" pluginID="10180"
                pluginName="Ping the remote host"><plugin_output>{output}</plugin_output></ReportItem>
                <ReportItem severity="0" pluginID="1"><plugin_output>it is considered as dead code</plugin_output>
                </ReportItem></ReportHost>"#
            )
        };
        let both = tag("HOST_START") + &tag("HOST_END");
        let up = scanned(&both, "The remote host is up");
        let dead = scanned(&both, "The remote host (a) is considered as dead - not scanning");
        let stopped = scanned(&tag("HOST_START"), "The remote host is up");
        let untimed = scanned("", "The remote host is up");
        let none = "scanned none of 1 host to the end";
        proves(
            "nessus",
            &[
                (&report(&up), ""),
                (&report(&untimed), ""),
                (&report(&dead), none),
                (&report(&stopped), none),
                (&report(&(up.clone() + &dead)), ""),
            ],
        );
        let read = reading("nessus", &report(&(up + &dead + &stopped)));
        assert_eq!(read.facts.findings.unwrap().unchecked, Some(2));
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
