//! Lists of facts, kept whole only where a condition asks for them.

use std::collections::BTreeSet;

use super::Value;

/// How many entries of a list are kept where nobody asked for all.
pub const SHOWN: usize = 200;

/// The longest text of an entry that is kept to be shown, in bytes.
const LONGEST: usize = 4 << 10;

/// The most bytes of text that a list keeps where all of it was asked for. One name that stands
/// once in a file is kept with every entry under it, so no bound follows from the file's size.
const MOST: usize = 512 << 20;

/// A member that an entry can lack, and whether one has it.
pub type Optional<T> = (&'static str, fn(&T) -> bool);

/// What lists hold.
pub trait Entry: Sized + 'static {
    /// The members that an entry can lack.
    const OPTIONAL: &'static [Optional<Self>];

    /// Its texts: so that one long text, kept many times over, does not fill the memory.
    fn texts(&mut self) -> impl Iterator<Item = &mut String>;

    /// What conditions see of it; members that it lacks are left out.
    fn value(&self) -> Value;
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
    /// Members that the report tells of, though none of its entries has them.
    told: BTreeSet<&'static str>,
    /// The entries of each report, and what it tells of none.
    runs: Vec<Run>,
}

/// Entries that come from one report.
#[derive(Debug, Clone, PartialEq)]
struct Run {
    /// The position behind its last.
    end: usize,
    /// The members of which it does not tell whether an entry has them.
    untold: Vec<&'static str>,
}

impl<T> Default for Listing<T> {
    fn default() -> Listing<T> {
        Listing::new(Keep::Shown)
    }
}

impl<T> Listing<T> {
    /// An empty list that keeps as much as `keep` says.
    pub fn new(keep: Keep) -> Listing<T> {
        Listing {
            entries: Vec::new(),
            omitted: 0,
            keep,
            weight: 0,
            told: BTreeSet::new(),
            runs: Vec::new(),
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
        let kept: Vec<bool> = entries.iter().map(keep).collect();
        for run in &mut self.runs {
            run.end = kept.iter().take(run.end).filter(|kept| **kept).count();
        }
        let mut taken = Vec::new();
        for (entry, kept) in entries.into_iter().zip(kept) {
            if kept { self.entries.push(entry) } else { taken.push(entry) }
        }
        taken
    }

    /// Notes that the report tells which of its entries have a `member`: one that lacks it has none.
    pub fn tells(&mut self, member: &'static str) {
        self.told.insert(member);
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
        let before = self.entries.len();
        for entry in &other.entries {
            self.push(|| entry.clone());
        }
        let runs = other.runs.iter();
        self.runs.extend(runs.map(|run| Run { end: before + run.end, untold: run.untold.clone() }));
    }

    /// Closes the list of one report: a member that no entry has, and that the report is not known to
    /// tell of, is one of which it says nothing.
    pub(super) fn close(&mut self) {
        if !self.is_whole() || self.entries.is_empty() {
            return;
        }
        let untold = T::OPTIONAL
            .iter()
            .filter(|(member, has)| !self.told.contains(member) && !self.entries.iter().any(has));
        let untold = untold.map(|(member, _)| *member).collect();
        self.runs = vec![Run { end: self.entries.len(), untold }];
    }

    /// What conditions see: the entries, where all are here.
    pub(super) fn value(&self) -> Value {
        if !self.is_whole() {
            return Value::Null;
        }
        let mut runs = self.runs.iter().peekable();
        let entries = self.entries.iter().enumerate().map(|(at, entry)| {
            while runs.next_if(|run| run.end <= at).is_some() {}
            let untold = runs.peek().map_or(&[][..], |run| &run.untold);
            entry.value().without_word_of(untold)
        });
        Value::list(entries.collect())
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
        const OPTIONAL: &'static [Optional<String>] =
            &[("long", |text| text.len() > 3), ("short", |text| text.len() < 2)];

        fn texts(&mut self) -> impl Iterator<Item = &mut String> {
            std::iter::once(self)
        }

        fn value(&self) -> Value {
            let of = |it: bool| if it { Value::Bool(true) } else { Value::Null };
            Value::record([
                ("name", Value::text(self)),
                ("long", of(self.len() > 3)),
                ("short", of(self.len() < 2)),
            ])
        }
    }

    fn closed(entries: &[&str], told: Option<&'static str>) -> Listing<String> {
        let mut list = Listing::new(Keep::All);
        entries.iter().for_each(|entry| list.push(|| (*entry).to_owned()));
        told.into_iter().for_each(|member| list.tells(member));
        list.close();
        list
    }

    /// Of each entry its name, and the members that are left open.
    fn open(list: &Listing<String>) -> Vec<String> {
        let Value::List(entries) = list.value() else { panic!("not whole") };
        let told = |entry: &Value| {
            let Some(Value::Text(name)) = entry.member("name") else { panic!("{entry:?}") };
            let open = String::OPTIONAL.iter().filter(|(member, _)| entry.leaves_open(member));
            open.fold(name.to_string(), |all, (member, _)| format!("{all} {member}"))
        };
        entries.iter().map(told).collect()
    }

    #[test]
    fn what_no_entry_of_a_report_has_is_left_open_unless_the_report_tells_of_it() {
        assert_eq!(open(&closed(&["ab", "abcd"], None)), ["ab short", "abcd short"]);
        assert_eq!(open(&closed(&["ab"], Some("short"))), ["ab long"]);
        assert_eq!(open(&closed(&["a", "abcd"], None)), ["a", "abcd"]);
        let mut all = closed(&["a", "b"], None);
        all.append(&closed(&["ab", "abc"], Some("long")));
        all.append(&closed(&["x", "abcd"], None));
        let expected = ["a long", "b long", "ab short", "abc short", "x", "abcd"];
        assert_eq!(open(&all), expected);
        assert_eq!(all.take_out(|entry| !entry.contains('a')), ["a", "ab", "abc", "abcd"]);
        assert_eq!(open(&all), ["b long", "x"]);
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
