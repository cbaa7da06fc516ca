//! From a history to what is kept of it.

use std::hash::Hash;
use std::sync::Arc;

use crate::history::History;
use crate::history::register;
use crate::history::trail::{self, FileState, Trail};
use crate::history::version::{self, Placed, Written};
use crate::model::map::{HashMap, HashMapExt};
use crate::model::{Approved, Attestation, Authorship, SignOffEntry};

use super::base::Base;
use super::form::{
    Added, Commit, Cut, Entry, Gone, Held, Lost, Number, Record, Rest, Said, State, Way, Whole,
    Word, Wording,
};

/// All of `history`, to be kept under `key`.
pub(super) fn whole<'h>(history: &'h History, key: &'h str) -> Whole<'h> {
    let mut tables = Tables::default();
    let former = history.former.iter().map(|(path, names)| (path.as_str(), strings(names)));
    let mut whole = Whole {
        key,
        head: &history.head,
        tags: tags(history),
        asked: strings(&history.asked),
        paths: history.paths.iter().map(|path| &**path).collect(),
        truncated: history.truncated,
        unread: strings(&history.unread),
        former: former.collect(),
        items: history.items,
        registers: history.registers.iter().copied().collect(),
        revisions: history.revisions.iter().map(|by| tables.commit(by)).collect(),
        records: history.records.iter().map(|record| tables.record(record)).collect(),
        states: history.row.iter().map(|of| of.map(|of| tables.state(of))).collect(),
        said: tables.said(history),
        lost: tables.lost(history),
        held: history.held.iter().map(|held| tables.held(held)).collect(),
        wordings: Vec::new(),
        commits: Vec::new(),
        texts: Vec::new(),
    };
    (whole.wordings, whole.commits, whole.texts) = tables.filled();
    whole
}

/// What `history` has beyond `base`; `None` where it does not go on from there.
pub(super) fn added<'h>(history: &'h History, base: &'h Base) -> Option<Added<'h>> {
    let mut tables = Tables::beyond(base);
    let revisions = history.revisions.get(base.revisions..)?;
    let records = history.records.get(base.records..)?;
    let states = history.row.iter().enumerate().filter(|(path, state)| !base.holds(*path, *state));
    let mut added = Added {
        base: (&base.commit, base.digest.0),
        head: &history.head,
        tags: tags(history),
        truncated: history.truncated,
        unread: strings(&history.unread),
        items: history.items,
        released: base.released.as_deref().map(|name| tables.texts.number(name)),
        revisions: revisions.iter().map(|by| tables.commit(by)).collect(),
        records: records.iter().map(|record| tables.record(record)).collect(),
        states: states.map(|(at, of)| (at, of.map(|of| tables.state(of)))).collect(),
        said: tables.said(history),
        lost: tables.lost(history),
        held: history.held.iter().map(|held| tables.held(held)).collect(),
        wordings: Vec::new(),
        commits: Vec::new(),
        texts: Vec::new(),
    };
    (added.wordings, added.commits, added.texts) = tables.filled();
    Some(added)
}

fn tags(history: &History) -> Vec<(&str, &str)> {
    history.tags.iter().map(|(name, id)| (name.as_str(), id.as_str())).collect()
}

fn strings(of: &[String]) -> Vec<&str> {
    of.iter().map(String::as_str).collect()
}

/// Distinct values, each with its number; they are told apart by `K`.
struct Numbers<K, T = K> {
    first: Number,
    all: Vec<T>,
    of: HashMap<K, Number>,
}

impl<K, T> Default for Numbers<K, T> {
    fn default() -> Numbers<K, T> {
        Numbers::from(0)
    }
}

impl<K, T> Numbers<K, T> {
    fn from(first: Number) -> Numbers<K, T> {
        Numbers { first, all: Vec::new(), of: HashMap::new() }
    }

    fn next(&self) -> Number {
        self.first + self.all.len()
    }
}

impl<T: Copy + Eq + Hash> Numbers<T> {
    fn number(&mut self, value: T) -> Number {
        let next = self.next();
        let number = *self.of.entry(value).or_insert(next);
        if number == next {
            self.all.push(value);
        }
        number
    }
}

/// What is named by number. Each table is filled while what names it is written.
#[derive(Default)]
struct Tables<'h> {
    texts: Numbers<&'h str>,
    commits: Numbers<&'h str, Commit<'h>>,
    wordings: Numbers<&'h Written>,
    /// The numbers of wordings by their address: most are met again, and to look all of one over
    /// costs far more.
    met: HashMap<*const Written, Number>,
}

impl<'h> Tables<'h> {
    /// Those that go on where the tables of `base` end.
    fn beyond(base: &'h Base) -> Tables<'h> {
        let known = base.wordings.iter().enumerate().map(|(at, of)| (Arc::as_ptr(of), at));
        Tables {
            texts: Numbers::from(base.texts),
            commits: Numbers::from(base.commits),
            wordings: Numbers::from(base.wordings.len()),
            met: known.collect(),
        }
    }

    fn commit(&mut self, by: &'h Authorship) -> Number {
        if let Some(known) = self.commits.of.get(by.commit.as_str()) {
            return *known;
        }
        let commit = Commit {
            id: &by.commit,
            time: by.time.epoch(),
            authored: by.authored.map(|at| at.epoch()),
            author: self.texts.number(&by.author),
            email: self.texts.number(&by.email),
            picked_from: strings(&by.picked_from),
            merges_request: by.merges_request,
            subject: &by.subject,
            signature: by.signature,
            release: by.release.as_deref().map(|name| self.texts.number(name)),
        };
        let number = self.commits.next();
        self.commits.all.push(commit);
        self.commits.of.insert(&by.commit, number);
        number
    }

    fn wording(&mut self, written: &'h Arc<Written>) -> Number {
        let new = || self.wordings.number(written.as_ref());
        *self.met.entry(Arc::as_ptr(written)).or_insert_with(new)
    }

    /// What the tables hold in the end.
    fn filled(self) -> (Vec<Wording<'h>>, Vec<Commit<'h>>, Vec<&'h str>) {
        let Tables { wordings, commits, mut texts, .. } = self;
        let wording = |of: &'h Written| Wording {
            text: &of.text,
            meaning: &of.meaning,
            section: texts.number(&of.section),
            title: texts.number(&of.title),
            above: texts.number(&of.above),
            rest: of.rest.as_deref().map(rest),
        };
        let wordings = wordings.all.into_iter().map(wording).collect();
        (wordings, commits.all, texts.all)
    }

    fn record(&mut self, of: &'h trail::Record) -> Record {
        Record(of.revision, of.change, self.wording(&of.written), of.claim, of.born)
    }

    fn state(&mut self, of: &'h FileState) -> State {
        let trails = of.trails.iter().chain(of.gone.iter().map(|gone| &gone.trail));
        let placed = |item: &'h Placed| (self.wording(&item.written), item.claim, item.parent);
        State {
            items: of.items().iter().map(placed).collect(),
            cuts: of.version.cuts.iter().map(|cut| self.cut(cut)).collect(),
            blob: of.blob,
            trails: of.trails.iter().map(way).collect(),
            records: trails.flat_map(|trail| trail.records.iter().copied()).collect(),
            gone: of.gone.iter().map(|gone| self.gone(gone)).collect(),
            renamed: of.renamed,
        }
    }

    fn cut(&mut self, of: &'h version::Cut) -> Cut {
        let headings = of.headings.iter().map(|(level, text)| (*level, self.texts.number(text)));
        Cut(of.length, of.closed, headings.collect(), of.items)
    }

    fn gone(&mut self, of: &'h trail::Gone) -> Gone {
        Gone {
            written: self.wording(&of.written),
            below: of.below.as_deref().map(|text| self.texts.number(text)),
            trail: way(&of.trail),
            last: of.last,
        }
    }

    fn said(&mut self, history: &'h History) -> Vec<Said> {
        let mut all = Vec::with_capacity(history.said.len());
        for (item, said) in &history.said {
            let sign_offs = said.sign_offs.iter().map(|word| self.word(word)).collect();
            let evidence_for = said.evidence_for.iter().map(|word| self.word(word)).collect();
            let taken_back = said.taken_back.iter().map(|word| self.word(word)).collect();
            all.push(Said { item: *item, sign_offs, taken_back, evidence_for });
        }
        all
    }

    /// The entry that a word is of is named where it is shown.
    fn word(&mut self, of: &'h Attestation) -> Word {
        Word {
            by: self.commit(&of.by),
            written: self.texts.number(&of.written),
            text: self.texts.number(&of.text),
            meaning: self.texts.number(&of.meaning),
            thresholds: of.thresholds.iter().map(|limit| self.texts.number(limit)).collect(),
            context: of.context.as_deref().map(|text| self.texts.number(text)),
            approved: of.approved.as_ref().map(|of| {
                let Approved { document, headings, items, lines, tickets } = of;
                [document, headings, items, lines, tickets].map(|text| self.texts.number(text))
            }),
            taken_back_in: of.taken_back_in.as_deref().map(|id| self.texts.number(id)),
        }
    }

    fn lost(&mut self, history: &'h History) -> Vec<Lost<'h>> {
        let lost = history.lost.iter().map(|of| Lost {
            key: &of.trailer.key,
            value: &of.trailer.value,
            by: self.commit(&of.trailer.by),
            in_several: of.in_several,
            unread_of: of.unread_of.clone(),
        });
        lost.collect()
    }

    fn held(&mut self, of: &'h register::Held) -> Held<'h> {
        let words = of.words.iter().map(|word| (word.item, self.word(&word.attestation)));
        Held {
            path: of.path,
            words: words.collect(),
            entry: entry(&of.entry),
            by: of.by.as_deref().map(|by| self.commit(by)),
            in_several: of.in_several,
        }
    }
}

fn rest(of: &version::Rest) -> Box<Rest<'_>> {
    Box::new(Rest {
        explicit: of.explicit.as_deref(),
        label: of.label.as_deref(),
        details: &of.details,
        thresholds: strings(&of.thresholds),
    })
}

fn way(of: &Trail) -> Way {
    Way(of.item, of.records.len(), of.truncated)
}

fn entry(of: &SignOffEntry) -> Entry<'_> {
    Entry {
        item: &of.item,
        by: &of.by,
        at: of.at.exact(),
        zoned: of.zoned,
        dated: &of.dated,
        note: of.note.as_deref(),
        line: of.line,
    }
}
