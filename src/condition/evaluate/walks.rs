//! Walks over lists: what they say, and what they do not say of an empty one.

use std::sync::Arc;

use super::calls::Asked;
use super::compare::not_a;
use super::logic::{Truth, join};
use super::term::{Answer, Doubt, Grasp, Term};
use super::{Evaluation, Variable};
use crate::condition::Undecided;
use crate::condition::tree::{Function, How, Kind, Node, Walk};
use crate::facts::Value;
use crate::model::{Rule, counted};

impl How {
    /// Whether it is answered by true or false.
    pub(super) fn is_question(self) -> bool {
        matches!(self, How::All | How::Exists | How::ExistsOne)
    }
}

/// What one entry gives, and why that proves nothing.
enum Gathered {
    Taken(Value, Option<Doubt>),
    Left(Option<Doubt>),
}

/// What is gone through.
struct Entries {
    values: Arc<Vec<Value>>,
    /// Whether there can be no more of them.
    whole: bool,
    /// Why an answer over them says nothing.
    doubt: Option<Doubt>,
}

/// How an `all` went.
struct Tally<'v> {
    good: usize,
    total: usize,
    /// The entry that refutes it.
    bad: Option<&'v Value>,
    /// Whether the entries are facts of ours, whose names may be told: a document's are its own.
    facts: bool,
}

impl Tally<'_> {
    /// `1 of 2 entries, not a/Dockerfile`; `None` where there was nothing to go through.
    fn shown(&self) -> Option<Value> {
        let entries = if self.total == 1 { "entry" } else { "entries" };
        let told = format!("{} of {} {entries}", self.good, self.total);
        let name = match self.bad {
            _ if self.total == 0 => return None,
            Some(Value::Text(name)) => Some(name.to_string()),
            Some(record) if self.facts => named(record),
            _ => None,
        };
        Some(Value::text(match name {
            Some(name) => format!("{told}, not {name}"),
            None => told,
        }))
    }
}

/// What people call an alert, a rule, a finding: `GHSA-mh29-5h37-fv8m (js-yaml)`.
fn named(record: &Value) -> Option<String> {
    let text = |name: &str| match record.member(name) {
        Some(Value::Text(text)) if !text.is_empty() => Some(text.to_string()),
        _ => None,
    };
    match (text("name").or_else(|| text("rule")), text("package")) {
        (Some(name), Some(package)) => Some(format!("{name} ({package})")),
        (name, package) => name.or(package),
    }
}

impl Evaluation<'_> {
    fn entries(&mut self, walk: &Walk) -> Result<Entries, Undecided> {
        let term = self.eval(&walk.over)?;
        let (values, whole) = match term.grasp {
            Grasp::Known(Value::List(list)) => (list, true),
            Grasp::Known(map @ Value::Map(_)) => {
                let whole = !self.may_have_more(&walk.over, &map);
                (Arc::new(map.names().into_iter().map(Value::text).collect()), whole)
            }
            Grasp::AtLeast(list) => (list, false),
            Grasp::Known(other) => return Err(not_a(&walk.over, &other, "a list or map")),
            Grasp::Between { .. } => return Err(Undecided::Partial),
        };
        let vacuous = values.is_empty() && whole && !walk.clean && self.holds(Rule::OverNothing);
        let doubt = term.doubt.or_else(|| vacuous.then(|| nothing_in(&walk.over)));
        Ok(Entries { values, whole, doubt })
    }

    /// `all`, `exists`, `exists_one`; of `all`, how many entries it holds for.
    pub(super) fn question(&mut self, walk: &Walk) -> Asked {
        let Entries { values, whole, doubt } = self.entries(walk)?;
        match walk.how {
            How::All => self.all(walk, &values, whole, doubt),
            _ => self.exists(walk, &values, whole, doubt),
        }
    }

    fn all(&mut self, walk: &Walk, values: &[Value], whole: bool, doubt: Option<Doubt>) -> Asked {
        let mut refuted: Option<Truth> = None;
        let mut reason = None;
        let facts = noun(&walk.over) != "entry";
        let mut tally = Tally { good: 0, total: values.len(), bad: None, facts };
        for value in values {
            match self.body(walk, value.clone(), |this, body| this.truth(body, false)) {
                Ok(truth) if truth.value => tally.good += 1,
                Ok(truth) => {
                    if truth.doubt.is_none() || refuted.is_none() {
                        refuted = Some(truth);
                        tally.bad = Some(value);
                    }
                }
                Err(other) => reason = Some(join(reason, other)),
            }
        }
        let truth = match (refuted, reason) {
            (Some(truth), reason) => truth.beside(reason),
            (None, Some(reason)) => return Err(reason),
            (None, None) if !whole => return Err(Undecided::Partial),
            (None, None) => {
                let doubt = doubt.or_else(|| self.without_outcome(walk, values));
                self.settle(true, doubt)?
            }
        };
        Ok((truth, tally.shown()))
    }

    fn exists(
        &mut self,
        walk: &Walk,
        values: &[Value],
        whole: bool,
        mut doubt: Option<Doubt>,
    ) -> Asked {
        let mut found: Vec<Value> = Vec::new();
        let mut reason = None;
        let of_list = doubt.clone();
        for value in values {
            match self.body(walk, value.clone(), |this, body| this.truth(body, false)) {
                Ok(truth) => {
                    found.extend(truth.value.then(|| value.clone()));
                    doubt = doubt.or(truth.doubt);
                }
                Err(other) => reason = Some(join(reason, other)),
            }
        }
        if let Some(reason) = reason {
            return Err(reason);
        }
        let one = walk.how == How::ExistsOne;
        let truth = match found.len() {
            0 if !whole => Err(Undecided::Partial),
            0 => {
                let doubt = doubt.or_else(|| self.without_outcome(walk, values));
                self.settle(false, doubt)
            }
            1 if one && !whole => Err(Undecided::Partial),
            1 if one => self.settle(true, doubt.or(of_list)),
            1 => self.settle(true, of_list),
            _ => self.settle(!one, of_list),
        };
        let facts = noun(&walk.over) != "entry" && !one;
        let name = found.first().filter(|_| facts).and_then(named);
        let matches = counted(found.len() as u64, "entry");
        let shown = name.map(|name| Value::text(format!("{matches}, as {name}")));
        Ok((truth?, shown))
    }

    /// `filter` and `map`.
    pub(super) fn walk(&mut self, walk: &Walk) -> Answer {
        self.record.hide();
        let answer = self.gathered(walk);
        self.record.show();
        answer
    }

    fn gathered(&mut self, walk: &Walk) -> Answer {
        let Entries { values, mut whole, mut doubt } = self.entries(walk)?;
        let mut kept = Vec::new();
        for value in values.iter() {
            let taken = self.body(walk, value.clone(), |this, _| this.gather(walk, value))?;
            match taken {
                Gathered::Taken(value, inner) => {
                    doubt = doubt.or(inner);
                    kept.push(value);
                }
                Gathered::Left(None) => {}
                Gathered::Left(why) => {
                    whole = false;
                    self.emptied = self.emptied.take().or(why);
                }
            }
        }
        if whole && kept.is_empty() && walk.how == How::Filter {
            doubt = doubt.or_else(|| self.without_outcome(walk, &values));
        }
        let kept = Arc::new(kept);
        let grasp = if whole { Grasp::Known(Value::List(kept)) } else { Grasp::AtLeast(kept) };
        Ok(Term { grasp, doubt })
    }

    /// What one entry gives to `filter` and `map`.
    fn gather(&mut self, walk: &Walk, entry: &Value) -> Result<Gathered, Undecided> {
        let question = match walk.how {
            How::Filter => Some(&walk.body),
            _ => walk.only.as_ref(),
        };
        if let Some(question) = question {
            let truth = self.truth(question, false)?;
            if !truth.value {
                return Ok(Gathered::Left(truth.doubt));
            }
        }
        if walk.how == How::Filter {
            return Ok(Gathered::Taken(entry.clone(), None));
        }
        let term = self.eval(&walk.body)?;
        let doubt = term.doubt.clone();
        Ok(Gathered::Taken(term.value()?, doubt))
    }

    /// Runs the walk's body for one entry.
    pub(super) fn body<T>(
        &mut self,
        walk: &Walk,
        value: Value,
        run: impl FnOnce(&mut Self, &Node) -> Result<T, Undecided>,
    ) -> Result<T, Undecided> {
        self.spend(1)?;
        let noun = noun(&walk.over);
        let source = self.source_of(&walk.over);
        self.variables.push(Variable { name: walk.variable.clone(), value, noun, source });
        let result = run(self, &walk.body);
        self.variables.pop();
        result
    }
}

/// The sentence on a list without entries.
pub(super) fn nothing_in(list: &Node) -> Doubt {
    let sentence = match &list.kind {
        Kind::Walk(walk) if walk.how == How::Filter => {
            format!("No {} matches {}.", noun(&walk.over), walk.body)
        }
        Kind::Call(call) if call.function == Function::Files => {
            let glob = call.args.first().map(ToString::to_string).unwrap_or_default();
            format!("No file matches {}.", glob.trim_matches('"'))
        }
        _ => format!("There is no {} to look at: {list} is empty.", noun(list)),
    };
    Arc::new(Undecided::Untrusted { rule: Rule::OverNothing, why: sentence })
}

/// What the entries of a list are called.
fn noun(list: &Node) -> &'static str {
    match &list.kind {
        Kind::Walk(walk) if walk.how == How::Filter => noun(&walk.over),
        Kind::Call(call) if call.function == Function::Files => "file",
        Kind::Fact(fact) => match fact.path.join(".").as_str() {
            "tests.cases" => "test case",
            "findings.list" => "finding",
            "components.list" => "component",
            "provenance.list" => "subject",
            "rules.list" => "rule",
            "alerts.list" => "alert",
            "image.digests" => "digest",
            "ci.jobs" => "job",
            "metrics" => "metric",
            _ => "entry",
        },
        _ => "entry",
    }
}
