//! Links from items to files of the repository: checked always, and evidence where the team says so.

use crate::condition::Condition;
use crate::model::{Code, Documents, Place, Problem};
use crate::pipeline::inputs::project::{LARGEST_TEXT, Project};
use crate::pipeline::witness::sections;
use crate::policy::{Config, Links, Requirement, Selector};

/// Documents that are read as text.
const DOCUMENTS: [&str; 9] =
    ["md", "markdown", "txt", "rst", "adoc", "html", "yaml", "yml", "toml"];

/// What a tool reports in, by its extension: that it is there says nothing of what it says.
const REPORTS: [&str; 16] = [
    "cdx", "csv", "gz", "info", "json", "jsonl", "jtl", "lcov", "log", "ndjson", "sarif", "spdx",
    "tap", "trx", "xml", "zip",
];

/// A problem for each link that leads to no file, and where links are evidence for each that leads to
/// a report.
pub(in crate::pipeline) fn problems(
    project: &Project<'_>,
    config: &Config,
    documents: &Documents,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    for checklist in documents.checklists() {
        for item in &checklist.items {
            if config.links == Links::Evidence {
                let reports = item.links.iter().filter(|(path, _)| is_report(path));
                problems.extend(reports.map(|(path, line)| {
                    let place = Place::line(checklist.path.clone(), *line);
                    let message = format!("{path} is a report: that it is there proves nothing.");
                    Problem::new(Code::LinkToReport, place, message)
                        .of_item(item.id.clone())
                        .hint("Bind the item to what it says: a requirement with a condition.")
                }));
            }
            let astray =
                item.anchors.iter().filter(|(path, anchor)| leads_astray(project, path, anchor));
            problems.extend(astray.map(|(path, anchor)| {
                let place = Place::line(checklist.path.clone(), item.line);
                let message = format!("{path} has no section `#{anchor}`.");
                Problem::new(Code::LinkMissing, place, message)
                    .of_item(item.id.clone())
                    .hint("Mend the link, or write the section.")
            }));
            let lost = item.links.iter().filter(|(path, _)| !project.holds(path));
            problems.extend(lost.map(|(path, line)| {
                let place = Place::line(checklist.path.clone(), *line);
                Problem::new(Code::LinkMissing, place, format!("{path} is not there."))
                    .of_item(item.id.clone())
                    .hint("Mend the link, or write the document.")
            }));
        }
    }
    problems
}

/// Under `links = "evidence"`, a requirement for each item that links to files: they exist.
pub(in crate::pipeline) fn requirements(
    config: &Config,
    documents: &Documents,
) -> Vec<Requirement> {
    if config.links != Links::Evidence {
        return Vec::new();
    }
    let mut requirements = Vec::new();
    for checklist in documents.checklists() {
        for item in checklist.items.iter().filter(|item| !item.links.is_empty()) {
            // A document beside a report does not say what that says.
            if item.links.iter().any(|(path, _)| is_report(path)) {
                continue;
            }
            // A list that links to itself shows nothing.
            let others = item.links.iter().filter(|(path, _)| *path != checklist.path);
            let named = item.anchors.iter().filter(|(path, of)| sections::names_section(path, of));
            let anchors = named.map(|(path, of)| exists(&format!("{path}#{of}")));
            let exist: Vec<String> = others.map(|(path, _)| exists(path)).chain(anchors).collect();
            if exist.is_empty() {
                continue;
            }
            // A path too long or odd for a condition is told as a missing link instead.
            let Ok(condition) = Condition::parse(&exist.join(" && ")) else { continue };
            requirements.push(Requirement {
                name: None,
                place: Place::line(checklist.path.clone(), item.line),
                items: Selector::Beside {
                    checklist: checklist.path.clone(),
                    item: item.id.clone(),
                },
                artifacts: Vec::new(),
                condition: Some(condition),
                max_age: None,
                paths: None,
                sign_off: None,
            });
        }
    }
    requirements
}

fn is_report(path: &str) -> bool {
    extension(path).is_some_and(|extension| REPORTS.contains(&extension.as_str()))
}

fn extension(path: &str) -> Option<String> {
    path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase())
}

/// Whether the Markdown document at `path` is there and no section in it is called as `anchor`.
fn leads_astray(project: &Project<'_>, path: &str, anchor: &str) -> bool {
    let Some(Ok(bytes)) = project.read(path, LARGEST_TEXT) else { return false };
    let text = String::from_utf8_lossy(&bytes);
    sections::names_section(path, anchor) && sections::section(path, &text, anchor).is_none()
}

/// The condition that a file, a section, or a folder with files, is there; a document has to say something.
fn exists(path: &str) -> String {
    let is_section = sections::parted(path).is_some();
    if is_section
        || extension(path).is_some_and(|extension| DOCUMENTS.contains(&extension.as_str()))
    {
        return format!("text({path:?}).matches(\"[^\\\\s]\")");
    }
    let mut glob = String::new();
    for letter in path.trim_end_matches('/').chars() {
        if matches!(letter, '*' | '?' | '[' | ']' | '{' | '}' | '\\') {
            glob.push('\\');
        }
        glob.push(letter);
    }
    format!("files({:?}).size() > 0", format!("{{{glob},{glob}/**}}"))
}
