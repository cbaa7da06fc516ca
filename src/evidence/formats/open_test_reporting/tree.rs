//! The nodes of a run, whether their beginnings and ends are events or elements around each other.

use std::collections::BTreeSet;

use crate::evidence::xml::Tag;
use crate::evidence::{Broken, Input, text};
use crate::facts::{Case, Outcome, Tests};
use crate::model::map::HashMap;
use crate::model::{Reading, Timestamp, counted};

/// The nodes in the order of the file.
#[derive(Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    by_id: HashMap<String, usize>,
    /// The nodes whose elements are open, the innermost last.
    open: Vec<usize>,
    /// A word for a result that is not known.
    unknown: Option<String>,
}

#[derive(Default)]
struct Node {
    name: String,
    parent: Option<Parent>,
    /// Whether JUnit calls it a test.
    is_test: Option<bool>,
    class: Option<String>,
    began: bool,
    ended: bool,
    /// Whether a result was told.
    told: bool,
    /// Seconds since 1970.
    began_at: Option<f64>,
    ended_at: Option<f64>,
    duration_s: Option<f64>,
    outcome: Option<Outcome>,
    message: Option<String>,
}

enum Parent {
    At(usize),
    /// It may begin later in the file.
    Called(String),
}

impl Tree {
    /// A node begins, by an event or as an element; its time.
    pub(super) fn start(&mut self, tag: &Tag<'_>) -> Result<Option<String>, Broken> {
        let (mut id, mut time, mut duration) = (None, None, None);
        let (mut name, mut above) = (String::new(), None);
        tag.attributes(|key, value| match key {
            "id" => id = Some(value.into_owned()),
            "name" => name = value.into_owned(),
            "parentId" => above = Some(value.into_owned()),
            "time" | "start" => time = Some(value.into_owned()),
            "duration" => duration = seconds(&value),
            _ => {}
        })?;
        let around = self.open.last().copied().map(Parent::At);
        let at = self.place(id, |node| node.began);
        if let Some(node) = self.nodes.get_mut(at) {
            node.name = name;
            node.parent = above.map(Parent::Called).or(around);
            node.began = true;
            // An element tells both.
            node.ended |= !tag.is("started");
            node.began_at = time.as_deref().and_then(moment);
            node.duration_s = duration;
        }
        self.open.push(at);
        Ok(time)
    }

    /// A node ends, by an event; its time.
    pub(super) fn finish(&mut self, tag: &Tag<'_>) -> Result<Option<String>, Broken> {
        let (mut id, mut time) = (None, None);
        tag.attributes(|key, value| match key {
            "id" => id = Some(value.into_owned()),
            "time" => time = Some(value.into_owned()),
            _ => {}
        })?;
        let at = self.place(id, |node| node.ended);
        if let Some(node) = self.nodes.get_mut(at) {
            node.ended = true;
            node.ended_at = time.as_deref().and_then(moment);
        }
        self.open.push(at);
        Ok(time)
    }

    /// The place of the node of that id; of a new one where none has it, or the one that has it is
    /// `spent`: nothing that was said is overwritten.
    fn place(&mut self, id: Option<String>, spent: impl Fn(&Node) -> bool) -> usize {
        let known = id.as_ref().and_then(|id| self.by_id.get(id)).copied();
        if let Some(at) = known.filter(|at| !self.nodes.get(*at).is_none_or(&spent)) {
            return at;
        }
        let at = self.nodes.len();
        self.nodes.push(Node::default());
        self.by_id.extend(id.map(|id| (id, at)));
        at
    }

    /// The element of a node closes.
    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    fn current(&mut self) -> Option<&mut Node> {
        self.open.last().and_then(|at| self.nodes.get_mut(*at))
    }

    /// How the node ended.
    pub(super) fn result(&mut self, tag: &Tag<'_>) -> Result<(), Broken> {
        let status = tag.attribute("status")?.unwrap_or_default();
        let outcome = match status.as_str() {
            "SUCCESSFUL" => Some(Outcome::Passed),
            "SKIPPED" | "ABORTED" => Some(Outcome::Skipped),
            "FAILED" => Some(Outcome::Failed),
            "ERRORED" => Some(Outcome::Errored),
            _ => None,
        };
        if outcome.is_none() {
            self.unknown.get_or_insert(status);
        }
        if let Some(node) = self.current() {
            // Of two results neither is known to hold.
            let again = std::mem::replace(&mut node.told, true);
            node.outcome = outcome.filter(|_| !again);
        }
        Ok(())
    }

    /// What ended the node; a failure that is no assertion's is an error.
    pub(super) fn threw(&mut self, assertion: bool, said: &str) {
        if let Some(node) = self.current() {
            if node.outcome == Some(Outcome::Failed) && !assertion {
                node.outcome = Some(Outcome::Errored);
            }
            node.message = text::excerpt(said);
        }
    }

    /// Why it ended so.
    pub(super) fn said(&mut self, reason: &str) {
        if let Some(node) = self.current() {
            node.message = text::excerpt(reason);
        }
    }

    /// `TEST`, `CONTAINER` or `CONTAINER_AND_TEST`.
    pub(super) fn kind(&mut self, said: &str) {
        if let Some(node) = self.current() {
            node.is_test = Some(said != "CONTAINER");
        }
    }

    /// The class that it stands in.
    pub(super) fn source(&mut self, tag: &Tag<'_>) -> Result<(), Broken> {
        let class = tag.attribute("className")?;
        if let Some(node) = self.current() {
            node.class = class;
        }
        Ok(())
    }

    /// What the nodes say as tests.
    pub(super) fn tests(mut self, input: &Input<'_>, reading: &mut Reading) -> Tests {
        let mut tests = input.tests();
        let parents: Vec<Option<usize>> = self.nodes.iter().map(|node| self.above(node)).collect();
        let with_children: BTreeSet<usize> = parents.iter().copied().flatten().collect();
        let mut suites = BTreeSet::new();
        tests.duration_s = self.lasted();
        for (at, parent) in parents.iter().enumerate() {
            let above = parent.and_then(|at| self.nodes.get(at)).map(|above| above.name.clone());
            let Some(node) = self.nodes.get_mut(at) else { continue };
            let leaf = !with_children.contains(&at);
            let counts = match node.is_test.unwrap_or(leaf && parent.is_some()) {
                true => {
                    suites.extend(*parent);
                    node.outcome
                }
                // What it holds did not run; of what was skipped nothing is listed.
                false => match node.outcome {
                    Some(Outcome::Passed) => continue,
                    Some(Outcome::Skipped) if leaf => Some(Outcome::Skipped),
                    Some(Outcome::Skipped) => continue,
                    Some(Outcome::Failed | Outcome::Errored) | None => None,
                },
            };
            let outcome = counts.unwrap_or(Outcome::Errored);
            tests.add(outcome, || std::mem::take(node).case(above, outcome));
        }
        tests.suites = Some(suites.len() as u64);
        self.tell(reading);
        tests
    }

    /// The node that a node stands below.
    fn above(&self, node: &Node) -> Option<usize> {
        match node.parent.as_ref()? {
            Parent::At(at) => Some(*at),
            Parent::Called(id) => self.by_id.get(id).copied(),
        }
    }

    /// From the first beginning to the last end.
    fn lasted(&self) -> Option<f64> {
        let end = |node: &Node| node.ended_at.or_else(|| Some(node.began_at? + node.duration_s?));
        let first = self.nodes.iter().filter_map(|node| node.began_at).reduce(f64::min)?;
        let last = self.nodes.iter().filter_map(end).reduce(f64::max)?;
        Some(between(first, last))
    }

    fn tell(&self, reading: &mut Reading) {
        if let Some(word) = &self.unknown {
            let word = text::bounded(word, 40);
            reading.warn(format!("A result of `{word}` is not known, and counts as errored."));
        }
        let lost = self.by_id.values().filter_map(|at| self.nodes.get(*at));
        let lost = lost.filter(|node| node.ended && !node.began && node.name.is_empty()).count();
        if lost > 0 {
            let ends = counted(lost as u64, "event");
            reading.warn(format!("{ends} tell of an end whose beginning is not there."));
        }
    }
}

impl Node {
    fn case(self, above: Option<String>, outcome: Outcome) -> Case {
        let never = (!self.ended).then(|| "It did not come to an end.".to_owned());
        let took = self.ended_at.zip(self.began_at).map(|(end, began)| between(began, end));
        Case {
            name: self.name,
            suite: self.class.or(above).filter(|suite| !suite.is_empty()),
            file: None,
            outcome,
            duration_s: self.duration_s.or(took),
            message: self.message.or(never),
        }
    }
}

/// How long it took from one moment to another. They are told to the nanosecond, and doubles of them
/// are not that exact.
fn between(first: f64, last: f64) -> f64 {
    ((last - first).max(0.0) * 1e6).round() / 1e6
}

/// A time in seconds since 1970.
fn moment(raw: &str) -> Option<f64> {
    let (seconds, nanos) = Timestamp::parse(raw)?.0.exact();
    Some(seconds as f64 + f64::from(nanos) / 1e9)
}

/// `PT1H2M3.5S` in seconds.
fn seconds(duration: &str) -> Option<f64> {
    let mut rest = duration.strip_prefix("PT")?;
    let mut sum = 0.0;
    while let Some(end) = rest.find(|c: char| c.is_ascii_alphabetic()) {
        let (number, unit) = rest.split_at(end);
        let each = match unit.chars().next()? {
            'H' => 3_600.0,
            'M' => 60.0,
            'S' => 1.0,
            _ => return None,
        };
        sum += text::number(number)? * each;
        rest = unit.get(1..)?;
    }
    (rest.is_empty() && sum >= 0.0).then_some(sum)
}
