//! What ZAP says of its own scan.
//!
//! <https://www.zaproxy.org/docs/desktop/addons/insights/insights-fields/>

use serde::Deserialize;

use crate::evidence::json::Str;
use crate::evidence::text;
use crate::model::{Reading, Rule};

/// One of them; a statistic is a number or a percentage.
#[derive(Default, Deserialize)]
pub(super) struct Insight<'a> {
    #[serde(borrow)]
    level: Option<Str<'a>>,
    key: Option<Str<'a>>,
    description: Option<Str<'a>>,
    statistic: Option<Str<'a>>,
}

impl<'a> Insight<'a> {
    /// What the XML form calls `name`.
    pub(super) fn field(&mut self, name: &str) -> Option<&mut Option<Str<'a>>> {
        match name {
            "level" => Some(&mut self.level),
            "key" => Some(&mut self.key),
            "description" => Some(&mut self.description),
            "statistic" => Some(&mut self.statistic),
            _ => None,
        }
    }

    /// Whether the scan potentially did not work as expected.
    fn is_grave(&self) -> bool {
        let level = self.level.as_deref().map(str::trim).unwrap_or_default();
        ["medium", "high"].iter().any(|grave| grave.eq_ignore_ascii_case(level))
    }

    /// Whether no request was answered at all.
    fn is_outage(&self) -> bool {
        self.key.as_deref() == Some("insight.network.failure")
            && self.statistic.as_deref().and_then(text::number).is_some_and(|of| of >= 100.0)
    }

    fn told(&self) -> String {
        let said = self.description.as_deref().or(self.key.as_deref()).and_then(text::title);
        let figure = self.statistic.as_deref().and_then(text::title).unwrap_or_default();
        format!("{}: {figure}", said.unwrap_or_else(|| "no description".to_owned()))
    }
}

/// Tells of those that say that the scan did not work as expected, and counts them.
pub(super) fn doubt(insights: &[Insight<'_>], reading: &mut Reading) -> Option<u64> {
    if insights.iter().any(Insight::is_outage) {
        reading.doubt(Rule::NothingLookedAt, "ZAP got no answer: all its requests failed.");
    }
    let grave: Vec<&Insight<'_>> = insights.iter().filter(|of| of.is_grave()).collect();
    let first = grave.first()?;
    reading.warn(format!("ZAP says that its scan may not have worked. {}", first.told()));
    Some(grave.len() as u64)
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn what_zap_says_of_its_scan_is_heard() {
        let json = |level: &str, share: &str| {
            format!(
                r#"{{"@version": "2.17.0", "@generated": "Sun, 22 Nov 2026 10:00:00", "insights":
                [{{"level": "{level}", "key": "insight.network.failure", "statistic": "{share}",
                "description": "Percentage of network failures"}}],
                "site": [{{"@name": "https://a.example", "alerts": []}}]}}"#
            )
        };
        let xml = |level: &str| {
            format!(
                "<OWASPZAPReport><insights><insight><level>{level}</level>\
                <key>insight.code.5xx</key><statistic>97</statistic></insight></insights>\
                <site name='b'><alerts/></site></OWASPZAPReport>"
            )
        };
        let unchecked = |text: &str| reading("zap", text).facts.findings.unwrap().unchecked;
        assert_eq!(unchecked(&json("Info", "1")), None);
        assert_eq!(unchecked(&json("Medium", "63")), Some(1));
        assert_eq!((unchecked(&xml("Low")), unchecked(&xml("HIGH"))), (None, Some(1)));
        proves("zap", &[(&json("Low", "40"), ""), (&json("Medium", "100"), "got no answer")]);
    }
}
