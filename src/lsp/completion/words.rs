//! Ids, paths, and the words of the configuration.

use gen_lsp_types::CompletionItemKind;
use serde_json::Value;

use crate::config;
use crate::evidence;
use crate::model::{Code, DirectiveKey, Status};

use super::cursor::Wanted;
use super::{Known, Word};

/// What can be written for `wanted`.
pub(super) fn of(wanted: &Wanted, known: Known<'_>) -> Vec<Word> {
    match wanted {
        Wanted::Item => items(known),
        Wanted::Artifact => artifacts(known),
        Wanted::Checklist => checklists(known),
        Wanted::Format => all(evidence::format_ids(), CompletionItemKind::EnumMember),
        Wanted::Status => statuses(),
        Wanted::FailOn => statuses().into_iter().chain(codes()).collect(),
        Wanted::Age => all(["1d", "7d", "14d", "30d", "90d"], CompletionItemKind::Value),
        Wanted::Waiver => {
            let form = "by @name until 2026-12-31 because …";
            vec![Word::new(form, CompletionItemKind::Snippet)]
        }
        Wanted::CommentKey => comment_keys(),
        Wanted::Key(table) => keys(table),
        Wanted::Table => tables(),
        Wanted::Condition | Wanted::OwnId => Vec::new(),
    }
}

/// The id of the item at 1-based `line` of the checklist `name`, as it is without a comment.
pub(super) fn own_id(name: &str, line: usize, known: Known<'_>) -> Vec<Word> {
    let Some((snapshot, _)) = known else { return Vec::new() };
    let checklist = snapshot.checklists.iter().find(|checklist| checklist.path == name);
    // A comment stands after its item's text, or on the next line.
    let item = checklist.and_then(|of| of.items.iter().rfind(|item| item.line <= line));
    let word = |item: &crate::snapshot::v1::Item| {
        Word::new(&item.id, CompletionItemKind::Reference)
            .detail("the id that it has")
            .about(&item.text)
    };
    item.map(word).into_iter().collect()
}

/// Each item by its id, and by its address where that is another.
fn items(known: Known<'_>) -> Vec<Word> {
    let Some((snapshot, _)) = known else { return Vec::new() };
    let mut words = Vec::new();
    for checklist in &snapshot.checklists {
        for item in &checklist.items {
            let address = Some(&item.address).filter(|address| **address != item.id);
            let place = format!("{} · {}:{}", item.status.word(), checklist.path, item.line);
            words.extend([&item.id].into_iter().chain(address).map(|name| {
                let word = Word::new(name, CompletionItemKind::Reference);
                word.detail(&place).about(&item.text)
            }));
        }
    }
    words
}

fn artifacts(known: Known<'_>) -> Vec<Word> {
    let Some((snapshot, _)) = known else { return Vec::new() };
    let word = |of: &crate::snapshot::v1::Artifact| {
        let format = of.format.clone().unwrap_or_else(|| "of no known format".to_owned());
        Word::new(&of.path, CompletionItemKind::File).detail(format)
    };
    snapshot.artifacts.iter().map(word).collect()
}

fn checklists(known: Known<'_>) -> Vec<Word> {
    let Some((snapshot, _)) = known else { return Vec::new() };
    let paths = snapshot.checklists.iter().map(|checklist| checklist.path.as_str());
    all(paths, CompletionItemKind::File)
}

fn statuses() -> Vec<Word> {
    let word = |status: Status| {
        Word::new(status.word(), CompletionItemKind::EnumMember).about(status.about())
    };
    Status::ALL.iter().copied().map(word).collect()
}

fn codes() -> impl Iterator<Item = Word> {
    Code::ALL.iter().map(|code| {
        Word::new(code.word(), CompletionItemKind::EnumMember)
            .detail(code.severity().word())
            .about(code.about())
    })
}

fn comment_keys() -> Vec<Word> {
    let key =
        |key: DirectiveKey| Word::new(format!("{}: ", key.word()), CompletionItemKind::Keyword);
    DirectiveKey::ALL.into_iter().map(key).collect()
}

fn all<'w>(words: impl IntoIterator<Item = &'w str>, kind: CompletionItemKind) -> Vec<Word> {
    words.into_iter().map(|word| Word::new(word, kind)).collect()
}

/// The keys of a table, from the schema of the file.
fn keys(table: &str) -> Vec<Word> {
    let schema = config::schema();
    let of = if table.is_empty() { Some(&schema) } else { property(&schema, &schema, table) };
    let members = of.and_then(|of| of["properties"].as_object()).into_iter().flatten();
    let plain = members.filter(|(_, value)| !table.is_empty() || !is_table(&schema, value));
    let word = |(name, value): (&String, &Value)| {
        Word::new(format!("{name} = "), CompletionItemKind::Property).about(about(value))
    };
    plain.map(word).collect()
}

fn tables() -> Vec<Word> {
    let schema = config::schema();
    let members = schema["properties"].as_object().into_iter().flatten();
    let tables = members.filter(|(_, value)| is_table(&schema, value));
    let word = |(name, value): (&String, &Value)| {
        Word::new(name, CompletionItemKind::Module).about(about(value))
    };
    tables.map(word).collect()
}

fn about(of: &Value) -> &str {
    of["description"].as_str().unwrap_or_default()
}

/// The table behind a property, be it one or a list of them.
fn property<'s>(schema: &'s Value, of: &'s Value, name: &str) -> Option<&'s Value> {
    resolved(schema, of["properties"].get(name)?)
}

fn resolved<'s>(schema: &'s Value, of: &'s Value) -> Option<&'s Value> {
    if let Some(reference) = of["$ref"].as_str() {
        return resolved(schema, schema.pointer(reference.strip_prefix('#')?)?);
    }
    if of["properties"].is_object() {
        return Some(of);
    }
    let choices = ["anyOf", "oneOf", "allOf"].into_iter().filter_map(|key| of[key].as_array());
    let inner = choices.flatten().chain(of.get("items"));
    inner.filter_map(|inner| resolved(schema, inner)).next()
}

fn is_table(schema: &Value, of: &Value) -> bool {
    resolved(schema, of).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(wanted: &Wanted) -> Vec<String> {
        of(wanted, None).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn keys_and_tables_are_those_of_the_schema() {
        let top = labels(&Wanted::Key(String::new()));
        assert!(top.contains(&"artifacts = ".to_owned()) && !top.contains(&"gate = ".to_owned()));
        let of_require = labels(&Wanted::Key("require".to_owned()));
        for key in ["item = ", "condition = ", "max-age = ", "sign-off = "] {
            assert!(of_require.contains(&key.to_owned()), "{key}: {of_require:?}");
        }
        assert!(labels(&Wanted::Key("gate".to_owned())).contains(&"fail-on = ".to_owned()));
        let tables = labels(&Wanted::Table);
        assert!(
            ["require", "waiver", "gate"].iter().all(|name| tables.contains(&(*name).to_owned()))
        );
        assert_eq!(labels(&Wanted::Key("nothing".to_owned())), Vec::<String>::new());
    }

    #[test]
    fn words_are_the_codes_own() {
        assert!(labels(&Wanted::FailOn).contains(&"waiver-expired".to_owned()));
        assert!(labels(&Wanted::Format).contains(&"junit".to_owned()));
        assert!(labels(&Wanted::CommentKey).contains(&"evidence: ".to_owned()));
    }
}
