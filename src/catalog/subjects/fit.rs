//! What evidence is called, and whether that is what stands above a line and nothing beside it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::general::General;
use super::{Held, joined};
use crate::catalog::side::Side;
use crate::catalog::unread;
use crate::model::stages;

/// What evidence has to be called by, and what it may be called besides.
#[derive(Clone, Default)]
pub(in crate::catalog) struct Calling {
    held: Vec<Held>,
    /// What another one of them stands for.
    implied: Vec<Held>,
    /// Words that name the whole, the half of it or the package.
    own: BTreeSet<String>,
    /// The half of which evidence has to be all, where it says that it is of it.
    half: Option<Side>,
    /// The places that stand above: evidence that names others is of those.
    places: BTreeSet<&'static str>,
}

impl Calling {
    pub(in crate::catalog) fn of(held: Vec<Held>, implied: Vec<Held>) -> Calling {
        Calling { held, implied, ..Calling::default() }
    }

    /// The same where a name may have these words besides.
    pub(in crate::catalog) fn beside<'w>(
        mut self,
        words: impl Iterator<Item = &'w str>,
        side: Option<Side>,
    ) -> Calling {
        let of_side = side.map(Side::names).unwrap_or_default();
        let all = words.chain(of_side.iter().copied());
        self.own.extend(all.flat_map(unread::words).map(str::to_lowercase));
        self
    }

    /// The same for a line of that half, as what stands above says, and of these places.
    pub(in crate::catalog) fn within(
        self,
        half: Option<Side>,
        places: impl Iterator<Item = &'static str>,
    ) -> Calling {
        Calling { half, places: places.collect(), ..self }
    }

    /// Whether evidence has to be called by something.
    pub(in crate::catalog) fn has_names(&self) -> bool {
        !self.held.is_empty()
    }

    pub(in crate::catalog) fn is_empty(&self) -> bool {
        self.held.is_empty() && self.half.is_none() && self.places.is_empty()
    }

    /// What it is called by, for a sentence.
    pub(in crate::catalog) fn names(&self) -> String {
        let half = self.half.map(|half| match half {
            Side::Back => "backend",
            Side::Front => "frontend",
        });
        let held = self.held.iter().map(|of| of.key.as_str()).chain(half);
        let held: Vec<&str> = held.chain(self.places.iter().copied()).collect();
        held.join(", ")
    }

    /// One key, one meaning.
    pub(in crate::catalog) fn key(&self) -> String {
        let implied: Vec<&str> = self.implied.iter().map(|of| of.key.as_str()).collect();
        let own: Vec<&str> = self.own.iter().map(String::as_str).collect();
        let optional = self.held.iter().filter(|of| of.is_optional).count();
        format!("{}|{optional}|{}|{}", self.names(), implied.join(", "), own.join(" "))
    }

    /// Whether a report or a job of that name, written by `tool`, is of all of it: each stands in the
    /// name, and no word there names anything else.
    pub(in crate::catalog) fn is_of(&self, name: &str, tool: Option<&str>) -> bool {
        let name = name.to_lowercase();
        let tool = tool.map(joined);
        let is_told = |of: &Held| {
            let found = of.finder();
            found.is_in(&name) || tool.as_deref().is_some_and(|tool| found.is_kind_of(tool))
        };
        self.held.iter().all(|of| of.is_optional || is_told(of))
            && (self.held.is_empty() || self.fits(&name))
            && self.is_all_of_the_half(&name)
            && self.is_of_the_place(&name)
    }

    /// Whether evidence that says the half is of all of it: `backend-legacy` is not.
    fn is_all_of_the_half(&self, name: &str) -> bool {
        let Some(half) = self.half.filter(|half| Side::of_name(name) == Some(*half)) else {
            return true;
        };
        let (folders, file) = path_of(name);
        let is_said = Side::of_name(file) == Some(half);
        self.fits(folders) && (!is_said || self.fits(file))
    }

    /// Whether evidence names no place but one that stands above.
    fn is_of_the_place(&self, name: &str) -> bool {
        let mut of = stages(name).peekable();
        self.places.is_empty() || of.peek().is_none() || of.any(|of| self.places.contains(of))
    }

    /// Whether the file at `path` is: each names a folder around it, or the file.
    pub(in crate::catalog) fn holds(&self, path: &str) -> bool {
        // Most paths say nothing of it anywhere.
        if !self.held.iter().all(|of| of.is_optional || of.finder().may_be_in(path)) {
            return false;
        }
        let path = path.to_lowercase();
        self.held.iter().all(|of| {
            let is_called = |part: &str| {
                let part = part.split_once('.').map_or(part, |(stem, _)| stem);
                of.finder().is_in(part) && self.fits(part)
            };
            of.is_optional || path.split('/').any(is_called)
        })
    }

    /// Where `name` says what evidence has to be called by, or what that stands for.
    pub(in crate::catalog) fn names_in(&self, name: &str) -> Vec<Range<usize>> {
        let all = self.held.iter().chain(&self.implied);
        all.flat_map(|of| of.finder().all(name)).collect()
    }

    /// Whether each word of `name` is one of what it is to be called by, or general.
    fn fits(&self, name: &str) -> bool {
        let general = General::get();
        let mut covered = vec![false; name.len()];
        for range in self.names_in(name) {
            covered.get_mut(range).into_iter().flatten().for_each(|of| *of = true);
        }
        let folders = path_of(name).0.len();
        let mut at = 0;
        name.split('/').all(|part| {
            let start = at;
            at += part.len() + 1;
            let is_beside =
                covered.get(start..start + part.len()).is_some_and(|of| of.contains(&true));
            let is_known = |word: &Range<usize>| {
                let is_covered = covered.get(start + word.start).copied().unwrap_or_default();
                let word = part.get(word.clone()).unwrap_or_default();
                let is_of_a_name = is_beside && general.is_of_a_name(word, start < folders);
                is_covered
                    || self.own.contains(word)
                    || general.is_of_evidence(word) && !is_of_a_name
            };
            general.is_plain_folder(part) || unread::ranges(part).iter().all(is_known)
        })
    }
}

/// The folders of what evidence is called, and what follows them: its file, workflow and job.
fn path_of(name: &str) -> (&str, &str) {
    let file = name.find('.').unwrap_or(name.len());
    let end = name.get(..file).and_then(|before| before.rfind('/')).unwrap_or_default();
    name.split_at_checked(end).unwrap_or((name, ""))
}
