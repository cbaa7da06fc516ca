//! `trueup lsp` as an editor meets it: the protocol over the binary's standard input and output.

use std::collections::VecDeque;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Repo, at};

const LIST: &str = "# Go\n\n\
    - [x] Tests 😀 pass (7 passing)\n\
    - [ ] Lint is clean\n\
    - [] No box\n\
    - [x] By hand\n";

const CONFIG: &str = "\
[[require]]
item = \"go/tests-pass\"
artifacts = [\"out/junit.xml\"]
condition = \"tests.failed == 0\"
paths = []

[[require]]
item = \"go/lint-is-clean\"
artifacts = [\"out/junit.xml\"]
condition = \"tests.total > 0\"
paths = []
";

const RED: &str = "<testsuite name=\"s\"><testcase name=\"a\"/>\
    <testcase name=\"b\"><failure/></testcase></testsuite>";

fn team() -> Repo {
    Repo::new()
        .file("docs/LIST.md", LIST)
        .file("trueup.toml", CONFIG)
        .file("out/junit.xml", RED)
        .commit("a checklist", at("2026-01-05"))
}

/// An editor with the server on the other side.
struct Editor {
    child: Child,
    input: ChildStdin,
    inbox: Receiver<Value>,
    /// What came while an answer was waited for.
    kept: VecDeque<Value>,
    asked: u64,
    root: String,
}

impl Editor {
    fn of(repo: &Repo) -> Editor {
        let mut child = repo.started(["lsp", "--stdio"]);
        let (tell, inbox) = mpsc::channel();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || {
            while let Some(message) = next(&mut output) {
                if tell.send(message).is_err() {
                    break;
                }
            }
        });
        let input = child.stdin.take().unwrap();
        let root = format!("file://{}", repo.dir().canonicalize().unwrap().display());
        let mut editor =
            Editor { child, input, inbox, kept: VecDeque::new(), asked: 0, root: root.clone() };
        let offered = editor
            .ask("initialize", json!({"processId": null, "rootUri": root, "capabilities": {}}));
        assert_eq!(offered["capabilities"]["positionEncoding"], "utf-16");
        editor.note("initialized", json!({}));
        editor
    }

    fn send(&mut self, message: Value) {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        self.input.flush().unwrap();
    }

    fn note(&mut self, method: &str, params: Value) {
        self.send(json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        let answer = self.answer(method, params);
        assert!(answer["error"].is_null(), "{method}: {answer}");
        answer["result"].clone()
    }

    fn answer(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.send(json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        loop {
            let message = self.inbox.recv_timeout(Duration::from_secs(60)).unwrap();
            if message["id"] == id {
                return message;
            }
            self.kept.push_back(message);
        }
    }

    fn uri(&self, path: &str) -> String {
        format!("{}/{path}", self.root)
    }

    fn open(&mut self, path: &str, text: &str) {
        let document =
            json!({"uri": self.uri(path), "languageId": "x", "version": 1, "text": text});
        self.note("textDocument/didOpen", json!({ "textDocument": document }));
    }

    fn change(&mut self, path: &str, version: u64, text: &str) {
        let document = json!({"uri": self.uri(path), "version": version});
        let changes = json!([{ "text": text }]);
        let params = json!({"textDocument": document, "contentChanges": changes});
        self.note("textDocument/didChange", params);
    }

    /// The next diagnostics of a file that `wanted` recognises; earlier ones of it are forgotten.
    fn shown(&mut self, path: &str, wanted: impl Fn(&Value) -> bool) -> Vec<Value> {
        let uri = self.uri(path);
        let mut ahead = std::mem::take(&mut self.kept);
        loop {
            let message = match ahead.pop_front() {
                Some(message) => message,
                None => self.inbox.recv_timeout(Duration::from_secs(60)).unwrap(),
            };
            let params = &message["params"];
            let ours = message["method"] == "textDocument/publishDiagnostics";
            if !ours || params["uri"] != uri.as_str() {
                self.kept.push_back(message);
            } else if wanted(params) {
                self.kept.append(&mut ahead);
                return params["diagnostics"].as_array().unwrap().clone();
            }
        }
    }

    fn at(&self, path: &str, line: u64, character: u64) -> Value {
        let document = json!({"uri": self.uri(path)});
        json!({"textDocument": document, "position": {"line": line, "character": character}})
    }

    fn complete(&mut self, path: &str, text: &str) -> Vec<String> {
        let line = text.matches('\n').count() as u64;
        let last = text.rsplit('\n').next().unwrap().encode_utf16().count() as u64;
        let asked = self.at(path, line, last);
        let found = self.ask("textDocument/completion", asked);
        let labels = found.as_array().unwrap().iter();
        labels.map(|item| item["label"].as_str().unwrap().to_owned()).collect()
    }

    fn actions(&mut self, path: &str, line: u64, only: Value) -> Vec<Value> {
        let place = json!({"line": line, "character": 4});
        let mut context = json!({"diagnostics": []});
        if !only.is_null() {
            context["only"] = only;
        }
        let asked = json!({"textDocument": {"uri": self.uri(path)},
            "range": {"start": place, "end": place}, "context": context});
        self.ask("textDocument/codeAction", asked).as_array().unwrap().clone()
    }

    fn leave(mut self) {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        self.note("exit", Value::Null);
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn next(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line == "\r\n" {
            break;
        }
        if let Some(given) = line.strip_prefix("Content-Length: ") {
            length = given.trim().parse().unwrap();
        }
    }
    let mut bytes = vec![0; length];
    output.read_exact(&mut bytes).ok()?;
    Some(serde_json::from_slice(&bytes).unwrap())
}

fn codes(shown: &[Value]) -> Vec<&str> {
    shown.iter().map(|of| of["code"].as_str().unwrap()).collect()
}

fn of<'v>(shown: &'v [Value], code: &str) -> &'v Value {
    shown.iter().find(|of| of["code"] == code).unwrap_or_else(|| panic!("{code}: {shown:?}"))
}

/// `line:from-to`.
fn place(of: &Value) -> String {
    let (start, end) = (&of["range"]["start"], &of["range"]["end"]);
    assert_eq!(start["line"], end["line"]);
    format!("{}:{}-{}", start["line"], start["character"], end["character"])
}

/// `text` after the edits that an action makes to `path`; each replaces one letter by one.
fn edited(editor: &Editor, text: &str, path: &str, action: &Value) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let edits = action["edit"]["changes"][editor.uri(path).as_str()].as_array().unwrap();
    for edit in edits {
        let start = &edit["range"]["start"];
        assert_eq!(
            edit["range"]["end"]["character"].as_u64().unwrap(),
            start["character"].as_u64().unwrap() + 1
        );
        let line = &mut lines[usize::try_from(start["line"].as_u64().unwrap()).unwrap()];
        let column = usize::try_from(start["character"].as_u64().unwrap()).unwrap();
        line.replace_range(column..=column, edit["newText"].as_str().unwrap());
    }
    lines.join("\n") + "\n"
}

#[test]
fn each_verdict_and_problem_stands_at_its_place() {
    let repo = team();
    let mut editor = Editor::of(&repo);
    editor.open("docs/LIST.md", LIST);
    let shown = editor.shown("docs/LIST.md", |of| of["version"] == 1);
    let contradicted = of(&shown, "contradicted");
    assert_eq!((place(contradicted).as_str(), &contradicted["severity"]), ("2:2-31", &json!(1)));
    assert!(contradicted["message"].as_str().unwrap().contains("1 of 2 tests failed"));
    // After a letter that is two units of UTF-16 and four bytes.
    let drift = of(&shown, "figure-drift");
    assert_eq!(place(drift), "2:21-30", "{drift}");
    let ready = of(&shown, "ready");
    assert_eq!((place(ready).as_str(), &ready["severity"]), ("3:2-19", &json!(4)));
    assert_eq!(place(of(&shown, "box-malformed")), "4:0-11");
    assert!(!codes(&shown).contains(&"unproven"), "nothing is bound, which is no news: {shown:?}");
    editor.leave();
}

#[test]
fn what_is_typed_is_judged_before_it_is_saved_and_what_is_closed_is_not() {
    let repo = team();
    let mut editor = Editor::of(&repo);
    editor.open("docs/LIST.md", LIST);
    editor.shown("docs/LIST.md", |of| of["version"] == 1);
    let unticked = LIST.replace("[x] Tests", "[ ] Tests");
    editor.change("docs/LIST.md", 2, &unticked);
    let shown = editor.shown("docs/LIST.md", |of| of["version"] == 2);
    assert!(!codes(&shown).contains(&"contradicted"), "{shown:?}");
    assert_eq!(repo.read("docs/LIST.md"), LIST, "nothing is written");
    let document = json!({"textDocument": {"uri": editor.uri("docs/LIST.md")}});
    editor.note("textDocument/didClose", document);
    let shown = editor.shown("docs/LIST.md", |of| of["version"].is_null());
    assert!(codes(&shown).contains(&"contradicted"), "the file holds again: {shown:?}");
    // A test run that ends is news, too.
    fs::write(repo.dir().join("out/junit.xml"), RED.replace("<failure/>", "")).unwrap();
    let green = |of: &Value| !of["diagnostics"].to_string().contains("contradicted");
    editor.shown("docs/LIST.md", green);
}

#[test]
fn a_fault_of_the_configuration_is_shown_in_it_and_nothing_passes_for_judged() {
    let repo = team();
    let mut editor = Editor::of(&repo);
    editor.open("docs/LIST.md", LIST);
    editor.shown("docs/LIST.md", |of| of["version"] == 1);
    editor.open("trueup.toml", CONFIG);
    editor.change("trueup.toml", 2, &CONFIG.replacen("tests.failed", "tests.faild", 1));
    let shown = editor.shown("trueup.toml", |of| of["version"] == 2);
    let fault = &shown[0];
    assert!(fault["message"].as_str().unwrap().contains("`tests.failed`"), "{fault}");
    assert_eq!((place(fault).as_str(), &fault["severity"]), ("3:19-24", &json!(1)));
    // No verdict outlives its configuration.
    editor.shown("docs/LIST.md", |of| of["diagnostics"] == json!([]));
    let hover = editor.at("docs/LIST.md", 2, 8);
    assert_eq!(editor.ask("textDocument/hover", hover), Value::Null);
    // A glob that means nothing has its line.
    editor.change("trueup.toml", 3, &CONFIG.replacen("go/tests-pass", "go/tests-pas", 1));
    let shown = editor.shown("trueup.toml", |of| of["version"] == 3);
    assert!(shown[0]["message"].as_str().unwrap().contains("matches no item"), "{shown:?}");
    assert_eq!(shown[0]["range"]["start"]["line"], 1);
    editor.change("trueup.toml", 4, CONFIG);
    editor.shown("docs/LIST.md", |of| of["diagnostics"].to_string().contains("contradicted"));
}

#[test]
fn hover_tells_the_verdict_its_reason_and_its_evidence() {
    let repo = team();
    let mut editor = Editor::of(&repo);
    editor.open("docs/LIST.md", LIST);
    let asked = editor.at("docs/LIST.md", 2, 8);
    let hover = editor.ask("textDocument/hover", asked);
    let text = hover["contents"]["value"].as_str().unwrap();
    for told in ["**contradicted**", "`tests.failed == 0`", "`tests.failed` is `1`"] {
        assert!(text.contains(told), "{told}: {text}");
    }
    assert!(text.contains("- `out/junit.xml` **fail**"), "{text}");
    assert_eq!(place(&hover), "2:0-31");
    let asked = editor.at("docs/LIST.md", 0, 1);
    assert_eq!(editor.ask("textDocument/hover", asked), Value::Null, "a heading");
    let asked = editor.at("out/junit.xml", 0, 1);
    assert_eq!(editor.ask("textDocument/hover", asked), Value::Null, "no checklist");
}

#[test]
fn facts_and_ids_are_completed_in_comments_and_configuration() {
    let repo = team();
    let mut editor = Editor::of(&repo);
    editor.open("docs/LIST.md", LIST);
    editor.open("trueup.toml", CONFIG);
    editor.shown("docs/LIST.md", |of| of["version"] == 1);
    let has = |found: &[String], label: &str| found.iter().any(|of| of == label);
    let typed = format!("{LIST}- [ ] New 😀 <!-- evidence: tests.total > 0 && tests.f");
    editor.change("docs/LIST.md", 2, &typed);
    let found = editor.complete("docs/LIST.md", &typed);
    assert!(has(&found, "failed") && has(&found, "flaky"), "{found:?}");
    let asked =
        editor.at("docs/LIST.md", 6, typed.rsplit('\n').next().unwrap().chars().count() as u64 + 1);
    let found = editor.ask("textDocument/completion", asked);
    assert_eq!(found[0]["textEdit"]["range"]["start"]["character"], 53, "after the dot");
    let typed = format!("{CONFIG}\n[[require]]\nitem = \"go/te");
    editor.change("trueup.toml", 2, &typed);
    let found = editor.complete("trueup.toml", &typed);
    assert!(has(&found, "go/tests-pass") && has(&found, "go/by-hand"), "{found:?}");
    let typed = format!("{CONFIG}\n[[require]]\nitem = \"go/by-hand\"\ncondition = 'findings.");
    editor.change("trueup.toml", 3, &typed);
    let found = editor.complete("trueup.toml", &typed);
    assert!(has(&found, "critical"), "{found:?}");
    let typed = format!("{CONFIG}\n[gate]\nfail-on = [\"");
    editor.change("trueup.toml", 4, &typed);
    let found = editor.complete("trueup.toml", &typed);
    assert!(has(&found, "contradicted") && has(&found, "waiver-expired"), "{found:?}");
    let found = editor.complete("docs/LIST.md", "# Go");
    assert_eq!(found, Vec::<String>::new(), "prose asks for nothing");
}

#[test]
fn what_is_proven_is_ticked_by_one_byte_and_unticked_only_where_asked() {
    let repo = team();
    let mut editor = Editor::of(&repo);
    // The last of it is not in the file.
    let comments = "<!-- evidence: tests.total == 2 --> <!-- artifacts: out/junit.xml -->";
    let text = LIST.replace("- [x] By hand\n", &format!("- [ ] By hand {comments}\n"));
    editor.open("docs/LIST.md", &text);
    let found = editor.actions("docs/LIST.md", 3, Value::Null);
    let titles: Vec<&str> = found.iter().map(|of| of["title"].as_str().unwrap()).collect();
    assert!(titles[0].starts_with("Tick: ") && titles[1] == "Tick all that is proven (2)");
    assert_eq!((titles.len(), &found[0]["isPreferred"]), (2, &json!(true)));
    let one = edited(&editor, &text, "docs/LIST.md", &found[0]);
    assert_eq!(one, text.replace("[ ] Lint", "[x] Lint"));
    let all = edited(&editor, &text, "docs/LIST.md", &found[1]);
    assert_eq!(all, text.replace("[ ] Lint", "[x] Lint").replace("[ ] By", "[x] By"));
    let found = editor.actions("docs/LIST.md", 2, Value::Null);
    assert!(found[0]["title"].as_str().unwrap().starts_with("Untick: "), "{found:?}");
    assert_eq!(found[0]["isPreferred"], false);
    let unticked = edited(&editor, &text, "docs/LIST.md", &found[0]);
    assert_eq!(unticked, text.replace("[x] Tests", "[ ] Tests"));
    let at_save = editor.actions("docs/LIST.md", 0, json!(["source.fixAll"]));
    assert_eq!(at_save.len(), 1, "never an untick: {at_save:?}");
    let none = editor.actions("docs/LIST.md", 0, json!(["refactor"]));
    assert_eq!(none.len(), 0);
    // Twice the same text: what is ticked asks for nothing more.
    editor.change("docs/LIST.md", 2, &all);
    let found = editor.actions("docs/LIST.md", 3, Value::Null);
    assert_eq!(found.len(), 0, "{found:?}");
}

#[test]
fn what_is_not_offered_and_what_is_malformed_is_answered_and_passed_over() {
    let repo = team();
    let mut editor = Editor::of(&repo);
    assert_eq!(editor.answer("textDocument/rename", json!({}))["error"]["code"], -32601);
    assert_eq!(editor.answer("textDocument/hover", json!({"a": 1}))["error"]["code"], -32602);
    editor.note("textDocument/didChange", json!({"nonsense": true}));
    editor.note("$/setTrace", json!({"value": "off"}));
    editor.change("docs/OTHER.md", 7, "- [x] never opened\n");
    let document = json!({"uri": "untitled:Untitled-1", "languageId": "markdown", "version": 1, "text": "- [x] a"});
    editor.note("textDocument/didOpen", json!({ "textDocument": document }));
    let asked = json!({"textDocument": {"uri": "untitled:Untitled-1"}, "position": {"line": 0, "character": 3}});
    assert_eq!(editor.ask("textDocument/hover", asked), Value::Null);
    editor.leave();
    let mut rude = Editor::of(&repo);
    rude.note("exit", Value::Null);
    assert_eq!(rude.child.wait().unwrap().code(), Some(1), "it went without a word");
}
