//! Where commands belong: the section, or what is numbered below one, that is a procedure.

use std::cell::OnceCell;

use crate::checklist::syntax::outline::{self, Outline};
use crate::checklist::text::slug::unnumbered;
use crate::model::{LineIndex, Procedure, ProcedureKind, Section};

use super::super::sections::Sections;

/// What a procedure is made of: a section, or what is numbered below one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Home {
    /// The section and one more; 0 before the first.
    section: usize,
    numbered: bool,
}

/// What the headings of a document open, each read at most once: most documents say no command below
/// most of them.
pub(super) struct Headings<'s> {
    sections: &'s Sections,
    about: Vec<OnceCell<About>>,
}

/// What a heading opens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct About {
    step: bool,
    rollback: bool,
    procedure: bool,
    /// Whether it asks about a rollback, as forms do: what stands below is an answer.
    asks: bool,
}

impl Headings<'_> {
    pub(super) fn of(sections: &Sections) -> Headings<'_> {
        Headings { sections, about: vec![OnceCell::new(); sections.list.len()] }
    }

    fn about(&self, at: usize) -> About {
        let (known, section) = (self.about.get(at), self.sections.list.get(at));
        let read = |(known, section): (&OnceCell<About>, &Section)| {
            *known.get_or_init(|| About::of(&section.title))
        };
        known.zip(section).map(read).unwrap_or_default()
    }

    /// The sections around something under section `at`, outermost first.
    fn path(&self, at: Option<usize>) -> &[usize] {
        at.and_then(|at| self.sections.paths.get(at)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The procedure that commands under a heading, in an entry, belong to.
    pub(super) fn home(
        &self,
        heading: Option<usize>,
        entry: Option<usize>,
        outline: &Outline,
    ) -> Option<(Home, ProcedureKind)> {
        let path = self.path(heading);
        let of = |section: usize| Home { section: section + 1, numbered: false };
        let back = path.iter().find(|at| self.about(**at).rollback);
        if let Some(step) = path.iter().find(|at| self.about(**at).step) {
            let kind = if back.is_some() { ProcedureKind::Rollback } else { ProcedureKind::Step };
            return Some((of(*step), kind));
        }
        if self.is_answer(path) {
            return None;
        }
        if let Some(back) = back {
            return Some((of(*back), ProcedureKind::Rollback));
        }
        let about = path.iter().position(|at| self.about(*at).procedure);
        let below = about.and_then(|about| path.get(about + 1..)).unwrap_or_default();
        let is_step = |at: &&usize| {
            self.sections.list.get(**at).is_some_and(|section| is_numbered(&section.title))
        };
        if let Some(step) = below.iter().find(is_step) {
            return Some((of(*step), ProcedureKind::Step));
        }
        if numbered(entry, outline).is_some() {
            let section = heading.map_or(0, |heading| heading + 1);
            return Some((Home { section, numbered: true }, ProcedureKind::Plan));
        }
        let section = about.and_then(|about| path.get(about))?;
        Some((of(*section), ProcedureKind::Plan))
    }

    /// Whether a section, or one around it, is a procedure: its steps may be said in text.
    pub(super) fn is_planned(&self, at: Option<usize>) -> bool {
        let opens = |about: About| about.step || about.rollback || about.procedure;
        self.path(at).iter().any(|at| opens(self.about(*at)))
    }

    /// Whether a section, or one around it, says how to go back: its steps may have no numbers.
    pub(super) fn is_rollback(&self, at: Option<usize>) -> bool {
        let path = self.path(at);
        path.iter().any(|at| self.about(*at).rollback) && !self.is_answer(path)
    }

    fn is_answer(&self, path: &[usize]) -> bool {
        path.iter().any(|at| self.about(*at).asks)
    }
}

/// The outermost numbered entry around an entry, itself included.
fn numbered(entry: Option<usize>, outline: &Outline) -> Option<&outline::Entry> {
    let mut at = entry;
    let mut found = None;
    while let Some(entry) = at.and_then(|at| outline.entries.get(at)) {
        if entry.number.is_some() {
            found = Some(entry);
        }
        at = entry.parent;
    }
    found
}

pub(super) fn opened(
    home: Home,
    kind: ProcedureKind,
    start: usize,
    entry: Option<usize>,
    outline: &Outline,
    sections: &Sections,
    lines: &LineIndex,
) -> Procedure {
    let section = home.section.checked_sub(1).and_then(|at| sections.list.get(at));
    let title = section.map_or_else(|| "Plan".to_owned(), |section| section.title.clone());
    let line = match (home.numbered, section) {
        (false, Some(section)) => section.line,
        _ => lines.line(numbered(entry, outline).map_or(start, |entry| entry.start)),
    };
    Procedure { title, line, kind, steps: Vec::new() }
}

impl About {
    fn of(title: &str) -> About {
        let lower = title.to_lowercase();
        let split = lower.split(|c: char| !c.is_alphanumeric());
        let words: Vec<&str> = split.filter(|word| !word.is_empty()).collect();
        let rollback = is_rollback(&words);
        About {
            step: is_step(&words),
            rollback,
            procedure: is_procedure(&words),
            asks: rollback && (words.contains(&"planning") || is_question(title, &words)),
        }
    }
}

/// `Step 1: …`, `Deployment step 2`, in a few languages.
fn is_step(words: &[&str]) -> bool {
    const WORDS: [&str; 6] = ["step", "schritt", "paso", "étape", "passo", "шаг"];
    words.windows(2).any(|pair| match pair {
        [word, number] => WORDS.contains(word) && number.starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    })
}

/// `Rollback Plan`, `How to roll back`.
fn is_rollback(words: &[&str]) -> bool {
    const PAIRS: [[&str; 2]; 4] =
        [["roll", "back"], ["back", "out"], ["revert", "plan"], ["revert", "procedure"]];
    words.iter().any(|word| word.starts_with("rollback") || word.starts_with("backout"))
        || words.windows(2).any(|pair| PAIRS.iter().any(|known| known == pair))
}

/// `Were upgrade and rollback tested?`, and not `How do we roll back?`.
fn is_question(title: &str, words: &[&str]) -> bool {
    title.trim_end().ends_with('?') && words.first() != Some(&"how")
}

/// `Deployment procedure`, `Release steps`, `Runbook`: how something is brought out, or back.
fn is_procedure(words: &[&str]) -> bool {
    const WHAT: [&str; 26] = [
        "cutover",
        "deploy",
        "deploying",
        "deployment",
        "deployments",
        "failover",
        "golive",
        "launch",
        "maintenance",
        "migration",
        "publish",
        "publishing",
        "recovery",
        "release",
        "releasing",
        "restore",
        "rollout",
        "upgrade",
        "upgrading",
        "bereitstellung",
        "despliegue",
        "déploiement",
        "inbetriebnahme",
        "auslieferung",
        "развёртывание",
        "live",
    ];
    const HOW: [&str; 13] = [
        "ablauf",
        "commands",
        "instructions",
        "pasos",
        "procedimiento",
        "procedure",
        "procedures",
        "process",
        "prozedur",
        "procédure",
        "sequence",
        "steps",
        "schritte",
    ];
    let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
    has(&["runbook", "playbook"]) || has(&HOW) && has(&WHAT)
}

/// `1. Back up`, `2) Deploy`.
fn is_numbered(title: &str) -> bool {
    let bare = title.trim_start_matches(|c: char| !c.is_alphanumeric());
    bare.starts_with(|c: char| c.is_ascii_digit()) && unnumbered(title).len() < bare.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_that_open_a_procedure() {
        for title in [
            "Deployment Procedure",
            "🚦 Deployment steps",
            "Go-live steps",
            "Runbook",
            "RELEASE PROCESS",
        ] {
            assert!(About::of(title).procedure, "{title}");
        }
        for title in
            ["Deployment", "Next steps", "Process", "Release notes", "Installation instructions"]
        {
            assert!(!About::of(title).procedure, "{title}");
        }
        let about = |title: &str| (About::of(title).rollback, About::of(title).asks);
        for title in ["Rollback Plan", "ROLL BACK", "How do we roll back?", "Back-out", "Rollbacks"]
        {
            assert_eq!(about(title), (true, false), "{title}");
        }
        for title in ["Rollout, Upgrade and Rollback Planning", "Was a rollback tested?"] {
            assert_eq!(about(title), (true, true), "{title}");
        }
        assert_eq!(about("Roll out, then look back"), (false, false));
        assert!(
            is_numbered("1. Back up") && is_numbered("### 2) Deploy") && !is_numbered("24 Hours")
        );
    }
}
