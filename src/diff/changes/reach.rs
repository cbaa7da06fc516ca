//! How far the waivers of an item reach: beside one that stays, a new one may let more pass.

use crate::snapshot::v1::Waiver;

use super::waiver::ends;

/// The first of the waivers `after` that is in force and lets something pass, or for longer, that none
/// of those `before` did.
pub(super) fn further<'w>(before: &[&Waiver], after: &[&'w Waiver]) -> Option<&'w Waiver> {
    let new = |waiver: &&&'w Waiver| {
        let covered = |finding| before.iter().any(|of| in_force(of) && covers(of, waiver, finding));
        let findings = &waiver.findings;
        let all = || findings.iter().all(|finding| covered(Some(finding.as_str())));
        in_force(waiver) && !(if findings.is_empty() { covered(None) } else { all() })
    };
    after.iter().find(new).copied()
}

/// Whether `old` let pass what `new` does of one finding, or of all where none is named, as long.
fn covers(old: &Waiver, new: &Waiver, finding: Option<&str>) -> bool {
    let wider = |old: &Option<String>, new: &Option<String>| old.is_none() || old == new;
    let of_it = match finding {
        None => old.findings.is_empty(),
        Some(finding) => {
            old.findings.is_empty() || old.findings.iter().any(|known| known == finding)
        }
    };
    of_it
        && wider(&old.requirement, &new.requirement)
        && wider(&old.package, &new.package)
        && wider(&old.within, &new.within)
        && ends(&old.until) >= ends(&new.until)
}

fn in_force(waiver: &Waiver) -> bool {
    waiver.state != "expired"
}
