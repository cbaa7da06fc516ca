//! Obligations: what the notes of a document ask for without a box ("Keep deployment logs for
//! audit"). They are listed, so that nobody takes them for settled.

use crate::checklist::syntax::mojibake::Repair;
use crate::checklist::syntax::outline::{Entry, Outline};
use crate::model::{LineIndex, Obligation};

use super::sections::Sections;

/// The entries without a box under headings about notes that ask for something.
pub(in crate::checklist) fn obligations(
    outline: &Outline,
    sections: &Sections,
    lines: &LineIndex,
    repair: &Repair,
) -> Vec<Obligation> {
    let about: Vec<bool> = sections.list.iter().map(|s| is_heading(&s.title)).collect();
    let read = |entry: &Entry| {
        let noted = entry.heading.and_then(|at| about.get(at)).copied().unwrap_or_default();
        let run = entry.body.as_ref().filter(|_| noted && !entry.boxed)?;
        let text = repair.display(&run.raw);
        asks(&text).then(|| Obligation {
            line: lines.line(run.span.start),
            section_slug: sections.slug(entry.heading),
            text: text.into_owned(),
        })
    };
    outline.entries.iter().filter_map(read).collect()
}

/// Whether a heading stands over notes.
fn is_heading(title: &str) -> bool {
    const WORDS: [&str; 9] = [
        "notes",
        "note",
        "reminders",
        "reminder",
        "remember",
        "obligations",
        "duties",
        "hinweise",
        "notas",
    ];
    title
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)))
}

/// Whether a sentence asks for something: it opens with what is to be done, or says "must".
fn asks(text: &str) -> bool {
    const OPENERS: [&str; 50] = [
        "add", "alert", "always", "announce", "archive", "avoid", "back", "check", "clean",
        "close", "collect", "confirm", "contact", "create", "delete", "do", "document", "don't",
        "ensure", "file", "follow", "inform", "keep", "let", "log", "make", "monitor", "never",
        "notify", "plan", "please", "publish", "record", "remember", "remove", "report", "retain",
        "review", "revoke", "rotate", "run", "save", "schedule", "send", "share", "store", "tell",
        "track", "update", "verify",
    ];
    const ASKING: [&str; 4] = ["must", "shall", "should", "needs"];
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    let mut words = text.split(|c| !is_word(c)).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default().replace('’', "'");
    OPENERS.iter().any(|opener| opener.eq_ignore_ascii_case(&first))
        || words.any(|word| ASKING.iter().any(|asking| asking.eq_ignore_ascii_case(word)))
}

#[cfg(test)]
mod tests {
    use crate::checklist::{Settings, read};

    #[test]
    fn notes_that_ask_are_obligations() {
        let text = "# L\n\n- [x] a\n\n## 📝 Notes\n\n- Keep deployment logs for audit\n- [ ] Tell ops\n- This ran twice\n- Logs must be kept\n  - **Don’t** delete them\n\n## Steps\n\n- Keep calm\n";
        let told: Vec<(String, usize, String)> =
            read("a.md", text.as_bytes(), &Settings::default())
                .obligations
                .into_iter()
                .map(|asked| (asked.text, asked.line, asked.section_slug.to_string()))
                .collect();
        let one = |text: &str, line| (text.to_owned(), line, "notes".to_owned());
        assert_eq!(
            told,
            [
                one("Keep deployment logs for audit", 7),
                one("Logs must be kept", 10),
                one("Don’t delete them", 11)
            ]
        );
    }
}
