//! Where a file would lie: inside a folder, inside a report.

use std::path::{Component, Path, PathBuf};

use super::is_report_folder;

/// The name of `file` in `folder`, with `/`; `None` where it lies outside. Neither has to be there.
pub fn within(folder: &Path, file: &Path) -> Option<String> {
    let (folder, file) = (settled(folder), settled(file));
    let inside = file.strip_prefix(&folder).ok()?;
    let parts: Option<Vec<&str>> = inside.iter().map(|part| part.to_str()).collect();
    parts.filter(|parts| !parts.is_empty()).map(|parts| parts.join("/"))
}

/// The report whose folder `file` would lie in.
pub fn report_around(file: &Path) -> Option<PathBuf> {
    let file = settled(file);
    file.ancestors().skip(1).find(|folder| is_report_folder(folder)).map(Path::to_path_buf)
}

/// The path without links and detours, as far as it is there.
fn settled(path: &Path) -> PathBuf {
    let mut settled = match path.is_absolute() {
        true => PathBuf::new(),
        false => Path::new(".").canonicalize().unwrap_or_default(),
    };
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                settled.pop();
            }
            other => settled.push(other),
        }
        settled = settled.canonicalize().unwrap_or(settled);
    }
    settled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_inside_is_told_whatever_the_way_to_it() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        for file in ["out/badge.svg", "./out/x/../badge.svg", "other/../out/badge.svg"] {
            let found = within(&out, &dir.path().join(file));
            assert_eq!(found.as_deref(), Some("badge.svg"), "{file}");
        }
        assert_eq!(within(&out, &out.join("a/b")).as_deref(), Some("a/b"));
        for file in ["out", "outside", "out/../badge.svg", "badge.svg"] {
            assert_eq!(within(&out, &dir.path().join(file)), None, "{file}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_the_folder_is_the_folder() {
        let dir = tempfile::tempdir().unwrap();
        let (real, link) = (dir.path().join("real"), dir.path().join("link"));
        std::fs::create_dir(&real).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        assert_eq!(within(&real, &link.join("a")).as_deref(), Some("a"));
        assert_eq!(within(&link, &real.join("a")).as_deref(), Some("a"));
    }

    #[test]
    fn a_report_is_found_around_what_is_not_there_yet() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().canonicalize().unwrap();
        assert_eq!(report_around(&out.join("a/b.svg")), None);
        let snapshot = r#"{"schema": "trueup/snapshot/1"}"#;
        std::fs::write(out.join("snapshot.json"), snapshot).unwrap();
        assert_eq!(report_around(&out.join("a/b.svg")), Some(out));
    }
}
