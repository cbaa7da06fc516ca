//! Grafana dashboards, exported or from the API.

use serde::Deserialize;

use crate::evidence::json::{Map, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells, text};
use crate::facts::Dashboards;
use crate::model::Reading;

pub(super) struct GrafanaDashboard;

impl Format for GrafanaDashboard {
    fn id(&self) -> &'static str {
        "grafana-dashboard"
    }

    fn about(&self) -> About {
        About {
            tool: "Grafana (dashboard JSON)",
            recognised: "`schemaVersion` beside `panels` or `rows`, alone or under `dashboard`; `elements` beside `layout`",
            carries: &["dashboards"],
            tells: Tells::NOTHING.version("Grafana in `__requires`"),
            source: "https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/",
            clean: "Panels are there.",
            vacuous: "Nothing here: a dashboard without panels says so in `dashboards.panels`.",
            blank: Blanks::NONE,
            notes: &[
                "A row is no panel; the panels of a collapsed row stand inside it and count.",
                "Before schema 16 panels stand in `rows`; in schema v2 they are `elements`.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        Fit::sure(
            is_dashboard(shape)
                || shape.get("dashboard").is_some_and(is_dashboard)
                || shape.get("spec").is_some_and(is_dashboard),
        )
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let wrapped: Wrapped<'_> = input.json()?;
        let dashboard = wrapped.dashboard.or(wrapped.spec).unwrap_or(wrapped.bare);
        let mut reading = Reading::by(self.id(), "Grafana");
        let requires = dashboard.requires.iter().flatten();
        reading.tool_version = requires
            .filter(|needs| needs.id.as_deref() == Some("grafana"))
            .find_map(|needs| text::said(&needs.version));
        let rows = dashboard.rows.iter().flatten().flat_map(|row| row.panels.iter().flatten());
        let panels = dashboard.panels.iter().flatten().chain(rows).map(Panel::count).sum::<u64>();
        let elements = dashboard.elements.map_or(0, |elements| elements.len() as u64);
        reading.facts.dashboards =
            Some(Dashboards { title: text::said(&dashboard.title), panels: panels + elements });
        Ok(reading)
    }
}

fn is_dashboard(shape: &Shape<'_>) -> bool {
    let panels = shape.has_list("panels") || shape.has_list("rows");
    let graphed =
        ["__requires", "__inputs", "timezone", "templating", "annotations", "graphTooltip"];
    (shape.has(&["schemaVersion"]) && (panels || shape.has(&["title"])))
        || (panels && shape.has(&["title"]) && graphed.iter().any(|key| shape.has(&[key])))
        || (shape.has_map("elements") && shape.has_map("layout"))
}

#[derive(Deserialize)]
struct Wrapped<'a> {
    #[serde(borrow)]
    dashboard: Option<Dashboard<'a>>,
    spec: Option<Dashboard<'a>>,
    #[serde(flatten)]
    bare: Dashboard<'a>,
}

#[derive(Deserialize)]
struct Dashboard<'a> {
    #[serde(borrow)]
    title: Option<Str<'a>>,
    panels: Option<Vec<Panel<'a>>>,
    rows: Option<Vec<Row<'a>>>,
    elements: Option<Map<'a, serde::de::IgnoredAny>>,
    #[serde(rename = "__requires")]
    requires: Option<Vec<Needs<'a>>>,
}

#[derive(Deserialize)]
struct Row<'a> {
    #[serde(borrow)]
    panels: Option<Vec<Panel<'a>>>,
}

#[derive(Deserialize)]
struct Panel<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Str<'a>>,
    panels: Option<Vec<Panel<'a>>>,
}

#[derive(Deserialize)]
struct Needs<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
    version: Option<Str<'a>>,
}

impl Panel<'_> {
    /// The panel and those inside it; a row itself is none.
    fn count(&self) -> u64 {
        let inner: u64 = self.panels.iter().flatten().map(Panel::count).sum();
        inner + u64::from(self.kind.as_deref() != Some("row"))
    }
}
