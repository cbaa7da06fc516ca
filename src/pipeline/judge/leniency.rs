//! What a fault of the configuration is worth: it ends a run, but of a past revision it is a
//! problem of that side alone.

use crate::model::{Code, Place, Problem};
use crate::pipeline::Error;
use crate::pipeline::inputs::configuration::CONFIG;

/// Of a past revision the value that stands in for what its configuration does not give, with the
/// faults told; else the result itself.
pub(super) fn forgive<T>(
    result: Result<T, Error>,
    past: bool,
    otherwise: impl FnOnce() -> T,
    told: &mut Vec<Problem>,
) -> Result<T, Error> {
    match result {
        Err(Error::Config { faults, .. }) if past => {
            told.extend(faults.into_iter().map(|fault| {
                let message = format!("{}.", fault.message);
                problem(Problem::new(Code::ConfigFaulty, Place::file(fault.path), message))
            }));
            Ok(otherwise())
        }
        Err(fault @ Error::Usage { .. }) if past => {
            let message = format!("{fault}.");
            told.push(problem(Problem::new(Code::ConfigFaulty, Place::file(CONFIG), message)));
            Ok(otherwise())
        }
        other => other,
    }
}

fn problem(of: Problem) -> Problem {
    of.hint("It is of a past revision, and cannot be mended there: nothing was bound by it.")
}
