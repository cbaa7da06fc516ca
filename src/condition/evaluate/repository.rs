//! `files`, `text`, `load`: the repository at the judged commit, each file asked for once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Evaluation;
use super::compare::not_a;
use super::term::{Answer, Grasp, Term};
use super::trials::Trial;
use crate::condition::check::outside;
use crate::condition::tree::{Function, Node};
use crate::condition::{Listed, Undecided};
use crate::facts::Value;
use crate::model::Rule;

/// What one more file counts for, in steps: reading it takes far longer than a comparison.
const FILE_STEPS: u64 = 2_000;

/// A file as it was read; `None` where it is not there.
type File = Option<Result<Value, String>>;

/// What was read so far.
#[derive(Default)]
pub(super) struct Files {
    listed: BTreeMap<Arc<str>, Result<Listed, String>>,
    texts: BTreeMap<Arc<str>, File>,
    loaded: BTreeMap<Arc<str>, File>,
}

impl Evaluation<'_> {
    /// `files(glob)`: where a link hides more, at least these.
    pub(super) fn files(&mut self, node: &Node, value: &Value) -> Answer {
        let Value::Text(glob) = value else { return Err(not_a(node, value, "a text")) };
        let Listed { mut paths, empty, unlisted } = self.listed(glob).map_err(unread)?;
        if self.trial == Some(Trial::WithoutEmpty) {
            paths.retain(|path| !empty.contains(path));
        }
        let paths: Vec<Value> = paths.into_iter().map(Value::text).collect();
        let Some(link) = unlisted else { return Ok(Term::known(Value::list(paths))) };
        let why = format!("{link} is a link to a folder or a submodule, which is not looked into.");
        self.hidden.get_or_insert(why);
        Ok(Term { grasp: Grasp::AtLeast(Arc::new(paths)), doubt: None })
    }

    /// `text(path)`, `load(path)`.
    pub(super) fn repository(
        &mut self,
        function: Function,
        node: &Node,
        value: &Value,
    ) -> Result<Value, Undecided> {
        let Value::Text(asked) = value else { return Err(not_a(node, value, "a text")) };
        if let Some(why) = outside(asked) {
            return Err(Undecided::Missing {
                why: format!("The condition asks for a file; {why}."),
            });
        }
        let known = match function {
            Function::TextOf => self.files.texts.get(asked),
            _ => self.files.loaded.get(asked),
        };
        let file = match known {
            Some(file) => file.clone(),
            None => self.read(function, asked)?,
        };
        match file {
            Some(value) => value.map_err(unread),
            None => Err(no_file(asked)),
        }
    }

    /// The files that were listed and in which nothing stands.
    pub(super) fn empty_files(&self) -> BTreeSet<String> {
        self.files.listed.values().flatten().flat_map(|of| of.empty.iter().cloned()).collect()
    }

    fn listed(&mut self, glob: &Arc<str>) -> Result<Listed, String> {
        if let Some(known) = self.files.listed.get(glob) {
            return known.clone();
        }
        let files = self.scope.files(glob);
        self.files.listed.insert(Arc::clone(glob), files.clone());
        files
    }

    fn read(&mut self, function: Function, path: &Arc<str>) -> Result<File, Undecided> {
        self.spend(FILE_STEPS)?;
        let scope = self.scope;
        let (known, file) = match function {
            Function::TextOf => {
                let text = scope.text(path).map(|text| text.map(Value::text));
                (&mut self.files.texts, text)
            }
            _ => (&mut self.files.loaded, scope.load(path)),
        };
        known.insert(Arc::clone(path), file.clone());
        Ok(file)
    }
}

fn unread(why: String) -> Undecided {
    Undecided::Untrusted { rule: Rule::Unreadable, why }
}

/// A file, or a section of one, that a function asks for and that is not there.
fn no_file(path: &str) -> Undecided {
    if let Some((page, anchor)) = path.split_once('#').filter(|(page, _)| page.ends_with(".md")) {
        return Undecided::Missing { why: format!("{page} has no section `#{anchor}`.") };
    }
    let why =
        format!("The condition asks for the file {path}; the repository has none at this commit.");
    Undecided::Missing { why }
}
