//! `trueup inspect --formats`: which formats are read, how each is known, and where its origin stands.

use std::fmt::Write;

use serde_json::{Map, Value as Json, json};

use crate::evidence::{About, Cut, FORMATS, Format, Means};

/// A block of lines a format.
pub(super) fn as_text() -> String {
    let mut text = format!("{} formats, each known by its content.\n", FORMATS.len());
    for format in FORMATS {
        let about = format.about();
        let _ = writeln!(text, "\n{}: {}", format.id(), about.tool);
        let _ = writeln!(text, "  recognised by  {}", about.recognised);
        let _ = writeln!(text, "  carries        {}", carried(&about).join(", "));
        for (origin, place) in about.tells.places() {
            let _ = writeln!(text, "  {origin:<13}  {place}");
        }
    }
    text
}

/// One object a format; `origin` names what the file tells and where it stands.
pub(super) fn as_json() -> Vec<Json> {
    FORMATS.iter().map(|format| described(*format)).collect()
}

fn described(format: &dyn Format) -> Json {
    let about = format.about();
    let places = about.tells.places();
    let origin: Map<String, Json> =
        places.into_iter().map(|(origin, place)| (origin.to_owned(), place.into())).collect();
    json!({
        "id": format.id(),
        "tool": about.tool,
        "recognised_by": about.recognised,
        "carries": carried(&about),
        "origin": origin,
        "clean": about.clean,
        "vacuous": about.vacuous,
        "blank": blank(&about),
        "cut": match format.hides_cuts() {
            Cut::Never => "never unseen",
            Cut::AtLineEnds => "unseen at line ends",
            Cut::Anywhere => "unseen anywhere",
        },
        "notes": about.notes,
        "source": about.source,
    })
}

/// The groups of facts; a generic document carries `data` alone.
fn carried(about: &About) -> Vec<&'static str> {
    match about.carries {
        [] => vec!["data"],
        groups => groups.to_vec(),
    }
}

/// What each document of nothing means, where the tool writes it.
fn blank(about: &About) -> Json {
    let blank = about.blank;
    let shapes =
        [("empty", blank.file), ("[]", blank.list), ("{}", blank.map), ("null", blank.null)];
    let told: Map<String, Json> = shapes
        .into_iter()
        .filter_map(|(shape, means)| Some((shape.to_owned(), word(means)?.into())))
        .collect();
    told.into()
}

fn word(means: Means) -> Option<&'static str> {
    match means {
        Means::Clean => Some("clean"),
        Means::Vacuous => Some("vacuous"),
        Means::Silent => Some("silent"),
        Means::Never => None,
    }
}
