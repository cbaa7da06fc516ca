//! Headings as sections: titles, addresses, and the path of headings above a place.

use std::sync::Arc;

use crate::checklist::items::criteria;
use crate::checklist::syntax::mojibake::Repair;
use crate::checklist::syntax::outline::Heading;
use crate::checklist::text::slug::{slug, unnumbered, without_shortcodes};
use crate::model::map::HashMap;
use crate::model::{LineIndex, Section};

/// The sections of a document, and which of them are around each.
#[derive(Debug, Default)]
pub(in crate::checklist) struct Sections {
    pub(in crate::checklist) list: Vec<Section>,
    /// For each section the sections above it, outermost first, itself last; the document's title
    /// left out.
    pub(super) paths: Vec<Vec<usize>>,
    /// Whether the first heading is the document's title rather than a section.
    pub(super) titled: bool,
    /// What that title says; empty where there is none.
    title: Arc<str>,
    /// For each section what every item under it carries: the titles above, and the slug.
    carried: Vec<(Arc<[String]>, Arc<str>)>,
    /// For each section whether it, or one above it, is about goals.
    goals: Vec<bool>,
}

impl Sections {
    /// The titles above something that stands under section `at`.
    pub(in crate::checklist) fn titles(&self, at: Option<usize>) -> Arc<[String]> {
        at.and_then(|at| self.carried.get(at)).map(|(titles, _)| titles.clone()).unwrap_or_default()
    }

    /// The document's title, where something under section `at` stands below it.
    pub(in crate::checklist) fn title(&self, at: Option<usize>) -> Arc<str> {
        at.map(|_| Arc::clone(&self.title)).unwrap_or_default()
    }

    /// The slug of section `at`; empty before the first.
    pub(in crate::checklist) fn slug(&self, at: Option<usize>) -> Arc<str> {
        at.and_then(|at| self.carried.get(at)).map(|(_, slug)| slug.clone()).unwrap_or_default()
    }

    /// Whether section `at`, or one above it, is about goals.
    pub(in crate::checklist) fn is_about_goals(&self, at: usize) -> bool {
        self.goals.get(at).copied().unwrap_or_default()
    }

    /// Whether `at` is the document's title.
    pub(in crate::checklist) fn is_title(&self, at: Option<usize>) -> bool {
        self.titled && at == Some(0)
    }
}

/// Reads the headings of a document.
pub(in crate::checklist) fn sections(
    headings: &[Heading],
    lines: &LineIndex,
    repair: &Repair,
) -> Sections {
    let titled = has_title(headings.iter().map(|heading| heading.level));
    sections_below(headings, titled, lines, repair)
}

/// The same for a part of a document, whose first heading is its title where `titled`.
pub(in crate::checklist) fn sections_below(
    headings: &[Heading],
    titled: bool,
    lines: &LineIndex,
    repair: &Repair,
) -> Sections {
    let mut read = Sections { titled, ..Sections::default() };
    read.list.reserve(headings.len());
    let mut slugs = Slugs::default();
    let mut open: Vec<usize> = Vec::new();
    for (index, heading) in headings.iter().enumerate() {
        let title = repair.display(&heading.run.raw).into_owned();
        if titled && index == 0 {
            read.title = Arc::from(title.as_str());
        }
        while open
            .last()
            .and_then(|at| headings.get(*at))
            .is_some_and(|above| above.level >= heading.level)
        {
            open.pop();
        }
        open.push(index);
        let (slug, carried_slug) = slugs.unique(address(&title));
        let path: Vec<usize> =
            open.iter().copied().filter(|at| !(read.titled && *at == 0)).collect();
        read.list.push(Section {
            slug,
            title,
            level: heading.level,
            line: lines.line(heading.start),
            window: None,
        });
        let title = |at: &usize| read.list.get(*at).map(|section| section.title.clone());
        let titles = path.iter().map(|at| title(at).unwrap_or_default()).collect();
        read.carried.push((titles, carried_slug));
        read.paths.push(path);
    }
    read.goals = goals(&read);
    read
}

fn goals(read: &Sections) -> Vec<bool> {
    let about: Vec<bool> = read.list.iter().map(|s| criteria::is_heading(&s.title)).collect();
    let above = |path: &Vec<usize>| path.iter().any(|at| about.get(*at) == Some(&true));
    read.paths.iter().map(above).collect()
}

/// Whether the first heading stands over the whole document: of level 1, and no other is.
pub(in crate::checklist) fn has_title(mut levels: impl Iterator<Item = u8>) -> bool {
    levels.next() == Some(1) && levels.all(|level| level > 1)
}

/// The slug of a heading, without what changes while work goes on: `(3/5)`, `✅ COMPLETE`.
fn address(title: &str) -> String {
    let title = without_shortcodes(title);
    let slug = slug(unnumbered(without_state(&title)));
    if slug.is_empty() { "section".to_owned() } else { slug }
}

fn without_state(title: &str) -> &str {
    let mut rest = title.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
    if rest.ends_with(')')
        && let Some(open) = rest.rfind('(')
        && is_counter(rest.get(open + 1..rest.len() - 1).unwrap_or_default())
    {
        rest = rest.get(..open).unwrap_or_default().trim_end();
    }
    const STATES: [&str; 7] =
        ["COMPLETED", "COMPLETE", "DONE", "PASSED", "IN PROGRESS", "PENDING", "BLOCKED"];
    let bare = STATES
        .iter()
        .find_map(|state| rest.strip_suffix(state))
        .filter(|cut| cut.trim_end().ends_with(|c: char| !c.is_alphanumeric()))
        .unwrap_or(rest);
    if bare.contains(|c: char| c.is_alphanumeric()) { bare } else { title }
}

/// `3/5`, `80%`, `4 of 5 done`.
fn is_counter(inner: &str) -> bool {
    inner.contains(|c: char| c.is_ascii_digit())
        && inner.split([' ', '/']).all(|word| {
            word.trim_end_matches('%').bytes().all(|byte| byte.is_ascii_digit())
                || matches!(word, "of" | "done" | "complete" | "completed" | "items" | "tasks")
        })
}

/// Gives out each slug once: `notes`, `notes-2`.
#[derive(Debug, Default)]
struct Slugs {
    taken: HashMap<Arc<str>, usize>,
}

impl Slugs {
    /// The slug that `base` becomes, to keep and to share.
    fn unique(&mut self, base: String) -> (String, Arc<str>) {
        let Some(mut count) = self.taken.get(&*base).copied() else { return self.take(base) };
        loop {
            count += 1;
            let candidate = format!("{base}-{count}");
            if !self.taken.contains_key(&*candidate) {
                self.taken.insert(Arc::from(base), count);
                return self.take(candidate);
            }
        }
    }

    fn take(&mut self, slug: String) -> (String, Arc<str>) {
        let shared: Arc<str> = Arc::from(&*slug);
        self.taken.insert(shared.clone(), 1);
        (slug, shared)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_survive_progress() {
        let table = [
            ("1. Code Quality", "code-quality"),
            ("Code Quality (3/5)", "code-quality"),
            ("Phase 1: Setup ✅ COMPLETE", "phase-1-setup"),
            ("Setup — DONE", "setup"),
            ("Immediate (First Hour)", "immediate-first-hour"),
            ("Done", "done"),
            ("DONE", "done"),
            ("🚀", "section"),
            (":rocket:", "section"),
            (":x: 3. Security", "security"),
            ("Security :white_check_mark: COMPLETE", "security"),
            ("Setup :tada:", "setup"),
            ("Pre-Release (1 week before)", "pre-release-1-week-before"),
        ];
        for (title, expected) in table {
            assert_eq!(address(title), expected, "{title}");
        }
    }

    #[test]
    fn slugs_are_given_out_once() {
        let mut slugs = Slugs::default();
        let given = ["a", "a", "a-2", "a", "b"].map(|base| slugs.unique(base.to_owned()).0);
        assert_eq!(given, ["a", "a-2", "a-2-2", "a-3", "b"]);
    }
}
