//! Answers judging's questions about the repository, each once.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;

use crate::condition::Condition;
use crate::evidence;
use crate::facts::{NEAREST_TAG, Value, without_one_tag};
use crate::model::{Glob, ReleaseTags, Signature, Timestamp, Trailer, tagged};
use crate::pipeline::inputs::project::{LARGEST_TEXT, Project};
use crate::pipeline::inputs::signatures::Signatures;
use crate::policy::Config;
use crate::reconcile::{Change, ChangeState, Hand, Hands, SKEW, Shipped, Since, Witness, is_under};
use crate::sources::{files, git};

use super::no_code::{NoCode, changed};
use super::numbers::Numbers;
use super::sections;
use super::shipping::Shipping;

/// The witness of a project's judged state.
pub(in crate::pipeline) struct ProjectWitness<'p> {
    project: &'p Project<'p>,
    by_commit: RefCell<BTreeMap<String, Since>>,
    by_time: RefCell<BTreeMap<Timestamp, Since>>,
    loaded: RefCell<BTreeMap<String, Option<Result<Value, String>>>>,
    clock: Timestamp,
    asked: Asked,
    signatures: &'p Signatures<'p>,
    releases: &'p ReleaseTags,
    numbers: Option<&'p Numbers>,
    git: OnceCell<Option<Value>>,
    shipping: Shipping<'p>,
    no_code: NoCode<'p>,
}

impl<'p> ProjectWitness<'p> {
    pub(in crate::pipeline) fn new(
        project: &'p Project<'p>,
        clock: Timestamp,
        asked: Asked,
        signatures: &'p Signatures<'p>,
        (config, numbers): (&'p Config, Option<&'p Numbers>),
    ) -> ProjectWitness<'p> {
        let releases = &config.releases;
        ProjectWitness {
            project,
            by_commit: RefCell::default(),
            by_time: RefCell::default(),
            loaded: RefCell::default(),
            clock,
            asked,
            signatures,
            releases,
            numbers,
            git: OnceCell::new(),
            shipping: Shipping::new(project, releases),
            no_code: NoCode::new(project, config),
        }
    }

    /// The bytes of a file of the repository. One that git does not know is in no commit.
    fn read(&self, path: &str) -> Option<Result<Vec<u8>, String>> {
        if self.project.untracked.contains(path.trim_start_matches("./")) {
            return Some(Err(format!("{path} is in no commit: `git add` it.")));
        }
        self.project.read(path, LARGEST_TEXT)
    }

    fn hand(&self, of: git::Hand) -> Hand {
        let git::Person { name, email } = of.person;
        let (name, person) = match self.numbers {
            Some(numbers) => (String::new(), numbers.number(&email, &name)),
            None => (name, None),
        };
        Hand { email, name, person, commit: of.commit, path: of.path }
    }

    fn ask(
        &self,
        question: impl FnOnce(&git::Repository, &git::Commit) -> Result<git::Since, git::GitError>,
    ) -> Since {
        let (Some(repository), Some(commit)) = (self.project.repository, &self.project.commit)
        else {
            return Since::NoHistory;
        };
        match question(repository, commit) {
            Ok(git::Since::Known(changes)) => {
                let told: Vec<_> = changes.iter().map(changed).collect();
                let told = self.no_code.of(repository, &told);
                let mut changes: Vec<Change> = changes.into_iter().map(committed).collect();
                mark_no_code(&mut changes, &told);
                changes.extend(self.uncommitted(repository));
                changes.sort_by(|a, b| a.path.cmp(&b.path));
                self.mark_enclosing(&mut changes);
                Since::Changes(changes)
            }
            Ok(git::Since::UnknownCommit) => Since::UnknownCommit,
            Ok(git::Since::Truncated) => Since::Truncated,
            // A history with a hole in it cannot tell either.
            Err(_) => Since::Truncated,
        }
    }

    fn mark_enclosing(&self, changes: &mut [Change]) {
        let known = self.project.repository.zip(self.project.commit.as_ref());
        let Some(Ok(tree)) = known.map(|(of, commit)| of.tree(commit)) else { return };
        changes.iter_mut().for_each(|change| change.encloses = tree.encloses(&change.path));
    }

    /// Of another revision than the one checked out: what differs from what was checked out at
    /// `time`, for that is what an artifact without a commit was made of.
    fn since_checked_out(&self, time: Timestamp) -> Since {
        self.ask(|repository, judged| {
            let head = repository.head()?;
            let then = match &head {
                Some(head) => repository.checked_out_at(time, head)?,
                None => None,
            };
            match then {
                Some(then) => repository.changes_since_commit(&then, judged),
                None => Ok(git::Since::Known(Vec::new())),
            }
        })
    }

    fn git_facts(&self) -> Option<Value> {
        let commit = self.project.commit.as_ref()?;
        let signature = self.signature(&commit.id, &commit.author.email, commit.signature);
        // Of two releases at one commit neither is the one.
        let tag = tagged(&commit.tags, self.releases).filter(|of| of.other.is_none());
        Some(without_one_tag(Value::record([
            ("commit", Value::text(&commit.id)),
            ("tag", Value::maybe_text(tag.map(|of| of.best))),
            (NEAREST_TAG, Value::maybe_text(self.nearest_tag(commit).as_deref())),
            ("tags", Value::list(commit.tags.iter().map(Value::text).collect())),
            ("branch", Value::maybe_text(commit.branch.as_deref())),
            ("dirty", Value::Bool(!self.project.modified.is_empty())),
            ("signed", Value::Bool(commit.signature.is_there())),
            ("signature", Value::text(signature.word())),
            ("trailers", self.trailers(commit).unwrap_or(Value::Null)),
        ])))
    }

    /// The tag nearest before a commit that has none, on the line of its first parents.
    fn nearest_tag(&self, commit: &git::Commit) -> Option<String> {
        let repository = self.project.repository.filter(|_| self.asked.tag)?;
        if !commit.tags.is_empty() {
            return None;
        }
        let tags = repository.tags().ok()?;
        let is_tagged = |id: &str| tags.iter().any(|(_, at)| at == id);
        let nearest = repository.nearest(commit, AROUND, is_tagged)?;
        tags.into_iter().rev().find(|(_, at)| *at == nearest).map(|(name, _)| name)
    }

    /// The trailers of all commits by their key. A history that was cut off or cannot be read has
    /// none to give: what is missing in it cannot be told.
    fn trailers(&self, commit: &git::Commit) -> Option<Value> {
        let repository =
            self.project.repository.filter(|of| self.asked.trailers && !of.is_shallow())?;
        let mut by_key: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        let said = repository.trailers(commit).ok()?;
        // What was not said yet at the moment of judgement is no word of anybody's.
        for trailer in said.into_iter().filter(|of| of.by.time <= self.clock.plus(SKEW)) {
            by_key.entry(trailer.key.clone()).or_default().push(self.trailer(&trailer));
        }
        Some(Value::map(by_key.into_iter().map(|(key, values)| (key, Value::list(values)))))
    }

    /// Of a commit; without a condition that asks, what it is without a check.
    fn signature(&self, commit: &str, author: &str, so_far: Signature) -> Signature {
        match self.asked.signatures {
            true => self.signatures.checked(commit, author, so_far),
            false => so_far,
        }
    }

    fn trailer(&self, of: &Trailer) -> Value {
        let signature = self.signature(&of.by.commit, &of.by.email, of.by.signature);
        Value::record([
            ("value", Value::text(&of.value)),
            ("commit", Value::text(&of.by.commit)),
            ("author", Value::text(&of.by.author)),
            ("email", Value::text(&of.by.email)),
            ("at", Value::text(of.by.time.to_string())),
            ("age_s", Value::Int(self.clock.epoch() - of.by.time.epoch())),
            ("signature", Value::text(signature.word())),
        ])
    }

    fn uncommitted(&self, repository: &git::Repository) -> Vec<Change> {
        let tracked = self.project.modified.iter().map(|path| (path, ChangeState::Uncommitted));
        let untracked = self.project.untracked.iter().map(|path| (path, ChangeState::Untracked));
        let changes = tracked.chain(untracked).map(|(path, state)| Change {
            path: path.clone(),
            commit: None,
            time: None,
            state,
            encloses: false,
            no_code: false,
        });
        let mut changes: Vec<Change> = changes.collect();
        let told: Vec<_> = changes.iter().map(|of| (of.path.as_str(), None)).collect();
        let told = self.no_code.of(repository, &told);
        mark_no_code(&mut changes, &told);
        changes
    }
}

/// How many commits back a tag is near.
const AROUND: usize = 1_000;

/// What conditions ask of git that is costly to tell.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::pipeline) struct Asked {
    /// Trailers: all commits have to be gone through for them.
    trailers: bool,
    /// A tag: where none is there, one is looked for in the commits before.
    tag: bool,
    /// What signatures are worth: a program has to be run for each.
    signatures: bool,
}

impl Asked {
    /// By any of `conditions`.
    pub(in crate::pipeline) fn by<'c>(conditions: impl Iterator<Item = &'c Condition>) -> Asked {
        let mut asked = Asked::default();
        for condition in conditions {
            let facts = || condition.reads().facts.iter();
            let of_git = facts().any(|fact| fact == "git" || fact.starts_with("git."));
            asked.trailers |= facts().any(|fact| fact == "git" || fact.starts_with("git.trailers"));
            asked.tag |= facts().any(|fact| fact == "git" || fact == "git.tag");
            asked.signatures |= of_git && condition.source().contains("signature");
        }
        asked
    }
}

fn committed(change: git::Change) -> Change {
    Change {
        path: change.path,
        time: change.commit.as_ref().map(|commit| commit.time),
        commit: change.commit.map(|commit| commit.id.chars().take(7).collect()),
        state: ChangeState::Committed,
        encloses: false,
        no_code: false,
    }
}

fn mark_no_code(changes: &mut [Change], told: &[bool]) {
    changes.iter_mut().zip(told).for_each(|(change, told)| change.no_code = *told);
}

/// What begins a file that stands for another in Git LFS.
const POINTER: &[u8] = b"version https://git-lfs.github.com/spec/";

/// The bytes of a file as text, without a byte order mark and without the end of its last line: a
/// file of one word is that word. Lines end in `\n`, however the file ends them: a regular expression
/// finds the end of no other.
pub(in crate::pipeline) fn text(path: &str, bytes: Vec<u8>) -> Result<String, String> {
    if bytes.contains(&0) {
        return Err(format!(
            "{path} holds zero bytes, so it is no text, or UTF-16 without its mark"
        ));
    }
    let bytes = own(path, bytes)?;
    let text = String::from_utf8(bytes).map_err(|_| format!("{path} is not UTF-8 text"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let text = text.replace("\r\n", "\n");
    let line = text.strip_suffix('\n').unwrap_or(&text);
    Ok(line.strip_suffix('\r').unwrap_or(line).to_owned())
}

/// The bytes, unless they only say where the file's own are kept.
fn own(path: &str, bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    match bytes.starts_with(POINTER) {
        true => Err(format!("{path} is a pointer of Git LFS, and its content was not fetched")),
        false => Ok(bytes),
    }
}

impl Witness for ProjectWitness<'_> {
    fn since_commit(&self, commit: &str) -> Since {
        let known = self.by_commit.borrow().get(commit).cloned();
        known.unwrap_or_else(|| {
            let since = self.ask(|repository, head| repository.changes_since_commit(commit, head));
            self.by_commit.borrow_mut().insert(commit.to_owned(), since.clone());
            since
        })
    }

    fn since_tree(&self, tree: &str) -> Since {
        self.ask(|repository, head| repository.changes_since_tree(tree, head))
    }

    fn since_brought(&self, commit: &str) -> Since {
        self.ask(|repository, head| repository.changes_since_written(commit, head))
    }

    fn since_time(&self, time: Timestamp) -> Since {
        let known = self.by_time.borrow().get(&time).cloned();
        known.unwrap_or_else(|| {
            let mut since = self.ask(|repository, head| repository.changes_since_time(time, head));
            if self.project.from_git {
                since = since.and(self.since_checked_out(time));
            }
            self.by_time.borrow_mut().insert(time, since.clone());
            since
        })
    }

    fn files(&self, glob: &Glob) -> Vec<String> {
        let mut found = self.project.matching(std::slice::from_ref(glob));
        // A folder's name means what lies in it, as everywhere.
        if let Some(within) = glob.within().filter(|_| found.is_empty()) {
            found = self.project.matching(&[within]);
        }
        found.retain(|path| !self.project.untracked.contains(path));
        // What is behind a link or in a submodule can be looked for, or is told not to be here.
        let there =
            |path: &&String| self.project.from_git || files::is_there(&self.project.root, path);
        let links = self.project.links().iter().filter(|path| glob.matches(path));
        found.extend(links.filter(there).cloned());
        found.sort();
        found
    }

    fn unlisted(&self, glob: &Glob) -> Option<String> {
        self.project.unlisted(glob)
    }

    fn empty(&self, _: &Glob, files: &[String]) -> Vec<String> {
        files.iter().filter(|path| self.project.is_empty(path)).cloned().collect()
    }

    fn text(&self, path: &str) -> Option<Result<String, String>> {
        sections::text(path, |path| self.read(path))
    }

    fn load(&self, path: &str) -> Option<Result<Value, String>> {
        if let Some(known) = self.loaded.borrow().get(path) {
            return known.clone();
        }
        let loaded =
            self.read(path).map(|bytes| evidence::parse_document(path, &own(path, bytes?)?));
        self.loaded.borrow_mut().insert(path.to_owned(), loaded.clone());
        loaded
    }

    fn hands(&self, commit: &str, paths: &[Glob]) -> Hands {
        let Some(repository) = self.project.repository else { return Hands::Truncated };
        let wanted = |path: &str| paths.iter().any(|glob| is_under(glob, path));
        match repository.hands(commit, self.releases, &wanted) {
            Ok(git::Hands::Known { since, hands }) => {
                let hands = hands.into_iter().map(|of| self.hand(of)).collect();
                Hands::Known { since, hands }
            }
            // A history with a hole in it cannot tell either.
            Ok(git::Hands::Truncated) | Err(_) => Hands::Truncated,
        }
    }

    fn shipped(&self, commit: &str, about: &[Glob]) -> Shipped {
        self.shipping.of(self, commit, about)
    }

    fn released_between(&self, time: Timestamp, commit: &str, about: &[Glob]) -> Shipped {
        self.shipping.between(self, time, commit, about)
    }

    fn git(&self) -> Option<Value> {
        self.git.get_or_init(|| self.git_facts()).clone()
    }
}
