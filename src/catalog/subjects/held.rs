//! What evidence has to be called by, because it stands above a line.

use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

use regex::Regex;

use super::general::General;
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
    finder: Rc<OnceCell<Finder>>,
    /// The words of it that are not known; none where it is a part of the product, and no topic.
    topic: Vec<String>,
    /// The whole is called so: evidence that is called by nothing is of it as well.
    pub(in crate::catalog) is_optional: bool,
}

impl Held {
    /// By `subject`, as `words` say it there: a version beside it is a part of the name.
    pub(super) fn of(subject: &'static Subject, words: &str, said: Range<usize>) -> Held {
        let text = |range: Range<usize>| words.get(range).unwrap_or_default();
        let Some(names) = &subject.names else {
            let held = Held::called(text(said), Vec::new());
            return Held { subject: Some(subject), ..held };
        };
        let has_versions = subject.place != Stands::Alone && subject.of != Of::Tests;
        let behind = text(said.end..words.len()).split(' ').filter(|word| !word.is_empty());
        let behind: Vec<&str> =
            behind.take_while(|word| has_versions && is_version(word)).collect();
        let before = text(0..said.start).split_whitespace().next_back();
        let before = before.filter(|word| has_versions && is_version(word) && !is_number(word));
        let version: Vec<&str> = before.into_iter().chain(behind).collect();
        if version.is_empty() {
            return Held::by(subject, subject.id.clone(), names.clone());
        }
        let key = format!("{} {}", subject.id, version.join(" "));
        let version: Vec<&str> = version.iter().map(|word| word.trim_start_matches('v')).collect();
        let version = format!("v?{}", version.join("[^a-z0-9]*"));
        let names = format!("(?:{names})[^a-z0-9]*{version}|{version}[^a-z0-9]*(?:{names})");
        Held::by(subject, key, names)
    }

    /// By its own words, of which those of the `topic` are not known.
    pub(in crate::catalog) fn called(said: &str, topic: Vec<String>) -> Held {
        let words: Vec<String> = said.split(' ').map(regex::escape).collect();
        let names = words.join("[^a-z0-9]*");
        let finder = Rc::default();
        Held { key: said.to_owned(), names, subject: None, finder, topic, is_optional: false }
    }

    fn by(subject: &'static Subject, key: String, names: String) -> Held {
        Held { key, names, subject: Some(subject), ..Held::called("", Vec::new()) }
    }

    /// Whether the vocabulary has it.
    pub(in crate::catalog) fn is_known(&self) -> bool {
        self.subject.is_some()
    }

    /// What finds it in the names of evidence.
    pub(super) fn finder(&self) -> &Finder {
        self.finder.get_or_init(|| {
            let with = |names: &str| {
                Regex::new(&format!("(?i)(?:^|[^a-z0-9])({names})(?:[^a-z0-9]|$)")).ok()
            };
            let is_kind = self.subject.is_some_and(|subject| subject.of == Of::Tests);
            let unless = self.subject.and_then(|subject| subject.unless.as_deref()).and_then(with);
            Finder { is: with(&self.names), unless, is_kind }
        })
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
            Some(subject) if self.has_version() => {
                let said = subject.found(&words);
                said.is_some_and(|said| Held::of(subject, &words, said).key == self.key)
            }
            Some(subject) => subject.found(&words).is_some(),
            None => format!(" {words} ").contains(&format!(" {} ", self.key)),
        }
    }

    /// Whether it is of one version alone.
    fn has_version(&self) -> bool {
        self.subject.is_some_and(|subject| subject.names.is_some() && subject.id != self.key)
    }

    /// Whether it narrows what `means` of `idea` shows.
    pub(in crate::catalog) fn narrows(&self, idea: &Idea, means: &Means) -> bool {
        let Some(subject) = self.subject else {
            let is_topic = |word: &String| General::get().is_topic(word, idea);
            return self.topic.is_empty() || !self.topic.iter().all(is_topic);
        };
        let is_of = match subject.of {
            Of::All => true,
            Of::Tests => idea.is_of_tests() && means.is_of_runs(),
            Of::Runs => means.is_of_runs(),
            Of::Measures => means.is_of_runs() && matches!(idea.area, "load" | "running"),
        };
        is_of
            && (self.has_version() || !idea.reads(&subject.id))
            && !subject.not_in.iter().any(|of| of == idea.area)
    }
}

/// What finds one of them in the names of evidence.
pub(super) struct Finder {
    is: Option<Regex>,
    unless: Option<Regex>,
    is_kind: bool,
}

impl Finder {
    /// Whether it is said in `name`.
    pub(super) fn is_in(&self, name: &str) -> bool {
        let is_found = |of: &Option<Regex>| of.as_ref().is_some_and(|of| of.is_match(name));
        is_found(&self.is) && !is_found(&self.unless)
    }

    /// Whether a part of `path` may say it: where the whole does not, none does.
    pub(super) fn may_be_in(&self, path: &str) -> bool {
        self.is.as_ref().is_some_and(|of| of.is_match(path))
    }

    /// Whether it is a kind of test that `tool` is known for.
    pub(super) fn is_kind_of(&self, tool: &str) -> bool {
        self.is_kind && self.is_in(tool)
    }

    /// Everywhere in `name` that it is said.
    pub(super) fn all<'n>(&'n self, name: &'n str) -> impl Iterator<Item = Range<usize>> + 'n {
        let from = move |at: usize| Some(self.is.as_ref()?.captures_at(name, at)?.get(1)?.range());
        std::iter::successors(from(0), move |last| from(last.end))
    }
}
