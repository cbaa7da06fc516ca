//! A badge for a README: how much is claimed, how much is proven, and the gate's colour.

use serde::Serialize;

use crate::snapshot::Snapshot;
use crate::snapshot::v1::Summary;

use super::text::Paint;

const LABEL: &str = "readiness";

/// Pixels of a letter of 11 px Verdana on average; `textLength` makes every reader's font fit.
const LETTER: usize = 7;

/// The document of a Shields endpoint badge, version 1 of its schema.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Endpoint {
    schema_version: u8,
    label: &'static str,
    message: String,
    color: &'static str,
    is_error: bool,
}

/// The JSON that a Shields endpoint badge is drawn from.
pub(super) fn endpoint(snapshot: &Snapshot, paint: Paint) -> String {
    let summary = &snapshot.summary;
    let endpoint = Endpoint {
        schema_version: 1,
        label: LABEL,
        message: message(summary),
        color: color(summary),
        is_error: summary.gate.result == "no-go",
    };
    super::json::pretty(&endpoint, paint)
}

/// The badge itself, of 20 px in height.
pub(super) fn svg(snapshot: &Snapshot, _: Paint) -> String {
    let message = message(&snapshot.summary);
    let (left, right) = (LABEL.len() * LETTER, message.chars().count() * LETTER);
    let (label_width, message_width) = (left + 12, right + 12);
    let width = label_width + message_width;
    let middle = label_width + 6;
    let color = color(&snapshot.summary);
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" aria-label="{LABEL}: {message}">
<title>{LABEL}: {message}</title>
<rect width="{width}" height="20" rx="3" fill="#33373e"/>
<path d="M{label_width} 0h{tail}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-{tail}z" fill="{color}"/>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
<text x="6" y="14" textLength="{left}" lengthAdjust="spacingAndGlyphs">{LABEL}</text>
<text x="{middle}" y="14" textLength="{right}" lengthAdjust="spacingAndGlyphs">{message}</text>
</g>
</svg>
"##,
        tail = message_width - 3,
    )
}

/// `no-go · 19 claimed, 16 proven of 74`; the gate's word only where there is a gate.
fn message(summary: &Summary) -> String {
    let sets = &summary.overall;
    let figures =
        format!("{} claimed, {} proven of {}", sets.claimed, sets.proven, sets.applicable);
    match summary.gate.result.as_str() {
        "go" => format!("go · {figures}"),
        "no-go" => format!("no-go · {figures}"),
        _ => figures,
    }
}

/// Never green for what no gate let through.
fn color(summary: &Summary) -> &'static str {
    match summary.gate.result.as_str() {
        "go" => "#00625d",
        "no-go" => "#a81e0c",
        _ => "#575c65",
    }
}
