//! `zizmor --format json`: what it finds in workflows of GitHub Actions.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Grade};
use crate::model::Reading;

pub(super) struct ZizmorJson;

impl Format for ZizmorJson {
    fn id(&self) -> &'static str {
        "zizmor-json"
    }

    fn about(&self) -> About {
        About {
            tool: "zizmor",
            recognised: "a list of `ident`, `determinations` and `locations`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://docs.zizmor.sh/usage/#output-formats",
            clean: "`[]`, where something vouches for the run: only findings are listed.",
            vacuous: "`[]` alone: a workflow that zizmor could not parse is left out too.",
            blank: Blanks::NONE.list(Means::Silent),
            notes: &[
                "Findings that are `ignored` are suppressed; `Informational` is info.",
                "Below `--min-severity`, `--min-confidence` and the persona nothing is listed, and the file does not tell of them.",
                "A workflow that it could not parse is left out, stands in its log alone, and fails no run but one with `--strict-collection`. Without an input that it could audit, zizmor writes nothing at all.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let found = |shape: &Shape<'_>| {
            shape.has(&["ident"]) && shape.has_map("determinations") && shape.has_list("locations")
        };
        Fit::sure(sniff.json().is_some_and(|shape| shape.elements().iter().any(found)))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut findings = input.findings();
        input.elements(|found: Found<'_>| findings.add(found.finding()))?;
        let mut reading = Reading::by(self.id(), "zizmor");
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Found<'a> {
    #[serde(borrow)]
    ident: Option<Str<'a>>,
    desc: Option<Str<'a>>,
    determinations: Determinations<'a>,
    locations: Vec<Location<'a>>,
    #[serde(default)]
    ignored: bool,
}

#[derive(Deserialize)]
struct Determinations<'a> {
    #[serde(borrow)]
    severity: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Location<'a> {
    #[serde(borrow)]
    symbolic: Option<Symbolic<'a>>,
    concrete: Option<Concrete>,
}

#[derive(Deserialize)]
struct Symbolic<'a> {
    #[serde(borrow)]
    key: Option<Key<'a>>,
    kind: Option<Str<'a>>,
}

/// Where the workflow comes from: a file here, or of a repository elsewhere.
#[derive(Deserialize)]
#[serde(untagged)]
enum Key<'a> {
    Local {
        #[serde(borrow, rename = "Local")]
        local: Local<'a>,
    },
    Remote {
        #[serde(borrow, rename = "Remote")]
        remote: Remote<'a>,
    },
    Other(serde::de::IgnoredAny),
}

#[derive(Deserialize)]
struct Local<'a> {
    #[serde(borrow, alias = "given_path")]
    verbatim_path: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Remote<'a> {
    #[serde(borrow)]
    path: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Concrete {
    location: Option<Span>,
}

#[derive(Deserialize)]
struct Span {
    start_point: Option<Point>,
}

#[derive(Deserialize)]
struct Point {
    #[serde(default)]
    row: Num,
}

impl Found<'_> {
    fn finding(&self) -> Finding {
        let primary = |at: &&Location<'_>| {
            at.symbolic.as_ref().is_some_and(|of| of.kind.as_deref() == Some("Primary"))
        };
        let at = self.locations.iter().find(primary).or(self.locations.first());
        let grade =
            self.determinations.severity.as_deref().map_or(Grade::Unknown, Grade::from_word);
        Finding {
            rule: text::said(&self.ident),
            title: self.desc.as_deref().and_then(text::title),
            path: at.and_then(Location::path),
            line: at.and_then(Location::line),
            suppressed: self.ignored,
            ..Finding::graded(grade)
        }
    }
}

impl Location<'_> {
    fn path(&self) -> Option<String> {
        match self.symbolic.as_ref()?.key.as_ref()? {
            Key::Local { local } => text::said(&local.verbatim_path),
            Key::Remote { remote } => text::said(&remote.path),
            Key::Other(_) => None,
        }
    }

    /// Its line; the file counts rows from 0.
    fn line(&self) -> Option<u64> {
        let row = self.concrete.as_ref()?.location.as_ref()?.start_point.as_ref()?.row.get()?;
        (row >= 0.0).then_some((row as u64).saturating_add(1))
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;
    use crate::facts::Grade;

    #[test]
    fn a_finding_stands_where_its_primary_location_does() {
        let at = |kind: &str, key: &str, row: u64| {
            format!(
                r#"{{"symbolic": {{"key": {key}, "kind": "{kind}"}}, "concrete":
                {{"location": {{"start_point": {{"row": {row}, "column": 1}}}}}}}}"#
            )
        };
        let remote = r#"{"Remote": {"slug": {"owner": "o"}, "path": "w.yml"}}"#;
        for (locations, path, line) in [
            (at("Primary", r#"{"Local": {"verbatim_path": "a.yml"}}"#, 6), Some("a.yml"), Some(7)),
            (
                at("Primary", r#"{"Local": {"prefix": ".", "given_path": "b.yml"}}"#, 0),
                Some("b.yml"),
                Some(1),
            ),
            (
                at("Related", r#""Stdin""#, 1) + ", " + &at("Primary", remote, 2),
                Some("w.yml"),
                Some(3),
            ),
            (at("Primary", r#""Stdin""#, 1), None, Some(2)),
            (String::new(), None, None),
        ] {
            let text = format!(
                r#"[{{"ident": "x", "desc": "d", "determinations": {{"confidence": "Low", "severity": "High"}},
                "locations": [{locations}], "ignored": false}}]"#
            );
            let findings = reading("zizmor-json", &text).facts.findings.unwrap();
            assert_eq!(findings.graded(Grade::High), 1);
            let found = &findings.list.entries()[0];
            assert_eq!((found.path.as_deref(), found.line), (path, line), "{text}");
        }
    }
}
