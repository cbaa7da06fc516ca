//! Documents as they are: JSON, JSON Lines, YAML, TOML and dotenv as one value, for `load(PATH)`
//! and `data`.

mod commented;
mod dotenv;
mod tree;

use serde::de::{DeserializeSeed, SeqAccess};

use self::tree::{Budget, Tree};
use super::bounds::{LOOK, MAX_BYTES};
use super::decode::decode;
use super::{Broken, Sniff, json, stream};
use crate::facts::Value;

/// Parses a file as its name says; by its content where the name says nothing. YAML of several
/// documents and JSON Lines are lists. The error is a sentence.
pub fn parse_document(path: &str, bytes: &[u8]) -> Result<Value, String> {
    if bytes.len() > MAX_BYTES {
        return Err(format!("{path} is larger than {} MiB.", MAX_BYTES >> 20));
    }
    let decoded = decode(bytes)?;
    if decoded.cut {
        return Err("The file ends in the middle of a character.".to_owned());
    }
    let text = decoded.text.as_ref();
    match extension(path).as_str() {
        "json" | "jsonc" | "geojson" | "webmanifest" | "sarif" => settings(text),
        "jsonl" | "ndjson" => several(text),
        "yaml" | "yml" => yaml(text),
        "toml" => toml(text),
        "env" => dotenv::parse(text),
        _ => {
            let sniff = Sniff::of(text, LOOK);
            match of_artifact(path, text, &sniff) {
                Some(value) => value,
                None => Err("The file is no JSON, YAML, TOML or dotenv.".to_owned()),
            }
        }
    }
}

/// What the name ends in, in lower case; `.env`, `.env.production` and `prod.env` are all `env`.
pub(super) fn extension(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    if name == ".env" || name.starts_with(".env.") {
        return "env".to_owned();
    }
    name.rsplit_once('.').map_or_else(String::new, |(_, end)| end.to_ascii_lowercase())
}

/// The document of an artifact that was recognised; `None` where it is none.
pub(super) fn of_artifact(
    name: &str,
    text: &str,
    sniff: &Sniff<'_>,
) -> Option<Result<Value, String>> {
    match (sniff.documents().len(), extension(name).as_str()) {
        (0, "yaml" | "yml") => Some(yaml(text)),
        // `[[package]]` begins as a list of JSON does.
        (_, "toml") if sniff.xml().is_none() && sniff.banner == 0 => Some(toml(text)),
        (0, _) => None,
        (1, "jsonl" | "ndjson") | (2.., _) => Some(several(text)),
        (1, _) => Some(one(text)),
    }
}

fn one(text: &str) -> Result<Value, String> {
    let budget = Budget::default();
    json::whole(text, |json| Tree::within(&budget).deserialize(json)).map_err(|Broken(why)| why)
}

/// JSON; `tsconfig.json` and its like hold comments.
fn settings(text: &str) -> Result<Value, String> {
    one(text).or_else(|why| {
        let plain = commented::plain(text).and_then(|plain| one(&plain).ok());
        plain.ok_or(why)
    })
}

fn several(text: &str) -> Result<Value, String> {
    let mut values = Vec::new();
    stream::documents::<Tree>(text, |Tree(value)| values.push(value)).map_err(|Broken(why)| why)?;
    Ok(Value::list(values))
}

pub(super) fn yaml(text: &str) -> Result<Value, String> {
    let documents: Vec<Tree> = yaml_typed(text)?;
    let mut values: Vec<Value> = documents.into_iter().map(|Tree(value)| value).collect();
    match values.len() {
        0 => Err("The file holds no YAML document.".to_owned()),
        1 => Ok(values.remove(0)),
        _ => Ok(Value::list(values)),
    }
}

/// Every YAML document of a file, as YAML 1.2 means it.
pub(super) fn yaml_typed<T: serde::de::DeserializeOwned>(text: &str) -> Result<Vec<T>, String> {
    let options = serde_saphyr::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_multiple_with_options(text, options).map_err(|error| {
        let line = error.location().map(|place| format!("At line {}: ", place.line()));
        let told = error.to_string();
        let told = told.lines().next().unwrap_or_default().trim_end_matches('.').to_owned();
        format!("{}{told}.", line.unwrap_or_default())
    })
}

pub(super) fn toml(text: &str) -> Result<Value, String> {
    toml::from_str::<Tree>(text).map(|Tree(value)| value).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start));
        let line = 1 + before.unwrap_or_default().matches('\n').count();
        format!("At line {line}: {}.", error.message().trim_end_matches('.'))
    })
}

/// Reads the elements of a list in a budget.
fn elements<'de, A: SeqAccess<'de>>(
    mut list: A,
    budget: Option<&Budget>,
) -> Result<Vec<Value>, A::Error> {
    let mut values = Vec::new();
    while let Some(value) = list.next_element_seed(Tree::seed(budget))? {
        values.push(value);
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(path: &str, text: &str) -> String {
        match parse_document(path, text.as_bytes()) {
            Ok(value) => serde_json::to_string(&value).unwrap(),
            Err(why) => why,
        }
    }

    #[test]
    fn documents_become_values() {
        for (path, text, expected) in [
            ("a.json", "\u{feff}{\"a\": [1, 2.5, null]}", r#"{"a":[1,2.5,null]}"#),
            ("a.jsonl", "{\"a\":1}\n{\"a\":2}\n", r#"[{"a":1},{"a":2}]"#),
            ("tsconfig.json", "{ // strict\n\"a\": [1, 2,], }", r#"{"a":[1,2]}"#),
            (
                "a.yaml",
                "a: yes\nb: 010\nc: 1_000\nd: true\n1: x\n",
                r#"{"1":"x","a":"yes","b":"010","c":"1_000","d":true}"#,
            ),
            ("a.yml", "a: 1\n---\nb: 2\n", r#"[{"a":1},{"b":2}]"#),
            (
                "a.toml",
                "a = 1\nb = 2026-01-02\n[c]\nd = ['x']\n",
                r#"{"a":1,"b":"2026-01-02","c":{"d":["x"]}}"#,
            ),
            (
                ".env.production",
                "# c\nexport A=1 # x\nB=\"two\\nlines\"\nC='#raw'\nD=\n",
                r##"{"A":"1","B":"two\nlines","C":"#raw","D":""}"##,
            ),
            ("noext", "{\"a\": 18446744073709551615}", r#"{"a":1.8446744073709552e+19}"#),
        ] {
            assert_eq!(shown(path, text), expected, "{path}");
        }
    }

    #[test]
    fn faults_say_the_line() {
        for (path, text, part) in [
            ("a.json", "{\"a\": 1}\n]", "line 2"),
            ("a.json", "{\"a\":", "ends in the middle"),
            ("a.yaml", "a: [1\nb: {", "line"),
            ("a.yaml", "a: 1\na: 2\n", "line 2"),
            ("a.toml", "a = 1\nb = \n", "line 2"),
            (".env", "A=1\nnonsense\n", "line 2"),
            ("a.txt", "prose", "no JSON"),
        ] {
            let told = shown(path, text);
            assert!(told.contains(part), "{path}: {told}");
        }
    }

    #[test]
    fn deep_and_wide_documents_are_bounded() {
        assert!(shown("a.json", &"[".repeat(5000)).contains("line 1"));
        let bomb = "a: &a [x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c]\ne: &e [*d, *d, *d, *d, *d, *d, *d, *d]\nf: &f [*e, *e, *e, *e, *e, *e, *e, *e]\n";
        assert!(parse_document("a.yaml", bomb.as_bytes()).is_err());
    }
}
