//! What trueup itself wrote: it tells what was judged by evidence, and is none.

use crate::model::{Reading, Rule, counted};

/// How trueup is called where a file names its tool.
pub(in crate::evidence) const NAME: &str = "trueup";

/// Doubts a report all of whose entries are trueup's, and says of one that holds others too how many
/// are left out. `noun` is what the report calls an entry; `advice` is what gives the others alone.
pub(in crate::evidence) fn settle(
    reading: &mut Reading,
    own: u64,
    others: u64,
    noun: &str,
    advice: &str,
) {
    if own == 0 {
        return;
    }
    if others == 0 {
        let why =
            format!("trueup wrote it: it tells of items of checklists, and of no scan.{advice}");
        reading.doubt(Rule::NothingLookedAt, why);
    } else {
        reading.warn(format!("{} of trueup's own, left out.", counted(own, noun)));
    }
}
