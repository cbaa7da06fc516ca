//! One result of a SARIF run.

use serde::Deserialize;

use super::rules::{Properties, Rules};
use crate::evidence::json::Str;
use crate::evidence::text;
use crate::facts::{Finding, Findings, Grade, Level};

/// A result as written.
#[derive(Deserialize)]
pub(super) struct Raw<'a> {
    #[serde(borrow, rename = "ruleId")]
    rule_id: Option<Str<'a>>,
    #[serde(rename = "ruleIndex")]
    rule_index: Option<i64>,
    rule: Option<Reference<'a>>,
    level: Option<Str<'a>>,
    kind: Option<Str<'a>>,
    #[serde(rename = "baselineState")]
    baseline: Option<Str<'a>>,
    message: Option<Message<'a>>,
    locations: Option<Vec<Location<'a>>>,
    suppressions: Option<Vec<Suppression<'a>>>,
    #[serde(rename = "suppressionStates")]
    suppression_states: Option<Vec<Str<'a>>>,
    properties: Option<Properties<'a>>,
}

/// What names a rule.
#[derive(Deserialize)]
pub(super) struct Reference<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
    index: Option<i64>,
    #[serde(rename = "toolComponent")]
    component: Option<Component>,
}

#[derive(Deserialize)]
struct Component {
    index: Option<i64>,
}

impl Reference<'_> {
    pub(super) fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The extension whose rule it is, and its place there, where it says so.
    pub(super) fn place(&self) -> (Option<usize>, Option<usize>) {
        let place = |number: Option<i64>| number.and_then(|number| usize::try_from(number).ok());
        (place(self.component.as_ref().and_then(|of| of.index)), place(self.index))
    }
}

/// A message: plain, as Markdown, or as 1.0.0 has it, a bare text.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Message<'a> {
    Bare(#[serde(borrow)] Str<'a>),
    Told {
        #[serde(borrow)]
        text: Option<Str<'a>>,
        markdown: Option<Str<'a>>,
    },
}

impl Message<'_> {
    /// Its first line.
    pub(super) fn said(&self) -> Option<String> {
        match self {
            Message::Bare(said) => text::title(said),
            Message::Told { text: said, markdown } => {
                said.as_deref().or(markdown.as_deref()).and_then(text::title)
            }
        }
    }
}

#[derive(Deserialize)]
struct Location<'a> {
    #[serde(borrow, rename = "physicalLocation")]
    physical: Option<Physical<'a>>,
    #[serde(rename = "resultFile")]
    result_file: Option<Physical<'a>>,
    #[serde(rename = "analysisTarget")]
    target: Option<Physical<'a>>,
}

impl<'a> Location<'a> {
    /// 1.0.0 names the file in one of two other ways.
    fn place(&self) -> Option<&Physical<'a>> {
        self.physical.as_ref().or(self.result_file.as_ref()).or(self.target.as_ref())
    }
}

#[derive(Deserialize)]
struct Physical<'a> {
    #[serde(borrow, rename = "artifactLocation", alias = "fileLocation")]
    artifact: Option<File<'a>>,
    uri: Option<Str<'a>>,
    region: Option<Region>,
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    uri: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Region {
    #[serde(rename = "startLine")]
    line: Option<i64>,
}

#[derive(Deserialize)]
struct Suppression<'a> {
    #[serde(borrow, alias = "state")]
    status: Option<Str<'a>>,
}

/// Whether a result is a finding.
pub(super) enum Kind {
    Finding,
    /// A person must decide.
    Undecided,
    None,
}

impl Raw<'_> {
    /// Whether it stands for itself, wherever its rule stands in the file.
    pub(super) fn needs_no_rule(&self) -> bool {
        self.rule_id.is_none() && self.rule_index.is_none() && self.rule.is_none()
    }

    /// Whether it says itself how grave it is.
    pub(super) fn has_level(&self) -> bool {
        self.level.is_some()
    }

    pub(super) fn kind(&self) -> Kind {
        let word = self.kind.as_deref().unwrap_or("fail");
        // 1.0.0 and the drafts of 2 say in `level` what `kind` says now.
        let level = self.level.as_deref().unwrap_or_default();
        let absent = self.baseline.as_deref() == Some("absent");
        match (word, level) {
            (_, "open") => Kind::Undecided,
            ("pass" | "notApplicable" | "informational", _) => Kind::None,
            ("fail", "pass" | "notApplicable") => Kind::None,
            ("fail", _) if absent => Kind::None,
            ("fail", _) => Kind::Finding,
            // `open`, `review`, or a word that SARIF does not know.
            _ => Kind::Undecided,
        }
    }

    fn suppressed(&self) -> bool {
        let active =
            |status: &Option<Str<'_>>| status.as_deref().is_none_or(|status| status == "accepted");
        let suppressions = self.suppressions.as_deref().unwrap_or_default();
        let all = !suppressions.is_empty() && suppressions.iter().all(|s| active(&s.status));
        all || self.suppression_states.as_ref().is_some_and(|states| !states.is_empty())
    }

    /// Counts it, and keeps what is shown of it where it is worth showing.
    pub(super) fn add_to(&self, findings: &mut Findings, rules: &Rules<'_>) {
        let reference = self.rule.as_ref();
        let id = self.rule_id.as_deref().or(reference.and_then(|rule| rule.id.as_deref()));
        let index = self.rule_index.or(reference.and_then(|rule| rule.index));
        let extension = reference.and_then(|rule| rule.component.as_ref()?.index);
        let place = |number: Option<i64>| number.and_then(|number| usize::try_from(number).ok());
        let rule = rules.find(place(extension), place(index), id);
        let set = || rules.overridden((place(extension), place(index)), id);
        let level = self.level.as_deref().or_else(set);
        let level = level.or(rule.and_then(|rule| rule.level.as_deref()));
        let own = self.properties.as_ref().and_then(Properties::grade);
        let grade = own.or(rule.and_then(|rule| rule.grade)).unwrap_or(Grade::Unknown);
        let level = level.map_or(Level::Warning, Level::from_word);
        findings.add_with(grade, level, self.suppressed(), || Finding {
            rule: id.map(str::to_owned).or_else(|| rule.and_then(|rule| rule.id.clone())),
            ..self.details()
        });
    }

    /// What it says, and where.
    fn details(&self) -> Finding {
        let physical = self.locations.iter().flatten().find_map(Location::place);
        let uri = physical.and_then(|at| match &at.artifact {
            Some(file) => file.uri.as_deref(),
            None => at.uri.as_deref(),
        });
        let region = physical.and_then(|at| at.region.as_ref());
        Finding {
            title: self.message.as_ref().and_then(Message::said),
            path: uri.map(str::to_owned),
            line: region.and_then(|region| u64::try_from(region.line?).ok()),
            ..Finding::levelled(Level::Note)
        }
    }
}
