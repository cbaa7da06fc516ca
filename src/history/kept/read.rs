//! From what was kept of a history to the history; `None` where a number means nothing.

use std::mem::take;
use std::sync::{Arc, OnceLock};

use crate::history::History;
use crate::history::attested;
use crate::history::register;
use crate::history::row::Row;
use crate::history::trail::{self, FileState, Trail};
use crate::history::version::{self, Placed, Version, Written};
use crate::model::{Approved, Attestation, Authorship, SignOffEntry, Timestamp, Trailer};

use super::base::Base;
use super::form::{
    Added, Commit, Cut, Entry, Gone, Held, Lost, Number, Record, Said, State, Way, Whole, Word,
    Wording,
};

/// The history that `kept` tells of, with what was `added` since; `base` is the file of `kept`.
pub(super) fn history<'b>(
    mut kept: Whole<'b>,
    added: Option<Added<'b>>,
    mut base: Base,
) -> Option<History> {
    base.count(&kept);
    let known = kept.wordings.len();
    let mut replaced = Vec::new();
    if let Some(added) = added {
        base.released = match added.released {
            Some(name) => Some(release(&kept.texts, &added.texts, name)?),
            None => None,
        };
        replaced.extend(added.states.iter().map(|(path, _)| *path));
        join(&mut kept, added)?;
    }
    let tables = Tables::of(&mut kept)?;
    let mut history = tables.history(kept)?;
    base.row.clone_from(&history.row);
    for path in replaced {
        (path < base.row.len()).then(|| base.row.set(path, None))?;
    }
    base.wordings = tables.wordings;
    base.wordings.truncate(known);
    history.base = Some(base);
    Some(history)
}

/// Puts what was added where it belongs.
fn join<'b>(kept: &mut Whole<'b>, added: Added<'b>) -> Option<()> {
    kept.texts.extend(added.texts);
    if added.released.is_some() {
        let waiting = kept.commits.iter_mut().filter(|commit| commit.release.is_none());
        waiting.for_each(|commit| commit.release = added.released);
    }
    kept.commits.extend(added.commits);
    kept.wordings.extend(added.wordings);
    kept.revisions.extend(added.revisions);
    kept.records.extend(added.records);
    for (path, state) in added.states {
        *kept.states.get_mut(path)? = state;
    }
    (kept.head, kept.tags) = (added.head, added.tags);
    (kept.truncated, kept.unread, kept.items) = (added.truncated, added.unread, added.items);
    (kept.said, kept.lost, kept.held) = (added.said, added.lost, added.held);
    Some(())
}

/// The name by its number, in the texts of both files.
fn release(known: &[&str], added: &[&str], number: Number) -> Option<String> {
    let name = known.get(number).or_else(|| added.get(number.checked_sub(known.len())?));
    name.map(|name| name.to_string())
}

/// Every value made into another, in its place where both are as large; `None` where one cannot be.
fn all<T, U>(values: Vec<T>, make: impl FnMut(T) -> Option<U>) -> Option<Vec<U>> {
    values.into_iter().map(make).collect()
}

fn strings(of: &[&str]) -> Vec<String> {
    of.iter().map(|text| text.to_string()).collect()
}

fn authorship(of: &Commit<'_>, texts: &[&str]) -> Option<Arc<Authorship>> {
    let authored = match of.authored {
        Some(seconds) => Some(Timestamp::from_epoch(seconds)?),
        None => None,
    };
    let release = match of.release {
        Some(name) => Some(texts.get(name)?.to_string()),
        None => None,
    };
    Some(Arc::new(Authorship {
        commit: of.id.to_owned(),
        time: Timestamp::from_epoch(of.time)?,
        authored,
        author: texts.get(of.author)?.to_string(),
        email: texts.get(of.email)?.to_string(),
        person: None,
        picked_from: strings(&of.picked_from),
        merges_request: of.merges_request,
        subject: of.subject.to_owned(),
        signature: of.signature,
        release,
    }))
}

/// `sections` are those of the texts that a wording before stood in.
fn written(
    of: Wording<'_>,
    texts: &[&str],
    sections: &mut [Option<Arc<str>>],
) -> Option<Arc<Written>> {
    let mut shared = |number: usize| {
        let name = texts.get(number)?;
        Some(Arc::clone(sections.get_mut(number)?.get_or_insert_with(|| Arc::from(*name))))
    };
    let (title, section) = (shared(of.title)?, shared(of.section)?);
    let rest = of.rest.and_then(|rest| {
        let rest = version::Rest {
            explicit: rest.explicit.map(str::to_owned),
            label: rest.label.map(str::to_owned),
            details: rest.details.to_owned(),
            thresholds: strings(&rest.thresholds),
        };
        rest.kept()
    });
    Some(Arc::new(Written {
        text: Arc::from(of.text),
        section,
        title,
        above: (*texts.get(of.above)?).into(),
        meaning: of.meaning.into(),
        rest,
    }))
}

/// What is named by number, and how many there are of what is named by place.
struct Tables<'b> {
    texts: Vec<&'b str>,
    commits: Vec<Arc<Authorship>>,
    wordings: Vec<Arc<Written>>,
    paths: usize,
    revisions: usize,
    records: usize,
}

impl<'b> Tables<'b> {
    /// Takes the tables out of `kept`.
    fn of(kept: &mut Whole<'b>) -> Option<Tables<'b>> {
        let texts = take(&mut kept.texts);
        let mut sections = vec![None; texts.len()];
        let wordings = take(&mut kept.wordings);
        Some(Tables {
            commits: all(take(&mut kept.commits), |commit| authorship(&commit, &texts))?,
            wordings: all(wordings, |wording| written(wording, &texts, &mut sections))?,
            texts,
            paths: kept.paths.len(),
            revisions: kept.revisions.len(),
            records: kept.records.len(),
        })
    }

    /// What else `kept` tells.
    fn history(&self, kept: Whole<'_>) -> Option<History> {
        let within = |path: &usize| *path < self.paths;
        let countable = u32::try_from(kept.items).is_ok();
        if kept.states.len() != self.paths || !kept.registers.iter().all(within) || !countable {
            return None;
        }
        let pair = |(name, id): &(&str, &str)| (name.to_string(), id.to_string());
        let former = kept.former.iter().map(|(path, names)| (path.to_string(), strings(names)));
        let mut history = History {
            truncated: kept.truncated,
            lost: all(kept.lost, |lost| self.lost(&lost))?,
            unread: strings(&kept.unread),
            head: kept.head.to_owned(),
            tags: kept.tags.iter().map(pair).collect(),
            asked: strings(&kept.asked),
            paths: kept.paths.into_iter().map(Arc::from).collect(),
            revisions: all(kept.revisions, |at| self.commit(at))?,
            records: all(kept.records, |record| self.record(record))?,
            row: self.row(kept.states)?,
            items: kept.items,
            said: all(kept.said, |said| self.said(said))?.into_iter().collect(),
            registers: kept.registers.into_iter().collect(),
            held: all(kept.held, |held| self.held(held))?,
            former: former.collect(),
            ..History::default()
        };
        history.index();
        Some(history)
    }

    fn row(&self, states: Vec<Option<State>>) -> Option<Row> {
        let states = states.into_iter().enumerate().map(|(id, state)| match state {
            Some(state) => self.state(id, state).map(|state| Some(Arc::new(state))),
            None => Some(None),
        });
        states.collect()
    }

    fn text(&self, at: Number) -> Option<String> {
        self.texts.get(at).map(|text| text.to_string())
    }

    fn commit(&self, at: Number) -> Option<Arc<Authorship>> {
        self.commits.get(at).map(Arc::clone)
    }

    fn wording(&self, at: Number) -> Option<Arc<Written>> {
        self.wordings.get(at).map(Arc::clone)
    }

    fn record(
        &self,
        Record(revision, change, written, claim, born): Record,
    ) -> Option<trail::Record> {
        let written = self.wording(written)?;
        let known = revision < self.revisions;
        known.then_some(trail::Record { revision, change, written, claim, born })
    }

    fn state(&self, id: usize, of: State) -> Option<FileState> {
        let State { blob, items, cuts, trails, records, gone, renamed } = of;
        let count = items.len();
        let items = all(items, |(at, claim, parent)| {
            let known = parent.is_none_or(|parent| parent < count);
            known.then_some(Placed { written: self.wording(at)?, claim, parent })
        })?;
        if !records.iter().all(|at| *at < self.records) {
            return None;
        }
        let mut rest = records.as_slice();
        let trails = all(trails, |way| trail(&way, &mut rest))?;
        let cuts = all(cuts, |cut| self.cut(&cut))?;
        let version = Arc::new(Version { items, cuts });
        let gone = all(gone, |gone| self.gone(gone, &mut rest))?;
        let whole = trails.len() == count && rest.is_empty();
        whole.then_some(FileState {
            id,
            blob,
            version,
            trails,
            gone,
            renamed,
            ticked: OnceLock::new(),
        })
    }

    fn cut(&self, Cut(length, closed, headings, items): &Cut) -> Option<version::Cut> {
        let heading =
            |(level, text): &(u8, Number)| Some((*level, Arc::from(*self.texts.get(*text)?)));
        let headings = headings.iter().map(heading).collect::<Option<_>>()?;
        Some(version::Cut { length: *length, closed: *closed, headings, items: *items })
    }

    fn gone(&self, of: Gone, records: &mut &[usize]) -> Option<trail::Gone> {
        let below = match of.below {
            Some(text) => Some(Arc::from(*self.texts.get(text)?)),
            None => None,
        };
        let written = self.wording(of.written)?;
        Some(trail::Gone { written, below, trail: trail(&of.trail, records)?, last: of.last })
    }

    fn said(&self, of: Said) -> Option<(usize, attested::Said)> {
        let sign_offs = all(of.sign_offs, |word| self.word(&word))?;
        let taken_back = all(of.taken_back, |word| self.word(&word))?;
        let evidence_for = all(of.evidence_for, |word| self.word(&word))?;
        Some((of.item, attested::Said { sign_offs, taken_back, evidence_for }))
    }

    fn word(&self, of: &Word) -> Option<Attestation> {
        let limits = of.thresholds.iter().map(|limit| self.text(*limit));
        let told = |text: Option<Number>| match text {
            Some(text) => self.text(text).map(Some),
            None => Some(None),
        };
        Some(Attestation {
            by: self.commit(of.by)?,
            written: self.text(of.written)?,
            text: Arc::from(*self.texts.get(of.text)?),
            meaning: self.text(of.meaning)?,
            thresholds: limits.collect::<Option<_>>()?,
            context: told(of.context)?,
            approved: match of.approved {
                Some(parts) => Some(self.approved(parts)?),
                None => None,
            },
            taken_back_in: told(of.taken_back_in)?,
            entry: None,
        })
    }

    fn approved(&self, parts: [Number; 5]) -> Option<Approved> {
        let [document, headings, items, lines, tickets] = parts.map(|part| self.text(part));
        Some(Approved {
            document: document?,
            headings: headings?,
            items: items?,
            lines: lines?,
            tickets: tickets?,
        })
    }

    fn lost(&self, of: &Lost<'_>) -> Option<attested::Lost> {
        let unread_of = of.unread_of.clone();
        let by = self.commit(of.by)?;
        let trailer = Trailer { key: of.key.to_owned(), value: of.value.to_owned(), by };
        Some(attested::Lost { trailer, in_several: of.in_several, unread_of })
    }

    fn held(&self, of: Held<'_>) -> Option<register::Held> {
        let by = match of.by {
            Some(at) => Some(self.commit(at)?),
            None => None,
        };
        let words = all(of.words, |(item, word)| {
            Some(attested::Word { item, attestation: self.word(&word)? })
        })?;
        let entry = entry(&of.entry)?;
        let known = of.path < self.paths;
        let in_several = of.in_several;
        known.then_some(register::Held { path: of.path, entry, by, words, in_several })
    }
}

/// The trail whose records are the first of `rest`, which the next ones go on from.
fn trail(Way(item, count, truncated): &Way, rest: &mut &[usize]) -> Option<Trail> {
    let (records, after) = rest.split_at_checked(*count)?;
    *rest = after;
    Some(Trail { item: *item, records: Arc::from(records), truncated: *truncated })
}

fn entry(of: &Entry<'_>) -> Option<SignOffEntry> {
    Some(SignOffEntry {
        item: of.item.to_owned(),
        by: of.by.to_owned(),
        at: Timestamp::from_exact(of.at)?,
        zoned: of.zoned,
        dated: of.dated.to_owned(),
        note: of.note.map(str::to_owned),
        line: of.line,
    })
}
