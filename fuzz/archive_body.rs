//! What holds of an archive read from any bytes; asserted by the fuzz target and by the test suite.

use std::collections::BTreeSet;

use trueup::evidence::archive::{contents, each};
use trueup::model::Limits;

/// Far below the defaults, so that every bound is met.
const LIMITS: Limits = Limits { entries: 64, entry: 1 << 16, total: 1 << 18, ratio: 20 };

/// Reads `bytes` as every kind of archive and asserts that its entries have names of their own
/// that stay inside, that they are handed out as they were listed, and that no bound is passed.
pub(crate) fn holds(bytes: &[u8]) {
    for path in ["a.zip", "a.tar", "a.tgz"] {
        let Ok(found) = contents(path, bytes, &LIMITS) else { continue };
        assert!((found.names.len() + found.skipped.len()) as u64 <= LIMITS.entries);
        let names: BTreeSet<&String> = found.names.iter().collect();
        assert_eq!(names.len(), found.names.len(), "a name stands twice");
        let lead = format!("{path}!/");
        for name in &names {
            assert!(name.starts_with(&lead) && !name.split('/').any(|part| part == ".."), "{name}");
        }
        let (mut handed, mut total) = (Vec::new(), 0);
        let visit = &mut |name: &str, bytes: Vec<u8>| {
            handed.push(name.to_owned());
            total += bytes.len() as u64;
        };
        assert_eq!(each(path, bytes, &LIMITS, &|_| true, visit), Ok(()));
        assert_eq!(handed, found.names);
        assert!(total <= LIMITS.total);
    }
}
