//! What evidence is called, and whether that is what stands above a line and nothing beside it.

use std::collections::BTreeSet;

use super::general::General;
use super::{Held, joined};
use crate::catalog::side::Side;
use crate::catalog::unread;

/// What evidence has to be called by, and what it may be called besides.
#[derive(Clone, Default)]
pub(in crate::catalog) struct Calling {
    held: Vec<Held>,
    /// What another one of them stands for.
    implied: Vec<Held>,
    /// Words that name the whole, the half of it or the package.
    own: BTreeSet<String>,
}

impl Calling {
    pub(in crate::catalog) fn of(held: Vec<Held>, implied: Vec<Held>) -> Calling {
        Calling { held, implied, own: BTreeSet::new() }
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

    pub(in crate::catalog) fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// What it is called by, for a sentence.
    pub(in crate::catalog) fn names(&self) -> String {
        self.held.iter().map(|of| of.key.as_str()).collect::<Vec<_>>().join(", ")
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
        self.held.iter().all(|of| of.is_optional || is_told(of)) && self.fits(&name)
    }

    /// Whether the file at `path` is: each names a folder around it, or the file.
    pub(in crate::catalog) fn holds(&self, path: &str) -> bool {
        let path = path.to_lowercase();
        self.held.iter().all(|of| {
            let is_called = |part: &str| {
                let part = part.split_once('.').map_or(part, |(stem, _)| stem);
                of.finder().is_in(part) && self.fits(part)
            };
            of.is_optional || path.split('/').any(is_called)
        })
    }

    /// Whether each word of `name` is one of what it is to be called by, or general.
    fn fits(&self, name: &str) -> bool {
        let general = General::get();
        let mut covered = vec![false; name.len()];
        for of in self.held.iter().chain(&self.implied) {
            for range in of.finder().all(name) {
                covered.get_mut(range).into_iter().flatten().for_each(|of| *of = true);
            }
        }
        let mut at = 0;
        name.split('/').all(|part| {
            let start = at;
            at += part.len() + 1;
            let is_known = |word: &std::ops::Range<usize>| {
                let is_covered = covered.get(start + word.start).copied().unwrap_or_default();
                let word = part.get(word.clone()).unwrap_or_default();
                is_covered || self.own.contains(word) || general.is_of_evidence(word)
            };
            general.is_plain_folder(part) || unread::ranges(part).iter().all(is_known)
        })
    }
}
