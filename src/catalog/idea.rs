//! The ideas: data files, each entry what an item may say and what would settle it.

use std::cell::OnceCell;

use serde::Deserialize;

use super::limits;
use super::narrowing::{Narrowed, Narrowing, stands_in, without_remark};
use super::pattern::{Pattern, Wording};
use super::sieve::Sieve;
use super::unread::Unread;
use crate::model::Item;

/// The data files, the more special ideas before the more general ones.
const FILES: [(&str, &str); 9] = [
    ("people", include_str!("ideas/people.toml")),
    ("security", include_str!("ideas/security.toml")),
    ("data", include_str!("ideas/data.toml")),
    ("load", include_str!("ideas/load.toml")),
    ("running", include_str!("ideas/running.toml")),
    ("containers", include_str!("ideas/containers.toml")),
    ("pipeline", include_str!("ideas/pipeline.toml")),
    ("code", include_str!("ideas/code.toml")),
    ("documents", include_str!("ideas/documents.toml")),
];

/// Every idea. What they built and keep in mind of their patterns is let go with them.
pub(super) struct Ideas {
    /// In the order in which they are tried.
    pub(super) all: Vec<Idea>,
    sieve: Sieve,
    narrowing: OnceCell<Narrowing>,
}

impl Ideas {
    /// Those of the data files.
    pub(super) fn load() -> Ideas {
        let of_file = |(area, text): &(&'static str, &str)| {
            let ideas = toml::from_str::<File>(text).map(|file| file.idea).unwrap_or_default();
            ideas.into_iter().map(|idea| Idea { area, ..idea }).collect::<Vec<_>>()
        };
        let all: Vec<Idea> = FILES.iter().flat_map(of_file).collect();
        let sieve = Sieve::of(all.iter().map(|idea| idea.says.text()));
        Ideas { all, sieve, narrowing: OnceCell::new() }
    }

    /// The first idea that recognises `item`, with its place: by what it says without its trailing
    /// remark, else by all.
    pub(super) fn of<'i>(&'i self, item: &'i Item) -> Option<(usize, &'i Idea)> {
        let whole = item.text.as_str();
        let main = without_remark(whole, item.note.as_deref().unwrap_or_default());
        let said = Said {
            main: main.to_lowercase(),
            whole: whole.to_lowercase(),
            note: item.note.as_deref().unwrap_or_default().to_lowercase(),
            item,
            narrowed: OnceCell::new(),
        };
        // A remark alone is no claim: what the whole says must begin before it.
        let with_remark = || (main != whole).then(|| self.first(&said.whole, &said)).flatten();
        self.first(&said.main, &said).or_else(with_remark)
    }

    /// What `item` says besides an idea's own words.
    pub(super) fn narrowed(&self, item: &Item) -> Narrowed<'_> {
        self.narrowing.get_or_init(Narrowing::load).of(item)
    }

    /// Each pattern by itself: one automaton of them all takes four times as long, and far more memory.
    fn first<'i>(&'i self, text: &str, said: &Said<'i>) -> Option<(usize, &'i Idea)> {
        let narrowed = || said.narrowed.get_or_init(|| self.narrowed(said.item));
        let is_meant = |(_, idea): &(usize, &Idea)| {
            let is_read = |means: &Means| narrowed().is_read_by(idea, means, said.item);
            idea.agrees(text, said) && idea.by.iter().any(is_read)
        };
        let may = self.sieve.through(text).into_iter();
        may.filter_map(|at| Some((at, self.all.get(at)?))).find(is_meant)
    }
}

/// What an item says, in small letters.
struct Said<'i> {
    /// The claim without its trailing remark.
    main: String,
    whole: String,
    note: String,
    item: &'i Item,
    narrowed: OnceCell<Narrowed<'i>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    idea: Vec<Idea>,
}

/// One idea.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Idea {
    /// Its name in reports.
    pub(super) id: String,
    /// The data file that it stands in.
    #[serde(skip)]
    pub(super) area: &'static str,
    /// What the item's text says.
    says: Wording,
    /// What it does not say.
    #[serde(default)]
    but: Option<Wording>,
    /// What neither the text nor its remark says.
    #[serde(default)]
    never: Option<Wording>,
    /// What its trailing remark says.
    #[serde(default)]
    note: Option<Wording>,
    /// Words that its evidence proves although `says` has none of them.
    #[serde(default)]
    reads: Vec<String>,
    /// What the evidence would say, as a sentence.
    pub(super) why: String,
    /// The evidence, the best first.
    pub(super) by: Vec<Means>,
}

impl Idea {
    /// Whether the claim itself says it in `text`, and nothing speaks against it.
    fn agrees(&self, text: &str, said: &Said<'_>) -> bool {
        let is_in = |wording: &Option<Wording>, text: &str| {
            wording.as_ref().is_some_and(|wording| wording.start(text).is_some())
        };
        self.says.start(text).is_some_and(|start| start < said.main.len())
            && !is_in(&self.but, text)
            && !is_in(&self.never, &said.whole)
            && (self.note.is_none() || is_in(&self.note, &said.note))
    }

    /// The words of `text` that it does not read: neither what recognises it nor, between such words,
    /// another that it knows.
    pub(super) fn unread<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let left = self.says.unread(text);
        let is_known = |of: &Unread<'_>| {
            of.between && stands_in(self.says.text(), of.word) || self.reads(of.word)
        };
        left.into_iter().filter(|of| !is_known(of)).map(|of| of.word).collect()
    }

    /// Whether tests prove it.
    pub(super) fn is_of_tests(&self) -> bool {
        let of_tests = |group: &String| matches!(group.as_str(), "tests" | "coverage");
        self.by.iter().any(|means| match means {
            Means::Report(report) => report.carries.iter().any(of_tests),
            Means::Cases { .. } => true,
            _ => false,
        })
    }

    /// Whether it recognises `text`.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.says.start(text).is_some()
    }

    /// What it takes a line by.
    #[cfg(test)]
    pub(super) fn taken_by(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.says.text()).chain(self.reads.iter().map(String::as_str))
    }

    /// Whether it recognises a line by `word`, or its evidence proves it.
    pub(super) fn speaks_of(&self, word: &str) -> bool {
        self.reads(word) || stands_in(self.says.text(), word)
    }

    /// Whether its evidence proves `word`.
    pub(super) fn reads(&self, word: &str) -> bool {
        self.reads.iter().any(|read| read == word)
    }
}

/// What would settle an item.
#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
#[serde(deny_unknown_fields)]
pub(super) enum Means {
    /// Reports of tools.
    Report(Box<Report>),
    /// Test cases by name.
    Cases {
        /// What their names say.
        named: String,
        /// What the name of one says that shows it to hold: for each pattern at least one.
        #[serde(default)]
        affirms: Vec<Pattern>,
        #[serde(default)]
        max_age: Option<String>,
    },
    /// Jobs of a CI run: for each pattern at least one.
    Jobs {
        named: Vec<Pattern>,
        /// Words that its name may say besides.
        #[serde(default)]
        beside: Vec<String>,
        #[serde(default)]
        max_age: Option<String>,
    },
    /// A document of a tool that trueup knows nothing of, by its name and a member that says how
    /// it went.
    Field {
        named: Pattern,
        fields: Vec<String>,
        #[serde(default)]
        max_age: Option<String>,
    },
    /// Files of the repository.
    Files {
        /// Globs, tried in order; the first that matches is `{glob}`, its first file `{path}`.
        any: Vec<String>,
        /// What the file holds, where its name alone does not tell.
        #[serde(default)]
        holds: Option<Pattern>,
        condition: String,
    },
    /// The file that the text names.
    NamedFile,
    /// A dependency of a package, and the code that uses it.
    Package(Box<Package>),
    /// A document of the team.
    Document {
        /// What its path says.
        named: Pattern,
        /// Else what a heading in it says.
        #[serde(default)]
        heading: Option<String>,
    },
    /// Every setting of the example is given in production.
    Environment,
    /// Every container has its limits.
    Limits,
    /// The image that was scanned is the one that was built.
    Image,
    /// A person's word.
    SignOff {
        max_age: String,
        /// Of what is done anew for each release.
        #[serde(default)]
        each_release: bool,
    },
}

impl Means {
    /// Whether the draft hangs on more of the item than the half of the product that it speaks of.
    pub(super) fn reads_the_item(&self, item: &Item) -> bool {
        match self {
            Means::NamedFile
            | Means::Document { .. }
            | Means::Jobs { .. }
            | Means::Cases { .. } => true,
            Means::Report(report) => {
                !report.kinds.is_empty()
                    || report.vouched_by_job.is_some()
                    || limits::reads_the_item(&report.condition, item)
            }
            _ => false,
        }
    }
}

impl Means {
    /// Whether it reads what a run left behind, and not what is in the repository.
    pub(super) fn is_of_runs(&self) -> bool {
        matches!(
            self,
            Means::Report(_)
                | Means::Cases { .. }
                | Means::Jobs { .. }
                | Means::Field { .. }
                | Means::Image
        )
    }

    /// Whether any tool can leave what it asks for.
    pub(super) fn is_of_any_tool(&self) -> bool {
        matches!(self, Means::Report(report) if report.formats.is_empty() || report.effect)
    }

    /// Whether it shows what comes of a tool, whichever it is.
    pub(super) fn is_effect(&self) -> bool {
        matches!(self, Means::Report(report) if report.effect)
    }

    /// All by which it knows its evidence, as one text.
    pub(super) fn traces(&self) -> String {
        let of = |pattern: &Option<Pattern>| {
            pattern.as_ref().map(|of| of.text().to_owned()).unwrap_or_default()
        };
        let texts = match self {
            Means::Report(report) => {
                let lists = [&report.formats, &report.beside, &report.tools];
                lists.into_iter().flatten().cloned().chain([of(&report.named)]).collect()
            }
            Means::Cases { named, .. } => vec![named.clone()],
            Means::Jobs { named, .. } => named.iter().map(|of| of.text().to_owned()).collect(),
            Means::Field { named, .. } | Means::Document { named, .. } => {
                vec![named.text().to_owned()]
            }
            Means::Files { any, holds, .. } => any.iter().cloned().chain([of(holds)]).collect(),
            Means::Package(of) => of.any.iter().chain(&of.code).cloned().collect(),
            Means::NamedFile
            | Means::Environment
            | Means::Limits
            | Means::Image
            | Means::SignOff { .. } => Vec::new(),
        };
        texts.join(" , ")
    }
}

/// A dependency of a package, and the code that uses it.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Package {
    /// The language, by its name in the table of manifests.
    #[serde(default = "javascript")]
    pub(super) of: String,
    /// Names, tried in order.
    pub(super) any: Vec<String>,
    /// What a source file holds where it is in use: a blank is any space, a quote either.
    #[serde(default)]
    pub(super) code: Vec<String>,
    /// What the same file does not hold, or it is in use in another way than is meant.
    #[serde(default)]
    pub(super) unless: Vec<String>,
}

fn javascript() -> String {
    "javascript".to_owned()
}

/// Reports of tools.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Report {
    /// The ids of their formats.
    pub(super) formats: Vec<String>,
    /// Those that are asked as well where one of `formats` is there, and prove nothing alone: Trivy
    /// may have looked for other things than vulnerabilities.
    #[serde(default)]
    pub(super) beside: Vec<String>,
    /// What their path, tool or workflow says, where the format alone does not tell.
    #[serde(default)]
    pub(super) named: Option<Pattern>,
    /// What their path, tool or workflow does not say.
    #[serde(default)]
    pub(super) not_named: Option<Pattern>,
    /// Metrics that a report must carry: the one that matches is `{metric}`.
    #[serde(default)]
    pub(super) metric: Option<Pattern>,
    /// The metric whose rate is asked for where the text names a load.
    #[serde(default)]
    pub(super) load: Option<String>,
    /// Names of alert rules, of which a report must list one: `{rule}`.
    #[serde(default)]
    pub(super) rule: Option<String>,
    /// Severities of alert rules, of which a report must list one.
    #[serde(default)]
    pub(super) severity: Option<Pattern>,
    /// Groups of facts that a report must carry.
    #[serde(default)]
    pub(super) carries: Vec<String>,
    /// The share of the coverage that a report must carry.
    #[serde(default)]
    pub(super) share: Option<String>,
    /// What must hold, over all of them.
    pub(super) condition: String,
    /// Those of `formats` whose tool fails by whatever it finds.
    #[serde(default)]
    pub(super) strict: Vec<String>,
    /// Those count as well that come to lie beside the ones that are there.
    #[serde(default)]
    pub(super) every: bool,
    /// The tools whose reports it may read besides those that its formats name. Each that the text names
    /// must be there and is asked for itself.
    #[serde(default)]
    tools: Vec<String>,
    /// Kinds of runs ("soak"): each that the text names must be there by its path.
    #[serde(default)]
    pub(super) kinds: Vec<String>,
    /// It is of one half of the product by its nature, whatever its name says.
    #[serde(default)]
    pub(super) any_side: bool,
    /// It shows what comes of a tool, and not which: where the text names one, it is asked beside the
    /// tool's own trace and proves nothing alone.
    #[serde(default)]
    pub(super) effect: bool,
    /// The job that vouches for a silent tool.
    #[serde(default)]
    pub(super) vouched_by_job: Option<Pattern>,
    #[serde(default)]
    pub(super) max_age: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_data_file_is_read() {
        for (_, text) in FILES {
            toml::from_str::<File>(text).unwrap_or_else(|fault| panic!("{fault}"));
        }
    }

    #[test]
    fn every_wording_is_in_small_letters() {
        for idea in &Ideas::load().all {
            let others = [&idea.but, &idea.never, &idea.note].into_iter().flatten();
            for wording in others.chain([&idea.says]) {
                let mut letters = wording.text().chars();
                while let Some(letter) = letters.next() {
                    assert!(!letter.is_uppercase(), "{}: {}", idea.id, wording.text());
                    if letter == '\\' {
                        letters.next();
                    }
                }
            }
        }
    }

    #[test]
    fn every_idea_has_a_name_of_its_own_a_sentence_and_evidence() {
        let mut names = std::collections::BTreeSet::new();
        for idea in &Ideas::load().all {
            assert!(names.insert(&idea.id), "{} stands twice", idea.id);
            assert!(idea.why.ends_with('.') && !idea.by.is_empty(), "{}", idea.id);
        }
    }
}
