//! Releases, each compared with the next; what two of them came to is kept, for neither changes.

use std::borrow::Cow;
use std::sync::Arc;

use crate::diff::{Diff, Named};
use crate::facts::Packed;
use crate::history::Memory;
use crate::model::Code;
use crate::snapshot::Snapshot;
use crate::snapshot::v1::{Checklist, Item};
use crate::sources::digest::sha256;
use crate::sources::environment::Environment;
use crate::sources::git::Repository;

use super::side::Side;
use super::{Comparing, Judging};
use crate::pipeline::Error;
use crate::pipeline::cache::{Answers, kept};
use crate::pipeline::inputs::project;

/// The file of the cache.
const KEPT: &str = "releases";

/// What became of the readiness from each of several releases to the next.
pub(in crate::pipeline) struct Chain {
    diffs: Vec<Diff>,
    /// The last of them, put by while the state is judged: each is large.
    newest: Option<PutBy>,
}

impl Chain {
    /// With what became of it from the last of them to a state that was judged: `name` and snapshot.
    pub(in crate::pipeline) fn up_to(
        mut self,
        of: &Comparing,
        (name, now): (&str, &Snapshot),
        environment: &Environment,
    ) -> Result<Vec<Diff>, Error> {
        if let Some(from) = self.newest {
            let from = from.again()?;
            let repository = project::repository(&of.dir)?;
            let repository = repository.as_ref();
            let judging = Judging::new(of, repository, environment);
            let now = Side::new(Named::recorded(name), Cow::Borrowed(now));
            self.diffs.push(judging.between(&from, &now)?);
        }
        Ok(self.diffs)
    }
}

/// Compares each of the releases `names` with the next. `memory` tells their histories, where there is
/// any.
pub(in crate::pipeline) fn chain(
    of: &Comparing,
    names: &[&str],
    memory: Option<&Memory>,
    environment: &Environment,
) -> Result<Chain, Error> {
    let repository = project::repository(&of.dir)?;
    let repository = repository.as_ref();
    let answers = answers(of, repository)?;
    let judging = Judging { memory, ..Judging::new(of, repository, environment) };
    let mut line = Line { judging, answers, here: here(repository), judged: None };
    let mut diffs = Vec::with_capacity(names.len());
    for pair in names.windows(2) {
        if let [from, to] = pair {
            diffs.push(line.between(from, to)?);
        }
    }
    let newest = names.last().map(|name| line.newest(name)).transpose()?.map(without_histories);
    line.answers.keep();
    Ok(Chain { diffs, newest: newest.map(PutBy::of).transpose()? })
}

/// A release whose checklists are packed, each by itself.
struct PutBy {
    side: Side<'static>,
    checklists: Vec<Packed<Checklist>>,
}

impl PutBy {
    fn of(mut side: Side<'static>) -> Result<PutBy, Error> {
        let checklists = std::mem::take(&mut side.snapshot.to_mut().checklists).into_iter();
        match checklists.map(|checklist| Packed::of(&checklist)).collect() {
            Some(checklists) => Ok(PutBy { side, checklists }),
            None => Err(unpacked(&side)),
        }
    }

    fn again(self) -> Result<Side<'static>, Error> {
        let PutBy { mut side, checklists } = self;
        let read: Option<_> =
            checklists.into_iter().map(|packed| packed.read().map(close)).collect();
        side.snapshot.to_mut().checklists = read.ok_or_else(|| unpacked(&side))?;
        Ok(side)
    }
}

/// A figure that JSON has no number for, as a record of it would lack it too.
fn unpacked(of: &Side<'_>) -> Error {
    Error::failed(format!("the snapshot of {} cannot be written down", of.name.name))
}

/// What is known of the releases already. A clone that lacks commits learns them later, and a file of
/// keys outside the repository changes unseen: there nothing is kept.
fn answers(of: &Comparing, repository: Option<&Repository>) -> Result<Answers, Error> {
    let Some(repository) = repository else { return Ok(Answers::default()) };
    let fixed = !repository.is_shallow() && repository.signers_of_git().0.is_none();
    let cache = kept(repository, of.cache && fixed);
    let (below, tags) = (repository.below(&of.dir), repository.tags()?);
    let key = format!("{below:?} {} {} {tags:?}", of.history, repository.mailmap());
    Ok(Answers::read(cache, KEPT, sha256(key.as_bytes()).to_string()))
}

/// What is checked out, and what was: of files that do not say what they were made of, that counts.
fn here(repository: Option<&Repository>) -> String {
    let Some(repository) = repository else { return String::new() };
    let head = repository.head().ok().flatten().map(|head| head.id);
    sha256(format!("{head:?} {:?}", repository.checked_out()).as_bytes()).to_string()
}

/// The releases, from the oldest on.
struct Line<'a> {
    judging: Judging<'a>,
    answers: Answers,
    here: String,
    /// The one that was judged last: the next pair begins with it.
    judged: Option<Side<'static>>,
}

/// A release as a side of a pair, without what no comparison asks: two of them are held at a time.
fn lean(mut side: Side<'static>) -> Side<'static> {
    for checklist in &mut side.snapshot.to_mut().checklists {
        checklist.sections = Vec::new();
        checklist.procedures = Vec::new();
        checklist.obligations = Vec::new();
        checklist.items.iter_mut().for_each(bare);
    }
    side
}

fn bare(item: &mut Item) {
    item.source = String::new();
    item.figures = Vec::new();
    item.proposal = None;
    (item.rule, item.next, item.marker) = (None, None, None);
    for unasked in [&mut item.label, &mut item.note, &mut item.due, &mut item.valid_until] {
        *unasked = None;
    }
}

/// `checklist` as it was read again, in no more room than it needs: one under whose heading the item before
/// stands shares it.
fn close(mut checklist: Checklist) -> Checklist {
    let mut items: Vec<Item> = Vec::with_capacity(checklist.items.len());
    for mut item in checklist.items {
        if let Some(before) = items.last().filter(|before| before.section == item.section) {
            item.section = Arc::clone(&before.section);
        }
        if let Some(before) = items.last().filter(|of| of.section_slug == item.section_slug) {
            item.section_slug = Arc::clone(&before.section_slug);
        }
        items.push(item);
    }
    checklist.items = items;
    checklist
}

/// The same as the earlier side, whose histories nobody asks.
fn without_histories(side: Side<'static>) -> Side<'static> {
    let mut side = lean(side);
    let checklists = side.snapshot.to_mut().checklists.iter_mut();
    checklists.flat_map(|of| &mut of.items).for_each(|item| item.history = None);
    side
}

impl Line<'_> {
    fn between(&mut self, from: &str, to: &str) -> Result<Diff, Error> {
        let asked = format!("diff {} {}", self.name(from)?, self.name(to)?);
        if let Some(known) = self.known(&asked) {
            return Ok(known);
        }
        let earlier = self.side(from)?;
        let later = lean(self.judging.released(to, None)?);
        let diff = self.judging.between(&earlier, &later)?;
        self.learn(asked, &[&earlier.snapshot, &later.snapshot], &diff);
        self.judged = Some(without_histories(later));
        Ok(diff)
    }

    /// The newest release, with which the judged state is compared.
    fn newest(&mut self, name: &str) -> Result<Side<'static>, Error> {
        let asked = format!("release {}", self.name(name)?);
        if let Some(snapshot) = self.known::<Snapshot>(&asked) {
            let is_recorded = self.judging.record(name)?.is_some();
            let named = if is_recorded { Named::recorded } else { Named::unrecorded };
            return Ok(Side::new(named(name), Cow::Owned(snapshot)));
        }
        let side = self.side(name)?;
        self.learn(asked, &[&side.snapshot], &*side.snapshot);
        Ok(side)
    }

    /// A release as the earlier side, where it was not judged as the later one before.
    fn side(&mut self, name: &str) -> Result<Side<'static>, Error> {
        match self.judged.take().filter(|side| side.name.name == name) {
            Some(side) => Ok(side),
            None => self.judging.released(name, None).map(without_histories),
        }
    }

    /// A release by what it is made of: the bytes of its record, else its commit.
    fn name(&self, name: &str) -> Result<String, Error> {
        let made_of = match (self.judging.record(name)?, self.judging.repository) {
            (Some((_, bytes)), _) => sha256(&bytes).to_string(),
            (None, Some(repository)) => repository.resolve(name).map_err(Error::of_revision)?.id,
            (None, None) => String::new(),
        };
        Ok(format!("{} {made_of}", sha256(name.as_bytes())))
    }

    fn known<T: serde::de::DeserializeOwned>(&self, asked: &str) -> Option<T> {
        let here = || self.answers.get(&format!("{asked} {}", self.here));
        self.answers.get(asked).or_else(here)
    }

    fn learn(&self, asked: String, of: &[&Snapshot], answer: &impl serde::Serialize) {
        let unread = Code::HistoryUnread.word();
        let is_whole = |of: &&&Snapshot| of.problems.iter().all(|problem| problem.code != unread);
        if of.iter().filter(is_whole).count() < of.len() {
            return;
        }
        let alone = of.iter().all(|of| of.artifacts.is_empty());
        let asked = if alone { asked } else { format!("{asked} {}", self.here) };
        self.answers.put(asked, answer);
    }
}
