//! What the headings above an item say: their words and numbers without remarks on how far things are, and without
//! their numbering where the words alone tell which of the document's headings it is.

use super::remarks::{is_of_state, without_progress};
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
    /// document's own title, which is numbered by nothing: `1.4 Go`.
    pub(super) fn said(&self, title: &str, is_title: bool) -> String {
        let bare = without_progress(title);
        if is_title {
            return said(bare);
        }
        match self.unnumbered(bare).filter(|name| self.is_alone(name)) {
            Some(name) if is_of_state(&name) => String::new(),
            Some(name) => said(&name),
            None if is_of_state(bare) => String::new(),
            None => said(bare),
        }
    }

    /// The words of a heading without its number; `None` of one without.
    fn unnumbered(&self, title: &str) -> Option<String> {
        let counts = |of: &Numbered<'_>| {
            let is = |known: &str| of.word.eq_ignore_ascii_case(known);
            SECTIONS.iter().any(|known| is(known)) || self.counted.iter().any(|known| is(known))
        };
        if let Some(Numbered { word, name, .. }) = Numbered::of(title).filter(counts) {
            return Some(format!("{word} {name}"));
        }
        let name = heading::unnumbered(title);
        let number = title.strip_suffix(name).filter(|number| !number.is_empty());
        let Some(number) = number else { return without_mark(title).map(str::to_owned) };
        let closes = [".", ")", ":", "-", "–", "—"];
        let is_closed =
            number.ends_with('.') || closes.iter().any(|of| name.trim_start().starts_with(of));
        // `1.4 Deploy` may be a version where nothing else is numbered.
        let numbered = |of: &&Section| heading::unnumbered(&of.title).len() < of.title.len();
        let is_numbering = is_closed || self.sections.iter().filter(numbered).nth(1).is_some();
        is_numbering.then(|| name.to_owned())
    }

    /// Whether no two headings of the document have these words.
    fn is_alone(&self, name: &str) -> bool {
        let letters = |text: &str| -> Vec<char> {
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let own = letters(name);
        let is_same = |section: &&Section| {
            let bare = without_progress(&section.title);
            let name = self.unnumbered(bare);
            letters(name.as_deref().unwrap_or(bare)) == own
        };
        self.sections.iter().filter(is_same).nth(1).is_none()
    }
}

/// `title` without `1️⃣`, `A.` or `II)` in front.
fn without_mark(title: &str) -> Option<&str> {
    if let Some((digit, name)) = title.split_once('\u{20e3}') {
        let is_digit = |c: char| c.is_ascii_digit() || c == '\u{fe0f}';
        return digit.chars().all(is_digit).then_some(name);
    }
    let (mark, name) = title.split_once(' ')?;
    let letters = mark.strip_suffix(['.', ')'])?;
    let is_roman = letters.chars().all(|c| "IVX".contains(c));
    let is_letter = letters.len() == 1 && letters.chars().all(|c| c.is_ascii_uppercase());
    (!letters.is_empty() && (is_roman || is_letter) && name.contains(char::is_alphabetic))
        .then_some(name)
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
            ("A. Security", "B. Security"),
            ("II. Security", "III. Security"),
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
            ("1.4 Deploy", "1.5 Deploy"),
            ("TLS (12)", "TLS (13)"),
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

    #[test]
    fn a_number_that_alone_tells_two_headings_apart_is_said() {
        let of_two = |titles: [&str; 2]| said_of(&titles, false);
        assert_eq!(of_two(["1.2 Backups", "1.3 Keys"]), "backups");
        assert_eq!(of_two(["1. Keys", "2. Keys"]), "1 keys");
        assert_eq!(of_two(["1. Keys (done)", "Keys"]), "1 keys");
        assert_eq!(of_two(["A. Keys", "B. Keys"]), "a keys");
        assert_eq!(of_two(["Step 1: Keys", "Step 2: Keys"]), "step 1 keys");
        assert_eq!(of_two(["Phase 1: EU", "Phase 2: EU"]), "phase 1 eu");
    }
}
