//! Open Test Reporting, the XML of the JUnit Platform: events as they happened, or the hierarchy that
//! is made of them.

mod tree;

use crate::evidence::family::ran;
use crate::evidence::xml::{Node, Tag, Xml};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::model::{ProducedAt, Reading, Rule, counted};
use tree::Tree;

pub(super) struct OpenTestReporting;

impl Format for OpenTestReporting {
    fn id(&self) -> &'static str {
        "open-test-reporting"
    }

    fn about(&self) -> About {
        About {
            tool: "JUnit Platform (Open Test Reporting: events or hierarchy)",
            recognised: "the root element `events` or `execution` of a namespace of `schemas.opentest4j.org/reporting`",
            carries: &["tests"],
            tells: Tells::NOTHING
                .time("the oldest `time` of an event, or `start` of a root")
                .commit("`git:commit`, where no tracked file differed from it"),
            source: "https://github.com/ota4j-team/open-test-reporting",
            clean: "At least 1 test ran and none failed.",
            vacuous: "0 tests; all skipped; a working tree (`git:status`) in which tracked files differed from the commit.",
            blank: Blanks::NONE,
            notes: &[
                "JUnit says what is a test (`junit:type`); elsewhere what has no children below a parent is one.",
                "A container that failed or erred is an errored test: what it holds did not run. One that was skipped is a skipped test, for its tests are not listed.",
                "`ABORTED` (an assumption did not hold) is skipped; a failure that is no assertion is errored.",
                "What started and never finished, or finished without a result or with a word that is not known, is errored.",
                "Lines of `git:status` that begin with `??` (files that git does not know) are a warning: reports are such files themselves.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        const SCHEMAS: &str = "https://schemas.opentest4j.org/reporting/";
        Fit::sure(sniff.xml().is_some_and(|root| {
            let of_it = root.namespace.as_deref().is_some_and(|name| name.starts_with(SCHEMAS));
            of_it && matches!(root.name.as_str(), "events" | "execution")
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::of(self.id());
        let mut read = Read::default();
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => read.open(&tag, &mut xml)?,
                Node::Close(end) => match end.name() {
                    "infrastructure" => read.infrastructure = false,
                    "started" | "finished" | "root" | "child" => read.tree.close(),
                    _ => {}
                },
            }
        }
        read.git(&mut reading);
        reading.produced_at = read.oldest.map(|raw| ProducedAt::parse(&raw));
        let tests = read.tree.tests(input, &mut reading);
        ran::settle(&mut reading, tests);
        Ok(reading)
    }
}

#[derive(Default)]
struct Read {
    tree: Tree,
    infrastructure: bool,
    commit: Option<String>,
    /// The lines of `git status --porcelain`.
    status: Option<String>,
    /// Whether the working tree was clean, where that is told.
    clean: Option<bool>,
    oldest: Option<String>,
}

impl Read {
    fn open(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Broken> {
        match tag.name() {
            "infrastructure" => self.infrastructure = true,
            "commit" if self.infrastructure => {
                self.commit = Some(xml.content()?.trim().to_owned());
            }
            "status" if self.infrastructure => {
                self.clean = tag.attribute("clean")?.map(|clean| clean == "true");
                self.status = Some(xml.content()?.into_owned());
            }
            "started" | "root" | "child" => {
                let time = self.tree.start(tag)?;
                self.made(time);
            }
            "finished" => {
                let time = self.tree.finish(tag)?;
                self.made(time);
            }
            "result" => self.tree.result(tag)?,
            "throwable" => {
                let assertion = tag.attribute("assertionError")?;
                self.tree.threw(assertion.as_deref() != Some("false"), &xml.content()?);
            }
            "reason" => self.tree.said(&xml.content()?),
            "type" => self.tree.kind(xml.content()?.trim()),
            "classSource" | "methodSource" => self.tree.source(tag)?,
            _ => {}
        }
        Ok(())
    }

    /// Keeps the oldest time that is one.
    fn made(&mut self, time: Option<String>) {
        let at = |raw: &String| ProducedAt::parse(raw).at;
        let Some(time) = time.filter(|raw| at(raw).is_some()) else { return };
        let older = self.oldest.as_ref().is_none_or(|known| at(&time) < at(known));
        if older {
            self.oldest = Some(time);
        }
    }

    /// Of which commit the tests were, and whether they were of it.
    fn git(&mut self, reading: &mut Reading) {
        let status = self.status.take().unwrap_or_default();
        let lines = || status.lines().filter(|line| !line.trim().is_empty());
        let unknown = lines().filter(|line| line.trim_start().starts_with("??")).count();
        let differing = lines().count() - unknown;
        if self.clean == Some(true) || (differing == 0 && unknown > 0) {
            reading.commit =
                self.commit.take().filter(|id| id.bytes().all(|c| c.is_ascii_hexdigit()));
        }
        if differing > 0 {
            let why = format!(
                "The tests ran with changes that are in no commit: {}.",
                counted(differing as u64, "file")
            );
            reading.doubt(Rule::OtherCode, why);
        } else if unknown > 0 {
            let files = counted(unknown as u64, "file");
            reading.warn(format!("The tests ran beside {files} that git does not know."));
        }
    }
}

#[cfg(test)]
mod tests;
