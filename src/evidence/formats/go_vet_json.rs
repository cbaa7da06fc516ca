//! `go vet -json`: a map a package, below a line that names it.

use serde::Deserialize;

use crate::evidence::json::{Map, Str};
use crate::evidence::{
    About, Blanks, Broken, Cut, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Findings, Level};
use crate::model::{Reading, Rule};

pub(super) struct GoVetJson;

impl Format for GoVetJson {
    fn id(&self) -> &'static str {
        "go-vet-json"
    }

    fn about(&self) -> About {
        About {
            tool: "go vet",
            recognised: "maps of packages to analyzers, whose findings have a `posn` and a `message`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://pkg.go.dev/cmd/vet",
            clean: "Every package is `{}`, and named as go-vet-json.",
            vacuous: "An analyzer that broke off; a line that begins with `vet:`, for a package that does not build; a package that is named last, and nothing said of it; `{}` alone.",
            blank: Blanks::NONE.map(Means::Silent),
            notes: &[
                "Under `-json` go vet exits with 0 whatever it finds.",
                "It writes to the standard error, and in a `{}` names no package: the lines `# …` between do.",
                "Every finding is an error; the analyzer is the rule.",
                "Nothing at the end says that all packages were looked at.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let vetted = |shape: &Shape<'_>| {
            let finding = shape.first_value().and_then(Shape::first_value).and_then(Shape::first);
            finding.is_some_and(|finding| finding.has(&["posn", "message"]))
        };
        Fit::sure(sniff.documents().iter().any(vetted))
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        let clean = |shape: &Shape<'_>| shape.is_map() && shape.members().is_empty();
        let documents = sniff.documents();
        self.recognises(sniff) != Fit::No || !documents.is_empty() && documents.iter().all(clean)
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "go vet");
        let mut findings = input.findings();
        let mut broke_off = None;
        let mut between = input.documents(|packages: Packages<'_>| {
            for analyzers in (&packages).into_iter().map(|(_, analyzers)| analyzers) {
                let said = add(&mut findings, analyzers);
                broke_off = broke_off.take().or(said);
            }
        })?;
        let headers = input.lines().filter(|(_, line)| line.starts_with("# ")).count() as u64;
        between.lines = between.lines.saturating_sub(headers);
        between.settle(&mut reading);
        if input.text.trim_end().lines().next_back().is_some_and(|line| line.starts_with('#')) {
            let why =
                "The last line names a package, and nothing is said of it: the output broke off.";
            reading.doubt(Rule::Unreadable, why);
        }
        if let Some(said) = broke_off {
            reading.doubt(Rule::ToolFailed, format!("An analyzer broke off. It says: {said}"));
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::AtLineEnds
    }
}

/// Of each package the analyzers that have something to say.
type Packages<'a> = Map<'a, Map<'a, Outcome<'a>>>;

#[derive(Deserialize)]
#[serde(untagged)]
enum Outcome<'a> {
    Found(#[serde(borrow)] Vec<Found<'a>>),
    Failed {
        #[serde(borrow)]
        error: Str<'a>,
    },
}

#[derive(Deserialize)]
struct Found<'a> {
    #[serde(borrow)]
    posn: Option<Str<'a>>,
    message: Option<Str<'a>>,
}

/// Adds what the analyzers found; says what the first that broke off did.
fn add(findings: &mut Findings, analyzers: &Map<'_, Outcome<'_>>) -> Option<String> {
    let mut broke_off = None;
    for (name, outcome) in analyzers {
        match outcome {
            Outcome::Found(found) => found.iter().for_each(|one| findings.add(one.finding(name))),
            Outcome::Failed { error } => broke_off = broke_off.or_else(|| text::title(error)),
        }
    }
    broke_off
}

impl Found<'_> {
    /// Its place is `file:line:column`.
    fn finding(&self, analyzer: &str) -> Finding {
        let place = self.posn.as_deref().unwrap_or_default();
        let mut parts = place.rsplitn(3, ':');
        let (_, line, file) = (parts.next(), parts.next(), parts.next());
        Finding {
            rule: Some(analyzer.to_owned()),
            title: self.message.as_deref().and_then(text::title),
            path: file.map(str::to_owned),
            line: line.and_then(|line| line.parse().ok()),
            ..Finding::levelled(Level::Error)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    const FOUND: &str =
        "# shop\n{\"shop\": {\"printf\": [{\"posn\": \"/r/a.go:6:2\", \"message\": \"m\"}]}}\n";

    #[test]
    fn the_lines_that_name_packages_are_no_trouble() {
        let text = format!("# shop/sub\n{{}}\n{FOUND}# shop/z\n{{}}\n");
        let seen = reading("go-vet-json", &text);
        let findings = seen.facts.findings.unwrap();
        let found = &findings.list.entries()[0];
        assert_eq!((found.path.as_deref(), found.line), (Some("/r/a.go"), Some(6)));
        assert!(seen.warnings.iter().all(|warning| warning.contains("before the JSON")));
    }

    #[test]
    fn a_package_that_does_not_build_is_no_clean_run() {
        proves(
            "go-vet-json",
            &[
                (FOUND, ""),
                (&format!("{FOUND}# bad\nvet: bad/b.go:2:16: expected '}}'\n"), "vet: bad/b.go"),
                (&format!("{FOUND}# shop/z\n"), "the output broke off"),
                (&format!("# bad\nvet: bad/b.go:2:16: expected '}}'\n{FOUND}"), "vet: bad/b.go"),
                (
                    r#"{"shop": {"x": [{"posn": "a", "message": "m"}], "y": {"error": "no facts"}}}"#,
                    "broke off. It says: no facts",
                ),
            ],
        );
    }
}
