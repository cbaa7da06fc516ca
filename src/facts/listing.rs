//! Lists of facts, kept whole only where a condition asks for them.

/// How many entries of a list are kept where nobody asked for all.
pub const SHOWN: usize = 200;

/// The longest text of an entry that is kept to be shown, in bytes.
const LONGEST: usize = 4 << 10;

/// The most bytes of text that a list keeps where all of it was asked for. One name that stands
/// once in a file is kept with every entry under it, so no bound follows from the file's size.
const MOST: usize = 512 << 20;

/// What lists hold: so that one long text, kept many times over, does not fill the memory.
pub trait Entry {
    /// Its texts.
    fn texts(&mut self) -> impl Iterator<Item = &mut String>;
}

/// How much of a list a reader keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keep {
    /// What a report shows: the bad ones, up to [`SHOWN`].
    #[default]
    Shown,
    /// Everything: a condition walks the list.
    All,
}

/// A list, and how many entries were left out of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing<T> {
    entries: Vec<T>,
    omitted: u64,
    keep: Keep,
    /// Bytes of text, where everything is kept.
    weight: usize,
}

impl<T> Default for Listing<T> {
    fn default() -> Listing<T> {
        Listing::new(Keep::Shown)
    }
}

impl<T> Listing<T> {
    /// An empty list that keeps as much as `keep` says.
    pub fn new(keep: Keep) -> Listing<T> {
        Listing { entries: Vec::new(), omitted: 0, keep, weight: 0 }
    }

    /// What was kept, in the file's order.
    pub fn entries(&self) -> &[T] {
        &self.entries
    }

    /// Changes what was kept.
    pub fn change(&mut self, change: impl FnMut(&mut T)) {
        self.entries.iter_mut().for_each(change);
    }

    /// Takes out what `keep` refuses; returns what was taken.
    pub fn take_out(&mut self, keep: impl Fn(&T) -> bool) -> Vec<T> {
        let entries = std::mem::take(&mut self.entries);
        let (kept, taken) = entries.into_iter().partition(keep);
        self.entries = kept;
        taken
    }

    /// Lets go of entries that were kept to be shown alone.
    pub(super) fn forget_shown(&mut self) {
        if self.keep == Keep::Shown && self.weight == 0 {
            self.entries = Vec::new();
        }
    }

    /// How many entries worth showing were left out.
    pub fn omitted(&self) -> u64 {
        self.omitted
    }

    /// Whether nothing was left out, quiet entries included.
    pub fn is_whole(&self) -> bool {
        self.keep == Keep::All
    }
}

impl<T: Entry> Listing<T> {
    /// Adds an entry worth showing; `make` runs only where it is kept.
    pub fn push(&mut self, make: impl FnOnce() -> T) {
        if self.keep == Keep::All {
            self.keep(make());
        } else if self.entries.len() < SHOWN {
            let mut entry = make();
            entry.texts().for_each(shorten);
            self.entries.push(entry);
        } else {
            self.omitted += 1;
        }
    }

    /// Adds an entry that nobody needs to see (a passed test): kept only where all are.
    pub fn push_quiet(&mut self, make: impl FnOnce() -> T) {
        if self.keep == Keep::All {
            self.keep(make());
        }
    }

    /// Keeps one of all entries. A list that grows beyond the bound is whole no longer, so that no
    /// condition walks it.
    fn keep(&mut self, mut entry: T) {
        self.weight += entry.texts().map(|text| text.len()).sum::<usize>();
        if self.weight > MOST {
            self.keep = Keep::Shown;
            self.omitted += 1;
        } else {
            self.entries.push(entry);
        }
    }

    /// Adds another list's entries. Where they are not all of its, nor are these.
    pub fn append(&mut self, other: &Listing<T>)
    where
        T: Clone,
    {
        if other.keep == Keep::Shown {
            self.keep = Keep::Shown;
        }
        self.omitted += other.omitted;
        for entry in &other.entries {
            self.push(|| entry.clone());
        }
    }
}

/// Cuts what is too long to be shown.
pub(super) fn shorten(text: &mut String) {
    if text.len() > LONGEST {
        text.truncate(text.floor_char_boundary(LONGEST));
        text.shrink_to_fit();
        text.push_str(" …");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Entry for String {
        fn texts(&mut self) -> impl Iterator<Item = &mut String> {
            std::iter::once(self)
        }
    }

    #[test]
    fn a_text_that_is_shown_is_cut_between_characters() {
        let mut list = Listing::default();
        list.push(|| "é".repeat(LONGEST));
        list.push(|| "é".to_owned());
        let shown = list.entries();
        assert_eq!(shown[0].len(), LONGEST + " …".len());
        assert!(shown[0].ends_with("é …"));
        assert_eq!(shown[1], "é");
    }

    #[test]
    fn a_list_that_outgrows_its_bound_is_not_whole_nor_is_what_it_is_added_to() {
        let mut list = Listing::new(Keep::All);
        list.push(|| "a".to_owned());
        list.weight = MOST;
        assert!(list.is_whole());
        list.push(|| "b".to_owned());
        assert!(!list.is_whole());
        assert_eq!((list.entries().len(), list.omitted()), (1, 1));
        let mut all = Listing::new(Keep::All);
        all.append(&list);
        assert!(!all.is_whole());
    }
}
