//! What a heading says in a form that its numbering, its counts and its emoji do not change.

/// Numbers before and after which a document counts its parts: `Step 3: Deploy`.
const PARTS: [&str; 6] = ["appendix", "chapter", "part", "phase", "section", "step"];

/// What `Wave 1 of 3` is one of: the first number names, however many there are.
const RANKED: [&str; 12] = [
    "batch",
    "day",
    "iteration",
    "phase",
    "region",
    "release",
    "ring",
    "round",
    "sprint",
    "stage",
    "wave",
    "week",
];

/// How a number is said to be a share of hundred.
const PERCENT: [&str; 6] = ["%", "percent", "per cent", "pct", "Prozent", "procent"];

/// The letters of `title` in lower case, and the numbers that name what it is about.
pub(super) fn name(title: &str) -> String {
    let title = unnumbered(title);
    let mut said = String::with_capacity(title.len());
    let mut at = 0;
    while let Some(c) = title.get(at..).and_then(|rest| rest.chars().next()) {
        if !c.is_ascii_digit() {
            said.extend(c.to_lowercase().filter(|c| c.is_alphabetic()));
            at += c.len_utf8();
            continue;
        }
        let number = Number::at(title, at);
        if number.names() {
            // `1` and `12` are another name than `11` and `2`.
            if said.ends_with(|c: char| c.is_ascii_digit()) {
                said.push('.');
            }
            said.push_str(number.written);
        }
        at += number.written.len();
    }
    said
}

/// `title` without the numbering in front: `3. Security`, `1.2 Backups`, `2) Staging`.
///
/// A version in front (`1.5.0 release`, `[1.5.0] - 2026-11-20`) is no numbering.
pub(super) fn unnumbered(title: &str) -> &str {
    let bare = title.trim_start_matches(|c: char| !c.is_alphanumeric());
    let token = bare.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(bare.len());
    let (token, rest) = bare.split_at(token);
    let parts = token.trim_end_matches('.');
    let numeric = parts
        .split('.')
        .all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    let dash = [" - ", " – ", " — "].iter().any(|dash| rest.starts_with(dash));
    let closed = token.ends_with('.') || rest.starts_with([')', ':']) || dash;
    let first = rest.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty());
    let versioned = first.is_none_or(|word| {
        word.starts_with(char::is_lowercase)
            || ["release", "version", "rc"].iter().any(|known| known.eq_ignore_ascii_case(word))
    });
    let numbering = closed && first.is_some() || parts.contains('.') && !versioned;
    let referred = title.len() > bare.len()
        && title.get(..title.len() - bare.len()).is_some_and(|lead| lead.ends_with('#'));
    if numeric && numbering && !referred { rest } else { title }
}

/// A number of a title, and what stands around it.
struct Number<'t> {
    before: &'t str,
    written: &'t str,
    after: &'t str,
}

impl<'t> Number<'t> {
    /// The one that begins at `at`, with its decimals and thousands.
    fn at(title: &'t str, at: usize) -> Number<'t> {
        let bytes = title.as_bytes();
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let mut end = at;
        while digit(end) || matches!(bytes.get(end), Some(b'.' | b',')) && digit(end + 1) {
            end += 1;
        }
        let part = |range: std::ops::Range<usize>| title.get(range).unwrap_or_default();
        Number { before: part(0..at), written: part(at..end), after: part(end..title.len()) }
    }

    /// Whether it names what the heading is about, rather than counting it or how far it is.
    fn names(&self) -> bool {
        if self.after.starts_with(['\u{fe0f}', '\u{20e3}']) || self.is_shortcode() {
            return false;
        }
        if self.is_year() || self.is_attached() {
            return true;
        }
        let word = self.word_before();
        if self.is_share() {
            if self.is_share_of_all() {
                return true;
            }
            let whole = self.before.trim_end().ends_with(['/', 'f']);
            return !whole && word.is_some_and(|word| is_one_of(word, &RANKED));
        }
        let tail = self.after.trim_start();
        if let Some(behind) = PERCENT.iter().find_map(|sign| tail.strip_prefix(sign)) {
            return self.is_of_all(behind);
        }
        if self.is_of_a_part() {
            return false;
        }
        if self.written.contains('.') || word.is_some() {
            return true;
        }
        let ordinal = ["st", "nd", "rd", "th"].iter().any(|end| self.after.starts_with(end));
        let counts = self.is_enclosed() || self.after.starts_with(char::is_alphabetic);
        let counted = self.after.trim_start().starts_with(char::is_lowercase);
        let leads = !self.before.contains(char::is_alphanumeric)
            && self.after.trim_start().starts_with(char::is_alphabetic);
        ordinal || !(counts || counted || leads)
    }

    fn is_year(&self) -> bool {
        self.written.len() == 4 && ["19", "20"].iter().any(|of| self.written.starts_with(of))
    }

    /// `v1`, `#12`, `CVE-2026`: a part of a word.
    fn is_attached(&self) -> bool {
        let lead = self.before;
        let joined = lead.strip_suffix(['-', '_']).unwrap_or(lead);
        joined.ends_with(char::is_alphanumeric) && !lead.ends_with(|c: char| c.is_ascii_digit())
            || lead.ends_with('#')
    }

    /// One of the two numbers of `3 of 5`, `3/5`.
    fn is_share(&self) -> bool {
        let (lead, tail) = (self.before.trim_end(), self.after.trim_start());
        let first = ["/", "of ", "out of "].iter().any(|joint| {
            let rest = tail.strip_prefix(joint).map(str::trim_start);
            rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        });
        let second = ["/", " of", " out of"].iter().any(|joint| {
            let rest = lead.strip_suffix(joint).map(str::trim_end);
            rest.is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
        });
        first || second
    }

    /// `10% rollout`, `Release to 10%`: a share of what there is, and not how far it is (`80% complete`).
    fn is_of_all(&self, behind: &str) -> bool {
        const FAR: [&str; 9] = [
            "abgeschlossen",
            "complete",
            "completed",
            "completion",
            "done",
            "erledigt",
            "fertig",
            "finished",
            "ready",
        ];
        #[rustfmt::skip]
        const OF: [&str; 17] = [
            "at", "auf", "canary", "customers", "deploy", "deployment", "kunden", "launch", "live", "nutzer", "ramp", "release",
            "rollout", "tenants", "to", "traffic", "users",
        ];
        let next = behind.trim_start();
        let next = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let mut around = self.before.split(|c: char| !c.is_alphabetic());
        match next {
            "" if self.is_enclosed() => around.any(|word| is_one_of(word, &OF)),
            "" => self.word_before().is_some_and(|word| is_one_of(word, &OF)),
            word => !is_one_of(word, &FAR),
        }
    }

    /// `1/2 of users`: a share of what there is, too.
    fn is_share_of_all(&self) -> bool {
        let joints = |c: char| c.is_ascii_digit() || matches!(c, '/' | ' ');
        let behind = self.after.trim_start_matches(joints).strip_prefix("of ");
        behind.is_some_and(|rest| rest.starts_with(char::is_alphabetic))
    }

    /// `:100:`
    fn is_shortcode(&self) -> bool {
        self.before.ends_with(':') && self.after.starts_with(':')
    }

    /// `Step 3: Deploy`, `Section 2 - Data`: numbering behind its word.
    fn is_of_a_part(&self) -> bool {
        let lead = self.before.trim_matches(|c: char| !c.is_alphabetic());
        let closed = self.after.trim_start().starts_with([':', '.', ')', '-', '–', '—']);
        is_one_of(lead, &PARTS) && closed && self.after.contains(char::is_alphabetic)
    }

    /// What stands before it in its clause.
    fn clause(&self) -> &'t str {
        let ends = |c: char| matches!(c, '(' | '[' | '{' | '–' | '—' | ':' | ',' | ';' | '|' | '·');
        let clause = self.before.rsplit(ends).next().unwrap_or_default();
        clause.rsplit(" - ").next().unwrap_or_default()
    }

    /// The word before it in its clause.
    fn word_before(&self) -> Option<&'t str> {
        let words = self.clause().rsplit(|c: char| !c.is_alphabetic());
        words.into_iter().find(|word| !word.is_empty())
    }

    /// `(12`, `[~80`
    fn is_enclosed(&self) -> bool {
        self.before.trim_end_matches(['~', '≈', ' ']).ends_with(['(', '[', '（'])
    }
}

fn is_one_of(word: &str, known: &[&str]) -> bool {
    known.iter().any(|known| known.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_years_and_numbers_that_name_are_kept() {
        for (was, is) in [
            ("Release v1.4", "Release v1.5"),
            ("Release 1.4", "Release 1.5"),
            ("Release (1.4)", "Release (1.5)"),
            ("1.4.0 release", "1.5.0 release"),
            ("[1.4.0] - 2026-11-01", "[1.5.0] - 2026-11-01"),
            ("CVE-2026-1111", "CVE-2026-2222"),
            ("Audit 2025", "Audit 2026"),
            ("Audit (2025)", "Audit (2026)"),
            ("2025: audit", "2026: audit"),
            ("Week of 2026-11-01", "Week of 2026-11-08"),
            ("Q3", "Q4"),
            ("Goals of Q3/2026", "Goals of Q4/2026"),
            ("Sprint 4", "Sprint 5"),
            ("Sprint 4 review", "Sprint 5 review"),
            ("3. Sprint 4", "3. Sprint 5"),
            ("Region 1", "Region 2"),
            ("Release #12", "Release #13"),
            ("#12 hotfix", "#13 hotfix"),
            ("Node 18", "Node 22"),
            ("Wave 1 of 3", "Wave 2 of 3"),
            ("Phase 1 of 3: Rollout", "Phase 2 of 3: Rollout"),
            ("Phase 2", "Phase 3"),
            ("Phase 2: v1.4", "Phase 2: v1.5"),
            ("Deploy (1st round)", "Deploy (2nd round)"),
            ("Release: 14", "Release: 15"),
            ("Slots 1 and 12", "Slots 11 and 2"),
            ("Rollout (10 %)", "Rollout (60 %)"),
            ("10 percent rollout", "60 percent rollout"),
            ("1/2 of users", "2/2 of users"),
            ("Go-live 10%", "Go-live 100%"),
        ] {
            assert_ne!(name(was), name(is), "{was} → {is}");
        }
    }

    #[test]
    fn numbering_counts_and_emoji_are_left_out() {
        for (was, is) in [
            ("3. Security", "4. Security"),
            ("3) Security", "Security"),
            ("3 Security", "12 Security"),
            ("3 - Security", "🚀 4 – Security"),
            ("1.2 Backups", "2.1.3 Backups"),
            ("1️⃣ Backups", "2️⃣ Backups"),
            ("Step 3: Deploy", "Step 4: Deploy"),
            ("Phase 2: Migration", "Phase 3 – Migration"),
            ("Section 2 — Data", "Section 3 — Data"),
            ("Security (3 of 5)", "Security (5 of 5)"),
            ("Security [3/5]", "Security 4/6"),
            ("Security (12)", "Security (~9 left)"),
            ("Security (60 %)", "Security (80%)"),
            ("Tests – 12 failing", "Tests – 3 failing"),
            ("Setup (2h)", "Setup (3h)"),
            (":100: Goals", "Goals"),
            ("Release v1.4 (3 of 5)", "Release v1.4 ✅ (4 of 5)"),
            ("Wave 1 of 3", "Wave 1 of 4"),
        ] {
            let letters = |title| name(title).replace("left", "").replace('h', "");
            assert_eq!(letters(was), letters(is), "{was} → {is}");
        }
    }

    #[test]
    fn any_title_is_read() {
        for title in ["", "1", "１", "1.", "1..2", "…1é", "#1", "(1", "1/", "of 1", "1 of", "é1️⃣"]
        {
            assert_eq!(name(title), name(&name(title)), "{title:?}");
        }
    }
}
