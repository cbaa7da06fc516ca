//! `needle in hay`: an entry of a list, a name of a map.

use std::sync::Arc;

use super::Evaluation;
use super::case::but_for_case;
use super::compare::not_a;
use super::logic::Truth;
use super::term::{Grasp, Term, worse};
use super::walks::nothing_in;
use crate::condition::Undecided;
use crate::condition::tree::Node;
use crate::facts::Value;
use crate::model::Rule;

impl Evaluation<'_> {
    /// `needle in hay`, recorded with the needle on the left.
    pub(super) fn within(
        &mut self,
        sides: &[Node; 2],
        clean: bool,
        flipped: bool,
    ) -> Result<Truth, Undecided> {
        let [needle, hay] = sides;
        let mark = self.record.mark();
        let (a, b) = (self.side(needle), self.holder(hay));
        let shown = a.as_ref().ok().and_then(Term::shown);
        let truth = match (a, b) {
            (Ok(a), Ok(b)) => self.found((needle, a), (hay, b), clean),
            (Err(a), Err(b)) => Err(worse(a, b)),
            (Err(reason), _) | (_, Err(reason)) => Err(reason),
        };
        if self.record.is_hidden() {
            self.tell_hidden(needle);
        } else {
            let holds = truth.as_ref().ok().map(|truth| truth.value != flipped);
            self.record.within(mark, (needle, shown), hay, flipped, holds);
        }
        truth
    }

    /// Whether it is there. That it is in no empty list says nothing, unless the list is `clean`.
    fn found(
        &mut self,
        (needle, a): (&Node, Term),
        (hay, b): (&Node, Term),
        clean: bool,
    ) -> Result<Truth, Undecided> {
        let doubt = a.doubt.clone().or_else(|| b.doubt.clone());
        let matters = !clean && self.holds(Rule::OverNothing);
        let vacuous = |empty: bool| (empty && matters).then(|| nothing_in(hay));
        let sought = a.value()?;
        let (entries, whole) = match &b.grasp {
            Grasp::Known(Value::List(entries)) => (Arc::clone(entries), true),
            Grasp::AtLeast(entries) => (Arc::clone(entries), false),
            Grasp::Known(Value::Map(members)) => {
                let Value::Text(name) = &sought else {
                    return Err(not_a(needle, &sought, "a text"));
                };
                if members.get(name.as_ref()) == Some(&Value::Untold) {
                    let asked = format!("{needle} in {hay}");
                    return Err(self.left_open((hay, &Value::Map(members.clone())), name, &asked));
                }
                let there = members.contains_key(name.as_ref());
                self.looked_for(there, hay, name);
                let mut names = members.keys().map(|known| Value::text(known.as_str()));
                let in_case = || names.find_map(|known| but_for_case(needle, &sought, &known));
                let doubt = doubt.or_else(|| vacuous(members.is_empty()));
                return self.settle(there, if there { doubt } else { doubt.or_else(in_case) });
            }
            Grasp::Known(other) => return Err(not_a(hay, other, "a list or map")),
            Grasp::Between { .. } => return Err(Undecided::Partial),
        };
        for entry in entries.iter() {
            if self.same((needle, &sought), (hay, entry))? {
                return self.settle(true, doubt);
            }
        }
        if !whole {
            return Err(Undecided::Partial);
        }
        let in_case = || entries.iter().find_map(|entry| but_for_case(needle, &sought, entry));
        self.settle(false, doubt.or_else(|| vacuous(entries.is_empty())).or_else(in_case))
    }
}
