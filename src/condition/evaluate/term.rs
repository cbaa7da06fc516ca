//! What is known of a value while a condition is evaluated.

use std::sync::Arc;

use crate::condition::Undecided;
use crate::facts::Value;
use crate::model::counted;

/// The longest text that is shown whole, in bytes; whole files are told by their size.
const SHOWN: usize = 120;

/// Why an answer proves nothing where it comes out true: a list is empty, or a fact beside it is not
/// there.
pub(super) type Doubt = Arc<Undecided>;

/// A value as far as it is known, and whether it may stand for a proof.
#[derive(Debug, Clone)]
pub(super) struct Term {
    pub(super) grasp: Grasp,
    /// Why it proves nothing.
    pub(super) doubt: Option<Doubt>,
}

/// How much is known of a value.
#[derive(Debug, Clone)]
pub(super) enum Grasp {
    /// All.
    Known(Value),
    /// A number within limits: more artifacts could raise a count.
    Between { low: Option<Value>, high: Option<Value> },
    /// A list of at least these entries, in an order that may change.
    AtLeast(Arc<Vec<Value>>),
}

/// A term, or why there is none.
pub(super) type Answer = Result<Term, Undecided>;

impl Term {
    pub(super) fn known(value: Value) -> Term {
        Term { grasp: Grasp::Known(value), doubt: None }
    }

    /// The same, as doubtful as `doubt` says.
    pub(super) fn with_doubt(mut self, doubt: Option<Doubt>) -> Term {
        if self.doubt.is_none() {
            self.doubt = doubt;
        }
        self
    }

    /// The value, where all of it is known.
    pub(super) fn value(self) -> Result<Value, Undecided> {
        match self.grasp {
            Grasp::Known(value) => Ok(value),
            Grasp::Between { .. } | Grasp::AtLeast(_) => Err(Undecided::Partial),
        }
    }

    /// What can be shown of it: a count as far as it goes, of a list or map its size. What stands
    /// in them is never copied out: it can be long, and it can be secret.
    pub(super) fn shown(&self) -> Option<Value> {
        match &self.grasp {
            Grasp::Known(value @ (Value::List(_) | Value::Map(_))) => {
                Some(Value::text(value.to_string()))
            }
            Grasp::Known(Value::Text(text)) if text.contains('\n') || text.len() > SHOWN => {
                Some(Value::text(format!("a text of {}", counted(text.len() as u64, "byte"))))
            }
            Grasp::Known(value) => Some(value.clone()),
            Grasp::Between { low, high } => low.clone().or_else(|| high.clone()),
            Grasp::AtLeast(entries) => Some(Value::text(format!("a list of {}", entries.len()))),
        }
    }
}

/// Of two reasons the one that decides the verdict: invalid before missing before the rest.
pub(super) fn worse(a: Undecided, b: Undecided) -> Undecided {
    let rank = |reason: &Undecided| match reason {
        Undecided::Untrusted { .. } => 2,
        Undecided::Missing { .. } => 1,
        Undecided::Partial => 0,
    };
    if rank(&b) > rank(&a) { b } else { a }
}
