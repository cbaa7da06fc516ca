//! What is shown at the moment, and who waits for the next.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Path → bytes, as in the folder of a report.
pub type Pages = BTreeMap<String, Vec<u8>>;

/// What was made of one state of the files.
#[derive(Debug, Clone)]
pub enum Edition {
    /// A whole report.
    Report(Pages),
    /// No report could be made: a page that says why, and what it needs to be shown.
    Fault {
        /// HTML.
        page: Vec<u8>,
        /// Its assets.
        assets: Pages,
    },
}

/// The current edition and the last report. Threads share it.
pub struct Preview {
    state: Mutex<State>,
    changed: Condvar,
}

/// What a request is answered from.
#[derive(Clone, Default)]
pub(super) struct State {
    /// Differs from edition to edition.
    pub(super) number: u64,
    /// The last report that could be made.
    pub(super) report: Option<Arc<Pages>>,
    /// Why the current state has none.
    pub(super) fault: Option<Arc<(Vec<u8>, Pages)>>,
}

impl Preview {
    /// Nothing yet. Editions are counted from `first`: two servers one after the other had better
    /// begin with different ones, so that a page of the earlier one is known to be old.
    pub fn new(first: u64) -> Preview {
        let state = State { number: first, ..State::default() };
        Preview { state: Mutex::new(state), changed: Condvar::new() }
    }

    /// Shows `edition` from now on.
    pub fn show(&self, edition: Edition) {
        let mut state = self.lock();
        state.number += 1;
        match edition {
            Edition::Report(pages) => {
                state.report = Some(Arc::new(pages));
                state.fault = None;
            }
            Edition::Fault { page, assets } => state.fault = Some(Arc::new((page, assets))),
        }
        drop(state);
        self.changed.notify_all();
    }

    /// Whether there is a report, if only of an earlier state.
    pub fn has_report(&self) -> bool {
        self.lock().report.is_some()
    }

    pub(super) fn now(&self) -> State {
        self.lock().clone()
    }

    /// The number of the current edition once it is another than `seen`; `None` where it still is
    /// that one after `patience`.
    pub(super) fn other_than(&self, seen: u64, patience: Duration) -> Option<u64> {
        let same = |state: &mut State| state.number == seen;
        let waited = self.changed.wait_timeout_while(self.lock(), patience, same);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        (state.number != seen).then_some(state.number)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_leaves_the_last_report_and_a_report_ends_the_fault() {
        let preview = Preview::new(7);
        assert!(!preview.has_report());
        preview.show(Edition::Report(Pages::new()));
        preview.show(Edition::Fault { page: Vec::new(), assets: Pages::new() });
        let state = preview.now();
        assert!(state.report.is_some() && state.fault.is_some());
        preview.show(Edition::Report(Pages::new()));
        assert!(preview.now().fault.is_none());
        assert_eq!(preview.now().number, 10);
    }

    #[test]
    fn who_waits_is_told() {
        let preview = Arc::new(Preview::new(1));
        assert_eq!(preview.other_than(9, Duration::ZERO), Some(1), "a page of another server");
        assert_eq!(preview.other_than(1, Duration::ZERO), None);
        let other = Arc::clone(&preview);
        let waits = std::thread::spawn(move || other.other_than(1, Duration::from_secs(60)));
        preview.show(Edition::Report(Pages::new()));
        assert_eq!(waits.join().unwrap(), Some(2));
    }
}
