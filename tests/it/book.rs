//! The book says what the code does: every page is reached, every link and every cited file is
//! there, and codes, rules, verdicts and statuses stand in it as the code has them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use trueup::model::{Claim, Code, Rule, Status, Verdict};

use crate::support::manifest_dir;

fn page(name: &str) -> String {
    fs::read_to_string(manifest_dir().join("book/src").join(name)).unwrap()
}

/// Every Markdown file that is documentation: those at the root, and the book's.
fn documents() -> Vec<PathBuf> {
    let root = manifest_dir();
    let mut found = Vec::new();
    markdown_in(&root, false, &mut found);
    markdown_in(&root.join("book/src"), true, &mut found);
    assert!(found.len() > 10, "{found:?}");
    found
}

fn markdown_in(folder: &Path, deep: bool, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        } else if deep && path.is_dir() {
            markdown_in(&path, deep, found);
        }
    }
    found.sort();
}

/// The targets of a page's links, without fragments.
fn links(text: &str) -> Vec<String> {
    let mut links = Vec::new();
    for (at, _) in text.match_indices("](") {
        let target = text[at + 2..].split(')').next().unwrap_or_default();
        links.push(target.split('#').next().unwrap_or_default().to_owned());
    }
    links
}

/// Heading → the text under it, of a page's second-level headings.
fn sections(text: &str) -> Vec<(&str, &str)> {
    let mut sections = Vec::new();
    for part in text.split("\n## ").skip(1) {
        sections.push(part.split_once('\n').unwrap());
    }
    sections
}

#[test]
fn every_page_is_in_the_summary_once_and_every_entry_is_a_page() {
    let summary = links(&page("SUMMARY.md"));
    let listed: BTreeSet<String> = summary.iter().cloned().collect();
    assert_eq!(listed.len(), summary.len(), "a page is listed twice");
    let root = manifest_dir().join("book/src");
    let mut pages = Vec::new();
    markdown_in(&root, true, &mut pages);
    let pages: BTreeSet<String> = pages
        .iter()
        .map(|path| path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/"))
        .filter(|name| name != "SUMMARY.md" && !name.ends_with("README.md"))
        .collect();
    assert_eq!(listed, pages);
}

#[test]
fn every_link_within_the_project_leads_to_a_file() {
    for document in documents() {
        let text = fs::read_to_string(&document).unwrap();
        for link in links(&text).into_iter().filter(|link| !link.is_empty()) {
            let elsewhere = link.contains("://") || link.starts_with("mailto:");
            let place = document.parent().unwrap().join(&link);
            assert!(elsewhere || place.exists(), "{}: {link} is not there", document.display());
        }
    }
}

#[test]
fn every_cited_path_is_there() {
    let root = manifest_dir();
    for document in documents() {
        let text = fs::read_to_string(&document).unwrap();
        for cited in text.split('`').skip(1).step_by(2) {
            let roots = ["src/", "tests/", "book/", "scripts/", "fixtures/", ".ci/"];
            let is_path = roots.iter().any(|start| cited.starts_with(start))
                && !cited.contains(['*', ' ', '<', '{']);
            assert!(
                !is_path || root.join(cited).exists(),
                "{}: `{cited}` is not there",
                document.display()
            );
        }
    }
}

#[test]
fn every_problem_code_has_its_heading_severity_and_meaning() {
    let text = page("problems.md");
    let sections = sections(&text);
    let headings: Vec<&str> = sections.iter().map(|(heading, _)| *heading).collect();
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.word()).collect();
    assert_eq!(headings, codes);
    for (code, (_, body)) in Code::ALL.iter().zip(&sections) {
        let word = code.severity().word();
        let severity = word[..1].to_uppercase() + &word[1..];
        assert_eq!(opening(body), format!("*{severity}.* {}", code.about()), "{}", code.word());
    }
}

#[test]
fn every_rule_of_trust_has_its_heading_and_says_what_it_says() {
    let text = page("trust.md");
    let sections = sections(&text);
    let headings: Vec<&str> = sections.iter().map(|(heading, _)| *heading).collect();
    let rules: Vec<&str> = Rule::ALL.iter().map(|rule| rule.word()).collect();
    assert_eq!(headings, rules);
    for (rule, (_, body)) in Rule::ALL.iter().zip(&sections) {
        assert_eq!(opening(body), rule.about(), "{}", rule.word());
    }
}

#[test]
fn the_status_table_is_the_codes_own() {
    let verdicts = [
        Verdict::Pass,
        Verdict::Fail,
        Verdict::Stale,
        Verdict::Missing,
        Verdict::Unbound,
        Verdict::Invalid,
    ];
    let text = page("concepts.md");
    let header: Vec<&str> = verdicts.iter().map(|verdict| verdict.word()).collect();
    assert!(text.contains(&format!("| claim | {} |", header.join(" | "))));
    for claim in [Claim::Done, Claim::Open, Claim::InProgress, Claim::None, Claim::Cancelled] {
        let cells: Vec<String> = verdicts
            .iter()
            .map(|verdict| format!("`{}`", Status::of(claim, *verdict).word()))
            .collect();
        let row = format!("| `{}` | {} |", claim.word(), cells.join(" | "));
        assert!(text.contains(&row), "{row}");
    }
}

/// The first paragraph, on one line.
fn opening(body: &str) -> String {
    body.trim().split("\n\n").next().unwrap_or_default().replace('\n', " ")
}
