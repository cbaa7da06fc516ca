//! The book's pages on conditions and facts, held to what the code does.
//!
//! `TRUEUP_WRITE_PAGES=1 cargo test condition::tests::book` writes the table of facts; without it
//! the page is compared.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::condition::Condition;
use crate::condition::tree::{Function, How};
use crate::facts::{Field, GROUPS, Type};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("book/src").join(name)
}

fn page(name: &str) -> String {
    std::fs::read_to_string(path(name)).unwrap()
}

fn lines(page: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    let parts = page.split(fence.as_str()).skip(1);
    let blocks = parts.map(|part| part.split("```").next().unwrap());
    blocks.flat_map(str::lines).map(str::to_owned).collect()
}

#[test]
fn every_condition_of_the_book_is_one() {
    let lines = lines(&page("conditions.md"), "cel");
    assert!(lines.len() > 20);
    for line in lines {
        assert!(Condition::parse(&line).is_ok(), "{line}: {:?}", Condition::parse(&line).err());
    }
}

#[test]
fn every_fault_of_the_book_is_told_as_the_book_says() {
    for line in lines(&page("conditions.md"), "cel-faults") {
        let (source, message) = line.split_once("//").unwrap();
        let faults = Condition::parse(source.trim()).unwrap_err();
        assert_eq!(faults[0].message, message.trim(), "{source}");
    }
}

#[test]
fn every_function_is_told_of() {
    let page = page("conditions.md");
    for word in Function::ALL.map(Function::word) {
        assert!(page.contains(&format!("{word}(")), "{word}");
    }
    for how in [How::All, How::Exists, How::ExistsOne, How::Filter, How::Map] {
        assert!(page.contains(&format!("`{}`", how.word())), "{}", how.word());
    }
    let limit = "4,096 bytes";
    assert_eq!(crate::condition::parse::LONGEST, 4096);
    assert!(page.contains(limit));
}

#[test]
fn the_page_of_facts_is_the_catalogue() {
    let expected = facts();
    if std::env::var_os("TRUEUP_WRITE_PAGES").is_some() {
        std::fs::write(path("facts.md"), &expected).unwrap();
    }
    assert_eq!(page("facts.md"), expected, "TRUEUP_WRITE_PAGES=1 writes it");
}

/// The page: a heading and a table a group.
fn facts() -> String {
    let mut page = String::from(
        "# Facts\n\n\
         Every name that a [condition](conditions.md) may use. A count is a whole number of things; counts of\n\
         several artifacts add up. A time is RFC 3339 in UTC. What an artifact does not carry is not there:\n\
         it is not 0. `NAME` stands for a name that the artifact gives, `[]` for each entry of a list.\n",
    );
    for group in GROUPS {
        let _ = write!(page, "\n## {}\n\n{}\n\n", group.name, group.about);
        page.push_str("| fact | type | unit | meaning |\n| --- | --- | --- | --- |\n");
        let before = page.len();
        rows(&mut page, group.name, group.ty);
        assert!(page.len() > before || group.ty == Type::Any, "{}", group.name);
        if group.ty == Type::Any {
            let _ =
                writeln!(page, "| `{}.…` | whatever it holds | | {} |", group.name, group.about);
        }
    }
    page
}

fn rows(page: &mut String, path: &str, ty: Type) {
    match ty {
        Type::Record(fields) => fields.iter().for_each(|field| row(page, path, field)),
        Type::Stats(fields) => {
            fields.iter().for_each(|field| row(page, path, field));
            let about = "Any percentile: NN of 100 are at most this.";
            let _ = writeln!(page, "| `{path}.pNN` | number | the tool's own | {about} |");
        }
        Type::List(entry) => rows(page, &format!("{path}[]"), *entry),
        Type::Names(member) => rows(page, &format!("{path}.NAME"), *member),
        Type::Bool | Type::Int | Type::Double | Type::Text | Type::Time | Type::Any => {}
    }
}

fn row(page: &mut String, parent: &str, field: &Field) {
    let path = format!("{parent}.{}", field.name);
    let _ = writeln!(
        page,
        "| `{path}` | {} | {} | {} |",
        kind(field.ty),
        field.unit.word(),
        field.about.replace('|', "\\|")
    );
    rows(page, &path, field.ty);
}

fn kind(ty: Type) -> &'static str {
    match ty {
        Type::Bool => "true or false",
        Type::Int => "whole number",
        Type::Double => "number",
        Type::Text => "text",
        Type::Time => "time",
        Type::List(_) => "list",
        Type::Names(_) => "map by name",
        Type::Record(_) | Type::Stats(_) => "map",
        Type::Any => "anything",
    }
}
