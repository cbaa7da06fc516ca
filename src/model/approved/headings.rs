//! What the headings above an item say: their words and numbers without their numbering, and without remarks
//! on how far things are.

use super::remarks::{is_of_progress, without_progress};
use super::says::said;
use crate::model::{Section, heading};

/// What counts the sections of a document, whatever it is of: `Step 3: Deploy`.
const SECTIONS: [&str; 6] = ["appendix", "chapter", "part", "section", "step", "schritt"];

/// What counts them where the document has them all, each with a name: `Phase 1: Pilot`, `Phase 2: Rollout`.
/// One alone is which of them it is of.
#[rustfmt::skip]
const STAGES: [&str; 12] = [
    "batch", "fase", "gate", "iteration", "milestone", "phase", "ring", "round", "stage", "stufe", "tier", "wave",
];

/// The headings of a document, and the numbers of which do no more than count them.
pub(super) struct Headings<'c> {
    sections: &'c [Section],
    /// The words whose numbers count stages from the first on.
    counted: Vec<String>,
}

impl<'c> Headings<'c> {
    pub(super) fn of(sections: &'c [Section]) -> Headings<'c> {
        let stages = || sections.iter().filter_map(|section| Numbered::of(&section.title));
        let is_counted = |word: &&&str| {
            let all: Vec<Numbered<'_>> =
                stages().filter(|of| of.word.eq_ignore_ascii_case(word)).collect();
            let first = all.first().map_or(0, |of| of.number);
            let in_turn = all.iter().zip(first..).all(|(of, turn)| of.number == turn);
            all.len() > 1 && first <= 1 && in_turn
        };
        let counted = STAGES.iter().filter(is_counted).map(|word| (*word).to_owned()).collect();
        Headings { sections, counted }
    }

    /// The places of those that stand above `line`, outermost first.
    pub(super) fn above(&self, line: usize) -> Vec<usize> {
        let mut chain: Vec<usize> = Vec::new();
        for (at, section) in self.sections.iter().enumerate().take_while(|(_, of)| of.line <= line)
        {
            let is_below =
                |of: &usize| self.sections.get(*of).is_some_and(|of| of.level < section.level);
            chain.retain(is_below);
            chain.push(at);
        }
        chain
    }

    /// What the heading of that title says; nothing of one that says how far things are, unless it is the
    /// document's own title.
    pub(super) fn said(&self, title: &str, is_title: bool) -> String {
        // A document is numbered by nothing: `1.4 Go`.
        let bare = if is_title { title } else { heading::unnumbered(title) };
        let bare = without_progress(bare);
        if !is_title && is_of_progress(bare) {
            return String::new();
        }
        let counts = |of: &Numbered<'_>| {
            let is = |known: &str| of.word.eq_ignore_ascii_case(known);
            SECTIONS.iter().any(|known| is(known)) || self.counted.iter().any(|known| is(known))
        };
        match Numbered::of(bare).filter(counts) {
            Some(Numbered { word, name, .. }) => said(&format!("{word} {name}")),
            None => said(&without_keycaps(bare)),
        }
    }
}

/// `Phase 2: Migration`.
struct Numbered<'t> {
    word: &'t str,
    number: u64,
    name: &'t str,
}

impl<'t> Numbered<'t> {
    fn of(title: &'t str) -> Option<Numbered<'t>> {
        let bare = title.trim_start_matches(|c: char| !c.is_alphanumeric());
        let (word, rest) = bare.split_once(' ')?;
        let rest = rest.trim_start();
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (number, behind) = rest.split_at(end);
        let behind = behind.trim_start();
        let name = behind.strip_prefix([':', '.', ')', '-', '–', '—'])?;
        let named =
            name.contains(char::is_alphabetic) && !name.starts_with(|c: char| c.is_ascii_digit());
        Some(Numbered { word, number: number.parse().ok()?, name }).filter(|_| named)
    }
}

/// `title` without the digits of `1️⃣`.
fn without_keycaps(title: &str) -> String {
    let mut bare = String::with_capacity(title.len());
    for part in title.split_inclusive('\u{20e3}') {
        let keycap = part.strip_suffix('\u{20e3}').map(|part| part.trim_end_matches('\u{fe0f}'));
        bare.push_str(
            keycap.map_or(part, |part| {
                part.strip_suffix(|c: char| c.is_ascii_digit()).unwrap_or(part)
            }),
        );
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said_of(titles: &[&str], is_title: bool) -> String {
        let section = |(at, title): (usize, &&str)| Section {
            title: (*title).to_owned(),
            slug: String::new(),
            level: 2,
            line: at + 1,
            window: None,
        };
        let sections: Vec<Section> = titles.iter().enumerate().map(section).collect();
        Headings::of(&sections).said(titles[0], is_title)
    }

    #[test]
    fn numbering_progress_and_case_say_nothing() {
        for (one, other) in [
            ("3. Security", "4. Security"),
            ("1.2 Backups", "2.1.3 Backups"),
            ("1️⃣ Backups", "2️⃣ Backups"),
            ("Step 3: Deploy", "Step 4 – Deploy"),
            ("Section 2 — Data", "Section 3: Data"),
            ("Checks", "Checks (done)"),
            ("Checks (3/5)", "Checks (4 of 5)"),
            ("🚀 STAGING", "Staging ✅"),
            ("To do", "Done"),
        ] {
            assert_eq!(said_of(&[one], false), said_of(&[other], false), "{one} ↔ {other}");
        }
    }

    #[test]
    fn what_a_number_or_a_word_names_is_said() {
        for (one, other) in [
            ("Phase 1: Rollout", "Phase 2: Rollout"),
            ("3 regions", "12 regions"),
            ("Rollout 🇩🇪", "Rollout 🇫🇷"),
            ("C#", "C++"),
            ("Test release", "Release"),
            ("2 of 3", "3 of 3"),
            ("Wave 1 of 3", "Wave 2 of 3"),
            ("Step 3", "Step 4"),
            ("1.4.0 release", "1.5.0 release"),
        ] {
            for is_title in [false, true] {
                assert_ne!(
                    said_of(&[one], is_title),
                    said_of(&[other], is_title),
                    "{one} ↔ {other}"
                );
            }
        }
    }

    #[test]
    fn stages_that_a_document_counts_from_the_first_may_be_counted_anew() {
        let two = said_of(&["Phase 2: Migration"], false);
        let of_two = |titles: [&str; 2]| said_of(&titles, false);
        assert_eq!(two, "phase 2 migration");
        assert_eq!(of_two(["Phase 1: Migration", "Phase 2: Cleanup"]), "phase migration");
        assert_eq!(of_two(["Phase 1: Migration", "Phase 3: Cleanup"]), "phase 1 migration");
        assert_eq!(of_two(["Phase 2: Migration", "Phase 3: Cleanup"]), "phase 2 migration");
    }
}
