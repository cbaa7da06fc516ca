//! What opens under a claim: what must hold, what was, the artifacts, who did what, until when.

use serde::Serialize;

use crate::model::{Verdict, plural};
use crate::render::site::html::Html;
use crate::render::site::links::Links;
use crate::render::site::text::shortened;
use crate::render::site::when::{self, When};
use crate::render::site::world::{self, World, short};
use crate::snapshot::v1::{Checklist, Evidence, Item, Read, Requirement, SignOff};

use super::beside;
use super::mark::{self, Mark};
use super::proposal::Proposed;
use super::readings::{self, Gap};
use super::timeline::Timeline;
use super::{digest, entries};

/// The most artifacts, failing cases and findings inside an item.
const ARTIFACTS: usize = 3;
const LINES: usize = 5;

/// What is known of an item, ready to draw.
#[derive(Debug, Clone, Serialize)]
pub(in crate::render::site) struct Details {
    /// `evidence`, `history`: what the reader gets by opening.
    label: &'static str,
    /// The class of the hue of the whole card.
    tint: &'static str,
    requirements: Vec<Asked>,
    /// What decides; all of it on paper.
    evidence: Vec<Card>,
    /// The others, folded under what they say.
    folded: Vec<Card>,
    folded_label: String,
    /// Those that stand neither here nor there.
    more_evidence: usize,
    /// Whether nothing is folded, as on paper.
    open: bool,
    good_until: Option<When>,
    window: Option<String>,
    figures: Vec<String>,
    history: Option<Timeline>,
    /// What would prove it, where nothing is bound.
    proposal: Option<Proposed>,
    waiver: Option<Waived>,
    next_html: Option<Html>,
    /// Its id and its place in the document; left out where the reader is sent there anyway.
    named: Option<(String, String)>,
}

/// A requirement.
#[derive(Debug, Clone, Serialize)]
struct Asked {
    condition: Option<String>,
    place: String,
    read: Vec<Was>,
    asks: Vec<String>,
    sign_off: Option<String>,
    /// Said where several requirements hold together.
    mark: Option<Mark>,
    reason_html: Option<Html>,
}

/// A fact that the condition read.
#[derive(Debug, Clone, Serialize)]
struct Was {
    fact: String,
    value: String,
    holds: Option<bool>,
}

/// An artifact in the light of the requirement.
#[derive(Debug, Clone, Serialize)]
struct Card {
    mark: Mark,
    path: String,
    href: Option<String>,
    tool: Option<String>,
    made: Option<When>,
    commit: Option<String>,
    digest_html: Html,
    reason_html: Html,
    lines: Vec<String>,
    more: u64,
    noun: String,
}

#[derive(Debug, Clone, Serialize)]
struct Waived {
    by: String,
    until: String,
    reason: String,
    hides: Mark,
}

impl Details {
    /// Of `item`; `None` where nothing is known beyond its line.
    pub(super) fn of(links: Links, checklist: &Checklist, item: &Item) -> Option<Details> {
        let history =
            item.history.as_ref().and_then(|history| Timeline::of(history, item, links.is_open()));
        let has_evidence = item.requirement.is_some() || !item.evidence.is_empty();
        let label = match (has_evidence, item.waiver.is_some(), history.is_none()) {
            (true, _, _) => "evidence",
            (false, true, _) => "waiver",
            (false, false, _) if item.proposal.is_some() => "proposal",
            (false, false, false) => "history",
            (false, false, true) => return None,
        };
        let requirements = item.asked().map(|asked| Asked::of(links.world, item, asked));
        let mut evidence: Vec<Card> =
            item.evidence.iter().take(ARTIFACTS).map(|of| Card::of(links, item, of)).collect();
        let folded = evidence.split_off(evidence.len().min(deciding(&item.evidence)));
        Some(Details {
            label,
            tint: mark::of(item).class,
            requirements: requirements.collect(),
            folded_label: folded_label(item, &item.evidence[evidence.len()..]),
            evidence,
            folded,
            open: links.is_open(),
            more_evidence: item.evidence.len().saturating_sub(ARTIFACTS),
            good_until: item.valid_until.as_deref().map(|until| when::when(until, None)),
            window: item.window.as_deref().map(window),
            figures: item.figures.iter().filter_map(figure).collect(),
            history,
            proposal: item.proposal.as_deref().map(Proposed::of),
            waiver: item.waiver.as_ref().map(|waiver| Waived {
                by: waiver.by.clone(),
                until: waiver.until.clone(),
                reason: waiver.reason.clone(),
                hides: mark::of_status(waiver.hides),
            }),
            next_html: item.next.as_deref().map(Html::of_sentence),
            named: Some((item.id.clone(), format!("{}:{}", checklist.path, item.line))),
        })
    }

    /// What decided, and no more: the condition, what was read, the first artifact.
    pub(in crate::render::site) fn in_short(
        links: Links,
        checklist: &Checklist,
        item: &Item,
    ) -> Option<Details> {
        let whole = Details::of(links, checklist, item)?;
        let mut evidence = whole.evidence;
        evidence.truncate(1);
        let requirements = whole.requirements.into_iter().take(1);
        Some(Details {
            requirements: requirements.map(|asked| Asked { asks: Vec::new(), ..asked }).collect(),
            evidence,
            folded: Vec::new(),
            figures: Vec::new(),
            history: None,
            proposal: None,
            next_html: None,
            named: None,
            ..whole
        })
    }

    /// The same, of several items whose conditions stand in different places.
    pub(in crate::render::site) fn without_place(mut self) -> Details {
        for asked in &mut self.requirements {
            asked.place.clear();
        }
        self
    }
}

impl Asked {
    fn of(world: &World, item: &Item, asked: &Requirement) -> Asked {
        let several = !item.requirements.is_empty();
        let wanted = asked.artifacts.iter().map(|wanted| {
            let mut said = wanted.glob.clone();
            if let Some(format) = &wanted.format {
                said.push_str(&format!(" as {format}"));
            }
            if wanted.optional {
                said.push_str(" if there");
            }
            said
        });
        let mut asks: Vec<String> = wanted.collect();
        asks.extend(asked.max_age.as_ref().map(|age| format!("at most {age} old")));
        Asked {
            condition: asked.condition.clone(),
            place: match asked.line {
                Some(line) => format!("{}:{line}", asked.path),
                None => asked.path.clone(),
            },
            read: asked.read.iter().map(|read| Was::of(world, item, read)).collect(),
            asks,
            sign_off: asked.sign_off.as_ref().map(SignOff::sentence),
            mark: several.then(|| mark::of_verdict(asked.verdict)),
            reason_html: several.then(|| Html::of_sentence(&asked.reason)),
        }
    }
}

impl Was {
    fn of(world: &World, item: &Item, read: &Read) -> Was {
        let is_list = read.value.as_str().is_some_and(|told| told.starts_with("a list of "));
        let texts = is_list.then(|| entries::texts(world, item, &read.fact)).flatten();
        Was {
            fact: read.fact.clone(),
            value: texts.unwrap_or_else(|| readings::shown(&read.value)),
            holds: read.holds,
        }
    }
}

impl Card {
    fn of(links: Links, item: &Item, evidence: &Evidence) -> Card {
        let world = links.world;
        let artifact = world.artifact(&evidence.artifact);
        let version = artifact.and_then(|artifact| artifact.tool_version.as_deref());
        let tool = evidence.tool.as_deref().or(evidence.format.as_deref());
        let (lines, more, noun) = match (evidence.verdict, artifact) {
            (Verdict::Fail, Some(artifact)) => worst_lines(artifact),
            _ => (Vec::new(), 0, String::new()),
        };
        Card {
            mark: match world::is_beside(item, evidence) {
                true => mark::BESIDE,
                false => mark::of_verdict(evidence.verdict),
            },
            path: evidence.artifact.clone(),
            href: links.artifact(&evidence.artifact),
            tool: tool.map(|tool| match version {
                Some(version) => format!("{tool} {version}"),
                None => tool.to_owned(),
            }),
            made: evidence.produced_at.as_deref().map(|made| when::when(made, world.judged)),
            commit: evidence.commit.as_deref().map(|commit| of_commit(world, commit)),
            digest_html: digest::grouped(&evidence.sha256),
            reason_html: match evidence.verdict {
                // That it can be relied on is what its mark says.
                Verdict::Pass => Html::default(),
                _ => Html::of_sentence(&evidence.reason),
            },
            lines,
            more,
            noun,
        }
    }
}

/// The failing cases, else the thresholds that were crossed, else the files of which most was left
/// out, else the worst findings: the first lines, how many more, and what they are.
fn worst_lines(artifact: &crate::snapshot::v1::Artifact) -> (Vec<String>, u64, String) {
    let (cases, findings) = (readings::cases(artifact), readings::findings(artifact));
    let (crossed, gaps) = (readings::crossed(artifact), readings::gaps(artifact));
    let cut = |lines: Vec<String>, omitted: u64, noun: &str| {
        let total = lines.len() as u64 + omitted;
        let shown: Vec<String> = lines.into_iter().take(LINES).collect();
        (total - shown.len() as u64, shown, plural(total, noun))
    };
    let (more, shown, noun) = if !cases.entries.is_empty() {
        let lines = cases.entries.iter().map(|case| match &case.suite {
            Some(suite) => format!("{} › {}", shortened(suite, 80), shortened(&case.name, 120)),
            None => shortened(&case.name, 120),
        });
        cut(lines.collect(), cases.omitted, "case")
    } else if !crossed.entries.is_empty() {
        let lines = crossed.entries.iter().map(|name| shortened(name, 160));
        cut(lines.collect(), crossed.omitted, "threshold")
    } else if !gaps.entries.is_empty() {
        let line = |of: &Gap| format!("{} {}/{}", shortened(&of.path, 120), of.covered, of.total);
        cut(gaps.entries.iter().map(line).collect(), gaps.omitted, "file")
    } else {
        let counted = findings.entries.iter().filter(|finding| !finding.suppressed);
        let lines = counted.map(|finding| {
            let named = [&finding.rule, &finding.package, &finding.version];
            let mut said = finding.severity.clone();
            for part in named.into_iter().chain([&finding.place]).flatten() {
                said.push(' ');
                said.push_str(&shortened(part, 80));
            }
            said
        });
        cut(lines.collect(), findings.omitted, "finding")
    };
    (shown, more, noun)
}

/// How many artifacts decide: those that say the same as the first, which decides; of those that
/// hold, the first alone.
fn deciding(evidence: &[Evidence]) -> usize {
    let Some(first) = evidence.first() else { return 0 };
    match first.verdict {
        Verdict::Pass => 1,
        verdict => evidence.iter().take_while(|other| other.verdict == verdict).count(),
    }
}

/// `and 2 more that hold`, `and 1 read with it`.
fn folded_label(item: &Item, folded: &[Evidence]) -> String {
    if folded.iter().all(|evidence| world::is_beside(item, evidence)) {
        return format!("and {} read with it", folded.len());
    }
    let all_hold = folded.iter().all(|evidence| evidence.verdict == Verdict::Pass);
    match (folded.len(), all_hold) {
        (1, true) => "and 1 more that holds".to_owned(),
        (count, true) => format!("and {count} more that hold"),
        (count, false) => format!("and {count} more"),
    }
}

/// Which commit, in words that tell the judged one apart.
pub(in crate::render::site) fn of_commit(world: &World, commit: &str) -> String {
    match &world.snapshot.commit {
        Some(judged) if judged.id == commit => "this commit".to_owned(),
        _ => format!("at {}", short(commit)),
    }
}

fn window(window: &crate::snapshot::v1::ItemWindow) -> String {
    let state = match window.state.as_str() {
        "not-yet-due" => "not yet due",
        other => other,
    };
    match &window.due {
        Some(due) => format!("{}: {state}, ends {}", window.name, when::when(due, None).human),
        None => format!("{}: {state}", window.name),
    }
}

fn figure(figure: &crate::snapshot::v1::Figure) -> Option<String> {
    beside::differing(figure).filter(|_| figure.verdict != "not-compared")
}
