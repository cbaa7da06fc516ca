//! Real documents and artifacts with known figures, where this machine has them.

use std::path::PathBuf;

/// The folder named by `TRUEUP_CORPUS`; where it is not set the test says that it skips itself.
pub(crate) fn corpus(folder: &str) -> Option<PathBuf> {
    let Some(root) = std::env::var_os("TRUEUP_CORPUS") else {
        println!("skipped: TRUEUP_CORPUS names no folder");
        return None;
    };
    let place = PathBuf::from(root).join(folder);
    assert!(place.is_dir(), "TRUEUP_CORPUS is set, but holds no {folder}");
    Some(place)
}
