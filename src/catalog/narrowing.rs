//! Words that narrow a claim: a denial, a severity, a tool's name, how long or how much.
//!
//! An idea that has no word for one of them would ask for less than the text says. So each of them
//! that stands in a text must be named by what the idea says, by what its evidence is asked for
//! itself, or by its `reads`; else that evidence is not offered.

use regex::Regex;
use serde::Deserialize;

use super::idea::{Idea, Means};
use super::limits;
use crate::model::{Item, Shape};

/// The patterns over a text in small letters: their first group is the word that has to be named, and
/// some are names of tools.
pub(super) struct Narrowing(Vec<(Regex, bool)>);

impl Narrowing {
    /// All of the data file.
    pub(super) fn load() -> Narrowing {
        let file = toml::from_str::<File>(include_str!("ideas/narrowing.toml"));
        let patterns = file.map(|file| file.narrows).unwrap_or_default();
        let built = |of: &Narrows| Some((build(&of.says).ok()?, of.tool));
        Narrowing(patterns.iter().filter_map(built).collect())
    }

    /// What narrows `item`.
    pub(super) fn of(&self, item: &Item) -> Narrowed {
        let text = item.text.to_lowercase();
        let (mut words, mut tools) = (Vec::new(), Vec::new());
        for (pattern, is_tool) in &self.0 {
            let found = pattern.captures_iter(&text).filter_map(|found| found.get(1));
            let found: Vec<String> = found.map(|word| word.as_str().to_owned()).collect();
            tools.extend(found.iter().filter(|_| *is_tool).cloned());
            words.extend(found);
        }
        let limited = item.figures.iter().any(|of| matches!(of.shape, Shape::Limit { .. }));
        Narrowed { words, tools, limited }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    narrows: Vec<Narrows>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Narrows {
    says: String,
    /// The word is the name of a tool: a job of another name may run another.
    #[serde(default)]
    tool: bool,
}

fn build(pattern: &str) -> Result<Regex, regex::Error> {
    Regex::new(&pattern.replace(r"\b", r"(?-u:\b)"))
}

/// What a text says besides the idea that recognises it.
pub(super) struct Narrowed {
    /// The words that narrow it.
    words: Vec<String>,
    /// Those of them that name tools.
    tools: Vec<String>,
    /// It holds a limit.
    limited: bool,
}

impl Narrowed {
    /// Whether `means` of `idea` speaks of every one of them. A person's word is of all that the
    /// text says.
    pub(super) fn is_read_by(&self, idea: &Idea, means: &Means) -> bool {
        let (asked, fills) = match means {
            Means::SignOff { .. } => return true,
            Means::Report(report) => (&*report.each, limits::fills(&report.condition)),
            _ => (&[][..], false),
        };
        let is_asked =
            |word: &str| asked.iter().any(|tool| tool.split(' ').any(|part| part == word));
        let is_run = match means {
            Means::Jobs { named, .. } => {
                self.tools.iter().all(|tool| named.iter().any(|pattern| pattern.names(tool)))
            }
            _ => true,
        };
        is_run
            && (!self.limited || fills)
            && self.words.iter().all(|word| idea.names(word) || is_asked(word))
    }
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
    fn every_pattern_is_one_and_has_its_word() {
        let file: File = toml::from_str(include_str!("ideas/narrowing.toml")).unwrap();
        for narrows in &file.narrows {
            let pattern = build(&narrows.says).unwrap_or_else(|fault| panic!("{fault}"));
            assert_eq!(pattern.captures_len(), 2, "{}", narrows.says);
        }
    }

    #[test]
    fn a_pattern_names_its_words_and_not_its_counts() {
        let pattern = r"\b(no|0)\b.{0,30}\bhigh\b";
        assert!(stands_in(pattern, "no") && stands_in(pattern, "high") && stands_in(pattern, "0"));
        assert!(!stands_in(r"\bscan.{0,30}", "0") && !stands_in(pattern, "hig"));
    }
}
