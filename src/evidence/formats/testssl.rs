//! testssl.sh: `--jsonfile` and `--jsonfile-pretty`.

use serde::Deserialize;
use serde::de::MapAccess;

use crate::evidence::json::{self, Members, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text, when};
use crate::facts::{Finding, Findings, Grade};
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct Testssl;

impl Format for Testssl {
    fn id(&self) -> &'static str {
        "testssl"
    }

    fn about(&self) -> About {
        About {
            tool: "testssl.sh (`--jsonfile`, `--jsonfile-pretty`)",
            recognised: "a list of `id`, `ip`, `port`, `severity` and `finding`; `scanResult` beside `Invocation`",
            carries: &["findings"],
            tells: Tells::NOTHING
                .time("`startTime`, pretty alone")
                .version("`version`, pretty alone"),
            source: "https://testssl.sh/doc/testssl.1.html",
            clean: "What was tested is OK or INFO, and `scanTime` is the last.",
            vacuous: "A scan that failed (FATAL) or was interrupted: no `scanTime`, or none of seconds.",
            blank: Blanks::NONE,
            notes: &[
                "What is OK is no finding; what is INFO is one of severity info.",
                "WARN says that a test could not be made: it is counted in `findings.unchecked`. What testssl.sh says of its own OpenSSL (`engine_problem`) is not.",
                "The flat form tells no time: a seal, the CI run or git must.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let flat =
            shape.first().is_some_and(|one| one.has(&["id", "ip", "port", "severity", "finding"]));
        Fit::sure(flat || shape.has(&["Invocation"]) && shape.has_list("scanResult"))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut scan = Scan { findings: input.findings(), ..Scan::default() };
        if input.sniff.json().is_some_and(|shape| shape.is_map()) {
            input.members(&mut scan)?;
        } else {
            input.elements(|entry: Entry<'_>| scan.take_flat(&entry))?;
        }
        let mut reading = Reading::by(self.id(), "testssl.sh");
        reading.tool_version = scan.version;
        reading.produced_at = scan.began;
        if let Some(fatal) = scan.fatal {
            reading.doubt(Rule::ToolFailed, format!("testssl.sh says: {fatal}"));
        } else if !scan.ended || scan.interrupted {
            let why = "testssl.sh did not scan to the end: it tells no `scanTime` in seconds.";
            reading.doubt(Rule::ToolFailed, why);
        } else if scan.tested == 0 && scan.targets == 0 {
            reading.doubt(Rule::NothingLookedAt, "The report holds no test of any target.");
        }
        scan.findings.unchecked = Some(scan.unchecked);
        reading.facts.findings = Some(scan.findings);
        Ok(reading)
    }
}

#[derive(Default)]
struct Scan {
    findings: Findings,
    version: Option<String>,
    began: Option<ProducedAt>,
    /// How long it took is told, and told last.
    ended: bool,
    /// The scan of some host was.
    interrupted: bool,
    fatal: Option<String>,
    targets: u64,
    tested: u64,
    unchecked: u64,
    /// What stands among the targets in the place of one.
    loose: Loose,
}

/// The members of an entry that stands where a target should.
#[derive(Default)]
struct Loose {
    id: Option<String>,
    severity: Option<String>,
    finding: Option<String>,
    host: Option<String>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    finding: Option<Str<'a>>,
    cve: Option<Str<'a>>,
    ip: Option<Str<'a>>,
    port: Option<Str<'a>>,
}

/// What a target tells: the entries of a kind of test, or a word about itself.
#[derive(Deserialize)]
#[serde(untagged)]
enum Part<'a> {
    Entries(#[serde(borrow)] Vec<Entry<'a>>),
    Word(Option<Str<'a>>),
}

impl Scan {
    fn take_flat(&mut self, entry: &Entry<'_>) {
        match entry.id.as_deref() {
            Some("scanTime") => self.end(took_seconds(entry.finding.as_deref())),
            Some("engine_problem") => {}
            _ => self.take(entry, None),
        }
    }

    fn end(&mut self, whole: bool) {
        self.ended = whole;
        self.interrupted |= !whole;
    }

    fn take(&mut self, entry: &Entry<'_>, host: Option<&str>) {
        self.ended = false;
        let finding = text::said(&entry.finding).unwrap_or_default();
        let grade = match entry.severity.as_deref().unwrap_or_default() {
            "OK" => {
                self.tested += 1;
                return;
            }
            "WARN" => {
                self.unchecked += 1;
                return;
            }
            "FATAL" => {
                self.fatal.get_or_insert(finding);
                return;
            }
            word => Grade::from_word(word),
        };
        self.tested += 1;
        let id = text::said(&entry.id).unwrap_or_default();
        let place = || {
            let ip = entry.ip.as_deref().map(|ip| ip.split('/').next().unwrap_or(ip));
            Some(format!("{}:{}", ip?, entry.port.as_deref().unwrap_or_default()))
        };
        self.findings.add(Finding {
            title: text::title(&format!("{id}: {finding}")),
            rule: Some(id),
            aliases: entry
                .cve
                .iter()
                .flat_map(|ids| ids.split([' ', ',']))
                .filter(|id| !id.is_empty())
                .map(str::to_owned)
                .collect(),
            path: host.map(str::to_owned).or_else(place),
            ..Finding::graded(grade)
        });
    }

    /// An entry among the targets says why there is none.
    fn end_of_target(&mut self) {
        let loose = std::mem::take(&mut self.loose);
        match (loose.severity, loose.finding) {
            (Some(severity), finding) => {
                let owned = |text: Option<String>| text.map(Str::from);
                let (id, severity) = (owned(loose.id), Some(Str::from(severity)));
                let finding = owned(finding);
                self.take(&Entry { id, severity, finding, cve: None, ip: None, port: None }, None);
            }
            (None, _) => self.targets += 1,
        }
    }
}

/// Whether it says how many seconds a scan took.
fn took_seconds(told: Option<&str>) -> bool {
    told.is_some_and(|told| told.trim().parse::<u64>().is_ok())
}

impl<'de> Members<'de> for Scan {
    fn member<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "scanResult" => {
                let mut targets = Targets(self);
                json::each_members(map, &mut targets, |targets| targets.0.end_of_target())
            }
            "scanTime" => {
                let took: Option<Str<'de>> = map.next_value()?;
                self.end(took_seconds(took.as_deref()));
                Ok(())
            }
            "version" => {
                let version: Option<Str<'de>> = map.next_value()?;
                self.version =
                    version.and_then(|of| of.split_whitespace().next().map(str::to_owned));
                Ok(())
            }
            "startTime" => {
                let began: Option<Str<'de>> = map.next_value()?;
                self.began = began.map(|began| when::epoch(&began));
                Ok(())
            }
            _ => json::skip(map),
        }
    }
}

/// The targets of a scan.
struct Targets<'s>(&'s mut Scan);

impl<'de> Members<'de> for Targets<'_> {
    fn member<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        let loose = &mut self.0.loose;
        match (key, map.next_value::<Part<'de>>()?) {
            (_, Part::Entries(entries)) => {
                let host = loose.host.clone();
                entries.iter().for_each(|entry| self.0.take(entry, host.as_deref()));
            }
            ("targetHost", Part::Word(word)) => loose.host = word.map(Str::into_owned),
            ("port", Part::Word(Some(port))) => {
                loose.host = loose.host.take().map(|host| format!("{host}:{port}"));
            }
            ("id", Part::Word(word)) => loose.id = word.map(Str::into_owned),
            ("severity", Part::Word(word)) => loose.severity = word.map(Str::into_owned),
            ("finding", Part::Word(word)) => loose.finding = word.map(Str::into_owned),
            (_, Part::Word(_)) => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};
    use crate::facts::Grade;

    fn entry(id: &str, severity: &str, finding: &str) -> String {
        format!(
            r#"{{"id": "{id}", "ip": "shop.example/10.0.0.1", "port": "443", "severity": "{severity}",
            "finding": "{finding}"}}"#
        )
    }

    fn flat(entries: &[String]) -> String {
        format!("[{}]", entries.join(","))
    }

    fn pretty(targets: &str, took: &str) -> String {
        format!(
            r#"{{"Invocation": "testssl.sh x", "version": "3.2rc3 e806f7a", "startTime": "1737805510",
            "scanResult": [{targets}], "scanTime": {took}}}"#
        )
    }

    #[test]
    fn what_is_not_ok_is_found_in_both_forms() {
        let entries = [entry("BEAST", "OK", "not vulnerable"), entry("TLS1", "LOW", "offered")];
        let section = format!(
            r#"{{"targetHost": "shop.example", "ip": "10.0.0.1", "port": "443", "rDNS": null,
            "protocols": [{}], "grease": []}}"#,
            entries.join(",")
        );
        let done = entry("scanTime", "INFO", "41");
        for text in [flat(&[entries.join(","), done]), pretty(&section, "41")] {
            let read = reading("testssl", &text);
            let findings = read.facts.findings.unwrap();
            let one = &findings.list.entries()[0];
            assert_eq!((findings.total(), one.grade, findings.unchecked), (1, Grade::Low, Some(0)));
            assert_eq!(one.path.as_deref(), Some("shop.example:443"), "{text}");
            assert_eq!(read.doubts, []);
        }
    }

    #[test]
    fn a_scan_that_did_not_end_proves_nothing() {
        let ok = entry("BEAST", "OK", "not vulnerable");
        let done = || entry("scanTime", "INFO", "41");
        let fatal = entry("scanProblem", "FATAL", "Can't connect");
        let loose = r#"{"id": "scanProblem", "severity": "FATAL", "finding": "Can't connect"}"#;
        let target = format!(r#"{{"targetHost": "a", "pretest": [{ok}]}}"#);
        proves(
            "testssl",
            &[
                (&flat(&[ok.clone(), done()]), ""),
                (&flat(&[entry("DNS_CAArecord", "WARN", "?"), ok.clone(), done()]), ""),
                (&flat(std::slice::from_ref(&ok)), "did not scan to the end"),
                (&flat(&[ok.clone(), entry("scanTime", "WARN", "Scan interrupted")]), "to the end"),
                (
                    &flat(&[entry("scanTime", "WARN", "Scan interrupted"), ok.clone(), done()]),
                    "to the end",
                ),
                (&flat(&[done(), ok]), "did not scan to the end"),
                (&flat(&[fatal, done()]), "Can't connect"),
                (&flat(&[done()]), "no test of any target"),
                (&pretty(&target, "41"), ""),
                (&pretty(&target, "\"Scan interrupted\""), "did not scan to the end"),
                (&pretty(loose, "1"), "Can't connect"),
                (&pretty("", "1"), "no test of any target"),
            ],
        );
    }
}
