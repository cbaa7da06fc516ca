//! Judges claims by evidence: bind, trust, judge, freshness, waive, gate. Pure.
//!
//! What it knows of the repository it asks a [`Witness`]; what it is given is plain data; the same
//! inputs give the same answers.

mod bind;
mod candidate;
mod ci_state;
mod drift;
mod empty_limits;
mod exit_code;
mod filtered_findings;
mod freshness;
mod gate;
mod held;
mod judge;
mod limit;
mod lost;
mod ruling;
mod scope;
mod scoped_waivers;
mod sentences;
mod signed;
mod tick;
mod trust;
mod waive;
mod window;
mod witness;

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{Config, Requirement, Waiver};
use crate::model::{
    Artifact, Checklist, Claim, Code, Item, ItemHistory, Place, Problem, Rule, Rules, Status,
    Timestamp, Verdict,
};

pub use bind::{Depth, Request, requests, selects};
pub use freshness::is_under;
pub use gate::{
    Decision, HeldRule, Result as GateResult, rules as rules_of_gate, said as said_of_gate,
    unmatched as unmatched_gate,
};
pub use lost::{Lost, has_a_report_s_name, looks_like_a_report};
pub use ruling::{
    Held, JudgedEvidence, JudgedFigure, JudgedItem, JudgedRequirement, JudgedSignOff, JudgedWindow,
    Ruling, WindowState,
};
pub use signed::Given;
pub use tick::is_stale_tick;
pub use trust::{SKEW, bounded_by};
pub use waive::{JudgedWaiver, WaiverState, nearest};
pub use witness::{Change, ChangeState, Hand, Hands, Since, Witness};

use freshness::{Freshness, NewArtifacts};
use judge::Judge;
use ruling::capitalised;
use signed::Signing;
use window::Opening;

/// Everything that is judged, and by what.
pub struct Inputs<'a> {
    /// By path.
    pub checklists: &'a [Checklist],
    /// The settings; its own requirements and waivers are among those below.
    pub config: &'a Config,
    /// Those of the configuration, then those beside items.
    pub requirements: &'a [Requirement],
    /// Those of the configuration, then those beside items.
    pub waivers: &'a [Waiver],
    /// Each file as read, once for each format that was named for it.
    pub artifacts: &'a [Artifact],
    /// The format that was named for each artifact.
    pub named: &'a [Option<String>],
    /// Whether each artifact lies in the default places.
    pub default: &'a [bool],
    /// What could have been artifacts and was not read.
    pub lost: &'a [Lost],
    /// Artifacts whose bytes are not at hand where a report is judged again: by index, with the format
    /// that they are told to be of. What asks for one is judged without it, and is marked so.
    pub withheld: &'a BTreeMap<usize, Option<String>>,
    /// Whether a file of that format could have carried that group of facts.
    pub could_carry: &'a dyn Fn(&str, &str) -> bool,
    /// Answers about the repository.
    pub witness: &'a dyn Witness,
    /// For each checklist the histories of its items, in order; empty where none was read.
    pub histories: &'a [Vec<ItemHistory>],
    /// The judge's clock.
    pub clock: Timestamp,
    /// When the release was deployed, if that is known.
    pub deployed: Option<Timestamp>,
    /// The rules in force.
    pub rules: Rules,
}

/// Everything that was decided.
#[derive(Debug, Clone)]
pub struct Judgement {
    /// For each checklist, its items in order.
    pub items: Vec<Vec<JudgedItem>>,
    /// Each requirement as judged (once for each time window it stands in; one that asks for a
    /// sign-off once for each item).
    pub requirements: Vec<JudgedRequirement>,
    /// For each waiver, in the order given.
    pub waivers: Vec<JudgedWaiver>,
    /// Go or no-go.
    pub gate: Decision,
    /// What judging itself found wrong.
    pub problems: Vec<Problem>,
}

/// Judges every item: bind, judge (trust and freshness within), waive, gate, in this order.
pub fn reconcile(inputs: &Inputs<'_>, reading: &[Problem]) -> Judgement {
    let not_code = not_code(inputs);
    let new_artifacts = new_artifacts(inputs);
    let judge = judge(inputs, inputs.artifacts, &not_code, &new_artifacts);
    let bound = bind::bound(inputs.checklists, inputs.requirements);
    let mut judging = Judging { judge, inputs, judged: Vec::new(), known: BTreeMap::new() };
    let mut items: Vec<Vec<JudgedItem>> = inputs
        .checklists
        .iter()
        .zip(&bound)
        .enumerate()
        .map(|(list, (checklist, bound))| {
            let history = |index: usize| inputs.histories.get(list)?.get(index);
            let items = checklist.items.iter().zip(bound).enumerate();
            items
                .map(|(index, (item, bound))| judging.item(checklist, item, bound, history(index)))
                .collect()
        })
        .collect();
    let mut problems = overdue(inputs.checklists, &items);
    problems.extend(judging.drift(&items));
    let without = scoped_waivers::without(inputs, &mut judging, &items);
    let waivers = waive::apply(inputs, &without, &mut items, &mut problems);
    let everything: Vec<Problem> = reading.iter().chain(&problems).cloned().collect();
    let gate = gate::decide(inputs.config.gate.as_ref(), inputs.checklists, &items, &everything);
    Judgement { items, requirements: judging.judged, waivers, gate, problems }
}

/// The gate's decision over items that were changed since: what an item came to elsewhere, where its
/// evidence is not at hand.
pub fn decide_again(
    inputs: &Inputs<'_>,
    reading: &[Problem],
    judgement: &Judgement,
) -> gate::Decision {
    let problems: Vec<Problem> = reading.iter().chain(&judgement.problems).cloned().collect();
    gate::decide(inputs.config.gate.as_ref(), inputs.checklists, &judgement.items, &problems)
}

fn judge<'a>(
    inputs: &'a Inputs<'a>,
    artifacts_read: &'a [Artifact],
    not_code: &'a BTreeSet<String>,
    artifacts: &'a NewArtifacts<'a>,
) -> Judge<'a> {
    Judge {
        artifacts: artifacts_read,
        named: inputs.named,
        default: inputs.default,
        lost: inputs.lost,
        withheld: inputs.withheld,
        could_carry: inputs.could_carry,
        freshness: Freshness {
            clock: inputs.clock,
            rules: inputs.rules,
            witness: inputs.witness,
            ignored: &inputs.config.defaults.ignore,
            not_code,
            sign_offs: &inputs.config.sign_off_files,
            artifacts,
            default_max_age: inputs.config.defaults.max_age.as_ref(),
        },
        witness: inputs.witness,
        clock: inputs.clock,
        rules: inputs.rules,
        unknown_severity: inputs.config.unknown_severity,
    }
}

/// Where tools leave files behind that no commit holds.
fn new_artifacts<'a>(inputs: &'a Inputs<'a>) -> NewArtifacts<'a> {
    let wanted = inputs.requirements.iter().flat_map(|requirement| &requirement.artifacts);
    NewArtifacts {
        globs: inputs.config.artifacts.iter().chain(wanted.map(|wanted| &wanted.glob)).collect(),
        read: inputs.artifacts.iter().map(Artifact::file).collect(),
    }
}

/// Files whose change is no change of the code: checklists, the configuration, and reports of
/// tools in the places of artifacts. A document that a requirement reads may be code as well, and what
/// people write for their monitoring is.
fn not_code(inputs: &Inputs<'_>) -> BTreeSet<String> {
    let checklists = inputs.checklists.iter().map(|checklist| checklist.path.clone());
    let sources = ["json", "yaml", "toml", "dotenv", "grafana-dashboard", "prometheus-rules"];
    let is_report = |at: usize, artifact: &Artifact| match inputs.withheld.get(&at) {
        Some(format) => format.as_ref().is_some_and(|format| !sources.contains(&format.as_str())),
        None => artifact.answer.reading().is_some_and(|of| !sources.contains(&of.format)),
    };
    let reports = inputs.artifacts.iter().zip(inputs.default).enumerate();
    let reports = reports.filter(|(at, (artifact, default))| **default && is_report(*at, artifact));
    let artifacts = reports.map(|(_, (artifact, _))| artifact.file().to_owned());
    let signers = &inputs.config.signers;
    let signers = signers.allowed.iter().chain(&signers.revoked).map(|(path, _)| path.clone());
    checklists.chain(artifacts).chain(signers).collect()
}

/// Judges each requirement once, however many items it is bound to.
struct Judging<'a> {
    judge: Judge<'a>,
    inputs: &'a Inputs<'a>,
    judged: Vec<JudgedRequirement>,
    known: BTreeMap<(usize, Option<Opening>), usize>,
}

impl Judging<'_> {
    fn item(
        &mut self,
        checklist: &Checklist,
        item: &Item,
        bound: &[usize],
        history: Option<&ItemHistory>,
    ) -> JudgedItem {
        let window = window::of_item(checklist, item);
        let opens = window.and_then(|(_, window)| Opening::of(window, self.inputs.deployed));
        let mut requirements: Vec<usize> =
            bound.iter().map(|&index| self.requirement(index, opens, item, history)).collect();
        // The worst verdict wins; of several the one written first.
        requirements.sort_by_key(|&index| {
            (std::cmp::Reverse(self.judged[index].ruling.verdict()), self.judged[index].requirement)
        });
        let deciding = requirements.first().map(|&index| &self.judged[index]);
        let verdict = deciding.map_or(Verdict::Unbound, |judged| judged.ruling.verdict());
        let tick = tick::stale(item, verdict, history, self.inputs.rules);
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
                .filter_map(|&index| self.judged[index].valid_until)
                .min()
                .filter(|_| verdict == Verdict::Pass),
            window: window.map(|(name, window)| {
                window::judged(name, window, self.inputs.deployed, self.inputs.clock, verdict)
            }),
            requirements,
            waiver: None,
            figures: drift::compared(item, deciding),
        }
    }

    /// Figures that the evidence refutes, and limits that are not the condition's.
    fn drift(&self, items: &[Vec<JudgedItem>]) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (checklist, judged) in self.inputs.checklists.iter().zip(items) {
            for (item, judged) in checklist.items.iter().zip(judged) {
                let deciding = judged.requirements.first().map(|&index| &self.judged[index]);
                let found = drift::problems(&checklist.path, item, &judged.figures, deciding);
                problems.extend(found);
            }
        }
        problems
    }

    /// A person's word is for one item; what artifacts say is the same for all.
    fn requirement(
        &mut self,
        requirement: usize,
        opens: Option<Opening>,
        item: &Item,
        history: Option<&ItemHistory>,
    ) -> usize {
        if let Some(&known) = self.known.get(&(requirement, opens)) {
            return known;
        }
        let asked = &self.inputs.requirements[requirement];
        let signing = Signing {
            people: &self.inputs.config.people,
            item,
            history,
            opens,
            clock: self.inputs.clock,
            rules: self.inputs.rules,
            paths: asked.paths.as_deref(),
            freshness: &self.judge.freshness,
        };
        let signed = asked.sign_off.as_ref().map(|sign_off| signing.judge(sign_off));
        let judged = self.judge.requirement(requirement, asked, opens, signed);
        self.judged.push(judged);
        let index = self.judged.len() - 1;
        if asked.sign_off.is_none() {
            self.known.insert((requirement, opens), index);
        }
        index
    }
}

/// The sentence that people read: the ruling's, with what the box makes of it.
fn reason(item: &Item, status: Status, ruling: Option<&Ruling>) -> String {
    let Some(ruling) = ruling else {
        return match item.claim {
            Claim::Done => "Ticked. Nothing is bound to it, so nothing proves it.",
            Claim::Cancelled => "Struck or not applicable.",
            Claim::Open | Claim::InProgress | Claim::None => "Nothing is bound to it.",
        }
        .to_owned();
    };
    match status {
        Status::Contradicted => format!("Ticked, but {}", ruling.clause()),
        Status::Unproven => format!("Ticked. {}", capitalised(ruling.clause())),
        Status::Ready => format!("{} The box is not ticked.", ruling.reason()),
        Status::Stale
        | Status::Failing
        | Status::Waived
        | Status::Open
        | Status::Verified
        | Status::NotApplicable => ruling.reason(),
    }
}

/// The next step, where there is one.
fn next(status: Status, ruling: Option<&Ruling>) -> Option<String> {
    let next = match status {
        Status::Contradicted => "Mend it, or untick the box.",
        // The reason ends with what to do.
        Status::Stale if ruling.is_some_and(Ruling::instructs) => return None,
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
    Some(next.to_owned())
}

fn overdue(checklists: &[Checklist], judged: &[Vec<JudgedItem>]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (checklist, items) in checklists.iter().zip(judged) {
        for (item, judged) in checklist.items.iter().zip(items) {
            let Some(window) = &judged.window else { continue };
            let cancelled = judged.status == Status::NotApplicable;
            if let (WindowState::Overdue, Some(due), false) = (window.state, window.due, cancelled)
            {
                let place = Place::line(checklist.path.clone(), item.line);
                let message = format!("\u{201c}{}\u{201d} was due {}.", item.text, due.human());
                problems.push(Problem::new(Code::Overdue, place, message).of_item(item.id.clone()));
            }
        }
    }
    problems
}
