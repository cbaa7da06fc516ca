//! The files that every page shares, as they lie in `templates/assets/`.

use super::templates::FILES;

/// `(name, bytes)` of every asset, by name.
pub(super) fn files() -> Vec<(&'static str, &'static [u8])> {
    let mut files: Vec<_> = FILES
        .get_dir("assets")
        .into_iter()
        .flat_map(|dir| dir.files())
        .filter_map(|file| Some((file.path().file_name()?.to_str()?, file.contents())))
        .collect();
    files.sort_unstable_by_key(|(name, _)| *name);
    files
}
