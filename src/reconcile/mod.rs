//! Judges claims by evidence: bind, trust, judge, freshness, waive, gate. Pure.
//!
//! What it knows of the repository it asks a [`Witness`]; what it is given is plain data; the same
//! inputs give the same answers.

mod bind;
mod candidate;
mod case;
mod ci_state;
mod committed;
mod deployments;
mod drift;
mod empty_limits;
mod exit_code;
mod filtered_findings;
mod freshness;
mod gate;
mod held;
mod judge;
mod judged;
mod limit;
mod lost;
mod merged_run;
mod mostly_failed;
mod narrowed;
mod near;
mod refuting;
mod remark;
mod retries;
mod ruling;
mod same_names;
mod same_run;
mod scope;
mod scoped_waivers;
mod selected;
mod sentences;
mod severities;
mod signed;
mod skipped;
mod tick;
mod trust;
mod unasked;
mod uncounted;
mod waive;
mod weighed;
mod window;
mod witness;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Claim, Code, Documents, Glob, Item, ItemRef, PerItem, Place, Problem, Rule, Status, Verdict,
};

pub use bind::{Depth, Request, requests, selects};
pub use case::{
    ArtifactIndex, Case, FoundArtifact, Inputs, RequirementIndex, WaiverIndex, Withheld, numbered,
};
pub use deployments::{KnownDeployment, deployed_at, deployments, untold as untold_deployments};
pub use freshness::is_under;
pub use gate::{
    Decision, HeldRule, Result as GateResult, means_any as gate_means_any, rules as rules_of_gate,
    said as said_of_gate, unmatched as unmatched_gate,
};
pub use judged::{JudgedIndex, JudgedRequirements};
pub use lost::{Lost, has_a_report_s_name, looks_like_a_report};
pub use ruling::{
    Held, JudgedEvidence, JudgedFigure, JudgedItem, JudgedRequirement, JudgedSignOff, JudgedWindow,
    Ruling, WindowState,
};
pub use signed::{Given, People, Person};
pub use tick::is_stale_tick;
pub use trust::{SKEW, bounded_by};
pub use waive::{JudgedWaiver, WaiverState, nearest};
pub use witness::{Change, ChangeState, Hand, Hands, Shipped, Since, Witness};

use freshness::{Freshness, NewArtifacts};
use judge::Judge;
use ruling::capitalised;
use signed::Signing;
use window::Opening;

/// Everything that was decided.
#[derive(Debug, Clone)]
pub struct Judgement {
    /// Each item as judged.
    pub items: PerItem<JudgedItem>,
    /// Each requirement as judged.
    pub requirements: JudgedRequirements,
    /// Each waiver as judged, in the order of the case.
    pub waivers: Vec<JudgedWaiver>,
    /// Go or no-go.
    pub gate: Decision,
    /// What judging itself found wrong.
    pub problems: Vec<Problem>,
}

/// Judges every item: bind, judge (trust and freshness within), waive, gate, in this order.
pub fn reconcile(inputs: &Inputs<'_>) -> Judgement {
    let case = inputs.case;
    let not_code = not_code(case);
    let new_artifacts = new_artifacts(case);
    let judge = judge(inputs, &case.artifacts, &not_code, &new_artifacts);
    let bound = bind::bound(&case.documents, &case.requirements);
    let mut judging = Judging::new(judge, inputs);
    let mut items = case.documents.per_item(|item| judging.item(item, &bound[item.at]));
    let mut problems = overdue(&case.documents, &items);
    problems.extend(judging.drift(&items));
    problems.extend(judging.outlived(&items));
    problems.extend(unasked::problems(case, &judging.judged, &judging.judge.freshness));
    let without = scoped_waivers::without(inputs, &judging, &items);
    let waivers = waive::apply(case, &without, &mut items, &mut problems);
    let everything: Vec<Problem> = case.problems.iter().chain(&problems).cloned().collect();
    let gate = gate::decide(case.config.gate.as_ref(), &case.documents, &items, &everything);
    Judgement { items, requirements: judging.judged, waivers, gate, problems }
}

/// Whether nothing was committed since `commit` that evidence is of: checklists, settings, what is
/// ignored and what tools left behind are not.
pub fn is_same_code(inputs: &Inputs<'_>, commit: &str) -> bool {
    let not_code = not_code(inputs.case);
    let new_artifacts = new_artifacts(inputs.case);
    let judge = judge(inputs, &inputs.case.artifacts, &not_code, &new_artifacts);
    judge.freshness.holds_the_code_of(commit)
}

/// The gate's decision over items that were changed since: what an item came to elsewhere, where its
/// evidence is not at hand.
pub fn decide_again(case: &Case, judgement: &Judgement) -> Decision {
    let problems: Vec<Problem> = case.problems.iter().chain(&judgement.problems).cloned().collect();
    gate::decide(case.config.gate.as_ref(), &case.documents, &judgement.items, &problems)
}

fn judge<'a>(
    inputs: &Inputs<'a>,
    artifacts: &'a [FoundArtifact],
    not_code: &'a BTreeSet<String>,
    new_artifacts: &'a NewArtifacts<'a>,
) -> Judge<'a> {
    let Inputs { case, witness, could_carry } = *inputs;
    Judge {
        artifacts,
        lost: &case.lost,
        could_carry,
        freshness: Freshness {
            clock: case.clock,
            rules: case.rules,
            witness,
            ignored: &case.config.defaults.ignore,
            not_code,
            sign_offs: &case.config.sign_off_files,
            artifacts: new_artifacts,
            default_max_age: case.config.defaults.max_age.as_ref(),
            elsewhere: window::elsewhere(case),
        },
        witness,
        clock: case.clock,
        rules: case.rules,
        unknown_severity: case.config.unknown_severity,
    }
}

/// Where tools leave files behind that no commit holds.
fn new_artifacts(case: &Case) -> NewArtifacts<'_> {
    let wanted = case.requirements.iter().flat_map(|requirement| &requirement.artifacts);
    NewArtifacts {
        globs: case.config.artifacts.iter().chain(wanted.map(|wanted| &wanted.glob)).collect(),
        read: case.artifacts.iter().map(|found| found.artifact.file()).collect(),
    }
}

/// Files whose change is no change of the code: checklists, the configuration, and reports of
/// tools in the places of artifacts. A document that a requirement reads may be code as well, and what
/// people write for their monitoring is.
fn not_code(case: &Case) -> BTreeSet<String> {
    // What a wide glob of `checklists` matches besides holds no item.
    let checklists = case.documents.checklists().filter(|checklist| !checklist.items.is_empty());
    let checklists = checklists.map(|checklist| checklist.path.clone());
    let sources = ["json", "yaml", "toml", "dotenv", "grafana-dashboard", "prometheus-rules"];
    let is_report = |found: &FoundArtifact| match &found.withheld {
        Some(told) => told.format.as_ref().is_some_and(|of| !sources.contains(&of.as_str())),
        None => found.artifact.answer.reading().is_some_and(|of| !sources.contains(&of.format)),
    };
    let reports = case.artifacts.iter().filter(|of| of.in_default_place && is_report(of));
    let artifacts = reports.map(|found| found.artifact.file().to_owned());
    let signers = &case.config.signers;
    let signers = signers.allowed.iter().chain(&signers.revoked).map(|(path, _)| path.clone());
    checklists.chain(artifacts).chain(signers).collect()
}

/// Judges each requirement once, however many items it is bound to.
struct Judging<'a> {
    judge: Judge<'a>,
    case: &'a Case,
    judged: JudgedRequirements,
    known: BTreeMap<(RequirementIndex, Option<Opening>), JudgedIndex>,
}

impl<'a> Judging<'a> {
    fn new(judge: Judge<'a>, inputs: &Inputs<'a>) -> Judging<'a> {
        let (judged, known) = (JudgedRequirements::default(), BTreeMap::new());
        Judging { judge, case: inputs.case, judged, known }
    }

    fn item(&mut self, of: ItemRef<'_>, bound: &[RequirementIndex]) -> JudgedItem {
        let (case, item) = (self.case, of.item);
        let window = window::of_item(of.checklist, item);
        let opens = window.and_then(|(_, window)| Opening::of(window, case.deployed));
        let mut requirements: Vec<JudgedIndex> =
            bound.iter().map(|&at| self.requirement(at, opens, of)).collect();
        // The worst verdict wins; of several the one written first.
        requirements.sort_by_key(|&at| {
            (std::cmp::Reverse(self.judged[at].ruling.verdict()), self.judged[at].requirement)
        });
        let deciding = requirements.first().map(|&at| &self.judged[at]);
        let verdict = deciding.map_or(Verdict::Unbound, |judged| judged.ruling.verdict());
        let tick = tick::stale(item, verdict, of.history, case.rules);
        let ruling = tick.as_ref().or(deciding.map(|judged| &judged.ruling));
        let verdict = ruling.map_or(Verdict::Unbound, Ruling::verdict);
        let status = Status::of(item.claim, verdict);
        JudgedItem {
            verdict,
            status,
            reason: reason(item, status, ruling),
            rule: ruling.and_then(Ruling::rule),
            next: next(status, ruling),
            valid_until: requirements
                .iter()
                .filter_map(|&at| self.judged[at].valid_until)
                .min()
                .filter(|_| verdict == Verdict::Pass),
            window: window.map(|(name, window)| {
                window::judged(name, window, case.deployed, case.clock, verdict)
            }),
            requirements,
            waiver: None,
            figures: drift::compared(item, deciding),
        }
    }

    /// Figures that the evidence refutes, and limits that are not the condition's.
    fn drift(&self, items: &PerItem<JudgedItem>) -> Vec<Problem> {
        let found = self.case.documents.items().flat_map(|of| {
            let judged = &items[of.at];
            let deciding = judged.requirements.first().map(|&at| &self.judged[at]);
            drift::problems(&of.checklist.path, of.item, &judged.figures, deciding)
        });
        found.collect()
    }

    /// What passes by a committed report that is of other code: of each item the first.
    fn outlived(&self, items: &PerItem<JudgedItem>) -> Vec<Problem> {
        let passing = self.case.documents.items().map(|of| (of, &items[of.at]));
        let passing = passing.filter(|(_, judged)| judged.verdict == Verdict::Pass);
        // Many items may ask one requirement.
        let mut known = BTreeMap::new();
        let mut told = |of: &JudgedRequirement| {
            let asked = self.case.requirement(of.requirement);
            let told = known.entry(of.requirement).or_insert_with(|| {
                of.evidence.iter().find_map(|evidence| {
                    let artifact = &self.case.artifact(evidence.artifact).artifact;
                    self.judge.freshness.outlived(artifact, asked)
                })
            });
            told.clone()
        };
        let found = passing.filter_map(|(of, judged)| {
            let told = judged.requirements.iter().find_map(|&at| told(&self.judged[at]))?;
            Some(committed::problem(&of.checklist.path, of.item, &told))
        });
        found.collect()
    }

    /// A person's word is for one item; what artifacts say is the same for all.
    fn requirement(
        &mut self,
        at: RequirementIndex,
        opens: Option<Opening>,
        of: ItemRef<'_>,
    ) -> JudgedIndex {
        if let Some(&known) = self.known.get(&(at, opens)) {
            return known;
        }
        let asked = self.case.requirement(at);
        let ticks_sign = asked.sign_off.as_ref().is_some_and(|sign_off| sign_off.tick);
        let mut problems = of.checklist.problems.iter().filter(|_| ticks_sign);
        let denied = problems.find(|problem| {
            problem.code == Code::TextContradictsBox && problem.item.as_ref() == Some(&of.item.id)
        });
        let signing = || Signing {
            people: People::of(&self.case.config),
            item: of.item,
            document: Glob::exactly(&of.checklist.path).ok(),
            approved: of.approved(),
            denied: denied.map(|problem| problem.message.trim_end_matches('.')),
            history: of.history,
            opens,
            clock: self.case.clock,
            rules: self.case.rules,
            paths: asked.paths.as_deref(),
            freshness: &self.judge.freshness,
        };
        let signed = asked.sign_off.as_ref().map(|sign_off| signing().judge(sign_off));
        let judged = self.judged.push(self.judge.requirement(at, asked, opens, signed));
        if asked.sign_off.is_none() {
            self.known.insert((at, opens), judged);
        }
        judged
    }
}

/// The sentence that people read: the ruling's, with what the box makes of it.
fn reason(item: &Item, status: Status, ruling: Option<&Ruling>) -> Cow<'static, str> {
    let Some(ruling) = ruling else {
        return Cow::Borrowed(match item.claim {
            Claim::Done => "Ticked. Nothing is bound to it, so nothing proves it.",
            Claim::Cancelled => "Struck or not applicable.",
            Claim::Open | Claim::InProgress | Claim::None => "Nothing is bound to it.",
        });
    };
    Cow::Owned(match status {
        Status::Contradicted => format!("Ticked, but {}", ruling.clause()),
        Status::Unproven => format!("Ticked. {}", capitalised(ruling.clause())),
        Status::Ready => format!("{} The box is not ticked.", ruling.reason()),
        Status::Stale
        | Status::Failing
        | Status::Waived
        | Status::Open
        | Status::Verified
        | Status::NotApplicable => ruling.reason(),
    })
}

/// The next step, where there is one.
fn next(status: Status, ruling: Option<&Ruling>) -> Option<Cow<'static, str>> {
    let next = match status {
        Status::Contradicted => "Mend it, or untick the box.",
        // The reason ends with what to do.
        Status::Stale | Status::Unproven if ruling.is_some_and(Ruling::instructs) => return None,
        Status::Stale if ruling.and_then(Ruling::rule) == Some(Rule::StaleTick) => {
            "Where it still holds, untick and tick the box."
        }
        Status::Stale => "Run it again at this commit.",
        Status::Ready => "`trueup fix` would tick it.",
        Status::Unproven if ruling.is_none() => {
            "Bind it in trueup.toml, or by a comment beside it: <!-- evidence: … -->."
        }
        Status::Unproven if ruling.and_then(Ruling::rule) == Some(Rule::NotSigned) => {
            "Have it signed off, or untick the box."
        }
        Status::Unproven if ruling.is_some_and(Ruling::is_of_an_empty_file) => {
            "Its tool wrote nothing: see the log of the job that ran it, and make the evidence again."
        }
        Status::Unproven => match ruling.map(Ruling::verdict) {
            Some(Verdict::Missing) => "Make the evidence, or untick the box.",
            _ => "Make the evidence again, so that it can be trusted.",
        },
        Status::Failing
        | Status::Waived
        | Status::Open
        | Status::Verified
        | Status::NotApplicable => return None,
    };
    Some(Cow::Borrowed(next))
}

fn overdue(documents: &Documents, judged: &PerItem<JudgedItem>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for of in documents.items() {
        let (judged, item) = (&judged[of.at], of.item);
        let Some(window) = &judged.window else { continue };
        let cancelled = judged.status == Status::NotApplicable;
        if let (WindowState::Overdue, Some(due), false) = (window.state, window.due, cancelled) {
            let place = Place::line(of.checklist.path.clone(), item.line);
            let message = format!("\u{201c}{}\u{201d} was due {}.", item.text, due.human());
            problems.push(Problem::new(Code::Overdue, place, message).of_item(item.id.clone()));
        }
    }
    problems
}
