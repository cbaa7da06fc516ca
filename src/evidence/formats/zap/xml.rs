//! The XML form of the report.

use super::{Alert, Insight, Instance, Report, Site};
use crate::evidence::json::Str;
use crate::evidence::xml::Node;
use crate::evidence::{Broken, Input};

/// Reads it into the same shape as the JSON form.
pub(super) fn read<'a>(input: &Input<'_>) -> Result<Report<'a>, Broken> {
    let mut xml = input.xml();
    let mut report = Report::default();
    let mut alert: Option<Alert<'a>> = None;
    while let Some(node) = xml.next()? {
        let tag = match node {
            Node::Close(end) if end.is("alertitem") => {
                let site = report.sites.last_mut();
                if let (Some(site), Some(done)) = (site, alert.take()) {
                    site.alerts.get_or_insert_default().push(done);
                }
                continue;
            }
            Node::Close(_) => continue,
            Node::Open(tag) => tag,
        };
        match (tag.name(), &mut alert) {
            ("OWASPZAPReport", None) if xml.depth() == 1 => {
                report.version = tag.attribute("version")?;
                report.generated = tag.attribute("created")?.or(tag.attribute("generated")?);
            }
            (_, None) if xml.depth() == 1 => {
                return Err(Broken::new(format!(
                    "The root is <{}>, no report of ZAP.",
                    tag.name()
                )));
            }
            ("insight", None) => report.insights.push(Insight::default()),
            ("site", None) => {
                let name = tag.attribute("name")?.map(Str::from);
                report.sites.push(Site { name, alerts: None });
            }
            ("alerts", None) => {
                if let Some(site) = report.sites.last_mut() {
                    site.alerts.get_or_insert_default();
                }
            }
            ("alertitem", None) => alert = Some(Alert::default()),
            (name, Some(open)) => {
                let field = match name {
                    "pluginid" => &mut open.pluginid,
                    "name" => &mut open.name,
                    "alert" => &mut open.alert,
                    "riskcode" => &mut open.riskcode,
                    "confidence" => &mut open.confidence,
                    "uri" => {
                        let uri = Some(Str::from(xml.content()?.into_owned()));
                        open.instances.get_or_insert_default().push(Instance { uri });
                        continue;
                    }
                    _ => continue,
                };
                *field = Some(Str::from(xml.content()?.into_owned()));
            }
            (name, None) => {
                if let Some(field) = report.insights.last_mut().and_then(|of| of.field(name)) {
                    *field = Some(Str::from(xml.content()?.into_owned()));
                }
            }
        }
    }
    Ok(report)
}
