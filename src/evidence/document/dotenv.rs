//! dotenv files: `NAME=value` by lines; every value is a text.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::facts::Value;

/// Parses a file of settings. Single quotes are literal, double quotes know `\n`, `\t`, `\"` and
/// `\\` and run over lines; without quotes a value ends at ` #`.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    let mut members = BTreeMap::new();
    let mut rest = text;
    let mut line = 0;
    while !rest.is_empty() {
        line += 1;
        let (this, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let setting = this.trim();
        if setting.is_empty() || setting.starts_with('#') {
            rest = after;
            continue;
        }
        let setting = setting.strip_prefix("export ").unwrap_or(setting);
        let Some((name, value)) = setting.split_once('=') else {
            return Err(format!("At line {line}: no `=` stands in the line."));
        };
        let value = value.trim();
        let value = match value.chars().next() {
            Some('"') => {
                let open = this.find('"').unwrap_or_default() + 1;
                let (value, taken) = quoted(&rest[open..])
                    .ok_or_else(|| format!("At line {line}: the quote is not closed."))?;
                let (quote, behind) = rest.split_at(open + taken);
                line += quote.matches('\n').count();
                rest = behind.split_once('\n').map_or("", |(_, after)| after);
                members.insert(name.trim().to_owned(), Value::text(value));
                continue;
            }
            Some('\'') => value[1..].split('\'').next().unwrap_or_default(),
            _ => value.split(" #").next().unwrap_or_default().trim_end(),
        };
        members.insert(name.trim().to_owned(), Value::text(value));
        rest = after;
    }
    Ok(Value::Map(Arc::new(members)))
}

/// The value up to the closing quote, and how many bytes that took with the quote.
fn quoted(text: &str) -> Option<(String, usize)> {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((value, at + 1)),
            '\\' => match characters.next()?.1 {
                'n' => value.push('\n'),
                't' => value.push('\t'),
                'r' => value.push('\r'),
                other => value.push(other),
            },
            other => value.push(other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_values_run_over_lines() {
        let value = parse("A=\"one\ntwo\"\nB=3\n").unwrap();
        assert_eq!(value.member("A"), Some(&Value::text("one\ntwo")));
        assert_eq!(value.member("B"), Some(&Value::text("3")));
        assert!(parse("A=\"open\nB=3").unwrap_err().contains("line 1"));
    }
}
