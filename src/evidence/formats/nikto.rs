//! Nikto: JSON and XML.

use serde::Deserialize;

use crate::evidence::json::Str;
use crate::evidence::xml::{Node, Tag, Xml};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells, text, when};
use crate::facts::{Finding, Findings, Grade};
use crate::model::{ProducedAt, Reading, Rule, counted};

pub(super) struct Nikto;

impl Format for Nikto {
    fn id(&self) -> &'static str {
        "nikto"
    }

    fn about(&self) -> About {
        About {
            tool: "Nikto (`-Format json`, `-Format xml`)",
            recognised: "the root element `niktoscan` or `niktoscans`; a host, or a list of hosts, with `vulnerabilities`, `ip`, `port` and `banner`",
            carries: &["findings"],
            tells: Tells::NOTHING
                .time("the oldest `starttime` of a host, XML alone")
                .version("`version`, XML alone"),
            source: "https://github.com/sullo/nikto/wiki",
            clean: "XML: hosts were scanned to their end, and no item is listed. JSON: none is listed, and something vouches for the run.",
            vacuous: "XML: no host; a host without `statistics`, for then the scan was interrupted; 0 checks. JSON: no item is listed. Both: nothing answered at a port.",
            blank: Blanks::NONE,
            notes: &[
                "Nikto gives no severity: every item is a finding of an unknown one.",
                "Nikto 2.1.6 and older write JSON that is none, with a comma behind the last item: it is refused. Ask for XML.",
                "A `starttime` is in the zone of the machine.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        if let Some(root) = sniff.xml() {
            return Fit::sure(["niktoscan", "niktoscans"].contains(&root.name.as_str()));
        }
        let Some(shape) = sniff.json() else { return Fit::No };
        let host = shape.first().unwrap_or(shape);
        Fit::sure(host.has_list("vulnerabilities") && host.has(&["ip", "port", "banner"]))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Nikto");
        let findings = match input.sniff.json() {
            Some(shape) => hosts_of_json(input, shape, &mut reading)?,
            None => Scan { findings: input.findings(), ..Scan::default() }
                .read(&mut input.xml(), &mut reading)?,
        };
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

/// How what is no finding begins: nothing answered at the port.
const NO_SERVER: &str = "No web server found";

fn hosts_of_json(
    input: &Input<'_>,
    shape: &Shape<'_>,
    reading: &mut Reading,
) -> Result<Findings, Broken> {
    let hosts: Vec<Host<'_>> = if shape.is_map() { vec![input.json()?] } else { input.json()? };
    let mut findings = input.findings();
    for host in &hosts {
        let name = text::said(&host.host).or_else(|| text::said(&host.ip)).unwrap_or_default();
        let place = format!("{name}:{}", host.port.as_deref().unwrap_or_default());
        host.vulnerabilities.iter().for_each(|item| findings.add(item.finding(&place)));
    }
    let items = hosts.iter().flat_map(|host| &host.vulnerabilities);
    if let Some(said) = items.filter_map(Item::no_server).next() {
        reading.doubt(Rule::NothingLookedAt, format!("Nikto scanned nothing. It says: {said}"));
    } else if findings.total() == 0 {
        let why = "Nikto lists no item; its JSON does not tell whether it checked anything.";
        reading.doubt(Rule::SilentTool, why);
    }
    Ok(findings)
}

#[derive(Deserialize)]
struct Host<'a> {
    #[serde(borrow)]
    host: Option<Str<'a>>,
    ip: Option<Str<'a>>,
    port: Option<Str<'a>>,
    vulnerabilities: Vec<Item<'a>>,
}

#[derive(Deserialize)]
struct Item<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
    url: Option<Str<'a>>,
    msg: Option<Str<'a>>,
}

impl Item<'_> {
    /// What it says where it is none, and tells that nothing answered.
    fn no_server(&self) -> Option<String> {
        let said = text::title(self.msg.as_deref()?)?;
        said.starts_with(NO_SERVER).then_some(said)
    }

    fn finding(&self, place: &str) -> Finding {
        Finding {
            rule: text::said(&self.id),
            title: self.msg.as_deref().and_then(text::title),
            path: Some(format!("{place}{}", self.url.as_deref().unwrap_or_default())),
            ..Finding::graded(Grade::Unknown)
        }
    }
}

/// What the elements of XML tell.
#[derive(Default)]
struct Scan {
    findings: Findings,
    hosts: u64,
    ended: u64,
    checks: u64,
    /// The host that is open, and the item in it.
    place: String,
    item: Option<Finding>,
    /// What an item says of a port at which nothing answered.
    no_server: Option<String>,
}

impl Scan {
    fn read(mut self, xml: &mut Xml<'_>, reading: &mut Reading) -> Result<Findings, Broken> {
        let mut began: Option<ProducedAt> = None;
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) if tag.is("niktoscan") => {
                    reading.tool_version =
                        tag.attribute("version")?.or(reading.tool_version.take());
                }
                Node::Open(tag) if tag.is("scandetails") => {
                    self.host(&tag)?;
                    if let Some(time) = tag.attribute("starttime")? {
                        when::older(&mut began, ProducedAt::parse(&time));
                    }
                }
                Node::Open(tag) => self.open(&tag, xml)?,
                Node::Close(end) if end.is("item") => {
                    if let Some(item) = self.item.take() {
                        let said = item.title.as_ref().filter(|said| said.starts_with(NO_SERVER));
                        self.no_server = self.no_server.take().or(said.cloned());
                        self.findings.add(item);
                    }
                }
                Node::Close(_) => {}
            }
        }
        reading.produced_at = began;
        if let Some(said) = self.no_server {
            reading.doubt(Rule::NothingLookedAt, format!("Nikto scanned nothing. It says: {said}"));
        } else if self.hosts == 0 {
            reading.doubt(Rule::NothingLookedAt, "Nikto scanned 0 hosts.");
        } else if self.ended < self.hosts {
            let hosts = counted(self.hosts, "host");
            let why = format!("Nikto scanned {} of {hosts} to the end.", self.ended);
            reading.doubt(Rule::ToolFailed, why);
        } else if self.checks == 0 {
            reading.doubt(Rule::NothingLookedAt, "Nikto made 0 checks.");
        }
        Ok(self.findings)
    }

    fn host(&mut self, tag: &Tag<'_>) -> Result<(), Broken> {
        self.hosts += 1;
        let name = tag.attribute("targethostname")?.filter(|name| !name.is_empty());
        let name = name.or(tag.attribute("targetip")?).unwrap_or_default();
        let port = tag.attribute("targetport")?.unwrap_or_default();
        self.place = format!("{name}:{port}");
        Ok(())
    }

    fn open(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Broken> {
        match (tag.name(), &mut self.item) {
            ("item", _) => {
                let rule = tag.attribute("id")?;
                let path = Some(self.place.clone());
                self.item = Some(Finding { rule, path, ..Finding::graded(Grade::Unknown) });
            }
            ("description", Some(item)) => item.title = text::title(&xml.content()?),
            ("uri", Some(item)) => {
                item.path = Some(format!("{}{}", self.place, xml.content()?.trim()));
            }
            // One of the whole scan counts its hosts alone.
            ("statistics", None) => {
                let [tested] = tag.counts(["itemstested"])?;
                self.ended += u64::from(tested.is_some());
                self.checks = self.checks.saturating_add(tested.unwrap_or(0));
            }
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn host(items: &str, end: &str) -> String {
        format!(
            r#"<?xml version="1.0" ?><!DOCTYPE niktoscan SYSTEM "docs/nikto.dtd"><niktoscan><niktoscan version="2.1.6"
            scanend="Thu Jan  1 00:00:00 1970"><scandetails targetip="10.0.0.1" targethostname="shop.example"
            targetport="80" starttime="2026-11-20 08:00:00" errors="0" checks="6934">{items}{end}</scandetails>
            </niktoscan></niktoscan>"#
        )
    }

    const END: &str = r#"<statistics elapsed="49" itemsfound="0" itemstested="6934"/>"#;
    const ITEM: &str = r#"<item id="999102" osvdbid="0" method="GET"><description><![CDATA[No header]]></description>
        <uri><![CDATA[/admin]]></uri></item>"#;

    #[test]
    fn an_item_is_a_finding() {
        let json = r#"[{"host": "shop.example", "ip": "10.0.0.1", "port": "80", "banner": "", "vulnerabilities":
            [{"id": "999102", "method": "GET", "url": "/admin", "msg": "No header"}]}]"#;
        for text in [host(ITEM, END), json.to_owned()] {
            let findings = reading("nikto", &text).facts.findings.unwrap();
            let one = &findings.list.entries()[0];
            assert_eq!(one.path.as_deref(), Some("shop.example:80/admin"));
            assert_eq!(one.title.as_deref(), Some("No header"));
            assert_eq!(one.rule.as_deref(), Some("999102"));
        }
    }

    #[test]
    fn a_scan_that_did_not_end_proves_nothing() {
        let silent =
            r#"{"host": "a", "ip": "10.0.0.1", "port": "80", "banner": "", "vulnerabilities": []}"#;
        let item =
            r#"[{"id": "000029", "msg": "No web server found on shop.example:80", "url": "/"}]"#;
        let closed = silent.replace("[]", item);
        proves(
            "nikto",
            &[
                (&host("", END), ""),
                (&host("", ""), "0 of 1 host"),
                (&host("", r#"<statistics elapsed="1" itemstested="0"/>"#), "0 checks"),
                (r#"<niktoscan version="2.5.0"></niktoscan>"#, "0 hosts"),
                (&closed, "It says: No web server found on shop.example:80"),
                (&host(&ITEM.replace("No header", "No web server found"), END), "scanned nothing"),
                (silent, "does not tell whether it checked anything"),
            ],
        );
    }
}
