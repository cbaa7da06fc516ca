//! Tools by name: what a line calls each, and by what its own traces are known.
//!
//! One tool's file says nothing of another's. So where a line names a tool, evidence answers for it only
//! by a trace of that tool: what a report says of itself, else its format, else its path; the name of a
//! job, a file or a package; what a file holds.

use std::collections::HashMap;

use regex::Regex;
use serde::Deserialize;

use super::surroundings::Around;
use super::unread;

/// The table of the data file.
#[derive(Default)]
pub(super) struct Tools {
    all: Vec<Tool>,
    said: Phrases,
    called: Phrases,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    plain: Vec<String>,
    tool: Vec<Tool>,
}

/// One tool.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tool {
    /// Its name in messages.
    pub(super) name: String,
    /// What lines call it.
    #[serde(default)]
    said: Vec<String>,
    /// What its traces are called by.
    #[serde(default)]
    called: Vec<String>,
    /// A pattern of what a file of the repository holds that is the tool's.
    #[serde(default)]
    pub(super) holds: Option<String>,
    /// What jobs call it as well, where it is at home and nothing else is that they call the same.
    #[serde(default)]
    also: Vec<String>,
    /// A glob of files by which it is at home; without one it is everywhere.
    #[serde(default)]
    pub(super) home: Option<String>,
    /// A glob of files by which another may be.
    #[serde(default)]
    pub(super) unless: Option<String>,
    /// By what manifests tell that no other tool writes such reports here.
    #[serde(default)]
    pub(super) alone: Option<Alone>,
}

/// By what manifests tell that a tool is the only one of its kind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Alone {
    /// A glob of the manifests of its language.
    of: String,
    /// What one of them says.
    says: String,
    /// What none of them says.
    others: String,
}

/// The manifests of all languages.
const MANIFESTS: &str = "**/{package.json,pyproject.toml,setup.cfg,setup.py,requirements*.txt,Pipfile,tox.ini,\
                         pytest.ini,go.mod,Cargo.toml,Gemfile,composer.json,pom.xml,build.gradle,\
                         build.gradle.kts,*.csproj,mix.exs,pubspec.yaml,Package.swift}";

impl Alone {
    /// Whether it is the only one of its kind in what is around.
    fn is_so(&self, around: &Around<'_>) -> bool {
        let own = around.matching(&self.of);
        let text: Vec<String> = own.iter().filter_map(|path| (around.text)(path)).collect();
        let is_said = |pattern: &str| {
            Regex::new(pattern).is_ok_and(|of| text.iter().any(|text| of.is_match(text)))
        };
        around.matching(MANIFESTS).iter().all(|path| own.contains(path))
            && is_said(&self.says)
            && !is_said(&self.others)
    }
}

/// Words that stand side by side, each with the tools that they name.
#[derive(Default)]
struct Phrases {
    of: HashMap<String, Vec<usize>>,
    longest: usize,
}

impl Phrases {
    fn add(&mut self, phrase: &str, tool: usize) {
        let phrase: Vec<&str> = unread::words(phrase).collect();
        self.longest = self.longest.max(phrase.len());
        self.of.entry(phrase.join(" ")).or_default().push(tool);
    }

    /// The tools that `text` names, and with them the words that do: of phrases that overlap the longest.
    fn found<'t>(&self, text: &'t str) -> Vec<(&[usize], Vec<&'t str>)> {
        let words: Vec<&str> = unread::words(text).collect();
        let (mut found, mut at) = (Vec::new(), 0);
        while at < words.len() {
            let lengths = (1..=self.longest.min(words.len() - at)).rev();
            let phrases = lengths.filter_map(|length| words.get(at..at + length));
            let named =
                phrases.map(|of| (of, self.of.get(&of.join(" ")))).find(|of| of.1.is_some());
            at += named.map_or(1, |(words, _)| words.len());
            if let Some((words, Some(tools))) = named {
                found.push((tools.as_slice(), words.to_vec()));
            }
        }
        found
    }
}

impl Tools {
    /// Those of the data file, which the tests read.
    pub(super) fn load() -> Tools {
        let read = toml::from_str::<File>(include_str!("ideas/tools.toml"));
        read.map(Tools::of_file).unwrap_or_default()
    }

    fn of_file(file: File) -> Tools {
        let plain = file.plain.into_iter().map(|name| Tool { name, ..Tool::default() });
        let mut tools = Tools { all: plain.chain(file.tool).collect(), ..Tools::default() };
        for (at, tool) in tools.all.iter().enumerate() {
            let or_name = |of: &[String]| match of {
                [] => vec![tool.name.clone()],
                of => of.to_vec(),
            };
            or_name(&tool.said).iter().for_each(|phrase| tools.said.add(phrase, at));
            or_name(&tool.called).iter().for_each(|phrase| tools.called.add(phrase, at));
        }
        tools
    }

    /// The tools that a line names; `text` is in small letters.
    pub(super) fn named_in(&self, text: &str) -> Named<'_> {
        let mut named = Named { tools: self, of: Vec::new() };
        for (tools, words) in self.said.found(text) {
            let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
            named.of.extend(tools.iter().map(|at| (*at, words.clone())));
        }
        named
    }

    /// Whether `word` is one of those that lines call a tool by.
    #[cfg(test)]
    pub(super) fn says(&self, word: &str) -> bool {
        self.said.of.keys().any(|phrase| phrase.split(' ').any(|part| part == word))
    }

    /// Those that a trace is called by.
    fn of_trace(&self, trace: &str) -> Vec<usize> {
        let trace = trace.to_lowercase();
        self.called.found(&trace).into_iter().flat_map(|(tools, _)| tools.to_vec()).collect()
    }
}

/// The tools that a line names, each with the words that do.
pub(super) struct Named<'t> {
    tools: &'t Tools,
    of: Vec<(usize, Vec<String>)>,
}

impl<'t> Named<'t> {
    pub(super) fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// Each of them once.
    pub(super) fn each(&self) -> impl Iterator<Item = &'t Tool> {
        let mut of: Vec<usize> = self.of.iter().map(|(at, _)| *at).collect();
        of.sort_unstable();
        of.dedup();
        of.into_iter().filter_map(|at| self.tools.all.get(at))
    }

    /// The only one.
    pub(super) fn single(&self) -> Option<&'t Tool> {
        let mut each = self.each();
        each.next().filter(|_| each.next().is_none())
    }

    /// The words that name those of which `data` of an idea knows a trace, or a way to tell.
    pub(super) fn words_known_to(&self, data: &str) -> Vec<&str> {
        let data = data.replace(r"\b", " ");
        let known = self.tools.of_trace(&data);
        let is_also = |at: usize| self.tools.all.get(at).is_some_and(|tool| tool.is_also(&data));
        let of = self.of.iter().filter(|(at, _)| known.contains(at) || is_also(*at));
        of.flat_map(|(_, words)| words.iter().map(String::as_str)).collect()
    }

    /// All words that name one.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.of.iter().flat_map(|(_, words)| words.iter().map(String::as_str))
    }

    /// Whether `traces`, what says most first, are of `tool`: the first that names any tool decides.
    pub(super) fn is_of(&self, tool: &Tool, traces: &[&str]) -> bool {
        let mut named = traces.iter().map(|trace| self.tools.of_trace(trace));
        let decides = named.find(|tools| !tools.is_empty()).unwrap_or_default();
        decides.iter().filter_map(|at| self.tools.all.get(*at)).any(|of| of.name == tool.name)
    }

    /// Whether none of `traces` names any tool, and no tool but `tool` leaves such evidence here.
    pub(super) fn is_alone(&self, tool: &Tool, traces: &[&str], around: &Around<'_>) -> bool {
        traces.iter().all(|trace| self.tools.of_trace(trace).is_empty())
            && tool.alone.as_ref().is_some_and(|alone| alone.is_so(around))
    }

    /// Whether `trace` is of another tool than `tool` alone.
    pub(super) fn is_of_another(&self, tool: &Tool, trace: &str) -> bool {
        !self.tools.of_trace(trace).is_empty() && !self.is_of(tool, &[trace])
    }

    /// Of `found` what is of the tools, by the traces of each; all where none is named.
    ///
    /// # Errors
    /// The name of the first tool of which nothing is.
    pub(super) fn own<T: Copy>(
        &self,
        found: Vec<T>,
        is_of: impl Fn(&T, &Tool) -> bool,
    ) -> Result<Vec<T>, String> {
        if self.is_empty() {
            return Ok(found);
        }
        let lacking = self.each().find(|tool| !found.iter().any(|of| is_of(of, tool)));
        match lacking {
            Some(tool) => Err(tool.name.clone()),
            None => {
                Ok(found.into_iter().filter(|of| self.each().any(|tool| is_of(of, tool))).collect())
            }
        }
    }
}

impl Tool {
    /// A pattern of its name as test cases write it.
    pub(super) fn in_cases(&self) -> String {
        let names =
            if self.called.is_empty() { std::slice::from_ref(&self.name) } else { &self.called };
        let names: Vec<String> =
            names.iter().map(|name| unread::words(name).collect::<Vec<_>>().join(".?")).collect();
        format!(r"\b({})\b", names.join("|"))
    }

    /// Whether a job of that name may run it, where it is at home.
    pub(super) fn is_also(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        let words: Vec<&str> = unread::words(&name).collect();
        self.also.iter().any(|also| {
            let also: Vec<&str> = unread::words(also).collect();
            words.windows(also.len()).any(|of| of == also.as_slice())
        })
    }

    /// Whether `text`, that of a file, is the tool's by what it holds; `None` where that does not tell.
    pub(super) fn holds(&self, text: &str) -> Option<bool> {
        let pattern = Regex::new(self.holds.as_deref()?).ok()?;
        Some(pattern.is_match(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_and_each_tool_stands_once() {
        let file: File = toml::from_str(include_str!("ideas/tools.toml")).unwrap();
        let tools = Tools::of_file(file);
        let mut names: Vec<&str> = tools.all.iter().map(|tool| tool.name.as_str()).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|two| two[0] != two[1]), "{names:?}");
        for tool in &tools.all {
            assert!(
                tool.holds.as_deref().is_none_or(|text| Regex::new(text).is_ok()),
                "{}",
                tool.name
            );
        }
    }

    #[test]
    fn what_says_most_of_a_trace_decides() {
        let tools = Tools::load();
        let named = tools.named_in("trivy scan passed");
        let trivy = named.single().unwrap();
        assert!(named.is_of(trivy, &["", "json", "reports/trivy.json"]));
        assert!(named.is_of(trivy, &["Trivy", "sarif", "reports/snyk.sarif"]));
        assert!(!named.is_of(trivy, &["Snyk Open Source", "sarif", "reports/trivy.sarif"]));
        assert!(!named.is_of(trivy, &["", "npm-audit", "reports/trivy/audit.json"]));
        assert!(!named.is_of(trivy, &["", "json", "reports/scan.json"]));
    }

    #[test]
    fn the_longer_name_is_meant() {
        let tools = Tools::load();
        let named = |text: &str| -> Vec<String> {
            tools.named_in(text).each().map(|tool| tool.name.clone()).collect()
        };
        assert_eq!(named("npm audit and docker scout"), ["npm audit", "scout"]);
        assert_eq!(named("npm test passes"), [""; 0]);
        assert_eq!(named("`.github/workflows` set up"), ["github actions"]);
    }
}
