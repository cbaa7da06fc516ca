//! How long the reader takes, as a multiple of the bare Markdown parser over the same bytes; and how
//! much longer for documents that are hard to read and four times as long.
//!
//! `TRUEUP_BENCH` names a folder with Markdown files: `TRUEUP_BENCH=docs cargo bench --bench
//! checklist`. Both are timed by turns in one run, and the best of each counts: the ratio then says
//! the same on a busy machine.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

mod pathological;

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use pulldown_cmark::{Options, Parser};
use trueup::checklist::{Settings, read};

const ROUNDS: usize = 15;

/// As in the program itself.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    hard();
    let Some(folder) = std::env::var_os("TRUEUP_BENCH") else {
        println!("skipped: TRUEUP_BENCH names no folder");
        return;
    };
    let mut documents = Vec::new();
    collect(Path::new(&folder), &mut documents);
    let (mut bare, mut whole, mut items) = (Duration::MAX, Duration::MAX, 0);
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        documents.iter().for_each(|document| parse(document));
        bare = bare.min(begun.elapsed());
        let begun = Instant::now();
        items = documents.iter().map(|document| read_whole(document)).sum();
        whole = whole.min(begun.elapsed());
    }
    let bytes: usize = documents.iter().map(String::len).sum();
    println!(
        "{} documents, {bytes} bytes, {items} items: parser {bare:.1?}, reader {whole:.1?}, {:.2} times",
        documents.len(),
        whole.as_secs_f64() / bare.as_secs_f64()
    );
}

/// Linear work takes four times as long, quadratic sixteen times.
fn hard() {
    const SIZE: usize = 5_000;
    let took = |text: &str| {
        let once = || {
            let begun = Instant::now();
            read_whole(text);
            begun.elapsed()
        };
        once().min(once())
    };
    let pairs = pathological::documents(SIZE).into_iter().zip(pathological::documents(4 * SIZE));
    for ((name, short), (_, long)) in pairs {
        let (short, long) = (took(&short), took(&long));
        let ratio = long.as_secs_f64() / short.as_secs_f64();
        println!("{name}: {short:.1?}, four times as long {long:.1?}, {ratio:.1} times");
    }
}

fn read_whole(document: &str) -> usize {
    black_box(read("docs/list.md", document.as_bytes(), &Settings::default())).items.len()
}

/// The parser alone, with the extensions that the reader asks for.
fn parse(document: &str) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_GFM
        | Options::ENABLE_HEADING_ATTRIBUTES;
    for event in Parser::new_ext(document, options).into_offset_iter() {
        black_box(event);
    }
}

fn collect(folder: &Path, into: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            collect(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            into.extend(fs::read_to_string(&path));
        }
    }
}
