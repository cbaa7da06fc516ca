//! The example of the book's page about checklists gives what the page says.

use crate::checklist::*;

const PAGE: &str = include_str!("../../../book/src/checklists.md");

#[test]
fn the_example_of_the_book_is_read_as_the_book_says() {
    let (_, rest) = PAGE.split_once("```markdown\n").unwrap();
    let (example, rest) = rest.split_once("```\n").unwrap();
    let (rest, _) = rest.split_once("\n## ").unwrap();
    let list = read("release.md", example.as_bytes(), &Settings::default());
    let told: Vec<String> = list
        .items
        .iter()
        .map(|item| {
            let (kind, claim) = (item.kind.word(), item.claim.word());
            format!("| {} | `{}` | {kind} | {claim} |", item.line, item.id)
        })
        .collect();
    let said: Vec<&str> =
        rest.lines().filter(|line| line.starts_with('|') && line.contains('`')).collect();
    assert_eq!(told, said);
    let problems: Vec<&str> =
        list.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(problems, ["Ticked, but 1 of its 2 sub-items is open."]);
    let windows: Vec<&str> =
        list.sections.iter().filter(|s| s.window.is_some()).map(|s| s.slug.as_str()).collect();
    assert_eq!(windows, ["first-24-hours"]);
}

#[test]
fn the_status_table_of_the_book_claims_what_the_book_says() {
    let at = PAGE.find("| Control | Status | Verified | claims |").unwrap();
    let table = PAGE[at..].split("\n\n").next().unwrap();
    let list = read("release.md", table.as_bytes(), &Settings::default());
    let claims: Vec<&str> = list.items.iter().map(|item| item.claim.word()).collect();
    let said: Vec<&str> =
        table.lines().skip(2).filter_map(|line| line.split('|').nth(4)).map(str::trim).collect();
    assert_eq!(claims, said);
    assert_eq!(said.len(), 5);
}
