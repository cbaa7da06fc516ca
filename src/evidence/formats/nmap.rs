//! Nmap's XML (`-oX`): open ports, and what its scripts say of vulnerabilities.

use crate::evidence::count::OddCounts;
use crate::evidence::xml::{Node, Tag, Xml};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text, when};
use crate::facts::{Finding, Findings, Grade, Level};
use crate::model::{Reading, Rule};

pub(super) struct Nmap;

impl Format for Nmap {
    fn id(&self) -> &'static str {
        "nmap"
    }

    fn about(&self) -> About {
        About {
            tool: "Nmap",
            recognised: "the root element `nmaprun`",
            carries: &["findings"],
            tells: Tells::NOTHING.time("`time` of `finished`").version("`version`"),
            source: "https://nmap.org/book/nmap-dtd.html",
            clean: "Ports of a host that is up were scanned, and none is open.",
            vacuous: "0 hosts up; no port scanned, as `-sn` leaves it; a scan that did not finish, or ended with an error.",
            blank: Blanks::NONE,
            notes: &[
                "An open port is a finding of severity info, `443/tcp`, of its host; closed and filtered ones are none, and `open|filtered` is one.",
                "Where a script says VULNERABLE, or LIKELY VULNERABLE, that is a finding without a severity.",
                "A host that Nmap gave up (`--host-timeout`) is counted in `findings.unchecked`.",
                "A port that was not asked for stands nowhere: bind the arguments by `data`, where it matters.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| root.name == "nmaprun"))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Nmap");
        let mut scan = Scan { findings: input.findings(), ..Scan::default() };
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => scan.open(&tag, &mut xml, &mut reading)?,
                Node::Close(end) => scan.close(end.name()),
            }
        }
        scan.settle(&mut reading);
        Ok(reading)
    }
}

#[derive(Default)]
struct Scan {
    findings: Findings,
    host: String,
    port: Option<Port>,
    script: Option<Script>,
    scans_ports: bool,
    up: u64,
    odd: OddCounts,
    exit: Option<String>,
    error: Option<String>,
}

#[derive(Default)]
struct Port {
    name: String,
    open: bool,
    service: Vec<String>,
}

/// What a script says of one vulnerability.
#[derive(Default)]
struct Script {
    id: String,
    title: Option<String>,
    state: Option<String>,
}

impl Scan {
    fn open(
        &mut self,
        tag: &Tag<'_>,
        xml: &mut Xml<'_>,
        reading: &mut Reading,
    ) -> Result<(), Broken> {
        match tag.name() {
            "nmaprun" => reading.tool_version = tag.attribute("version")?,
            "scaninfo" => self.scans_ports = true,
            "host" => {
                self.host = String::new();
                let gave_up = tag.attribute("timedout")?.as_deref() == Some("true");
                *self.findings.unchecked.get_or_insert(0) += u64::from(gave_up);
            }
            "address" if self.host.is_empty() => {
                self.host = tag.attribute("addr")?.unwrap_or_default();
            }
            "port" => {
                let [number, protocol] = [tag.attribute("portid")?, tag.attribute("protocol")?]
                    .map(Option::unwrap_or_default);
                self.port = Some(Port { name: format!("{number}/{protocol}"), ..Port::default() });
            }
            "state" | "service" => self.of_port(tag)?,
            "script" => {
                let id = tag.attribute("id")?.unwrap_or_default();
                self.script = Some(Script { id, ..Script::default() });
            }
            "table" => self.table(tag)?,
            "elem" => self.element(tag, xml)?,
            "finished" => {
                reading.produced_at = tag.attribute("time")?.map(|time| when::epoch(&time));
                self.exit = tag.attribute("exit")?;
                self.error = tag.attribute("errormsg")?;
            }
            "hosts" => {
                let [up] = tag.declared_counts(["up"], &mut self.odd)?;
                self.up = up.unwrap_or(0);
            }
            _ => {}
        }
        Ok(())
    }

    fn of_port(&mut self, tag: &Tag<'_>) -> Result<(), Broken> {
        let Some(port) = &mut self.port else { return Ok(()) };
        if tag.is("state") {
            port.open = tag.attribute("state")?.is_some_and(|state| state.starts_with("open"));
            return Ok(());
        }
        tag.attributes(|key, value| {
            if matches!(key, "name" | "product" | "version") {
                port.service.push(value.into_owned());
            }
        })
    }

    /// A table of a script that has a key is a vulnerability by its id.
    fn table(&mut self, tag: &Tag<'_>) -> Result<(), Broken> {
        let Some(script) = self.script.as_mut().filter(|script| script.state.is_none()) else {
            return Ok(());
        };
        match tag.attribute("key")? {
            Some(key) if !matches!(key.as_str(), "ids" | "refs" | "dates" | "description") => {
                script.id = key;
            }
            Some(_) | None => {}
        }
        Ok(())
    }

    fn element(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Broken> {
        let Some(script) = &mut self.script else { return Ok(()) };
        match tag.attribute("key")?.as_deref() {
            Some("title") => script.title = text::title(&xml.content()?),
            Some("state") => {
                script.state = Some(xml.content()?.trim().to_owned());
                self.judge();
            }
            _ => {}
        }
        Ok(())
    }

    /// Takes what a script says; it may say more.
    fn judge(&mut self) {
        let Some(Script { id, title, state: Some(state) }) = self.script.take() else { return };
        self.script = Some(Script { id: id.clone(), ..Script::default() });
        let level = match state.as_str() {
            state if state.starts_with("VULNERABLE") => Level::Error,
            state if state.starts_with("LIKELY VULNERABLE") => Level::Warning,
            _ => return,
        };
        let path = Some(self.host.clone()).filter(|host| !host.is_empty());
        let title = title.or(Some(state));
        self.findings.add(Finding { rule: Some(id), title, path, ..Finding::levelled(level) });
    }

    fn close(&mut self, name: &str) {
        match name {
            "script" => self.script = None,
            "port" => {
                let Some(port) = self.port.take().filter(|port| port.open) else { return };
                self.findings.add(Finding {
                    rule: Some(port.name),
                    title: text::title(&port.service.join(" ")),
                    path: Some(self.host.clone()).filter(|host| !host.is_empty()),
                    ..Finding::graded(Grade::Info)
                });
            }
            _ => {}
        }
    }

    fn settle(self, reading: &mut Reading) {
        self.odd.settle(reading);
        match self.exit.as_deref() {
            Some("success") if self.up == 0 => {
                reading.doubt(Rule::NothingLookedAt, "Nmap found 0 hosts that are up.");
            }
            Some("success") if !self.scans_ports => {
                reading.doubt(Rule::NothingLookedAt, "Nmap scanned no port.");
            }
            Some("success") => {}
            Some(_) => {
                let said = self.error.as_deref().and_then(text::title).unwrap_or_default();
                reading
                    .doubt(Rule::ToolFailed, format!("Nmap ended with an error. It says: {said}"));
            }
            None => reading.doubt(Rule::ToolFailed, "The scan did not finish."),
        }
        reading.facts.findings = Some(self.findings);
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn scan(ports: &str, end: &str) -> String {
        format!(
            r#"<!DOCTYPE nmaprun><nmaprun scanner="nmap" version="7.93"><scaninfo type="syn" protocol="tcp"/><host>
            <status state="up"/><address addr="10.0.0.1" addrtype="ipv4"/><ports>{ports}</ports></host>
            <runstats>{end}</runstats></nmaprun>"#
        )
    }

    const END: &str =
        r#"<finished time="1700000000" exit="success"/><hosts up="1" down="0" total="1"/>"#;

    fn port(state: &str, inside: &str) -> String {
        format!(
            r#"<port protocol="tcp" portid="443"><state state="{state}"/><service name="https" product="nginx"
            version="1.18"/>{inside}</port>"#
        )
    }

    #[test]
    fn a_host_that_was_given_up_is_unchecked() {
        let whole = scan(&port("closed", ""), END);
        for (host, unchecked) in [("<host>", 0), (r#"<host timedout="true">"#, 1)] {
            let read = reading("nmap", &whole.replace("<host>", host));
            assert_eq!(read.facts.findings.unwrap().unchecked, Some(unchecked), "{host}");
        }
    }

    #[test]
    fn an_open_port_is_a_finding() {
        for (state, expected) in [("open", 1), ("open|filtered", 1), ("closed", 0), ("filtered", 0)]
        {
            let read = reading("nmap", &scan(&port(state, ""), END));
            assert_eq!(read.produced_at.unwrap().at.unwrap().epoch(), 1_700_000_000);
            let findings = read.facts.findings.unwrap();
            assert_eq!(findings.total(), expected, "{state}");
            for one in findings.list.entries() {
                assert_eq!(
                    (one.rule.as_deref(), one.path.as_deref()),
                    (Some("443/tcp"), Some("10.0.0.1"))
                );
                assert_eq!(one.title.as_deref(), Some("https nginx 1.18"));
            }
        }
    }

    #[test]
    fn a_script_says_what_is_vulnerable() {
        let script = |state: &str| {
            format!(
                r#"<script id="ssl-poodle" output="x"><table key="CVE-2014-3566"><elem key="title">SSL POODLE</elem>
                <elem key="state">{state}</elem><table key="ids"><elem>CVE:CVE-2014-3566</elem></table></table></script>"#
            )
        };
        for (state, expected) in
            [("VULNERABLE", 1), ("LIKELY VULNERABLE", 1), ("NOT VULNERABLE", 0)]
        {
            let read = reading("nmap", &scan(&port("closed", &script(state)), END));
            let findings = read.facts.findings.unwrap();
            assert_eq!(findings.total(), expected, "{state}");
            for one in findings.list.entries() {
                let told = (one.rule.as_deref(), one.title.as_deref());
                assert_eq!(told, (Some("CVE-2014-3566"), Some("SSL POODLE")));
            }
        }
    }

    #[test]
    fn a_scan_that_saw_nothing_proves_nothing() {
        let none_up = END.replace("up=\"1\"", "up=\"0\"");
        let failed = END.replace("\"success\"", "\"error\" errormsg=\"no route\"");
        let pinged = scan("", END).replace("<scaninfo type=\"syn\" protocol=\"tcp\"/>", "");
        proves(
            "nmap",
            &[
                (&scan(&port("closed", ""), END), ""),
                (&scan("", &none_up), "0 hosts that are up"),
                (&pinged, "scanned no port"),
                (&scan("", &failed), "It says: no route"),
                (&scan("", ""), "did not finish"),
            ],
        );
    }
}
