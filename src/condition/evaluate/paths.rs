//! Paths of findings: where a tool writes absolute ones, none is the relative one that is asked for.

use crate::condition::Undecided;
use crate::condition::tree::{Kind, Node};
use crate::facts::Value;

/// Refuses to look for a relative path where `value`, the path of a listed entry, is absolute: that
/// it is another says nothing.
pub(super) fn comparable(node: &Node, value: &Value, sought: &Value) -> Result<(), Undecided> {
    let (Value::Text(path), Value::Text(sought)) = (value, sought) else { return Ok(()) };
    if !is_path(node) || sought.is_empty() || !is_absolute(path) || is_absolute(sought) {
        return Ok(());
    }
    Err(Undecided::Missing {
        why: format!(
            "{node} is absolute, such as {path}, so it never is {sought}. Ask for \
             {node}.contains(\"/{}\").",
            sought.trim_start_matches("./")
        ),
    })
}

/// The same of a pattern: one that begins with a name matches no absolute path.
pub(super) fn matchable(node: &Node, value: &Value, pattern: &str) -> Result<(), Undecided> {
    let anchored = pattern.strip_prefix('^').filter(|rest| {
        rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
            && rest.chars().nth(1) != Some(':')
    });
    anchored.map_or(Ok(()), |rest| comparable(node, value, &Value::text(rest)))
}

/// Whether it is the path of an entry that is gone through.
fn is_path(node: &Node) -> bool {
    let Kind::Member { of, name } = &node.kind else { return false };
    name == "path" && matches!(of.kind, Kind::Variable(_))
}

/// Of Unix and of Windows, or an address.
fn is_absolute(path: &str) -> bool {
    let drive = |path: &[u8]| matches!(path, [letter, b':', b'/' | b'\\', ..] if letter.is_ascii_alphabetic());
    path.starts_with(['/', '\\']) || path.contains("://") || drive(path.as_bytes())
}
