//! What a fault of the configuration is worth: it ends a run, but of a past revision it is a
//! problem of that side alone.

use crate::model::{Code, Place, Problem};
use crate::pipeline::Error;
use crate::pipeline::inputs::configuration::CONFIG;

/// Whether faults of the configuration are put up with, and those that were.
pub(in crate::pipeline) struct Leniency {
    past: bool,
    faults: Vec<Problem>,
}

impl Leniency {
    /// No fault is put up with.
    pub(in crate::pipeline) fn none() -> Leniency {
        Leniency::of(false)
    }

    /// Those of a `past` revision are.
    pub(super) fn of(past: bool) -> Leniency {
        Leniency { past, faults: Vec::new() }
    }

    /// The result itself; where a fault is put up with, the default of what its configuration does not
    /// give.
    ///
    /// # Errors
    /// Every fault that is not put up with.
    pub(super) fn accept<T: Default>(&mut self, result: Result<T, Error>) -> Result<T, Error> {
        match result {
            Err(Error::Config { faults, .. }) if self.past => {
                self.faults.extend(faults.into_iter().map(|fault| {
                    let message = format!("{}.", fault.message);
                    problem(Problem::new(Code::ConfigFaulty, Place::file(fault.path), message))
                }));
                Ok(T::default())
            }
            Err(fault @ Error::Usage { .. }) if self.past => {
                let message = format!("{fault}.");
                let of_file = Problem::new(Code::ConfigFaulty, Place::file(CONFIG), message);
                self.faults.push(problem(of_file));
                Ok(T::default())
            }
            other => other,
        }
    }

    /// The faults that were put up with, as problems.
    pub(super) fn faults(self) -> Vec<Problem> {
        self.faults
    }
}

fn problem(of: Problem) -> Problem {
    of.hint("It is of a past revision, and cannot be mended there: nothing was bound by it.")
}
