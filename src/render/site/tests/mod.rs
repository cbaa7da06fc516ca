//! The site as a whole, over stories that a builder tells.

mod build;
mod story;

use super::{Page, draw};
use crate::snapshot::Snapshot;

/// Every story by name.
fn stories() -> Vec<(&'static str, Snapshot)> {
    vec![
        ("no-go", story::no_go()),
        ("go", story::go()),
        ("unbound", story::unbound()),
        ("empty", story::empty()),
        ("several", story::several()),
    ]
}

/// Writes every story's site for the eye and for the browser: `TRUEUP_SITE_OUT=DIR`.
#[test]
fn stories_are_written_where_asked() {
    let Some(out) = std::env::var_os("TRUEUP_SITE_OUT") else {
        println!("skipped: TRUEUP_SITE_OUT names no folder");
        return;
    };
    for (name, snapshot) in stories() {
        for Page { path, bytes } in draw(&snapshot).unwrap() {
            let file = std::path::Path::new(&out).join(name).join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, bytes).unwrap();
        }
    }
}

#[test]
fn the_same_snapshot_gives_the_same_bytes() {
    for (name, snapshot) in stories() {
        assert!(draw(&snapshot).unwrap() == draw(&snapshot).unwrap(), "{name}");
    }
}
