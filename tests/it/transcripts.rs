//! The transcripts of the README and the book are real: each is run again in the demo.
//!
//! A ```` ```console ```` block holds commands after `$ ` and what they print: whole lines in their
//! order, one after another, `…` where some are left out.

use std::io::{BufRead as _, BufReader};
use std::path::Path;

use crate::support::{manifest_dir, started, trueup_in};

/// A command and the lines that the page shows of its output.
struct Transcript {
    page: &'static str,
    command: String,
    shown: Vec<String>,
}

const PAGES: [&str; 6] = [
    "README.md",
    "book/src/start.md",
    "book/src/fix.md",
    "book/src/releases.md",
    "book/src/serve.md",
    "book/src/editors.md",
];

fn transcripts(page: &'static str) -> Vec<Transcript> {
    let text = std::fs::read_to_string(manifest_dir().join(page)).unwrap();
    let mut found: Vec<Transcript> = Vec::new();
    for block in text.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap();
        for line in block.lines() {
            match line.strip_prefix("$ ") {
                Some(command) => {
                    found.push(Transcript { page, command: command.to_owned(), shown: Vec::new() });
                }
                None => found.last_mut().unwrap().shown.push(line.trim_end().to_owned()),
            }
        }
    }
    found
}

fn demo() -> tempfile::TempDir {
    let base = tempfile::tempdir().unwrap();
    trueup_in(base.path(), base.path(), ["demo", "shop"]).code(0);
    base
}

fn run(base: &Path, command: &str) -> String {
    let words = shlex::split(command).unwrap();
    let (program, args) = words.split_first().unwrap();
    assert_eq!(program, "trueup", "{command}");
    let home = base.join("home");
    std::fs::create_dir_all(&home).unwrap();
    if args[0] == "serve" {
        return served(&base.join("shop"), &home, args);
    }
    trueup_in(&base.join("shop"), &home, args).stdout()
}

/// What `trueup serve` prints until it waits, on a port of its own but told as on its usual one.
fn served(dir: &Path, home: &Path, args: &[String]) -> String {
    let args = args.iter().map(String::as_str).chain(["--port", "0"]);
    let mut child = started(dir, home, args);
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut printed = String::new();
    for line in lines {
        match line.strip_prefix("Serving http://127.0.0.1:") {
            None => printed += &format!("{line}\n"),
            Some(rest) => {
                let rest = rest.split_once('/').unwrap().1;
                printed += &format!("Serving http://127.0.0.1:4747/{rest}\n");
                break;
            }
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
    printed
}

#[test]
fn what_the_pages_show_is_what_the_commands_print() {
    let base = demo();
    let all: Vec<Transcript> = PAGES.into_iter().flat_map(transcripts).collect();
    assert!(all.len() >= 6, "{} transcripts", all.len());
    for transcript in &all {
        let printed = run(base.path(), &transcript.command);
        compare(transcript, &printed);
    }
}

fn compare(transcript: &Transcript, printed: &str) {
    let Transcript { page, command, shown } = transcript;
    let mut lines = printed.lines().map(str::trim_end);
    let mut gap = false;
    for line in shown {
        if line.trim() == "…" {
            gap = true;
            continue;
        }
        let found = match std::mem::take(&mut gap) {
            true => lines.any(|real| real == line),
            false => lines.next() == Some(line),
        };
        assert!(found, "{page}: `{command}` does not print this there:\n{line}\n\n{printed}");
    }
    assert!(gap || lines.next().is_none(), "{page}: `{command}` prints more than is shown");
}
