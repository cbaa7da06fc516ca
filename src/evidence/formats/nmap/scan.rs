//! A scan as it is read: its hosts, their ports, and what its scripts say.

use crate::evidence::count::OddCounts;
use crate::evidence::xml::{Tag, Xml};
use crate::evidence::{Broken, text, when};
use crate::facts::{Finding, Findings, Grade, Level};
use crate::model::{Reading, Rule, counted};

#[derive(Default)]
pub(super) struct Scan {
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
    /// Whether it tells of its end.
    finished: bool,
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
    /// A scan that adds what it finds to `findings`.
    pub(super) fn of(findings: Findings) -> Scan {
        Scan { findings, ..Scan::default() }
    }

    /// Takes an element as it begins.
    pub(super) fn open(
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
                self.finished = self.error.is_none();
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

    /// Takes the end of an element.
    pub(super) fn close(&mut self, name: &str) {
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

    /// Puts the findings into the reading; a scan that saw nothing, or broke off, proves nothing.
    pub(super) fn settle(mut self, reading: &mut Reading) {
        self.odd.settle(reading);
        if self.unheard > 0 {
            *self.findings.unchecked.get_or_insert(0) += self.unheard;
        }
        if self.down > 0 {
            let down = counted(self.down, "host");
            reading.warn(format!("{down} down: nothing is said of their ports."));
        }
        // Nmap of before 5.50 says that it finished, and no more.
        let exit = self.exit.as_deref().or(self.finished.then_some("success"));
        match exit {
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
