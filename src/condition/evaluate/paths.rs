//! Paths of findings: where a tool writes absolute ones, none is the relative one that is asked for.

use super::Evaluation;
use crate::condition::Undecided;
use crate::condition::tree::{Kind, Node};
use crate::facts::Value;

impl Evaluation<'_> {
    /// Refuses to look for a relative path where `value`, the path of a finding, is absolute: that it
    /// is another says nothing.
    pub(super) fn comparable(
        &self,
        node: &Node,
        value: &Value,
        sought: &Value,
    ) -> Result<(), Undecided> {
        let (Value::Text(path), Value::Text(sought)) = (value, sought) else { return Ok(()) };
        if sought.is_empty()
            || !is_absolute(path)
            || is_absolute(sought)
            || !self.is_path_of_finding(node)
        {
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
    pub(super) fn matchable(
        &self,
        node: &Node,
        value: &Value,
        pattern: &str,
    ) -> Result<(), Undecided> {
        let anchored = pattern.strip_prefix('^').filter(|rest| {
            rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
                && rest.chars().nth(1) != Some(':')
        });
        anchored.map_or(Ok(()), |rest| self.comparable(node, value, &Value::text(rest)))
    }

    /// Of a document's own entries `path` may be anything, as the route of a server.
    fn is_path_of_finding(&self, node: &Node) -> bool {
        let Kind::Member { of, name } = &node.kind else { return false };
        let Kind::Variable(variable) = &of.kind else { return false };
        let walked = self.variables.iter().rev().find(|known| known.name == *variable);
        name == "path" && walked.is_some_and(|known| known.of_findings)
    }
}

/// Of Unix and of Windows, or an address.
fn is_absolute(path: &str) -> bool {
    let drive = |path: &[u8]| matches!(path, [letter, b':', b'/' | b'\\', ..] if letter.is_ascii_alphabetic());
    path.starts_with(['/', '\\']) || path.contains("://") || drive(path.as_bytes())
}
