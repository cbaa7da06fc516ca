//! Before which release a word was given: a release may ask for its own.

use super::Signing;
use super::word::Word;
use crate::model::{Authorship, Glob};
use crate::policy::SignOff;
use crate::reconcile::ruling::JudgedSignOff;
use crate::reconcile::witness::Shipped;

impl Signing<'_> {
    /// Who signed and when; and before which release, for that may be another than the judged one.
    pub(super) fn told(&self, asked: &SignOff, of: &JudgedSignOff) -> String {
        let signed = format!("{} on {}", of.by.author, of.at.date());
        let shipped = match asked.each_release {
            true => self.shipped_in(&of.by.commit),
            false => self.shipped(&of.by),
        };
        match shipped {
            Shipped::In(release) => format!("{signed} (before {release})"),
            // The clone may have been made without its tags.
            Shipped::Never if asked.each_release => format!("{signed} (no release is known here)"),
            Shipped::Never | Shipped::NotYet | Shipped::Untold => signed,
        }
    }

    /// Before which release the word was given, where that is not the judged one.
    pub(super) fn of_an_earlier_release(&self, word: &Word<'_>) -> Option<String> {
        match self.shipped_in(&word.by.commit) {
            Shipped::In(release) => Some(format!("before {release}")),
            Shipped::Never | Shipped::NotYet => self.released_since(word),
            Shipped::Untold => Some(
                "before the last release or after it: the clone lacks a part or its tags, or no tag \
                 here is one by its name"
                    .to_owned(),
            ),
        }
    }

    /// Before which release a word was given that was committed after what was released: by the date of its
    /// entry, or before the tag was made.
    fn released_since(&self, word: &Word<'_>) -> Option<String> {
        let until = word.known_until().unwrap_or(word.at());
        let about = self.about();
        match self.freshness.witness.released_between(until, &word.by.commit, about) {
            Shipped::In(release) => Some(format!("before {release}")),
            Shipped::Never | Shipped::NotYet | Shipped::Untold => None,
        }
    }

    /// The release before the judged state that holds a commit; it is not asked for what no tag holds.
    fn shipped(&self, by: &Authorship) -> Shipped {
        match &by.release {
            Some(_) => self.shipped_in(&by.commit),
            None => Shipped::NotYet,
        }
    }

    /// The release that a commit first shipped in, of what the word is about.
    fn shipped_in(&self, commit: &str) -> Shipped {
        self.freshness.witness.shipped(commit, self.about())
    }

    /// What the word is about: else its document.
    fn about(&self) -> &[Glob] {
        let paths = self.paths.filter(|paths| !paths.is_empty());
        paths.unwrap_or(self.document.as_slice())
    }
}
