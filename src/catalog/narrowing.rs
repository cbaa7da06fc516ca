//! What a line says besides the words that an idea recognises it by.
//!
//! Such a word may narrow the claim (a platform, a version, how often, of what) or be a second claim
//! beside it, and an idea that has no word for it would ask for less than the line says. So each of
//! them is one that says nothing, or is named by the idea's `reads` or by what its evidence is asked
//! for itself; else that evidence is not offered.

use std::collections::HashSet;

use serde::Deserialize;

use super::idea::{Idea, Means, Report};
use super::limits;
use super::load;
use super::side::Side;
use super::tools::{Named, Tools};
use super::unread;
use crate::model::{Figure, Item, Shape};

/// What of a count says how far the thing itself is, and not of what it speaks.
const PROGRESS: [&str; 12] = [
    "passing",
    "passed",
    "pass",
    "failing",
    "failed",
    "remaining",
    "left",
    "open",
    "done",
    "fixed",
    "resolved",
    "green",
];

/// Words that say of a thing that it was seen to work.
const OF_A_RUN: [&str; 4] = ["tested", "verified", "works", "working"];

/// The words of the data file.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Narrowing {
    says_nothing: HashSet<String>,
    #[serde(skip)]
    tools: Tools,
}

impl Narrowing {
    /// Those of the data file, which the tests read.
    pub(super) fn load() -> Narrowing {
        let none = Narrowing { says_nothing: HashSet::new(), tools: Tools::default() };
        let read = toml::from_str(include_str!("ideas/narrowing.toml")).unwrap_or(none);
        Narrowing { tools: Tools::load(), ..read }
    }

    /// What `item` says.
    pub(super) fn of(&self, item: &Item) -> Narrowed<'_> {
        let remark = item.note.as_deref().unwrap_or_default().to_lowercase();
        let mut text = item.text.to_lowercase();
        let main = without_remark(&text, &remark).len();
        if tells_of_progress(item) {
            text.truncate(main);
        }
        Narrowed {
            words: self,
            named: self.tools.named_in(&text),
            side: Side::of_text(&item.text),
            own: own(item),
            remark,
            text,
            main,
        }
    }
}

/// The text before its trailing remark.
pub(super) fn without_remark<'t>(text: &'t str, remark: &str) -> &'t str {
    let end = if remark.is_empty() { None } else { text.rfind(remark) };
    text.get(..end.unwrap_or(text.len())).unwrap_or(text).trim_end_matches(['(', '~', ' '])
}

/// The words of an item that are no part of its claim: its label, its owner and the like.
fn own(item: &Item) -> HashSet<String> {
    let of = [&item.label, &item.owner, &item.due, &item.priority];
    let texts = of.into_iter().flatten().map(|text| text.to_lowercase());
    texts.flat_map(|text| unread::words(&text).map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// Whether the remark begins by saying how far it is: `(22 → 0)`, `(5 passing, some blocked)`.
fn tells_of_progress(item: &Item) -> bool {
    let Some(remark) = item.note.as_deref().map(|note| note.trim_start_matches('~')) else {
        return false;
    };
    let is_first = |figure: &&Figure| remark.starts_with(figure.text.trim_start_matches('~'));
    item.figures.iter().rev().find(is_first).is_some_and(|figure| match figure.shape {
        Shape::Change { .. } | Shape::Share { .. } => true,
        Shape::Count { .. } => {
            let first = figure.noun.as_deref().and_then(|noun| noun.split(' ').next());
            first.is_some_and(|word| PROGRESS.contains(&word))
        }
        Shape::Limit { .. } => false,
    })
}

/// What a line says.
pub(super) struct Narrowed<'n> {
    words: &'n Narrowing,
    /// The tools that it names.
    pub(super) named: Named<'n>,
    side: Option<Side>,
    own: HashSet<String>,
    remark: String,
    /// In small letters, without a remark that says how far it is.
    text: String,
    /// Where the remark begins in it.
    main: usize,
}

impl Narrowed<'_> {
    /// Whether `means` of `idea` speaks of all that `item` says. A person's word is of all of it, and
    /// what is remarked after the name of a file describes it. A tool is read where the means knows its
    /// traces.
    pub(super) fn is_read_by(&self, idea: &Idea, means: &Means, item: &Item) -> bool {
        let of_tools = if self.named.is_empty() {
            Vec::new()
        } else if means.is_of_any_tool() {
            self.named.words().collect()
        } else {
            self.named.words_known_to(&means.traces())
        };
        match means {
            Means::SignOff { .. } => true,
            Means::Package(_) if self.tells_of_a_run() => false,
            Means::NamedFile => self.is_all_read(idea, self.main(), &[]),
            Means::Report(report) => {
                let Some(limit) = limit_of(report, item) else { return false };
                let remark = report.condition.contains("{package}").then_some(&*self.remark);
                let load = report.load.as_ref().and_then(|_| load::of(&self.text));
                let load: Vec<&str> = load.into_iter().flat_map(|load| load.words).collect();
                if self.bounds_again(&limit, &load) {
                    return false;
                }
                let asked = report.kinds.iter().chain(&limit).map(String::as_str).chain(remark);
                let asked = asked.flat_map(unread::words).chain(of_tools).chain(load);
                self.is_all_read(idea, &self.text, &asked.collect::<Vec<_>>())
            }
            _ => {
                let counts =
                    matches!(means, Means::Jobs { .. }) && limits::counted_tests(item).is_some();
                !has_limit(item)
                    && !counts
                    && self.are_tools_known(&of_tools)
                    && self.is_all_read(idea, &self.text, &of_tools)
            }
        }
    }

    /// Whether the text gives a number beside its `limit`: of `< 500 ms / 100 ms` nobody knows which is meant.
    fn bounds_again(&self, limit: &[String], load: &[&str]) -> bool {
        let Some(said) = limit.first() else { return false };
        let rest = self.text.replacen(said.as_str(), " ", 1);
        let is_ordinal = |word: &str| word.ends_with("th") || word.ends_with("st");
        let counts = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
        let mut numbers = unread::words(&rest).filter(counts);
        numbers.any(|word| !is_ordinal(word) && !load.contains(&word) && !self.own.contains(word))
    }

    /// Whether each word that names a tool is one of `known`: what `says` itself reads is no trace.
    fn are_tools_known(&self, known: &[&str]) -> bool {
        self.named.words().all(|word| known.contains(&word))
    }

    /// Whether the text says that it was seen to work, which no code shows.
    fn tells_of_a_run(&self) -> bool {
        unread::words(&self.text).any(|word| OF_A_RUN.contains(&word))
    }

    fn main(&self) -> &str {
        self.text.get(..self.main).unwrap_or(&self.text)
    }

    fn is_all_read(&self, idea: &Idea, text: &str, asked: &[&str]) -> bool {
        let of_side = |word: &str| self.side.is_some() && Side::WORDS.contains(&word);
        // What recognises the line may end where its remark begins.
        let (recognised, remark) = match text.split_at_checked(self.main) {
            Some((main, remark)) if !idea.is_in(text) => (main, remark),
            _ => (text, ""),
        };
        let remark = unread::words(remark).filter(|word| !idea.reads(word));
        idea.unread(recognised).into_iter().chain(remark).all(|word| {
            self.words.says_nothing.contains(word)
                || self.own.contains(word)
                || asked.contains(&word)
                || of_side(word)
        })
    }
}

/// The limit that the report is held to, as the text says it; `None` where it says another one.
fn limit_of(report: &Report, item: &Item) -> Option<Vec<String>> {
    let mut limits = item.figures.iter().filter(|figure| is_limit(figure));
    let Some(limit) = limits.next() else { return Some(Vec::new()) };
    if limits.next().is_some() || !limits::fills(&report.condition) {
        return None;
    }
    let reads = limits::reads_percentiles(&report.condition);
    let percentile = limit.percentile.clone().filter(|_| reads);
    if reads && names_another(&item.text.to_lowercase(), percentile.as_deref()) {
        return None;
    }
    Some(std::iter::once(limit.text.to_lowercase()).chain(percentile).collect())
}

/// Whether a text names a percentile besides that of its limit: `p99 and p95 < 500 ms` are two claims.
fn names_another(text: &str, percentile: Option<&str>) -> bool {
    let is_one = |word: &&str| {
        let digits = word.strip_prefix('p').unwrap_or_default();
        digits.len() > 1 && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_its_own = |word: &str| percentile.is_some_and(|own| own.starts_with(word));
    unread::words(text).filter(is_one).any(|word| !is_its_own(word))
}

fn has_limit(item: &Item) -> bool {
    item.figures.iter().any(is_limit)
}

fn is_limit(figure: &Figure) -> bool {
    matches!(figure.shape, Shape::Limit { .. })
}

/// Whether `word` stands in a pattern as a word of its own; how often something may stand there
/// (`{0,30}`) is no word.
pub(super) fn stands_in(pattern: &str, word: &str) -> bool {
    let pattern = pattern.replace(r"\b", " ");
    let outside = pattern.split('{').enumerate().map(|(at, part)| match part.split_once('}') {
        Some((_, rest)) if at > 0 => rest,
        _ => part,
    });
    let is_letter = |c: char| c.is_alphanumeric();
    outside
        .flat_map(|part| part.split(move |c| !is_letter(c)))
        .any(|part| part == word || part.strip_suffix('s') == Some(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_read_and_none_is_a_tool_that_says_nothing() {
        let words: Narrowing = toml::from_str(include_str!("ideas/narrowing.toml")).unwrap();
        let tools = Tools::load();
        assert!(words.says_nothing.iter().all(|word| tools.named_in(word).is_empty()));
        assert!(!words.says_nothing.is_empty());
    }

    #[test]
    fn a_pattern_names_its_words_and_not_its_counts() {
        let pattern = r"\b(no|0)\b.{0,30}\bhigh\b";
        assert!(stands_in(pattern, "no") && stands_in(pattern, "high") && stands_in(pattern, "0"));
        assert!(!stands_in(r"\bscan.{0,30}", "0") && !stands_in(pattern, "hig"));
    }
}
