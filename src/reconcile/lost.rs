//! What could have been an artifact and was not read: a link, a closed folder, a broken archive.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{Answer, Artifact, Glob, UNNAMED_ARCHIVE};

/// Something in the place of artifacts that was not read. The one failing report may lie there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Lost {
    /// As an artifact there would be named.
    pub path: String,
    /// Why, as it stands behind "cannot be read: ".
    pub why: String,
    /// Of a link, what it leads to, where that is known.
    pub leads_to: Option<String>,
    /// The name under which files may lie in it: its own for a folder, `a.zip!` for an archive.
    pub within: Option<String>,
    /// Whether the default places lose something by it.
    pub default: bool,
}

impl Lost {
    /// Whether `glob` would have found something here that is not among the paths `read`.
    pub fn is_lost_to<'p>(&self, glob: &Glob, mut read: impl Iterator<Item = &'p str>) -> bool {
        let within = self.within.as_deref().is_some_and(|within| glob.may_match_in(within));
        let asked = glob.matches(&self.path) || within;
        let Some(target) = self.leads_to.as_deref().filter(|_| asked) else { return asked };
        let within = format!("{target}/");
        // What a link leads to is read under its own name.
        !read.any(|path| {
            let there = path == target || (self.within.is_some() && path.starts_with(&within));
            there && glob.matches(path)
        })
    }

    /// Why nothing is proven by what lies beside it.
    pub(super) fn clause(&self) -> String {
        format!("{} cannot be read: {}.", self.path, self.why)
    }
}

/// Whether a file that could not be told is one of those that tools leave behind: empty, an
/// archive by its content, or named as a report is. Pictures, notes and logs beside them are none.
pub fn looks_like_a_report(artifact: &Artifact) -> bool {
    let placeholder = artifact.path.rsplit('/').next().is_some_and(|name| name.starts_with('.'));
    let unnamed = matches!(&artifact.answer, Answer::Unknown { why } if why == UNNAMED_ARCHIVE);
    !placeholder && (artifact.bytes == 0 || unnamed || has_a_report_s_name(&artifact.path))
}

/// Whether a file that could not be told is no report of any format by its nature: what git or a file
/// manager leaves in a folder, a picture, a page for people.
pub(super) fn is_no_report(artifact: &Artifact) -> bool {
    const NAMES: [&str; 7] = [
        ".ds_store",
        ".gitattributes",
        ".gitignore",
        ".gitkeep",
        ".keep",
        "desktop.ini",
        "thumbs.db",
    ];
    const PAGES: [&str; 17] = [
        "bmp", "css", "gif", "htm", "html", "ico", "jpeg", "jpg", "mp4", "pdf", "png", "svg",
        "ttf", "webm", "webp", "woff", "woff2",
    ];
    let name = artifact.path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    matches!(artifact.answer, Answer::Unknown { .. })
        && (NAMES.contains(&name.as_str()) || PAGES.contains(&extension))
}

/// Whether `glob` takes all that lies in a folder, whatever it is called: `reports/**`.
pub(super) fn takes_all(glob: &Glob) -> bool {
    matches!(glob.as_str().rsplit('/').next(), Some("*" | "**"))
}

/// Whether a file is named as a report is.
pub fn has_a_report_s_name(path: &str) -> bool {
    const REPORTS: [&str; 16] = [
        "xml", "json", "jsonl", "ndjson", "sarif", "yaml", "yml", "toml", "info", "lcov", "trx",
        "tap", "csv", "jtl", "cdx", "spdx",
    ];
    // What may hold a report, and is none of the archives that are opened.
    const PACKED: [&str; 9] = ["gz", "tgz", "xz", "txz", "bz2", "zst", "7z", "rar", "zip"];
    let name = path.rsplit('/').next().unwrap_or_default();
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    !name.starts_with('.')
        && extension.is_some_and(|extension| {
            REPORTS.contains(&extension.as_str()) || PACKED.contains(&extension.as_str())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lost(path: &str, leads_to: Option<&str>, folder: bool) -> Lost {
        let leads_to = leads_to.map(str::to_owned);
        let within = folder.then(|| path.to_owned());
        Lost { path: path.to_owned(), why: String::new(), leads_to, within, default: false }
    }

    #[test]
    fn what_a_glob_would_have_found_is_lost() {
        let read = ["r/2026/a.xml", "r/b.xml"];
        for (glob, of, expected) in [
            ("r/*.xml", lost("r/a.xml", None, false), true),
            ("r/*.json", lost("r/a.xml", None, false), false),
            ("r/**", lost("r/closed", None, true), true),
            ("r/*/a.xml", lost("r/closed", None, true), true),
            ("r/*.xml", lost("r/closed", None, true), false),
            ("r/{a/x,b}/*.xml", lost("r/a", None, true), true),
            ("r/*.xml", lost("r/a.xml", Some("r/b.xml"), false), false),
            ("r/a.xml", lost("r/a.xml", Some("r/b.xml"), false), true),
            ("r/**", lost("r/latest", Some("r/2026"), true), false),
            ("r/latest/*.xml", lost("r/latest", Some("r/2026"), true), true),
            ("r/**", lost("r/latest", Some("build/2026"), true), true),
        ] {
            let glob = Glob::new(glob).unwrap();
            assert_eq!(of.is_lost_to(&glob, read.into_iter()), expected, "{glob} {}", of.path);
        }
    }
}
