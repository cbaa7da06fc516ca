//! What archives and their entries are called.

/// How an archive is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArchiveKind {
    /// `.zip`
    Zip,
    /// `.tar`
    Tar,
    /// `.tar.gz`, `.tgz`
    TarGz,
    /// Packed in a way that is not read: `.tar.xz`, `.7z`. What lies in it is not known.
    Unread,
}

/// The ends of the names of archives that are not opened.
const UNREAD: [&str; 11] = [
    ".tar.bz2", ".tbz2", ".tbz", ".tar.xz", ".txz", ".tar.zst", ".tzst", ".tar.lz4", ".tar.z",
    ".7z", ".rar",
];

/// Which kind of archive has this name, if any. The name decides, for a broken archive has no
/// content to go by, and much that is zipped is none: `.jar`, `.docx`.
pub fn archive_kind(path: &str) -> Option<ArchiveKind> {
    let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let ends = |end: &str| name.len() > end.len() && name.ends_with(end);
    match () {
        () if ends(".zip") => Some(ArchiveKind::Zip),
        () if ends(".tar.gz") || ends(".tgz") => Some(ArchiveKind::TarGz),
        () if ends(".tar") => Some(ArchiveKind::Tar),
        () if UNREAD.iter().any(|end| ends(end)) => Some(ArchiveKind::Unread),
        () => None,
    }
}

/// What is said of a file that is a ZIP archive by its content and none by its name, as those are that
/// forges hand out below an address that ends in `/zip` or `/download`.
pub const UNNAMED_ARCHIVE: &str =
    "The file is a ZIP archive, and by its name none: call it `.zip`, or unpack it.";

/// Whether a file of this name is zipped and holds a program, a document or a model, and no reports.
pub fn is_package(path: &str) -> bool {
    const PACKAGES: [&str; 28] = [
        "aab", "aar", "apk", "appx", "conda", "crx", "docx", "ear", "egg", "epub", "ipa", "jar",
        "keras", "kmz", "msix", "npz", "nupkg", "ods", "odt", "pptx", "pt", "pth", "vsix", "war",
        "whl", "xlsm", "xlsx", "xpi",
    ];
    let name = path.rsplit('/').next().unwrap_or_default();
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    extension.is_some_and(|extension| PACKAGES.contains(&extension.as_str()))
}

/// As which folder an archive stands in the names of its entries: `a.zip!/b.xml`.
pub fn within_archive(path: &str) -> String {
    format!("{path}!")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_are_known_by_their_names() {
        for (name, kind) in [
            ("a/b.zip", Some(ArchiveKind::Zip)),
            ("B.ZIP", Some(ArchiveKind::Zip)),
            ("a.tar.gz", Some(ArchiveKind::TarGz)),
            ("a.tgz", Some(ArchiveKind::TarGz)),
            ("a.tar", Some(ArchiveKind::Tar)),
            ("a.tar.bz2", Some(ArchiveKind::Unread)),
            ("A.7Z", Some(ArchiveKind::Unread)),
            ("a.json.gz", None),
            ("a.json.xz", None),
            ("app.jar", None),
            (".zip", None),
            ("a.zip/b.xml", None),
        ] {
            assert_eq!(archive_kind(name), kind, "{name}");
        }
    }
}
