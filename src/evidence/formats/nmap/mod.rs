//! Nmap's XML (`-oX`): open ports, and what its scripts say of vulnerabilities.

use crate::evidence::count::OddCounts;
use crate::evidence::xml::{Node, Tag, Xml};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text, when};
use crate::facts::{Finding, Findings, Grade, Level};
use crate::model::{Reading, Rule, counted};

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
                "Under `-Pn` every host is up (`user-set`): one from which nothing came back, no port closed or open, is counted in `findings.unchecked`, and a scan of such alone proves nothing.",
                "Of hosts that are down nothing is known; how many is told.",
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
    heard: Heard,
    /// Hosts that are up because `-Pn` says so, and from which nothing came.
    unheard: u64,
    port: Option<Port>,
    script: Option<Script>,
    scans_ports: bool,
    up: u64,
    down: u64,
    odd: OddCounts,
    exit: Option<String>,
    error: Option<String>,
}

/// Whether a host is known to be there.
#[derive(Default, Clone, Copy, PartialEq)]
enum Heard {
    /// It is down, or Nmap found it up by something that came back.
    #[default]
    Settled,
    /// It was taken to be up, and nothing has come back so far.
    NotYet,
}

/// Why a port is in its state where nothing came back from the host; of several ports `-es` or `-s`
/// stands behind.
const SILENT: [&str; 8] = [
    "no-response",
    "host-unreach",
    "net-unreach",
    "host-prohibited",
    "net-prohibited",
    "admin-prohibited",
    "time-exceeded",
    "perm-denied",
];

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
                self.heard = Heard::Settled;
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
            "status" if tag.attribute("reason")?.as_deref() == Some("user-set") => {
                self.heard = Heard::NotYet;
            }
            "extrareasons" => self.answered(tag)?,
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
                let [up, down] = tag.declared_counts(["up", "down"], &mut self.odd)?;
                (self.up, self.down) = (up.unwrap_or(0), down.unwrap_or(0));
            }
            _ => {}
        }
        Ok(())
    }

    fn of_port(&mut self, tag: &Tag<'_>) -> Result<(), Broken> {
        let Some(port) = &mut self.port else { return Ok(()) };
        if tag.is("state") {
            port.open = tag.attribute("state")?.is_some_and(|state| state.starts_with("open"));
            return self.answered(tag);
        }
        tag.attributes(|key, value| {
            if matches!(key, "name" | "product" | "version") {
                port.service.push(value.into_owned());
            }
        })
    }

    /// Hears what a port's state is known by; who does not say so is believed.
    fn answered(&mut self, tag: &Tag<'_>) -> Result<(), Broken> {
        let reason = tag.attribute("reason")?.unwrap_or_default();
        if !SILENT.iter().any(|silent| reason.starts_with(silent)) {
            self.heard = Heard::Settled;
        }
        Ok(())
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
            "host" => self.unheard += u64::from(self.heard == Heard::NotYet),
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

    fn settle(mut self, reading: &mut Reading) {
        self.odd.settle(reading);
        if self.unheard > 0 {
            *self.findings.unchecked.get_or_insert(0) += self.unheard;
        }
        if self.down > 0 {
            let down = counted(self.down, "host");
            reading.warn(format!("{down} down: nothing is said of their ports."));
        }
        match self.exit.as_deref() {
            Some("success") if self.up == 0 => {
                reading.doubt(Rule::NothingLookedAt, "Nmap found 0 hosts that are up.");
            }
            Some("success") if self.unheard >= self.up => {
                let hosts = counted(self.unheard, "host");
                let why = format!("Nothing came back from {hosts}, up only by `-Pn`.");
                reading.doubt(Rule::NothingLookedAt, why);
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
    fn a_host_that_is_up_by_the_user_s_word_must_answer() {
        let taken = |ports: &str, up: u64| {
            let end = END.replace("up=\"1\"", &format!("up=\"{up}\""));
            scan(ports, &end)
                .replace("state=\"up\"", "state=\"up\" reason=\"user-set\"")
                .replace("syn", "connect")
        };
        let extra = |state: &str, reason: &str| {
            format!(
                r#"<extraports state="{state}" count="999"><extrareasons reason="{reason}" count="999"/></extraports>"#
            )
        };
        let one = |reason: &str| {
            port("filtered", "")
                .replace("state=\"filtered\"", &format!("state=\"filtered\" reason=\"{reason}\""))
        };
        let silent = "Nothing came back from 1 host";
        let dead = extra("filtered", "no-responses");
        proves(
            "nmap",
            &[
                (&taken(&dead, 1), silent),
                (&taken(&extra("filtered", "net-unreaches"), 1), silent),
                (&taken(&one("no-response"), 1), silent),
                (&taken("", 1), silent),
                (&taken(&extra("closed", "resets"), 1), ""),
                (&taken(&format!("{dead}{}", one("port-unreach")), 1), ""),
                (&taken(&format!("{dead}{}", port("open", "")), 1), ""),
                (&taken(&dead, 2), ""),
            ],
        );
        let read = reading("nmap", &taken(&dead, 2));
        assert_eq!(read.facts.findings.unwrap().unchecked, Some(1));
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
