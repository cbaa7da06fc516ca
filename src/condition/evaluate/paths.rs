//! Paths that tools spell in their own ways: absolute, with `./` before them, with backslashes. That
//! such a one is not the relative path that is asked for says nothing.

use super::Evaluation;
use crate::condition::Undecided;
use crate::condition::tree::Node;

/// The longest text that is a path.
const LONGEST: usize = 4_096;

impl Evaluation<'_> {
    /// Refuses to say no of `text` where it is a path, and `asks` would say yes of the same path as it
    /// is `sought`: below the root.
    pub(super) fn comparable(
        &self,
        node: &Node,
        text: &str,
        sought: &str,
        asks: impl Fn(&str) -> bool,
    ) -> Result<(), Undecided> {
        let relative = sought.strip_prefix('^').unwrap_or(sought);
        let of_path = self.is_path_of_finding(node) || relative.contains('/');
        if !of_path || relative.is_empty() || is_absolute(relative) || !may_be_path(text) {
            return Ok(());
        }
        if asks(text) || !other_spellings(text).any(|path| asks(&path)) {
            return Ok(());
        }
        let below = relative.trim_start_matches("./");
        let how = if is_absolute(text) { "absolute" } else { "spelled otherwise" };
        let ask = match text.contains('\\') || !is_absolute(text) {
            true => format!("Ask for {node}.contains(…) of a part without separators."),
            false => format!("Ask for {node}.contains(\"/{below}\")."),
        };
        let why = format!("{node} is {how}, such as {text}, so it never is {sought}. {ask}");
        Err(Undecided::Missing { why })
    }

    /// Of a document's own entries `path` may be anything, as the route of a server.
    fn is_path_of_finding(&self, node: &Node) -> bool {
        self.member_of_entry(node)
            .is_some_and(|(noun, _, member)| (noun, member) == ("finding", "path"))
    }
}

/// One line, and no address of the web.
fn may_be_path(text: &str) -> bool {
    let is_address = text.contains("://") && !text.starts_with("file://");
    text.len() <= LONGEST && !text.contains('\n') && !is_address
}

/// The same path with slashes, without `./`; of an absolute one what lies below each of its folders.
fn other_spellings(text: &str) -> impl Iterator<Item = String> {
    let path = text.replace('\\', "/");
    let starts: Vec<usize> = match is_absolute(&path) {
        true => path.match_indices('/').map(|(at, slash)| at + slash.len()).collect(),
        false => vec![path.len() - path.trim_start_matches("./").len()],
    };
    starts.into_iter().filter_map(move |start| path.get(start..).map(str::to_owned))
}

/// Of Unix and of Windows, or an address.
fn is_absolute(path: &str) -> bool {
    let drive = |path: &[u8]| matches!(path, [letter, b':', b'/' | b'\\', ..] if letter.is_ascii_alphabetic());
    path.starts_with(['/', '\\']) || path.contains("://") || drive(path.as_bytes())
}
