//! What became of how fresh the evidence must be: its age, and the code that it must be of.

use std::cmp::Ordering;

use crate::model::{Age, Glob};
use crate::snapshot::v1::Requirement;

use super::super::words::Shift;
use super::{Aspect, said};

/// `[defaults] max-age` of both sides.
pub(super) type Defaults<'a> = (Option<&'a str>, Option<&'a str>);

/// Both with the ages that are in force, `defaults` where they say none of their own. Where neither does,
/// what became of the default is told of all items at once.
pub(super) fn in_force(
    from: &Requirement,
    to: &Requirement,
    (before, after): Defaults<'_>,
) -> Option<(Requirement, Requirement)> {
    let with = |of: &Requirement, default: Option<&str>| {
        let default = default.filter(|_| of.condition.is_some()).map(str::to_owned);
        Requirement { max_age: of.max_age.clone().or(default), ..of.clone() }
    };
    (from.max_age != to.max_age).then(|| (with(from, before), with(to, after)))
}

/// The age limit, if it is another.
pub(super) fn age(from: &Requirement, to: &Requirement) -> Option<Aspect> {
    let (before, after) = (from.max_age.as_deref(), to.max_age.as_deref());
    let (shift, why) = match (before, after) {
        (None, None) => return None,
        (None, Some(after)) => {
            (Shift::Tightened, format!("Evidence may be {after} old; there was no limit."))
        }
        (Some(before), None) => {
            (Shift::Loosened, format!("Evidence may be of any age; the limit was {before}."))
        }
        (Some(before), Some(after)) => (
            longer(before, after)?,
            format!("Evidence may be {after} old; the limit was {before}."),
        ),
    };
    let said = |age: Option<&str>| {
        age.map_or_else(|| "no max-age".to_owned(), |age| format!("max-age {age}"))
    };
    Some(Aspect { shift, from: said(before), to: said(after), why })
}

/// How a longer or shorter age moves the bar; `None` where both are the same length.
pub(super) fn longer(before: &str, after: &str) -> Option<Shift> {
    match (before.parse::<Age>(), after.parse::<Age>()) {
        (Ok(before), Ok(after)) => match after.cmp(&before) {
            Ordering::Greater => Some(Shift::Loosened),
            Ordering::Less => Some(Shift::Tightened),
            Ordering::Equal => None,
        },
        _ => (before != after).then_some(Shift::Changed),
    }
}

/// Which later changes of the code make evidence stale, or a sign-off.
#[derive(Clone, Copy)]
enum Code<'r> {
    /// Any: neither paths nor an age is given.
    All,
    /// Those under these globs.
    Under(&'r [String]),
    /// None: an age alone is given, or no path.
    None,
}

impl Code<'_> {
    fn of(requirement: &Requirement) -> Code<'_> {
        let of_evidence = requirement.condition.is_some() && requirement.max_age.is_none();
        match requirement.paths.as_deref() {
            None if of_evidence => Code::All,
            Some([]) | None => Code::None,
            Some(paths) => Code::Under(paths),
        }
    }

    /// The same of the sign-off that is asked for: without paths no change makes it stale.
    fn of_sign_off(requirement: &Requirement) -> Option<Code<'_>> {
        requirement.sign_off.as_ref()?;
        Some(match requirement.paths.as_deref() {
            Some([]) | None => Code::None,
            Some(paths) => Code::Under(paths),
        })
    }

    fn said(&self) -> String {
        match self {
            Code::All => "any later change".to_owned(),
            Code::Under(paths) => format!("a later change under {}", paths.join(", ")),
            Code::None => "no later change".to_owned(),
        }
    }
}

/// The code that evidence must be of, if it is more or less than before.
pub(super) fn code(from: &Requirement, to: &Requirement) -> Option<Aspect> {
    let of_evidence = (Code::of(from), Code::of(to));
    let of_sign_off = Code::of_sign_off(from).zip(Code::of_sign_off(to));
    let both = [Some(of_evidence), of_sign_off].into_iter().flatten();
    let (shift, (before, after)) = both
        .filter_map(|codes| Some((moved(codes.0, codes.1)?, codes)))
        .max_by_key(|(shift, _)| *shift)?;
    let why = format!("Now {} makes it stale; before, {} did.", after.said(), before.said());
    let said = |requirement: &Requirement| {
        requirement.paths.as_deref().map_or_else(|| "no paths".to_owned(), said::paths)
    };
    Some(Aspect { shift, from: said(from), to: said(to), why })
}

/// How the bar moves; `None` where it does not.
fn moved(before: Code<'_>, after: Code<'_>) -> Option<Shift> {
    match (before, after) {
        (Code::All, Code::All) | (Code::None, Code::None) => None,
        (Code::All | Code::Under(_), Code::None) | (Code::All, Code::Under(_)) => {
            Some(Shift::Loosened)
        }
        (Code::None, Code::All | Code::Under(_)) | (Code::Under(_), Code::All) => {
            Some(Shift::Tightened)
        }
        (Code::Under(before), Code::Under(after)) => narrowed(before, after),
    }
}

/// Fewer paths ask for less; `None` where both mean the same.
fn narrowed(before: &[String], after: &[String]) -> Option<Shift> {
    match (cover(before, after), cover(after, before)) {
        (true, true) => None,
        (true, false) => Some(Shift::Loosened),
        (false, true) => Some(Shift::Tightened),
        (false, false) => Some(Shift::Changed),
    }
}

/// Whether every glob of `inner` lies within one of `outer`, the name of a folder being all that lies in it.
fn cover(outer: &[String], inner: &[String]) -> bool {
    let within = |outer: &str, inner: &str| {
        covers(outer, inner)
            || match (all_of(outer), all_of(inner)) {
                (None, None) => false,
                (outer_all, inner_all) => covers(
                    outer_all.as_deref().unwrap_or(outer),
                    inner_all.as_deref().unwrap_or(inner),
                ),
            }
    };
    inner.iter().all(|inner| outer.iter().any(|outer| within(outer, inner)))
}

/// `backend/**` of `backend`, where that is no file by its name.
pub(in crate::diff) fn all_of(glob: &str) -> Option<String> {
    let name = glob.trim_start_matches("./").trim_end_matches('/');
    let is_folder = !name.is_empty() && !name.contains(['*', '?', '[', '{', '\\', '.']);
    is_folder.then(|| format!("{name}/**"))
}

/// `**` and `backend/**` cover `backend/api/**`, and any glob a name that it matches. What is not
/// certain is not covered.
pub(in crate::diff) fn covers(outer: &str, inner: &str) -> bool {
    let (outer, inner) = (outer.trim_start_matches("./"), inner.trim_start_matches("./"));
    let folder = outer.strip_suffix("**").filter(|folder| {
        (folder.is_empty() || folder.ends_with('/')) && !folder.contains(['*', '?', '[', '{'])
    });
    let plain = !inner.contains(['*', '?', '[', '{', '\\']);
    outer == inner
        || folder.is_some_and(|folder| inner.starts_with(folder))
        || plain && Glob::new(outer).is_ok_and(|outer| outer.matches(inner))
}
