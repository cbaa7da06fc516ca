//! Third step: one requirement against its artifacts, from those that it asks for to their evidence.

use crate::condition::{Condition, Found, Outcome, Reads, Scope, Undecided};
use crate::facts::{Grade, Value};
use crate::model::{Answer, Artifact, Glob, Rule, Rules, Timestamp, Verdict};
use crate::policy::{Requirement, Wanted};

use super::candidate::{Candidate, evidence, read_once};
use super::case::{ArtifactIndex, FoundArtifact, RequirementIndex, numbered};
use super::ci_state;
use super::freshness::{Fresh, Freshness};
use super::lost::{Lost, is_no_report, looks_like_a_report, takes_all};
use super::narrowed;
use super::near;
use super::refuting::refuting;
use super::ruling::{JudgedRequirement, Ruling};
use super::scope::ArtifactScope;
use super::selected;
use super::severities;
use super::signed::Signed;
use super::skipped;
use super::trust::{Trust, trust};
use super::weighed::{Weighed, asks_for_nothing};
use super::window::Opening;
use super::witness::Witness;

/// What judging one requirement needs besides the requirement.
pub(super) struct Judge<'a> {
    pub(super) artifacts: &'a [FoundArtifact],
    pub(super) lost: &'a [Lost],
    /// Whether a file of that format could have carried that group.
    pub(super) could_carry: &'a dyn Fn(&str, &str) -> bool,
    pub(super) freshness: Freshness<'a>,
    pub(super) witness: &'a dyn Witness,
    pub(super) clock: Timestamp,
    pub(super) rules: Rules,
    pub(super) unknown_severity: Option<Grade>,
}

impl<'a> Judge<'a> {
    /// Judges the requirement at a place of the case; `opens` is when the item's time window opens,
    /// `signed` what its sign-offs come to, where some are asked for.
    pub(super) fn requirement(
        &self,
        at: RequirementIndex,
        requirement: &'a Requirement,
        opens: Option<Opening>,
        signed: Option<Signed>,
    ) -> JudgedRequirement {
        let lacked = self.witness.lacked();
        let mut candidates = self.candidates(requirement, opens);
        let unmatched = self
            .unmatched(requirement, &candidates)
            .or_else(|| self.ungraded(requirement, &candidates));
        let matched = unmatched.is_none();
        self.vouch(&mut candidates, requirement.paths.as_deref());
        let person = signed.as_ref().map(|signed| &signed.ruling);
        let (ruling, outcome) = self.rule(requirement, &candidates, unmatched, person);
        let may_pass = matched
            && ruling.verdict() != Verdict::Fail
            && person.is_none_or(|person| person.verdict() == Verdict::Pass);
        let sound: Vec<&Artifact> =
            candidates.iter().filter(|of| of.is_sound()).map(|of| of.artifact).collect();
        let lacks = self.witness.lacked() > lacked;
        let refuting = match &requirement.condition {
            Some(condition) if ruling.verdict() == Verdict::Fail => {
                refuting(condition, outcome.as_ref(), &sound, &|artifact| {
                    condition.evaluate(&self.scope(vec![artifact], true, None))
                })
            }
            _ => sound.clone(),
        };
        JudgedRequirement {
            requirement: at,
            facts: figures(&self.scope(sound, true, None), outcome.as_ref()),
            evidence: evidence(&candidates, &ruling, &refuting),
            read: outcome.map(|outcome| outcome.read).unwrap_or_default(),
            valid_until: candidates
                .iter()
                .filter_map(|of| of.fresh.valid_until)
                .chain(signed.as_ref().and_then(|signed| signed.valid_until))
                .min(),
            sign_offs: signed.map(|signed| signed.given).unwrap_or_default(),
            truncated: candidates.iter().any(|of| of.fresh.truncated),
            held: self.held(requirement, &candidates, may_pass, lacks),
            ruling,
        }
    }

    fn candidates(
        &self,
        requirement: &'a Requirement,
        opens: Option<Opening>,
    ) -> Vec<Candidate<'a>> {
        let mut candidates: Vec<Candidate<'a>> = Vec::new();
        for (index, found) in numbered(self.artifacts) {
            let artifact = &found.artifact;
            let wanted = requirement
                .artifacts
                .iter()
                .find(|wanted| wanted.glob.matches(&artifact.path) && wanted.format == found.named);
            let withheld = found.withheld.as_ref();
            let relevant = if let Some(told) = withheld {
                self.asks_withheld(found, told, requirement)
            } else if requirement.artifacts.is_empty() {
                found.in_default_place
                    && found.named.is_none()
                    && self.is_relevant(artifact, requirement)
            } else {
                wanted.is_some()
            };
            let ignored = refusal(&artifact.answer).is_some_and(|rule| !self.rules.holds(rule))
                || wanted.is_some_and(|wanted| takes_all(&wanted.glob)) && is_no_report(artifact);
            if relevant && !ignored {
                let strange = self.strange(artifact, wanted, requirement);
                candidates.push(Candidate {
                    index,
                    artifact,
                    withheld,
                    wanted,
                    trust: strange.unwrap_or_else(|| self.trust(artifact, requirement)),
                    // How old it is decides nothing where its bytes are lacking.
                    fresh: match withheld {
                        Some(_) => Fresh::default(),
                        None => self.freshness.of(artifact, requirement, opens),
                    },
                });
            }
        }
        read_once(&mut candidates);
        skipped::excuse(&mut candidates, self.artifacts);
        candidates
    }

    fn trust(&self, artifact: &Artifact, requirement: &Requirement) -> Trust {
        let trust = trust(artifact, self.artifacts, self.clock, self.rules);
        let trust = match self.rules.holds(Rule::Unchecked) {
            true => narrowed::held(trust, artifact, requirement),
            false => trust,
        };
        match self.rules.holds(Rule::SuiteNotLoaded) {
            true => selected::held(trust, artifact, requirement),
            false => trust,
        }
    }

    /// A document that is no report that is known, where nobody asks for the document itself, and that
    /// was named as evidence or tells of a fault: it may be what a scanner or a service wrote in the
    /// place of its report.
    fn strange(
        &self,
        artifact: &Artifact,
        wanted: Option<&Wanted>,
        requirement: &Requirement,
    ) -> Option<Trust> {
        let reading = artifact.answer.reading().filter(|of| of.doubts.is_empty())?;
        let vouchers = requirement.artifacts.iter().filter_map(|of| of.vouched_by.as_ref());
        let asked = requirement.condition.iter().chain(vouchers).map(Condition::reads);
        let is_meant = |glob: &str| Glob::new(glob).is_ok_and(|glob| glob.matches(&artifact.path));
        let data = |reads: &Reads| {
            let mut named = reads.artifacts.iter();
            reads.groups.contains("data")
                || named.any(|(glob, group)| group == "data" && is_meant(glob))
        };
        // As `artifacts` names it, or `artifact("…")` in the condition.
        let named = |reads: &Reads| {
            let mut globs = reads.artifacts.iter().filter_map(|(glob, _)| Glob::new(glob).ok());
            globs.any(|glob| glob.matches(&artifact.path) && !takes_all(&glob))
        };
        let names_it = wanted.is_some_and(|wanted| !takes_all(&wanted.glob))
            || reading.fault.is_some()
            || asked.clone().any(named);
        let is_none = reading.facts.carried().is_empty() && names_it;
        if !is_none || !self.rules.holds(Rule::UnknownFormat) || asked.clone().any(data) {
            return None;
        }
        let kind = match reading.format {
            "json" | "yaml" | "toml" => reading.format.to_uppercase(),
            _ => return None,
        };
        let said = reading.fault.as_ref().map(|said| format!(", and says: {said}"));
        let path = &artifact.path;
        let why = format!("{path} is {kind} of no known report{}.", said.unwrap_or_default());
        Some(Trust::None(Ruling::invalid(Rule::UnknownFormat, why)))
    }

    /// Whether an artifact of the default places concerns a requirement that names none: it
    /// carries a group that the condition reads, or could have, were it not broken.
    fn is_relevant(&self, artifact: &Artifact, requirement: &Requirement) -> bool {
        let Some(condition) = &requirement.condition else { return false };
        let reads = condition.reads();
        let by_name = reads
            .artifacts
            .iter()
            .any(|(glob, _)| Glob::new(glob).is_ok_and(|glob| glob.matches(&artifact.path)));
        let mut groups = reads.groups.iter().filter(|group| *group != "git");
        by_name
            || match &artifact.answer {
                Answer::Read(reading) => {
                    // A report of a run that broke off carries nothing, and is of its format still.
                    let empty = reading.facts.carried().is_empty() && reading.facts.data.is_none();
                    // A document of no tool never carries more than itself, whether or not it was kept.
                    let is_document = matches!(reading.format, "json" | "yaml" | "toml");
                    groups.any(|group| {
                        reading.facts.value(group).is_some()
                            || empty && !is_document && (self.could_carry)(reading.format, group)
                            || empty && reading.fault.is_some()
                    })
                }
                Answer::Broken { format, .. } => {
                    groups.any(|group| (self.could_carry)(format, group))
                }
                Answer::Ambiguous { candidates, .. } => groups
                    .any(|group| candidates.iter().any(|format| (self.could_carry)(format, group))),
                Answer::Unknown { .. } => looks_like_a_report(artifact) && groups.next().is_some(),
            }
    }

    /// The first glob that no artifact matches, or that something matches which was not read, as a
    /// ruling.
    fn unmatched(&self, requirement: &Requirement, candidates: &[Candidate<'_>]) -> Option<Ruling> {
        if !self.rules.holds(Rule::NoArtifact) {
            return None;
        }
        if requirement.artifacts.is_empty() {
            if !super::bind::reads_artifacts(requirement) {
                return None;
            }
            if let Some(lost) = self.lost.iter().find(|lost| lost.default) {
                return Some(Ruling::missing(Rule::NoArtifact, lost.clause()));
            }
            return candidates.is_empty().then(|| {
                Ruling::missing(
                    Rule::NoArtifact,
                    "no artifact of the default places carries what the condition asks for.",
                )
            });
        }
        let read = || candidates.iter().map(|of| of.artifact.path.as_str());
        let mut wanted = requirement.artifacts.iter();
        let lost = wanted
            .find_map(|wanted| self.lost.iter().find(|lost| lost.is_lost_to(&wanted.glob, read())));
        if let Some(lost) = lost {
            return Some(Ruling::missing(Rule::NoArtifact, lost.clause()));
        }
        let lonely = requirement.artifacts.iter().find(|wanted| {
            !wanted.optional && !candidates.iter().any(|of| wanted.glob.matches(&of.artifact.path))
        })?;
        let near =
            near::meant(&lonely.glob, self.artifacts.iter().map(|of| of.artifact.path.as_str()));
        let why = format!("no file matches {}{near}.", lonely.glob);
        Some(Ruling::missing(Rule::NoArtifact, why))
    }

    /// That severities are asked for, and no report gives any, as a ruling.
    fn ungraded(&self, requirement: &Requirement, candidates: &[Candidate<'_>]) -> Option<Ruling> {
        let in_force = self.rules.holds(Rule::NotCarried);
        severities::not_given(requirement, candidates).filter(|_| in_force)
    }

    /// Lets conditions vouch for silent tools: over the requirement's other artifacts, those that
    /// can be relied on themselves.
    fn vouch(&self, candidates: &mut [Candidate<'a>], paths: Option<&[Glob]>) {
        // Who vouches must be of this code, even where age alone decides for the others.
        let sound: Vec<(ArtifactIndex, &Artifact)> = candidates
            .iter()
            .filter(|of| of.is_sound() && self.freshness.is_of_this_code(of.artifact, paths))
            .map(|of| (of.index, of.artifact))
            .collect();
        for candidate in candidates.iter_mut() {
            let Trust::NeedsVouching(ruling) = &candidate.trust else { continue };
            let Some(condition) = candidate.wanted.and_then(|wanted| wanted.vouched_by.as_ref())
            else {
                continue;
            };
            let others: Vec<&Artifact> = sound
                .iter()
                .filter(|(index, _)| *index != candidate.index)
                .map(|(_, artifact)| *artifact)
                .collect();
            let scope = self.scope(others, true, None);
            let (outcome, doubt) = self.evaluate(condition, &scope);
            candidate.trust = match (outcome.result, doubt) {
                (Ok(true), None) => Trust::Full,
                _ if !self.rules.holds(Rule::NotVouched) => Trust::Full,
                _ => Trust::None(Ruling::invalid(
                    Rule::NotVouched,
                    format!(
                        "{} What should vouch for it does not hold: {}.",
                        ruling.clause(),
                        condition.source()
                    ),
                )),
            };
        }
    }

    /// By the condition, else by the sign-offs alone.
    fn rule(
        &self,
        requirement: &'a Requirement,
        candidates: &[Candidate<'a>],
        unmatched: Option<Ruling>,
        person: Option<&Ruling>,
    ) -> (Ruling, Option<Outcome>) {
        let Some(condition) = &requirement.condition else {
            let nobody = || Ruling::missing(Rule::NotSigned, "nothing is asked for.");
            return (person.cloned().unwrap_or_else(nobody), None);
        };
        if let Some(ruling) = asks_for_nothing(condition) {
            return (ruling, None);
        }
        let weighed = Weighed::of(self, condition, candidates, unmatched, person);
        let (ruling, outcome) = weighed.ruling();
        (ruling, Some(outcome))
    }

    /// Evaluates, and asks of the CI runs and jobs that were read whether they ran to their end.
    /// Where one did not, what is said of CI counts for nothing, and the rest must decide.
    pub(super) fn evaluate(
        &self,
        condition: &Condition,
        scope: &ArtifactScope<'_>,
    ) -> (Outcome, Option<Ruling>) {
        let outcome = condition.evaluate(scope);
        let holds = outcome.result == Ok(true);
        let Some(doubt) = ci_state::doubt(condition.reads(), scope, holds, self.rules) else {
            return (outcome, None);
        };
        let without = self.scope(scope.artifacts.clone(), scope.whole, Some(&doubt));
        let refuted = condition.evaluate(&without);
        if refuted.result == Ok(false) {
            return (refuted, Some(doubt));
        }
        let undecided = Outcome { result: Err(Undecided::Partial), read: outcome.read };
        (undecided, Some(doubt))
    }

    pub(super) fn scope<'s>(
        &'s self,
        artifacts: Vec<&'s Artifact>,
        whole: bool,
        ci_doubt: Option<&'s Ruling>,
    ) -> ArtifactScope<'s> {
        ArtifactScope {
            artifacts,
            whole,
            witness: self.witness,
            rules: self.rules,
            unknown_severity: self.unknown_severity,
            ci_doubt,
            counts_skips: false,
        }
    }
}

/// The counts and measurements that a text may speak of.
fn figures(scope: &ArtifactScope<'_>, outcome: Option<&Outcome>) -> Vec<(String, f64)> {
    let mut figures = Vec::new();
    for group in ["tests", "findings"] {
        if let Found::Value(Value::Map(members)) = scope.group(group) {
            let numbers = members.iter().filter_map(|(name, value)| Some((name, number(value)?)));
            figures.extend(numbers.map(|(name, value)| (format!("{group}.{name}"), value)));
        }
    }
    let read = outcome.map(|outcome| outcome.read.as_slice()).unwrap_or_default();
    for read in read {
        let known = figures.iter().any(|(name, _)| *name == read.fact);
        if let (false, Some(value)) = (known, read.value.as_ref().and_then(number)) {
            figures.push((read.fact.clone(), value));
        }
    }
    figures
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Int(value) => Some(*value as f64),
        Value::Double(value) | Value::Written(value, _) if value.is_finite() => Some(*value),
        _ => None,
    }
}

/// The rule by which a file that could not be read is refused.
fn refusal(answer: &Answer) -> Option<Rule> {
    match answer {
        Answer::Read(_) => None,
        Answer::Broken { .. } => Some(Rule::Unreadable),
        Answer::Ambiguous { .. } => Some(Rule::Ambiguous),
        Answer::Unknown { .. } => Some(Rule::UnknownFormat),
    }
}
