//! Comparisons: by value across number types, never across kinds, never of what is no number.

use std::cmp::Ordering;

use super::Evaluation;
use super::blank::are_worth_comparing;
use super::case;
use super::logic::Truth;
use super::term::{Grasp, Term};
use super::written;
use crate::condition::of_tree;
use crate::condition::syntax::Comparison;
use crate::condition::texts::in_order;
use crate::condition::tree::{Kind, Node};
use crate::condition::{Limit, Undecided};
use crate::facts::Value;
use crate::model::Rule;

impl Evaluation<'_> {
    /// `left how right`, recorded with the fact on the left.
    pub(super) fn compare(
        &mut self,
        how: Comparison,
        sides: &[Node; 2],
        flipped: bool,
    ) -> Result<Truth, Undecided> {
        let [left, right] = sides;
        let mark = self.record.mark();
        let (a, b) = (self.side(left), self.side(right));
        let shown = |side: &Result<Term, Undecided>| side.as_ref().ok().and_then(Term::shown);
        let shown = (!self.record.is_hidden()).then(|| (shown(&a), shown(&b)));
        let truth = match (a, b) {
            (Ok(a), Ok(b)) => self.compared(how, (left, a), (right, b)),
            (Err(a), Err(b)) => Err(super::term::worse(a, b)),
            (Err(reason), _) | (_, Err(reason)) => Err(reason),
        };
        match shown {
            Some((x, y)) => {
                let holds = truth.as_ref().ok().map(|truth| truth.value != flipped);
                let how = if flipped { how.negated() } else { how };
                let limit = self.limit((left, x.as_ref()), (right, y.as_ref()));
                self.record.comparison(mark, how, (left, x), (right, y), (holds, limit));
            }
            None => {
                self.tell_hidden(left);
                self.tell_hidden(right);
            }
        }
        truth
    }

    /// The limit that files of the tree say: a whole side, or what a side is computed with.
    fn limit(
        &mut self,
        left: (&Node, Option<&Value>),
        right: (&Node, Option<&Value>),
    ) -> Option<Limit> {
        of_tree::limit(left, right).or_else(|| {
            let part = of_tree::part(left.0, right.0)?;
            let value = self.quietly(part).ok().and_then(|term| term.shown());
            of_tree::limit_of_part(part, value)
        })
    }

    /// A side of a comparison: a bare fact is recorded by the comparison itself.
    pub(super) fn side(&mut self, node: &Node) -> Result<Term, Undecided> {
        if super::record::is_chain(node) { self.quietly(node) } else { self.eval(node) }
    }

    fn compared(
        &mut self,
        how: Comparison,
        (left, a): (&Node, Term),
        (right, b): (&Node, Term),
    ) -> Result<Truth, Undecided> {
        let doubt = a.doubt.clone().or_else(|| b.doubt.clone());
        for (node, term) in [(left, &a), (right, &b)] {
            self.is_a_number(node, term)?;
        }
        let (value, hollow) = match (&a.grasp, &b.grasp) {
            (Grasp::Known(x), Grasp::Known(y)) => {
                let value = self.known(how, (left, x), (right, y))?;
                let in_case = case::of_comparison(how, value, (left, x), (right, y));
                (value, in_case.or_else(|| self.of_no_whole(how, (left, x), (right, y))))
            }
            _ => (between(how, &limits(&a)?, &limits(&b)?).ok_or(Undecided::Partial)?, None),
        };
        self.settle(value, doubt.or(hollow))
    }

    /// NaN and the infinities prove nothing, nor does a whole number that was rounded.
    fn is_a_number(&self, node: &Node, term: &Term) -> Result<(), Undecided> {
        match &term.grasp {
            Grasp::Known(value) => self.is_exact(node, value),
            Grasp::Between { .. } | Grasp::AtLeast(_) => Ok(()),
        }
    }

    fn is_exact(&self, node: &Node, value: &Value) -> Result<(), Undecided> {
        let why = match &value.by_value() {
            Value::Double(value) if !self.holds(Rule::NotANumber) || value.abs() < BEYOND => {
                return Ok(());
            }
            Value::Double(value) if value.is_finite() => format!("{node} is beyond 64 bits."),
            Value::Double(value) => format!("{node} is {}, not a number.", figure(*value)),
            _ => return Ok(()),
        };
        Err(Undecided::Untrusted { rule: Rule::NotANumber, why })
    }

    /// Whether two numbers are the same by value. Of two that a document writes in two ways that decides
    /// nothing.
    fn equal_numbers(
        &self,
        (left, x): (&Node, &Value),
        (right, y): (&Node, &Value),
    ) -> Result<bool, Undecided> {
        self.is_exact(left, x)?;
        self.is_exact(right, y)?;
        let same = order(x, y) == Some(Ordering::Equal);
        if same && self.holds(Rule::NotANumber) {
            written::alike((left, x), (right, y))?;
        }
        Ok(same)
    }

    fn known(
        &mut self,
        how: Comparison,
        (left, x): (&Node, &Value),
        (right, y): (&Node, &Value),
    ) -> Result<bool, Undecided> {
        if matches!(how, Comparison::Equal | Comparison::NotEqual) && self.holds(Rule::OverNothing)
        {
            are_worth_comparing((left, x), (right, y))?;
        }
        match how {
            Comparison::Equal => self.same((left, x), (right, y)),
            Comparison::NotEqual => Ok(!self.same((left, x), (right, y))?),
            _ => match self.ordered((left, x), (right, y))? {
                Some(ordering) => Ok(fits(how, ordering)),
                None if is_number(x) && is_number(y) => Ok(false),
                None => Err(unlike((left, x), (right, y))),
            },
        }
    }

    /// The order of two values; of texts only where that says anything.
    fn ordered(
        &self,
        (left, x): (&Node, &Value),
        (right, y): (&Node, &Value),
    ) -> Result<Option<Ordering>, Undecided> {
        match (x, y) {
            (Value::Text(a), Value::Text(b)) if self.holds(Rule::NotANumber) => {
                in_order(a, b).map(Some).map_err(|why| {
                    let why = match (is_literal(left), is_literal(right)) {
                        (_, true) => format!("{left} is {x}, beside {y}: {why}"),
                        (true, false) => format!("{right} is {y}, beside {x}: {why}"),
                        (false, false) => format!("{left} is {x} and {right} is {y}: {why}"),
                    };
                    Undecided::Untrusted { rule: Rule::NotANumber, why }
                })
            }
            _ => Ok(order(x, y)),
        }
    }

    /// Whether two values are the same. Of different kinds they are neither the same nor not: a
    /// `"3"` in the place of a 3 is a mistake, not an answer.
    pub(super) fn same(
        &mut self,
        (left, x): (&Node, &Value),
        (right, y): (&Node, &Value),
    ) -> Result<bool, Undecided> {
        self.spend(1)?;
        match (x, y) {
            (Value::Null, Value::Null) => Ok(true),
            // `data.owner != null` asks whether there is one; a null elsewhere is no answer.
            (Value::Null, _) | (_, Value::Null) if is_null(left) || is_null(right) => Ok(false),
            (Value::Bool(a), Value::Bool(b)) => Ok(a == b),
            (Value::Text(a), Value::Text(b)) => {
                self.comparable(left, a, b, |path| path == b.as_ref())?;
                self.comparable(right, b, a, |path| path == a.as_ref())?;
                let of_right = is_literal(left) || self.member_of_entry(right).is_some();
                let (node, text, sought) = if of_right { (right, b, a) } else { (left, a, b) };
                self.by_any_name(node, text, sought, |name| name == sought.as_ref())
            }
            (Value::List(a), Value::List(b)) => {
                if a.len() != b.len() {
                    return Ok(false);
                }
                for (x, y) in a.iter().zip(b.iter()) {
                    if !self.same((left, x), (right, y))? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            (Value::Map(a), Value::Map(b)) => {
                if a.len() != b.len() {
                    return Ok(false);
                }
                for ((name, x), (other, y)) in a.iter().zip(b.iter()) {
                    if name != other || !self.same((left, x), (right, y))? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            _ if is_number(x) && is_number(y) => self.equal_numbers((left, x), (right, y)),
            _ => Err(unlike((left, x), (right, y))),
        }
    }
}

/// 2^63: from here on two documents that differ in their last digits hold one and the same double.
pub(super) const BEYOND: f64 = 9_223_372_036_854_775_808.0;

/// The limits of a number; no lower or upper one where it is `None`.
type Limits = (Option<Value>, Option<Value>);

fn limits(term: &Term) -> Result<Limits, Undecided> {
    match &term.grasp {
        Grasp::Known(value) if is_number(value) => Ok((Some(value.clone()), Some(value.clone()))),
        Grasp::Between { low, high } => Ok((low.clone(), high.clone())),
        Grasp::Known(_) | Grasp::AtLeast(_) => Err(Undecided::Partial),
    }
}

/// What a comparison says whatever the numbers within their limits are.
fn between(how: Comparison, (a, b): &Limits, (c, d): &Limits) -> Option<bool> {
    let decided = |low: &Option<Value>, high: &Option<Value>, orders: &[Ordering]| {
        let ordering = order(low.as_ref()?, high.as_ref()?)?;
        Some(orders.contains(&ordering))
    };
    let surely = |low: &Option<Value>, high: &Option<Value>, orders: &[Ordering]| {
        decided(low, high, orders) == Some(true)
    };
    use Ordering::{Equal, Greater, Less};
    match how {
        Comparison::Less if surely(b, c, &[Less]) => Some(true),
        Comparison::Less if surely(a, d, &[Greater, Equal]) => Some(false),
        Comparison::LessOrEqual if surely(b, c, &[Less, Equal]) => Some(true),
        Comparison::LessOrEqual if surely(a, d, &[Greater]) => Some(false),
        Comparison::Greater if surely(a, d, &[Greater]) => Some(true),
        Comparison::Greater if surely(b, c, &[Less, Equal]) => Some(false),
        Comparison::GreaterOrEqual if surely(a, d, &[Greater, Equal]) => Some(true),
        Comparison::GreaterOrEqual if surely(b, c, &[Less]) => Some(false),
        Comparison::Equal if surely(a, d, &[Greater]) || surely(b, c, &[Less]) => Some(false),
        Comparison::NotEqual if surely(a, d, &[Greater]) || surely(b, c, &[Less]) => Some(true),
        _ => None,
    }
}

/// Whether a comparison holds of two values in that order.
pub(in crate::condition) fn fits(how: Comparison, ordering: Ordering) -> bool {
    match how {
        Comparison::Equal => ordering == Ordering::Equal,
        Comparison::NotEqual => ordering != Ordering::Equal,
        Comparison::Less => ordering == Ordering::Less,
        Comparison::LessOrEqual => ordering != Ordering::Greater,
        Comparison::Greater => ordering == Ordering::Greater,
        Comparison::GreaterOrEqual => ordering != Ordering::Less,
    }
}

fn is_number(value: &Value) -> bool {
    matches!(value, Value::Int(_) | Value::Double(_) | Value::Written(..))
}

/// The order of two numbers by value, or of two texts.
pub(in crate::condition) fn order(x: &Value, y: &Value) -> Option<Ordering> {
    match (&x.by_value(), &y.by_value()) {
        (Value::Int(a), Value::Int(b)) => Some(a.cmp(b)),
        (Value::Double(a), Value::Double(b)) => a.partial_cmp(b),
        (Value::Int(a), Value::Double(b)) => mixed(*a, *b),
        (Value::Double(a), Value::Int(b)) => mixed(*b, *a).map(Ordering::reverse),
        (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

/// A whole number beside a fraction, exactly: no whole number is rounded on the way.
fn mixed(whole: i64, other: f64) -> Option<Ordering> {
    if other.is_nan() {
        return None;
    }
    let wide = i128::from(whole);
    // Beyond 2^100 every double is far outside i64, and the cast below saturates rightly.
    let floor = other.floor();
    let ordering = wide.cmp(&(floor as i128));
    let has_fraction = other > floor;
    Some(match ordering {
        Ordering::Equal if has_fraction => Ordering::Less,
        other => other,
    })
}

fn is_literal(node: &Node) -> bool {
    matches!(node.kind, Kind::Literal(_))
}

fn is_null(node: &Node) -> bool {
    matches!(node.kind, Kind::Literal(Value::Null))
}

/// Two kinds that do not compare.
fn unlike((left, x): (&Node, &Value), (right, y): (&Node, &Value)) -> Undecided {
    let why = format!(
        "The condition compares {left}, which is {}, with {right}, which is {}.",
        described(x),
        described(y)
    );
    let number = is_number(x) || is_number(y);
    if number {
        Undecided::Untrusted { rule: Rule::NotANumber, why }
    } else {
        Undecided::Missing { why }
    }
}

/// A value that is not of the kind that an operation takes.
pub(super) fn not_a(node: &Node, value: &Value, wanted: &str) -> Undecided {
    let why = format!("The condition needs {wanted}; {node} is {}.", described(value));
    if wanted == "a number" {
        Undecided::Untrusted { rule: Rule::NotANumber, why }
    } else {
        Undecided::Missing { why }
    }
}

fn described(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Text(_) | Value::List(_) | Value::Map(_) => value.kind().to_owned(),
        other => other.to_string(),
    }
}

fn figure(value: f64) -> String {
    match value {
        value if value.is_nan() => "NaN".to_owned(),
        value if value > 0.0 => "infinite".to_owned(),
        _ => "infinite below 0".to_owned(),
    }
}
