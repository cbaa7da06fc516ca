//! Facts, members and entries: what is there, and a sentence on what is not.

use std::sync::Arc;

use super::Evaluation;
use super::blank::source_of_fact;
use super::term::{Answer, Grasp, Term};
use crate::condition::tree::{Fact, Kind, Node};
use crate::condition::{Found, Limits, Undecided};
use crate::facts::{NEAREST_TAG, Unit, Value};
use crate::model::{Rule, counted, listed};

/// How many names a sentence lists.
const LISTED: usize = 8;

impl Evaluation<'_> {
    /// The value of a fact, as far as this scope knows it.
    pub(super) fn fact(&mut self, fact: &Fact) -> Answer {
        let value = match self.group(fact.artifact.as_deref(), fact.group()) {
            Found::Value(value) => value,
            Found::Absent(why) => return Err(self.missing(why, fact)),
            Found::Untrusted { rule, why } => return Err(Undecided::Untrusted { rule, why }),
        };
        let mut at = &value;
        for (position, name) in fact.path.iter().enumerate().skip(1) {
            match at.member(name) {
                Some(member) => at = member,
                None => {
                    let asked = fact.path.get(..=position).unwrap_or(&fact.path).join(".");
                    let why = several(&asked, at).or_else(|| untagged(&asked, at));
                    let why = why.unwrap_or_else(|| absent(&asked, at));
                    return self.part(fact, why);
                }
            }
        }
        let value = at.clone();
        if fact.path.len() > 1 {
            self.read.extend(source_of_fact(fact));
        }
        if let Some(limits) = self.scope.limits(fact.artifact.as_deref(), &fact.path)
            && self.holds(Rule::Conflicting)
        {
            return self.between(fact, limits);
        }
        let is_cases = fact.path == ["tests", "cases"];
        let value = if is_cases { self.as_tried(value) } else { value };
        self.grasp(fact, value)
    }

    /// What a value means where there may be more artifacts: a count is at least this, a list at
    /// least these; everything else could be anything.
    fn grasp(&self, fact: &Fact, value: Value) -> Answer {
        if self.is_certain(fact) {
            return Ok(Term::known(value));
        }
        let grasp = match (fact.unit, value) {
            (Unit::Count, low @ Value::Int(_)) => Grasp::Between { low: Some(low), high: None },
            (_, Value::List(entries)) => Grasp::AtLeast(entries),
            _ => return Err(Undecided::Partial),
        };
        Ok(Term { grasp, doubt: None })
    }

    /// What is known of a figure that the artifacts do not tell exactly.
    fn between(&mut self, fact: &Fact, limits: Limits) -> Answer {
        let Limits { low, high, why } = limits;
        let (low, high) = match (self.is_certain(fact), fact.unit) {
            (true, _) => (Some(low), Some(high)),
            (false, Unit::Count) => (Some(low), None),
            (false, _) => return Err(Undecided::Partial),
        };
        self.inexact = Some(why);
        Ok(Term { grasp: Grasp::Between { low, high }, doubt: None })
    }

    /// What is known of a figure that some artifacts tell and others leave out. Nothing is proven by
    /// it.
    fn part(&mut self, fact: &Fact, why: String) -> Answer {
        let Some(part) = self.scope.part(fact.artifact.as_deref(), &fact.path) else {
            return Err(self.missing(why, fact));
        };
        let missing = self.missing(part.why.unwrap_or(why), fact);
        let (low, high) = match (self.is_certain(fact), fact.unit) {
            (true, _) => (part.low, part.high),
            (false, Unit::Count) => (part.low, None),
            (false, _) => return Err(missing),
        };
        let doubt = Arc::new(missing);
        self.untold.get_or_insert_with(|| Arc::clone(&doubt));
        Ok(Term { grasp: Grasp::Between { low, high }, doubt: Some(doubt) })
    }

    /// Whether no further artifact could change a fact.
    fn is_certain(&self, fact: &Fact) -> bool {
        self.whole || fact.group() == "git"
    }

    fn missing(&self, why: String, fact: &Fact) -> Undecided {
        if self.is_certain(fact) { Undecided::Missing { why } } else { Undecided::Partial }
    }

    /// A group of facts, merged once.
    pub(super) fn group(&mut self, artifact: Option<&str>, group: &str) -> Found {
        let key = (artifact.map(str::to_owned), group.to_owned());
        if let Some(found) = self.groups.get(&key) {
            return found.clone();
        }
        let found = match artifact {
            Some(glob) => self.scope.artifact_group(glob, group),
            None => self.scope.group(group),
        };
        self.groups.insert(key, found.clone());
        found
    }

    /// `of.name`, where `node` is the whole of it.
    pub(super) fn member(&mut self, of: Term, node: &Node, name: &str) -> Answer {
        let doubt = of.doubt.clone();
        let value = of.value()?;
        match value.member(name).or_else(|| median(node, name, &value)) {
            Some(member) => {
                let member = member.clone();
                self.has_read(node);
                Ok(Term::known(member).with_doubt(doubt))
            }
            None => Err(Undecided::Missing { why: absent(&node.to_string(), &value) }),
        }
    }

    /// `of[index]`, where `node` is the whole of it.
    pub(super) fn entry(&mut self, of: Term, index: Term, node: &Node) -> Answer {
        let doubt = of.doubt.clone().or_else(|| index.doubt.clone());
        let (value, index) = (of.value()?, index.value()?);
        let found = match (&value, &index) {
            (Value::List(entries), Value::Int(position)) => {
                usize::try_from(*position).ok().and_then(|position| entries.get(position))
            }
            (Value::Map(_), Value::Text(name)) => value.member(name),
            _ => None,
        };
        match found {
            Some(entry) => {
                let entry = entry.clone();
                self.has_read(node);
                Ok(Term::known(entry).with_doubt(doubt))
            }
            None => Err(Undecided::Missing { why: absent(&node.to_string(), &value) }),
        }
    }

    /// `has(of.name)`: whether the member is there; what it is a member of must be. Of a report that
    /// tells it of none, that it is not there says nothing.
    pub(super) fn has(&mut self, of: &Node, name: &str, node: &Node) -> Answer {
        let term = self.holder(of)?;
        let doubt = term.doubt.clone();
        match term.value()? {
            value if value.leaves_open(name) => {
                Err(self.left_open((of, &value), name, &node.to_string()))
            }
            Value::Map(members) => {
                let there = members.get(name).is_some_and(|member| *member != Value::Null);
                self.looked_for(there, of, name);
                if let (Kind::Fact(fact), false) = (&of.kind, there)
                    && !self.is_certain(fact)
                {
                    return Err(Undecided::Partial);
                }
                Ok(Term::known(Value::Bool(there)).with_doubt(doubt))
            }
            other => Err(Undecided::Missing { why: absent(&node.to_string(), &other) }),
        }
    }

    /// Why there is no answer to `asked`, which hangs on whether `of` has a member of which nothing is
    /// told: some of several reports tell it and others do not, or no report of its kind does.
    pub(super) fn left_open(
        &self,
        (of, value): (&Node, &Value),
        name: &str,
        asked: &str,
    ) -> Undecided {
        if let Kind::Fact(fact) = &of.kind {
            let mut path = fact.path.clone();
            path.push(name.into());
            if let Some(why) = self.scope.silent(fact.artifact.as_deref(), &path) {
                return self.missing(why, fact);
            }
        }
        match several(&format!("{of}.{name}"), value) {
            Some(why) => Undecided::Missing { why },
            None => untold(asked, name),
        }
    }

    /// Whether a map may have members besides those that are told; why is kept, for what hangs on it has
    /// no answer.
    pub(super) fn may_have_more(&mut self, of: &Node, value: &Value) -> bool {
        let Value::Map(members) = value else { return false };
        let open = members.iter().find(|(_, member)| **member == Value::Untold);
        let Some((name, _)) = open else { return false };
        let why = Arc::new(self.left_open((of, value), name, &format!("what is in {of}")));
        self.untold.get_or_insert(why);
        true
    }
}

/// Of a metric, `med` and `p50` are the same, whichever of them the tool writes.
fn median<'v>(node: &Node, name: &str, metric: &'v Value) -> Option<&'v Value> {
    let other = match name {
        "p50" => "med",
        "med" => "p50",
        _ => return None,
    };
    let Kind::Member { of, .. } = &node.kind else { return None };
    let root = match &of.kind {
        Kind::Member { of, .. } | Kind::Index { of, .. } => &of.kind,
        _ => return None,
    };
    let is_metric = matches!(root, Kind::Fact(fact) if fact.path == ["metrics"]);
    is_metric.then(|| metric.member(other)).flatten()
}

/// A question whether something is there that the report tells of none.
fn untold(asked: &str, name: &str) -> Undecided {
    let why = format!(
        "The condition asks {asked}, and the report tells no {name} of anything that it lists: that \
         it is not there says nothing."
    );
    Undecided::Missing { why }
}

/// That more than one release is tagged at the commit, so that none of them is the one.
fn several(asked: &str, git: &Value) -> Option<String> {
    let Some(Value::List(tags)) = git.member("tags").filter(|_| asked == "git.tag") else {
        return None;
    };
    let text = |tag: &Value| match tag {
        Value::Text(text) => Some(text.to_string()),
        _ => None,
    };
    let tags: Vec<String> = tags.iter().filter_map(text).collect();
    let last = tags.last()?;
    Some(format!(
        "The condition asks for git.tag; more than one release is tagged at the commit: {}. Ask for \
         yours: `\"{last}\" in git.tags`.",
        listed(&tags, LISTED)
    ))
}

/// That there is no tag at the commit, and which is near.
fn untagged(asked: &str, git: &Value) -> Option<String> {
    let text = |name: &str| match git.member(name) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    };
    let commit = text("commit").filter(|_| asked == "git.tag")?;
    let commit = commit.get(..7).unwrap_or(commit);
    let near = match text(NEAREST_TAG) {
        Some(tag) => format!("; the nearest before it is {tag}"),
        None => String::new(),
    };
    Some(format!("The condition asks for git.tag; no tag is at {commit}{near}."))
}

/// What was asked, and what was there in its place.
fn absent(asked: &str, there: &Value) -> String {
    let has = match there {
        Value::Map(members) if members.is_empty() => "there is nothing in it".to_owned(),
        Value::Map(_) => {
            let mut names = there.names();
            names.retain(|name| !(asked.starts_with("git.") && *name == NEAREST_TAG));
            let verb = if names.len() == 1 { "is" } else { "are" };
            format!("there {verb} {}", listed(&names, LISTED))
        }
        Value::List(entries) => {
            format!("the list has {}", counted(entries.len() as u64, "entry"))
        }
        other => format!("there is {} in its place", other.kind()),
    };
    format!("The condition asks for {asked}; {has}.")
}
