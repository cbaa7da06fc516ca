//! Figures in a text: `(22 → 0)`, `(~80 remaining)`, `(5 passing)`, `(165/165)`, `p95 < 500ms`.
//!
//! A bare number is a figure only where its neighbours say what of: an operator, a unit of rate, a
//! word such as `errors`. Versions, dates, ports and step numbers are none.

mod context;
mod counts;
mod number;
mod step;
mod words;

use crate::model::{Figure, Operator, Shape, Span, Unit};

pub(in crate::checklist) use counts::counts;
pub(in crate::checklist) use step::without_step;
pub(in crate::checklist) use words::are_codes;

use number::{Number, number_at, plain_number};

/// How much of a text is read: no item that people write is longer.
const LONGEST: usize = 16 * 1024;

/// Every figure in the first 16 KiB of `text`, in order. Spans are offsets into `text`.
pub fn figures(text: &str) -> Vec<Figure> {
    let mut found = Vec::new();
    let most = (0..=text.len().min(LONGEST)).rev().find(|at| text.is_char_boundary(*at));
    let text = text.get(..most.unwrap_or(0)).unwrap_or_default();
    let mut at = 0;
    while let Some(next) = next_start(text, at) {
        match figure_at(text, next, at) {
            Read::Figure(figure) => {
                at = figure.span.end.max(next + 1);
                found.push(*figure);
            }
            Read::Skip(end) => at = end.max(next + 1),
        }
    }
    found
}

/// Whether the text opens with a word for nothing, which is a figure without a digit.
pub(in crate::checklist) fn opens_with_zero(text: &str) -> bool {
    words::zero_at_start(text)
}

enum Read {
    Figure(Box<Figure>),
    /// No figure up to here.
    Skip(usize),
}

/// Where the next number begins: a digit, or the word `zero`.
fn next_start(text: &str, from: usize) -> Option<usize> {
    if from == 0 && words::zero_at_start(text) {
        return Some(0);
    }
    next_digit(text, from)
}

fn next_digit(text: &str, from: usize) -> Option<usize> {
    let rest = text.as_bytes().get(from..)?;
    rest.iter().position(u8::is_ascii_digit).map(|at| from + at)
}

/// The figure whose first number begins at `at`; nothing before `floor` belongs to it.
fn figure_at(text: &str, at: usize, floor: usize) -> Read {
    if text.as_bytes().get(at).is_some_and(u8::is_ascii_alphabetic) {
        return zero(text);
    }
    let number = match number_at(text, at) {
        Ok(number) => number,
        Err(end) => return Read::Skip(end),
    };
    let before = context::before(text, at, floor);
    if let Some((shape, end, unit)) = pair(text, &number, &before) {
        let plain = Number { end, ..number };
        return Read::Figure(Box::new(built(text, &plain, &before, shape, unit)));
    }
    let after = context::after(text, number.end);
    let operator = before.operator.or(after.operator);
    let shape = match operator {
        Some(operator) => Shape::Limit { operator, value: number.value },
        None => Shape::Count { value: number.value },
    };
    let names = || {
        words::is_named_before(text, before.start)
            || words::is_year_of(text, &number)
            || step::is_step(text, &number)
    };
    let counted = words::noun_after(text, &number, number.end.max(after.end)).is_some()
        && !(operator.is_none() && names());
    let said = operator.is_some() && (after.unit.is_some() || counted || before.sign)
        || before.approximate
        || after.unit == Some(Unit::Percent)
        || (operator.is_none() && after.unit.is_none() && counted);
    if !said {
        return Read::Skip(after.end);
    }
    let plain = Number { end: after.end, ..number };
    Read::Figure(Box::new(built(text, &plain, &before, shape, after.unit)))
}

/// `Zero critical errors` is a limit.
fn zero(text: &str) -> Read {
    let end = "zero".len();
    let before = context::Before::default();
    let number = Number { start: 0, end, value: 0.0 };
    let shape = Shape::Limit { operator: Operator::Exactly, value: 0.0 };
    Read::Figure(Box::new(built(text, &number, &before, shape, None)))
}

/// The shape of two numbers, where the second one ends, and the unit of both.
type Pair = (Shape, usize, Option<Unit>);

/// `22 → 0`, `165/165`, `4 of 5`.
fn pair(text: &str, first: &Number, before: &context::Before) -> Option<Pair> {
    let (joint, from) =
        context::joint(text, first.end).or_else(|| context::from_to(text, first))?;
    let second = plain_number(text, from).ok()?;
    let (part, whole) = (first.value, second.value);
    let shape = match joint {
        context::Joint::Arrow => Shape::Change { from: part, to: whole },
        context::Joint::Of if part <= whole && whole > 0.0 => Shape::Share { part, whole },
        context::Joint::Slash if part <= whole && whole > 0.0 => {
            let counted = words::noun_after(text, &second, second.end).is_some();
            let is_date = || number::is_padded(text, first) || number::is_padded(text, &second);
            if !counted && (!before.enclosed || words::are_codes(part, whole) || is_date()) {
                return None;
            }
            Shape::Share { part, whole }
        }
        context::Joint::Of | context::Joint::Slash => return None,
    };
    let percent = context::after(text, second.end);
    Some(match percent.unit.filter(|unit| *unit == Unit::Percent) {
        Some(unit) if joint == context::Joint::Arrow => (shape, percent.end, Some(unit)),
        Some(_) => (shape, percent.end, None),
        None => (shape, second.end, None),
    })
}

fn built(
    text: &str,
    number: &Number,
    before: &context::Before,
    shape: Shape,
    unit: Option<Unit>,
) -> Figure {
    let noun = words::words_after(text, number.end);
    let end = match &noun {
        Some((_, end))
            if matches!(shape, Shape::Count { .. } | Shape::Share { .. }) && unit.is_none() =>
        {
            *end
        }
        _ => number.end,
    };
    let (percentile, end) = match context::percentile_after(text, end) {
        Some((name, end)) => (Some(name), end),
        None => (context::percentile_before(text, before.start), end),
    };
    Figure {
        text: text.get(before.start..end).unwrap_or_default().trim().to_owned(),
        span: Span::new(before.start, end),
        shape,
        unit,
        approximate: before.approximate,
        noun: noun.map(|(words, _)| words),
        metric: context::metric(text, before.start),
        percentile,
    }
}

#[cfg(test)]
mod tests;
