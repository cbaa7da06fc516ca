//! Figures and limits as a person writes them.

use crate::condition::Read;
use crate::facts::Value;
use crate::model::grouped;

/// `; the limit is 500`, where the comparison has one that says more than "none"; of one that is
/// computed or read its value, and where that is from: `; it must be at least 98 (tests.total - 2)`.
pub(super) fn limit(read: &Read) -> String {
    let Some(bound) = &read.bound else { return String::new() };
    let (operator, written) = bound.split_once(' ').unwrap_or(("", bound));
    let value = &match &read.asked {
        Some(Value::Int(value)) => format!("{} ({written})", in_thousands(&value.to_string())),
        Some(value) => format!("{} ({written})", shown(value)),
        // `500.0` is how a condition has to write it.
        None => in_thousands(written.strip_suffix(".0").unwrap_or(written)),
    };
    match operator {
        "==" if *value == "0" || read.holds == Some(true) => String::new(),
        "==" => format!("; it must be {value}"),
        "!=" => format!("; it must not be {value}"),
        ">" if *value == "0" => String::new(),
        ">" => format!("; it must be more than {value}"),
        ">=" => format!("; it must be at least {value}"),
        "<" | "<=" => format!("; the limit is {value}"),
        _ => String::new(),
    }
}

pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Double(value) => figure(*value),
        // What is too long to be shown is told by its size, in words.
        Value::Text(size) if SIZES.iter().any(|of| size.starts_with(of)) => size.to_string(),
        other => other.to_string(),
    }
}

/// How sizes are told.
const SIZES: [&str; 3] = ["a list of ", "a map of ", "a text of "];

/// A figure as a person writes it: at most two places behind the point, and more where those would
/// make it another one: 0.0021 is not 0, and 499.996 is not 500.
pub(super) fn figure(value: f64) -> String {
    let near = |text: &String| {
        let said: f64 = text.parse().unwrap_or(f64::NAN);
        (said - value).abs() <= value.abs() * 0.005 && (said.fract() != 0.0 || value.fract() == 0.0)
    };
    let text = (2..=6).map(|places| format!("{value:.places$}")).find(near);
    let Some(text) = text else { return format!("{value:e}") };
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { in_thousands(text) }
}

/// `3,104.2`: a number as written, its thousands set apart; all else as it is.
fn in_thousands(text: &str) -> String {
    let (whole, rest) = match text.split_once('.') {
        Some((whole, places)) => (whole, format!(".{places}")),
        None => (text, String::new()),
    };
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let is_number = text.parse::<f64>().is_ok_and(f64::is_finite);
    match digits.parse::<u64>() {
        Ok(count) if is_number => format!("{sign}{}{rest}", grouped(count)),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_keeps_its_value_and_its_thousands_are_set_apart() {
        for (value, said) in [
            (3104.2, "3,104.2"),
            (-1_234_567.0, "-1,234,567"),
            (612.4, "612.4"),
            (0.0021, "0.0021"),
            (499.996, "499.996"),
            (-0.0, "0"),
        ] {
            assert_eq!(figure(value), said);
        }
        for (text, said) in
            [("3000", "3,000"), ("\"3000\"", "\"3000\""), ("a.b", "a.b"), ("inf", "inf")]
        {
            assert_eq!(in_thousands(text), said);
        }
    }
}
