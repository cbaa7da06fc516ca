//! What evidence has to be called by, because it stands above a line.

use std::ops::Range;

use regex::Regex;

use super::{Half, Of, Stands, Subject, is_number, is_version, joined};
use crate::catalog::idea::{Idea, Means};
use crate::catalog::side::Side;

/// What evidence has to be called by.
#[derive(Clone)]
pub(in crate::catalog) struct Held {
    /// As what stands above says it: one key, one meaning.
    pub(in crate::catalog) key: String,
    names: String,
    pub(super) subject: Option<&'static Subject>,
}

impl Held {
    /// By `subject`, as `words` say it there: a version beside it is a part of the name.
    pub(super) fn of(subject: &'static Subject, words: &str, said: Range<usize>) -> Held {
        let text = |range: Range<usize>| words.get(range).unwrap_or_default();
        let Some(names) = &subject.names else {
            return Held { subject: Some(subject), ..Held::called(text(said)) };
        };
        let has_versions = subject.place != Stands::Alone && subject.of != Of::Tests;
        let behind = text(said.end..words.len()).split(' ').filter(|word| !word.is_empty());
        let behind: Vec<&str> =
            behind.take_while(|word| has_versions && is_version(word)).collect();
        let before = text(0..said.start).split_whitespace().next_back();
        let before = before.filter(|word| has_versions && is_version(word) && !is_number(word));
        let version: Vec<&str> = before.into_iter().chain(behind).collect();
        if version.is_empty() {
            return Held { key: subject.id.clone(), names: names.clone(), subject: Some(subject) };
        }
        let key = format!("{} {}", subject.id, version.join(" "));
        let version: Vec<&str> = version.iter().map(|word| word.trim_start_matches('v')).collect();
        let version = format!("v?{}", version.join("[^a-z0-9]*"));
        let names = format!("(?:{names})[^a-z0-9]*{version}|{version}[^a-z0-9]*(?:{names})");
        Held { key, names, subject: Some(subject) }
    }

    /// By its own words.
    pub(super) fn called(said: &str) -> Held {
        let words: Vec<String> = said.split(' ').map(regex::escape).collect();
        Held { key: said.to_owned(), names: words.join("[^a-z0-9]*"), subject: None }
    }

    /// What tells of a name whether evidence that is called so is of it.
    pub(in crate::catalog) fn matcher(&self) -> impl Fn(&str) -> bool + use<> {
        let with = |names: &str| {
            Regex::new(&format!("(?i)(?:^|[^a-z0-9])(?:{names})(?:[^a-z0-9]|$)")).ok()
        };
        let is = with(&self.names);
        let unless = self.subject.and_then(|subject| subject.unless.as_deref()).and_then(with);
        move |name| {
            is.as_ref().is_some_and(|of| of.is_match(name))
                && !unless.as_ref().is_some_and(|of| of.is_match(name))
        }
    }

    /// Whether another one stands for it: iOS for mobile, the back end for the API.
    pub(in crate::catalog) fn is_implied(&self, all: &[Held], side: Option<Side>) -> bool {
        let Some(subject) = self.subject else { return false };
        let of_half = subject.half.is_some_and(|half| match half {
            Half::Back => side == Some(Side::Back),
            Half::Front => side == Some(Side::Front),
        });
        let stands_for = |of: &Held| of.subject.is_some_and(|of| of.within.contains(&subject.id));
        of_half || all.iter().any(stands_for)
    }

    /// Whether the line says it itself: what it says is read with the line.
    pub(in crate::catalog) fn is_said_in(&self, text: &str) -> bool {
        let words = joined(text);
        match self.subject {
            Some(subject) => subject.found(&words).is_some(),
            None => format!(" {words} ").contains(&format!(" {} ", self.key)),
        }
    }

    /// Whether it narrows what `means` of `idea` shows.
    pub(in crate::catalog) fn narrows(&self, idea: &Idea, means: &Means) -> bool {
        let Some(subject) = self.subject else { return true };
        let is_of = match subject.of {
            Of::All => true,
            Of::Tests => idea.is_of_tests() && means.is_of_runs(),
            Of::Runs => means.is_of_runs(),
        };
        is_of && !idea.reads(&subject.id) && !subject.not_in.iter().any(|of| of == idea.area)
    }
}
