//! Between the addresses of an editor and paths of the repository.

use std::path::{Path, PathBuf};

use gen_lsp_types::Uri;
use url::Url;

/// The file that an address means; `None` for what is no file.
pub(super) fn file(uri: &Uri) -> Option<PathBuf> {
    Url::parse(&uri.0).ok()?.to_file_path().ok()
}

/// The address of a file.
pub(super) fn of_file(path: &Path) -> Option<Uri> {
    Some(Uri(Url::from_file_path(path).ok()?.into()))
}

/// What the repository at `root` calls the file at `path`.
pub(super) fn name(root: &Path, path: &Path) -> Option<String> {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let inside = path.strip_prefix(root).map(Path::to_path_buf);
    let inside = inside.or_else(|_| real(path).strip_prefix(real(root)).map(Path::to_path_buf));
    let inside = inside.ok()?;
    let parts: Option<Vec<&str>> = inside.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn addresses_and_names_lead_to_each_other() {
        let uri = of_file(Path::new("/srv/my shop/docs/café.md")).unwrap();
        assert_eq!(uri.0, "file:///srv/my%20shop/docs/caf%C3%A9.md");
        let path = file(&uri).unwrap();
        assert_eq!(name(Path::new("/srv/my shop"), &path).unwrap(), "docs/café.md");
        assert_eq!(name(Path::new("/srv/other"), &path), None);
        for none in ["untitled:Untitled-1", "https://example.org/a.md", "", "a.md"] {
            assert_eq!(file(&Uri(none.to_owned())), None, "{none}");
        }
    }
}
