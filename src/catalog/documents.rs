//! The documents of a team: what each is called, and its headings.

use std::cell::OnceCell;

use super::surroundings::Around;

/// The documents around, read once: many lines ask for one.
#[derive(Default)]
pub struct Documents(OnceCell<Vec<Document>>);

/// One document that has something in it.
pub(super) struct Document {
    pub(super) path: String,
    /// What it is called: its name without folder and ending, or its folder's; `None` where that is
    /// another thing's name.
    pub(super) name: Option<String>,
    /// Its headings as written; none of what tells of the past.
    pub(super) headings: Vec<String>,
}

impl Documents {
    /// Those of `around`.
    pub(super) fn of<'d>(&'d self, around: &Around<'_>) -> &'d [Document] {
        self.0.get_or_init(|| all(around))
    }
}

fn all(around: &Around<'_>) -> Vec<Document> {
    let paths = ["**/*.{md,mdx,adoc,rst}", "**/*.txt"];
    let paths =
        paths.into_iter().flat_map(|glob| around.matching(glob)).filter(|path| is_own(path));
    let read = paths.filter_map(|path| {
        let text = (around.text)(path).filter(|text| !text.trim().is_empty())?;
        let headings = if is_of_the_past(path) { Vec::new() } else { headings(&text) };
        Some(Document { path: path.to_owned(), name: name(path, around), headings })
    });
    read.collect()
}

fn is_own(path: &str) -> bool {
    !["node_modules/", "vendor/", ".github/ISSUE_TEMPLATE"].iter().any(|part| path.contains(part))
}

/// Whether it tells of what was, and so nothing of how it is.
fn is_of_the_past(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let of = ["changelog", "change-log", "changes", "history", "news", "release-notes", "releases"];
    of.iter().any(|of| name.starts_with(of))
}

fn headings(text: &str) -> Vec<String> {
    let mut is_code = false;
    let lines = text.lines().filter(|line| {
        is_code ^= line.trim_start().starts_with("```");
        !is_code && line.starts_with('#')
    });
    lines.map(|line| line.trim_end().to_owned()).collect()
}

/// What stands in a folder of code tells of that: only a folder of documents gives its index a name.
fn name(path: &str, around: &Around<'_>) -> Option<String> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_index = ["readme", "index"].iter().any(|of| name.to_lowercase().starts_with(of));
    if !is_index || folder.is_empty() {
        return Some(name.to_owned());
    }
    let lead = format!("{folder}/");
    let from = around.files.partition_point(|path| *path < lead.as_str());
    let below = around.files.iter().skip(from).take_while(|path| path.starts_with(&lead));
    let of_documents = below.into_iter().all(|path| is_beside_documents(path));
    of_documents.then(|| folder.rsplit('/').next().unwrap_or(folder).to_owned())
}

/// Whether what lies at `path` may lie in a folder of documents.
fn is_beside_documents(path: &str) -> bool {
    const ENDS: [&str; 17] = [
        "md", "mdx", "adoc", "rst", "txt", "png", "jpg", "jpeg", "svg", "gif", "pdf", "drawio",
        "puml", "mmd", "yml", "yaml", "json",
    ];
    let end = path.rsplit_once('.').map_or("", |(_, end)| end);
    ENDS.contains(&end) && !path.ends_with("/package.json")
}
