//! What the whole is called that a checklist is of: its name above a line narrows nothing.

use std::collections::BTreeSet;

use super::parts::Parts;
use super::subjects::joined;
use super::surroundings::Around;

/// The most words of a name.
const WORDS: usize = 5;

/// The names of the whole.
#[derive(Default)]
pub(super) struct Product {
    names: BTreeSet<String>,
    /// The words of what the only package is called; none where there are several.
    only: BTreeSet<String>,
}

impl Product {
    /// That of a checklist in the package that `folder` is of, and which says that the product is called `told`.
    pub(super) fn of<'t>(
        folder: Option<&str>,
        told: impl Iterator<Item = &'t str>,
        parts: &Parts,
        around: &Around<'_>,
    ) -> Product {
        let own = parts.whole(around);
        let of_folder = folder.map(|folder| parts.names_of(folder, around)).unwrap_or_default();
        let names = own.names.iter().cloned().chain(of_folder).chain(told.map(joined));
        let only = own.only.iter().flat_map(|name| name.split(' ')).map(str::to_owned).collect();
        Product { names: names.filter(|name| !name.is_empty()).collect(), only }
    }

    /// Which of `words` are its name; each word of it alone where `by_word`.
    pub(super) fn covers(&self, words: &[&str], by_word: bool) -> Vec<bool> {
        let mut covered: Vec<bool> =
            words.iter().map(|word| by_word && self.words().any(|own| own == *word)).collect();
        let bare: Vec<String> = self.names.iter().map(|name| name.replace(' ', "")).collect();
        for length in 1..=WORDS.min(words.len()) {
            for (at, window) in words.windows(length).enumerate() {
                if bare.contains(&window.concat()) {
                    covered.iter_mut().skip(at).take(length).for_each(|of| *of = true);
                }
            }
        }
        covered
    }

    /// Whether the only package is called by `said`.
    pub(super) fn is_called(&self, said: &str) -> bool {
        !said.is_empty() && said.split(' ').all(|word| self.only.contains(word))
    }

    /// The words of its names.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.names.iter().flat_map(|name| name.split(' '))
    }
}
