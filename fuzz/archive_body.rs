//! What holds of an archive read from any bytes; asserted by the fuzz target and by the test suite.

use std::collections::BTreeSet;

use trueup::evidence::archive::{Contents, contents, each};
use trueup::model::Limits;

/// Far below the defaults, so that every bound is met.
const LIMITS: Limits = Limits { entries: 64, entry: 1 << 16, total: 1 << 18, ratio: 20 };

/// Reads `bytes` as every kind of archive and asserts that its entries have names of their own
/// that stay inside, that they are handed out as they were listed, that no bound is passed, and
/// that no cut hides an entry.
pub(crate) fn holds(bytes: &[u8]) {
    for path in ["a.zip", "a.tar", "a.tgz"] {
        let Ok(found) = contents(path, bytes, &LIMITS) else { continue };
        assert!((found.names.len() + found.skipped.len()) as u64 <= LIMITS.entries);
        names_stay_inside(path, &found);
        every_entry_is_handed_out(path, bytes, &found);
        no_cut_hides_an_entry(path, bytes, &found);
    }
}

fn names_stay_inside(path: &str, found: &Contents) {
    let skipped = found.skipped.iter().map(|of| of.name.as_str());
    let names: Vec<&str> = found.names.iter().map(String::as_str).chain(skipped).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "a name stands twice");
    for name in names {
        let Some(inner) = name.strip_prefix(path).and_then(|rest| rest.strip_prefix("!/")) else {
            panic!("{name} is not named behind its archive");
        };
        let apart = inner.split('/').all(|part| !matches!(part, "" | "." | ".."));
        let plain = !inner.contains(|c: char| c == '\\' || c.is_control());
        let drive = inner.as_bytes().get(1) == Some(&b':');
        assert!(apart && plain && !drive, "{name:?}");
    }
}

fn every_entry_is_handed_out(path: &str, bytes: &[u8], found: &Contents) {
    let (mut handed, mut total) = (Vec::new(), 0);
    let visit = &mut |name: &str, bytes: Vec<u8>| {
        handed.push(name.to_owned());
        assert!(bytes.len() as u64 <= LIMITS.entry, "{name} is beyond the bound");
        total += bytes.len() as u64;
    };
    assert_eq!(each(path, bytes, &LIMITS, &|_| true, visit), Ok(()));
    assert_eq!(handed, found.names);
    assert!(total <= LIMITS.total);
}

/// At a place that follows from the bytes.
fn no_cut_hides_an_entry(path: &str, bytes: &[u8], found: &Contents) {
    let sum = bytes.iter().fold(7_usize, |sum, byte| sum.wrapping_mul(31) ^ usize::from(*byte));
    let at = sum % bytes.len().max(1);
    let cut = contents(path, &bytes[..at], &LIMITS);
    assert!(cut.is_err() || cut.as_ref() == Ok(found), "cut at {at}: {cut:?}, whole: {found:?}");
}
