//! Documents as they are: JSON, JSON Lines, YAML, TOML and dotenv as one value, for `load(PATH)`
//! and `data`.

mod beyond;
mod commented;
mod dotenv;
mod numbers;
mod placed;
mod tables;
mod tree;

use serde::de::DeserializeSeed;
use serde_json::value::RawValue;

pub(super) use self::beyond::quoted;

use self::placed::Placed;
use self::tree::Budget;
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
    let built = |text: &str| {
        let budget = Budget::over(text);
        json::whole(text, |json| budget.build().deserialize(json)).map_err(|Broken(why)| why)
    };
    built(text).or_else(|why| quoted(text).map_or(Err(why), |text| built(&text)))
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
    stream::documents::<&RawValue>(text, |raw| values.push(one(raw.get())))
        .map_err(|Broken(why)| why)?;
    values.into_iter().collect::<Result<_, _>>().map(Value::list)
}

pub(super) fn yaml(text: &str) -> Result<Value, String> {
    let documents: Vec<Placed> = yaml_typed(text)?;
    let values = documents.into_iter().map(|document| document.document(text));
    let mut values: Vec<Value> = values.collect::<Result<_, _>>()?;
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
    tables::read(text).map_err(|(at, why)| {
        let line = 1 + text.get(..at).unwrap_or_default().matches('\n').count();
        format!("At line {line}: {}.", why.trim_end_matches('.'))
    })
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
    fn numbers_stay_as_they_are_written() {
        let yaml =
            "# é\na: &v 1.10\nb: *v\nc: [ 1e3 , 1000, 1.1]\nd: {x: 1.50, 1.20: y}\n1.10: k\n";
        let toml = "a = 1.10\nb = [1e3, 1_000, 1.1]\nc = { x = 1_0.50 }\n";
        let json = r#"{"a": 1.10, "1.9": [1e3, 1000, "1.30", 1.1], "c": {"x": -1.50}}"#;
        let written = |path: &str, text: &str, members: &[&str]| {
            let value = parse_document(path, text.as_bytes()).unwrap();
            let step = |value: Value, name: &&str| match (&value, name.parse::<usize>()) {
                (Value::List(entries), Ok(at)) => entries[at].clone(),
                _ => value.member(name).cloned().unwrap(),
            };
            members.iter().fold(value, step).to_string()
        };
        for (path, text, members, expected) in [
            ("a.yaml", yaml, &["a"][..], "1.10"),
            ("a.yaml", yaml, &["b"], "1.10"),
            ("a.yaml", yaml, &["c", "0"], "1e3"),
            ("a.yaml", yaml, &["c", "1"], "1000"),
            ("a.yaml", yaml, &["c", "2"], "1.1"),
            ("a.yaml", yaml, &["d", "x"], "1.50"),
            ("a.yaml", yaml, &["d", "1.20"], "\"y\""),
            ("a.yaml", yaml, &["1.10"], "\"k\""),
            ("a.yaml", "b: &b {v: 1.10}\nx:\n  <<: *b\n  w: 2\n", &["x", "v"], "1.10"),
            ("a.yaml", "a: 1\r\n---\r\nb: 1.10\r\n", &["1", "b"], "1.10"),
            ("a.yaml", "\u{feff}a: ü\nb: [.50, +1.5, 0x10]\n", &["b", "0"], ".50"),
            ("a.yaml", "b: [.50, +1.5, 0x10]\n", &["b", "1"], "+1.5"),
            ("a.yaml", "b: [.50, +1.5, 0x10]\n", &["b", "2"], "16"),
            ("a.yaml", "a: !!float 1.10\nb: !!str 1.10\n", &["a"], "1.10"),
            ("a.toml", toml, &["a"], "1.10"),
            ("a.toml", toml, &["b", "0"], "1e3"),
            ("a.toml", toml, &["b", "1"], "1000"),
            ("a.toml", toml, &["c", "x"], "10.50"),
            ("a.json", json, &["a"], "1.10"),
            ("a.json", json, &["1.9", "0"], "1e3"),
            ("a.json", json, &["1.9", "3"], "1.1"),
            ("a.json", json, &["c", "x"], "-1.50"),
        ] {
            assert_eq!(written(path, text, members), expected, "{path} {members:?}");
        }
        let lines = parse_document("a.jsonl", b"{\"a\":1.10}\nlog 7\n{\"a\":2.20}\n").unwrap();
        let Value::List(lines) = lines else { panic!("{lines}") };
        assert_eq!(lines[1].member("a").unwrap().to_string(), "2.20");
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
