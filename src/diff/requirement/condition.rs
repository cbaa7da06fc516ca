//! What became of the condition. A limit that moved to a file, or from one, is compared by its number.

use crate::snapshot::v1::Requirement;

use super::super::words::Shift;
use super::{Aspect, limit, said};

/// The condition, if it asks for something else.
pub(super) fn aspect(
    from: &Requirement,
    to: &Requirement,
    compare: &dyn Fn(&str, &str) -> Shift,
) -> Option<Aspect> {
    let before = from.condition.as_deref().map(said::one_line);
    let after = to.condition.as_deref().map(said::one_line);
    let (shift, why) = match (&before, &after) {
        (None, None) => return None,
        (None, Some(_)) => (Shift::Tightened, "A condition must hold too.".to_owned()),
        (Some(_), None) => (Shift::Loosened, "No condition has to hold any more.".to_owned()),
        (Some(before), Some(after)) if before == after => return None,
        (Some(_), Some(_)) => {
            let (before, after) = (limit::spelled(from)?, limit::spelled(to)?);
            let shift = if before == after { Shift::Same } else { compare(&before, &after) };
            (shift, why(shift, &before, &after)?)
        }
    };
    Some(Aspect { shift, from: before.unwrap_or_default(), to: after.unwrap_or_default(), why })
}

fn why(shift: Shift, before: &str, after: &str) -> Option<String> {
    let what = match shift {
        Shift::Same => return None,
        Shift::Loosened => "The condition asks for less.",
        Shift::Tightened => "The condition asks for more.",
        Shift::Changed => "The condition asks for something else.",
    };
    Some(match one_number(before, after) {
        Some((from, to)) => format!("The limit went from {from} to {to}."),
        None => what.to_owned(),
    })
}

/// The number that became another, where all the rest is the same.
fn one_number<'t>(before: &'t str, after: &'t str) -> Option<(&'t str, &'t str)> {
    let (a, b) = (pieces(before), pieces(after));
    let mut differing = a.iter().zip(&b).filter(|(a, b)| a != b);
    let (from, to) = differing.next().filter(|_| a.len() == b.len())?;
    let is_number = |piece: &str| piece.starts_with(|c: char| c.is_ascii_digit());
    (differing.next().is_none() && is_number(from) && is_number(to)).then_some((from, to))
}

/// Words and numbers whole, everything else letter by letter.
fn pieces(text: &str) -> Vec<&str> {
    let part_of_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match part_of_word(first) {
            true => rest.find(|c| !part_of_word(c)).unwrap_or(rest.len()),
            false => first.len_utf8(),
        };
        let (piece, after) = rest.split_at(end);
        pieces.push(piece);
        rest = after;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_named_where_nothing_else_differs() {
        let limit = "metrics.http_req_duration.p95 < 500";
        assert_eq!(
            one_number(limit, "metrics.http_req_duration.p95 < 800.5"),
            Some(("500", "800.5"))
        );
        assert_eq!(one_number(limit, "metrics.http_req_duration.p99 < 500"), None);
        assert_eq!(one_number(limit, "metrics.http_req_duration.p99 < 800"), None);
        assert_eq!(one_number(limit, limit), None);
        assert_eq!(one_number("a < 1", "a < 1 && b"), None);
    }
}
