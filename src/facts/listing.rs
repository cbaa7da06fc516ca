//! Lists of facts, kept whole only where a condition asks for them.

/// How many entries of a list are kept where nobody asked for all.
pub const SHOWN: usize = 200;

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
}

impl<T> Default for Listing<T> {
    fn default() -> Listing<T> {
        Listing::new(Keep::Shown)
    }
}

impl<T> Listing<T> {
    /// An empty list that keeps as much as `keep` says.
    pub fn new(keep: Keep) -> Listing<T> {
        Listing { entries: Vec::new(), omitted: 0, keep }
    }

    /// Adds an entry worth showing; `make` runs only where it is kept.
    pub fn push(&mut self, make: impl FnOnce() -> T) {
        if self.keep == Keep::All || self.entries.len() < SHOWN {
            self.entries.push(make());
        } else {
            self.omitted += 1;
        }
    }

    /// Adds an entry that nobody needs to see (a passed test): kept only where all are.
    pub fn push_quiet(&mut self, make: impl FnOnce() -> T) {
        if self.keep == Keep::All {
            self.entries.push(make());
        }
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

    /// How many entries worth showing were left out.
    pub fn omitted(&self) -> u64 {
        self.omitted
    }

    /// Whether nothing was left out, quiet entries included.
    pub fn is_whole(&self) -> bool {
        self.keep == Keep::All
    }

    /// Adds another list's entries.
    pub fn append(&mut self, other: &Listing<T>)
    where
        T: Clone,
    {
        self.omitted += other.omitted;
        for entry in &other.entries {
            self.push(|| entry.clone());
        }
    }
}
