//! The values that worlds are made of: what the condition itself writes, what lies just beside it,
//! and a few that documents often hold.

use regex_syntax::hir::{Class, Hir, HirKind};

use crate::condition::tree::{Function, Kind, Node};
use crate::facts::Value;

/// The longest list or text that is made up.
const LONGEST: usize = 10_000;

/// A count beyond what limits usually allow.
const LARGE: i64 = 1_000_000;

/// Values to draw from.
#[derive(Debug)]
pub(super) struct Pool {
    pub(super) ints: Vec<i64>,
    pub(super) doubles: Vec<f64>,
    pub(super) texts: Vec<String>,
    /// Names of members, where the artifact gives them.
    pub(super) names: Vec<String>,
    /// Lengths worth trying, where the condition asks for one.
    pub(super) sizes: Vec<usize>,
    /// Whether it asks for a length beyond those.
    pub(super) beyond: bool,
    /// Whether it asks for what has no type: documents, files.
    pub(super) documents: bool,
}

impl Pool {
    /// What `roots` speak of.
    pub(super) fn of(roots: &[&Node]) -> Pool {
        let mut pool = Pool {
            ints: vec![-1, 0, 0, 1, 2, LARGE],
            doubles: vec![0.0, 0.5, 99.5],
            texts: ["", "other", "1.2.3", "src/a.rs", "2026-01-01T00:00:00Z"]
                .map(str::to_owned)
                .to_vec(),
            names: vec!["other".to_owned()],
            sizes: Vec::new(),
            beyond: false,
            documents: roots.iter().any(|root| asks_document(root)),
        };
        roots.iter().for_each(|root| pool.collect(root));
        if roots.iter().any(|root| asks_size(root)) {
            pool.sizes = pool.ints.iter().filter_map(|n| usize::try_from(*n).ok()).collect();
            pool.sizes.retain(|size| *size <= LONGEST);
            pool.beyond = pool.ints.iter().any(|n| *n > LONGEST as i64 && *n != LARGE);
        }
        pool.texts.sort_unstable();
        pool.texts.dedup();
        pool.names.sort_unstable();
        pool.names.dedup();
        pool
    }

    fn collect(&mut self, node: &Node) {
        match &node.kind {
            Kind::Literal(value) => self.literal(value),
            Kind::Member { name, .. } | Kind::Has { name, .. } => self.names.push(name.clone()),
            Kind::Call(call) if matches!(call.function, Function::Matches | Function::Passed) => {
                if let Some(pattern) = &call.pattern {
                    self.texts.extend(example(pattern.as_str()));
                }
            }
            _ => {}
        }
        for part in node.parts() {
            self.collect(part);
        }
    }

    fn literal(&mut self, value: &Value) {
        match value {
            Value::Int(figure) => {
                let beside = [figure.checked_sub(1), Some(*figure), figure.checked_add(1)];
                self.ints.extend(beside.into_iter().flatten());
                self.doubles.extend([*figure as f64 - 0.5, *figure as f64 + 0.5]);
            }
            Value::Double(figure) => {
                self.doubles.extend([*figure, figure - 0.01, figure + 0.01, figure * 2.0]);
            }
            Value::Text(text) => {
                self.texts.push(text.to_string());
                self.texts.push(format!("{text}x"));
                let parts = text.split(|c: char| !c.is_alphanumeric());
                self.texts.extend(parts.map(str::to_owned));
                self.names.push(text.to_string());
            }
            _ => {}
        }
    }
}

fn asks_size(node: &Node) -> bool {
    let asks = matches!(&node.kind, Kind::Call(call) if call.function == Function::Size);
    asks || node.parts().into_iter().any(asks_size)
}

fn asks_document(node: &Node) -> bool {
    let asks = match &node.kind {
        Kind::Fact(fact) => fact.group() == "data",
        Kind::Call(call) => call.function.loads() || call.function == Function::Files,
        _ => false,
    };
    asks || node.parts().into_iter().any(asks_document)
}

/// A short text that `pattern` matches.
fn example(pattern: &str) -> Option<String> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let mut text = Vec::new();
    write(&hir, &mut text);
    String::from_utf8(text).ok()
}

fn write(hir: &Hir, out: &mut Vec<u8>) {
    /// A pattern that asks for more is given less.
    const MOST: u32 = 16;
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => out.extend_from_slice(&literal.0),
        HirKind::Class(Class::Unicode(class)) => {
            let first = class.ranges().first().map(|range| range.start());
            let shown = class.ranges().iter().map(|range| range.end()).find(char::is_ascii_graphic);
            let mut buffer = [0; 4];
            let c = shown.or(first).map(|c| c.encode_utf8(&mut buffer).len());
            out.extend(c.and_then(|len| buffer.get(..len)).unwrap_or_default());
        }
        HirKind::Class(Class::Bytes(class)) => {
            out.extend(class.ranges().first().map(|range| range.start()));
        }
        HirKind::Repetition(repetition) => {
            for _ in 0..repetition.min.min(MOST) {
                write(&repetition.sub, out);
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, out),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, out)),
        HirKind::Alternation(parts) => parts.iter().take(1).for_each(|part| write(part, out)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_matches_its_pattern() {
        for pattern in ["", "a|b", "^v[0-9]+\\.x$", "(?i)auth.*", "\\d{3}-[é-ü]", "(a(b)?){2}"] {
            let text = example(pattern).unwrap();
            assert!(regex::Regex::new(pattern).unwrap().is_match(&text), "{pattern}: {text}");
        }
    }
}
