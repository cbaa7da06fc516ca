//! OWASP ZAP's traditional report, JSON or XML.

mod insight;
mod xml;

use serde::Deserialize;

use self::insight::Insight;

use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text, when};
use crate::facts::{Finding, Findings, Grade};
use crate::model::{Reading, Rule};

pub(super) struct Zap;

impl Format for Zap {
    fn id(&self) -> &'static str {
        "zap"
    }

    fn about(&self) -> About {
        About {
            tool: "OWASP ZAP (traditional JSON or XML report)",
            recognised: "the root element `OWASPZAPReport`, or `@version` and `@generated` beside `site`",
            carries: &["findings"],
            tells: Tells::NOTHING
                .time("`created` from version 2.16 on, else `@generated`")
                .version("`@version`"),
            source: "https://www.zaproxy.org/docs/desktop/addons/report-generation/report-traditional-json/",
            clean: "A site with an empty list of alerts.",
            vacuous: "No site, or none with a name: nothing was scanned; a site without its list of alerts; network failures of 100 % (`insights`).",
            blank: Blanks::NONE,
            notes: &[
                "A finding is an alert of a site, whatever the number of its instances; `rule` is the plugin's number.",
                "Risk 3 is high, 2 medium, 1 low, 0 info; confidence 0 is a false positive, listed and not counted.",
                "The report does not list the rules that ran: that a rule has no alert does not prove that it looked.",
                "An insight of level Medium or High says that the scan did not work as expected (from version 2.17 on): each is counted in `findings.unchecked`.",
                "`@generated` has no zone, and in some languages cannot be read; `created` has one.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let xml = sniff.xml().is_some_and(|root| root.name == "OWASPZAPReport");
        let json = sniff.json().is_some_and(|shape| {
            shape.has(&["@version", "@generated"])
                && (shape.has(&["site"]) || shape.has(&["@programName"]))
        });
        Fit::sure(xml || json)
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report = match input.sniff.xml() {
            Some(_) => xml::read(input)?,
            None => {
                let json: Json<'_> = input.json()?;
                Report {
                    version: text::said(&json.version),
                    generated: text::said(&json.created).or_else(|| text::said(&json.generated)),
                    insights: json.insights.unwrap_or_default(),
                    sites: match json.site {
                        None => Vec::new(),
                        Some(Sites::One(site)) => vec![*site],
                        Some(Sites::Several(sites)) => sites,
                    },
                }
            }
        };
        Ok(report.finish(Reading::of(self.id()), input.findings()))
    }
}

/// The report, whichever syntax it came in.
#[derive(Default)]
struct Report<'a> {
    version: Option<String>,
    generated: Option<String>,
    insights: Vec<Insight<'a>>,
    sites: Vec<Site<'a>>,
}

#[derive(Deserialize)]
struct Json<'a> {
    #[serde(borrow, rename = "@version")]
    version: Option<Str<'a>>,
    #[serde(rename = "@generated")]
    generated: Option<Str<'a>>,
    created: Option<Str<'a>>,
    insights: Option<Vec<Insight<'a>>>,
    site: Option<Sites<'a>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Sites<'a> {
    #[serde(borrow)]
    Several(Vec<Site<'a>>),
    One(Box<Site<'a>>),
}

#[derive(Default, Deserialize)]
struct Site<'a> {
    #[serde(borrow, rename = "@name")]
    name: Option<Str<'a>>,
    alerts: Option<Vec<Alert<'a>>>,
}

#[derive(Default, Deserialize)]
struct Alert<'a> {
    #[serde(borrow)]
    pluginid: Option<Str<'a>>,
    name: Option<Str<'a>>,
    alert: Option<Str<'a>>,
    riskcode: Option<Str<'a>>,
    confidence: Option<Str<'a>>,
    instances: Option<Vec<Instance<'a>>>,
}

#[derive(Default, Deserialize)]
struct Instance<'a> {
    #[serde(borrow)]
    uri: Option<Str<'a>>,
}

impl Report<'_> {
    fn finish(self, mut reading: Reading, mut findings: Findings) -> Reading {
        reading.tool = Some("ZAP".to_owned());
        reading.tool_version = self.version;
        reading.produced_at = self.generated.as_deref().map(when::any);
        let blank = |site: &Site<'_>| {
            let name = site.name.as_deref();
            name.is_some_and(|name| name.trim().is_empty()) && site.alerts.iter().all(Vec::is_empty)
        };
        if self.sites.iter().all(blank) {
            reading.doubt(Rule::NothingLookedAt, "ZAP visited 0 sites.");
        }
        if let Some(site) = self.sites.iter().find(|site| site.alerts.is_none()) {
            let name = site.name.as_deref().unwrap_or("A site");
            let why = format!("{name} stands in the report without its list of alerts.");
            reading.doubt(Rule::Unreadable, why);
        }
        for site in &self.sites {
            for alert in site.alerts.iter().flatten() {
                findings.add(alert.finding(site));
            }
        }
        findings.unchecked = insight::doubt(&self.insights, &mut reading);
        reading.facts.findings = Some(findings);
        reading
    }
}

impl Alert<'_> {
    fn finding(&self, site: &Site<'_>) -> Finding {
        let grade = match self.riskcode.as_deref().map(str::trim) {
            Some("3") => Grade::High,
            Some("2") => Grade::Medium,
            Some("1") => Grade::Low,
            Some("0") => Grade::Info,
            _ => Grade::Unknown,
        };
        let uri = self.instances.iter().flatten().find_map(|instance| instance.uri.as_deref());
        let name = self.name.as_deref().or(self.alert.as_deref());
        Finding {
            rule: text::said(&self.pluginid),
            title: name.and_then(text::title),
            path: uri.or(site.name.as_deref()).map(str::to_owned),
            suppressed: self.confidence.as_deref().map(str::trim) == Some("0"),
            ..Finding::graded(grade)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn the_time_with_a_zone_counts_before_the_one_without() {
        let made = |created: &str| {
            let json = format!(
                r#"{{"@version": "2.16.1", "@generated": "Sun, 22 Nov 2026 10:00:00", {created} "site": []}}"#
            );
            let xml = format!(
                "<OWASPZAPReport generated='Sun, 22 Nov 2026 10:00:00' {}/>",
                created.replace("\"created\": ", "created=").replace(',', "")
            );
            [json, xml].map(|text| reading("zap", &text).produced_at.unwrap().raw)
        };
        let exact = "2026-11-22T09:00:00.123Z";
        assert_eq!(made(&format!(r#""created": "{exact}","#)), [exact, exact]);
        assert_eq!(made(""), ["Sun, 22 Nov 2026 10:00:00"; 2]);
    }

    #[test]
    fn a_site_without_its_list_of_alerts_is_not_clean() {
        let json = |site: &str| {
            format!(
                r#"{{"@version": "2.15.0", "@generated": "Sun, 22 Nov 2026 10:00:00", "site":
                [{{"@name": "https://a.example"{site}}}]}}"#
            )
        };
        let xml =
            |site: &str| format!("<OWASPZAPReport><site name='b'>{site}</site></OWASPZAPReport>");
        let lost = "without its list of alerts";
        proves(
            "zap",
            &[
                (&json(r#", "alerts": []"#), ""),
                (&json(r#", "alerts": []"#).replace("https://a.example", ""), "visited 0 sites"),
                (&json(""), lost),
                (&json(r#", "alerts": null"#), lost),
                (&xml("<alerts/>"), ""),
                (&xml(""), lost),
            ],
        );
    }
}
