//! The site as a whole, over stories that a builder tells.

pub(super) mod build;
mod colours;
mod endings;
pub(in crate::render) mod hostile;
mod large;
mod people;
pub(in crate::render) mod story;
mod told;

use std::collections::BTreeSet;
use std::sync::Mutex;

use super::templates::{FILES, collect};
use super::{Options, Page, SiteError, draw_into, draw_single};
use crate::diff::fixture;
use crate::snapshot::Snapshot;

/// Every file of the site.
fn draw(snapshot: &Snapshot) -> Result<Vec<Page>, SiteError> {
    files(snapshot, &Options::default())
}

/// The same with `options`, by path.
fn files(snapshot: &Snapshot, options: &Options) -> Result<Vec<Page>, SiteError> {
    let pages = Mutex::new(Vec::new());
    draw_into(snapshot, options, &|page| pages.lock().unwrap().push(page))?;
    let mut pages = pages.into_inner().unwrap();
    pages.sort_by(|a: &Page, b| a.path.cmp(&b.path));
    Ok(pages)
}

/// Every story by name.
fn stories() -> Vec<(&'static str, Snapshot)> {
    vec![
        ("no-go", story::released()),
        ("go", endings::go()),
        ("unbound", endings::unbound()),
        ("empty", endings::empty()),
        ("several", endings::several()),
        ("hostile", hostile::hostile()),
        ("long", large::long(5000)),
    ]
}

/// The story's site; that of the no-go has the pages of its releases.
fn drawn(name: &str, snapshot: &Snapshot) -> Vec<Page> {
    let diffs = match name {
        "no-go" => vec![fixture::story()],
        _ => Vec::new(),
    };
    files(snapshot, &Options { diffs, ..Options::default() }).unwrap()
}

/// Writes every story's site for the eye and for the browser: `TRUEUP_SITE_OUT=DIR`; one of 100,000
/// items too where `TRUEUP_SITE_LARGE` is set.
#[test]
fn stories_are_written_where_asked() {
    let Some(out) = std::env::var_os("TRUEUP_SITE_OUT") else {
        println!("skipped: TRUEUP_SITE_OUT names no folder");
        return;
    };
    let mut all = stories();
    if std::env::var_os("TRUEUP_SITE_LARGE").is_some() {
        all.push(("large", large::large(1000)));
    }
    for (name, snapshot) in all {
        let out = std::path::Path::new(&out);
        for Page { path, bytes } in drawn(name, &snapshot) {
            let file = out.join(name).join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, bytes).unwrap();
        }
        if snapshot.checklists.len() < 100 {
            let whole = draw_single(&snapshot, &Options::default()).unwrap();
            std::fs::write(out.join(format!("{name}.html")), whole).unwrap();
        }
    }
}

#[test]
fn the_same_snapshot_gives_the_same_bytes() {
    for (name, snapshot) in stories() {
        assert!(draw(&snapshot).unwrap() == draw(&snapshot).unwrap(), "{name}");
    }
}

#[test]
fn no_two_files_have_one_name_even_where_case_does_not_count() {
    for (name, snapshot) in stories() {
        let pages = drawn(name, &snapshot);
        let names: BTreeSet<String> = pages.iter().map(|page| page.path.to_lowercase()).collect();
        assert_eq!(names.len(), pages.len(), "{name}");
        assert!(names.contains("index.html") && names.contains("assets/site.css"));
    }
}

/// Above 5,000 items a section has a page of its own, and the first page an anchor for what moved.
#[test]
fn a_checklist_too_long_for_one_page_keeps_its_links() {
    let pages = draw(&large::long(5020)).unwrap();
    let of = |page: &Page| String::from_utf8_lossy(&page.bytes).into_owned();
    let lists: Vec<&Page> =
        pages.iter().filter(|page| page.path.starts_with("checklists/")).collect();
    let (parts, first): (Vec<&Page>, Vec<&Page>) =
        lists.into_iter().partition(|page| page.path.contains("--"));
    assert_eq!((first.len(), parts.len()), (1, 251));
    for number in [0, 4711, 5019] {
        let id = format!("id=\"section-{}/requirement-{number}\"", number / 20);
        assert!(of(first[0]).contains(&id), "{id}");
        assert_eq!(parts.iter().filter(|page| of(page).contains(&id)).count(), 1, "{id}");
    }
    assert!(parts.iter().all(|page| page.bytes.len() < 60_000));
}

/// The one file needs no other: what it leads to lies within it, and its policy names what it holds.
#[test]
fn the_one_file_stands_alone() {
    for (name, snapshot) in stories() {
        let page = String::from_utf8(draw_single(&snapshot, &Options::default()).unwrap()).unwrap();
        for (at, _) in page.match_indices(" href=\"") {
            let to = page[at + 7..].split('"').next().unwrap();
            let within = to.starts_with('#') || to.starts_with("http") || to.starts_with("mailto");
            assert!(within, "{name} leads to {to}");
        }
        assert!(page.contains("script-src &#39;sha256-") && !page.contains(" src=\""), "{name}");
    }
}

/// What only a template or a value that is none would leave behind.
#[test]
fn no_page_shows_the_machinery() {
    for (name, snapshot) in stories() {
        for Page { path, bytes } in drawn(name, &snapshot) {
            let text = String::from_utf8(bytes).unwrap();
            for machinery in ["[object", "<dd></dd>", "Some(", "None\"", "/work/", "/home/"] {
                assert!(!text.contains(machinery), "{name} {path} shows {machinery}");
            }
            if name != "hostile" {
                assert!(!text.contains("{{") && !text.contains("{%"), "{name} {path}");
            }
        }
    }
}

/// Every attack stands on some page as text, and none as markup.
#[test]
fn hostile_text_stays_text() {
    let mut shown = false;
    for Page { path, bytes } in draw(&hostile::hostile()).unwrap() {
        if !path.ends_with(".html") {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        shown |= text.contains("&lt;script&gt;window.pwned=1");
        for markup in [
            "<script>",
            "<img",
            "<svg onload",
            "href=\"javascript",
            "onerror=\"",
            "\u{202e}",
            "\u{1b}",
        ] {
            assert!(!text.contains(markup), "{path} holds {markup}");
        }
    }
    assert!(shown);
}

/// `| safe` stands only behind what is safe by how it is made.
#[test]
fn templates_trust_nothing_but_markup_of_ours() {
    let mut sources = Vec::new();
    collect(&FILES, &mut sources);
    for (name, source) in sources {
        for (before, _) in source.match_indices("| safe").map(|(at, safe)| (&source[..at], safe)) {
            let value = before.rsplit("{{").next().unwrap().trim();
            let is_ours = value.ends_with("_html")
                || value.ends_with('r') && value.len() == 1
                || value == "p";
            assert!(is_ours, "{name} trusts {value}");
        }
        for inline in ["style=", " onclick", "javascript:", "<style", "http://", "https://"] {
            assert!(!source.contains(inline), "{name} holds {inline}");
        }
    }
}

/// The budgets of the brief, in bytes.
#[test]
fn pages_keep_to_their_budgets() {
    let size = |snapshot: &Snapshot, path: &str| {
        draw(snapshot)
            .unwrap()
            .into_iter()
            .find(|page| page.path.starts_with(path))
            .unwrap()
            .bytes
            .len()
    };
    assert!(size(&story::no_go(), "assets/site.css") <= 24_000);
    assert!(size(&story::no_go(), "assets/site.js") <= 16_000);
    let empty = size(&endings::empty(), "releases/");
    assert!(empty <= 7_000, "the fixed part of a page is {empty} bytes");
    assert!(size(&story::no_go(), "index.html") <= 60_000);
    let (some, more) =
        (size(&large::long(1000), "checklists/"), size(&large::long(2000), "checklists/"));
    let an_item = (more - some) / 1000;
    assert!(an_item <= 800, "an item is {an_item} bytes, one in five with evidence");
    assert!(size(&large::large(60), "index.html") <= 60_000);
    let whole: usize = draw(&story::no_go()).unwrap().iter().map(|page| page.bytes.len()).sum();
    assert!(whole <= 600_000, "the whole site is {whole} bytes");
}

/// However much stands in the way, the overview stays short: what is more of the same is counted.
#[test]
fn the_overview_is_as_short_whatever_the_report_holds() {
    for (lists, causes) in [(1, 1), (1, 40), (7, 3), (30, 13), (120, 6)] {
        let page = overview(&large::crowded(lists, causes));
        let nodes = page.match_indices('<').filter(|(at, _)| !page[at + 1..].starts_with('/'));
        let (bytes, nodes) = (page.len(), nodes.count());
        let size = format!("{lists} lists, {causes} causes: {bytes} bytes, {nodes} nodes");
        assert!(bytes <= 60_000 && nodes <= 1_500, "{size}");
    }
}

#[test]
fn what_stands_so_for_one_cause_is_one_case() {
    let page = overview(&large::crowded(30, 1));
    assert_eq!(page.matches("Ticked, but 12 of 412 tests failed.").count(), 1);
    assert!(page.contains("30 ticked items rely on it:") && page.contains(">24 more</a>"));
    // The first six, and the card once.
    assert_eq!(first_group(&page).matches("Of false 0: ").count(), 6);
    assert_eq!(page.matches("<dt>Must hold</dt>").count(), 1);
}

#[test]
fn up_to_twelve_contradictions_are_all_named() {
    for (lists, causes) in [(12, 1), (4, 3), (1, 12)] {
        let page = overview(&large::crowded(lists, causes));
        let named = first_group(&page).matches(">Of false ").count();
        assert_eq!(named, 12, "{lists} lists, {causes} causes");
    }
    // Of more causes than have room each shown one is named, and the rest is counted.
    let page = overview(&large::crowded(1, 40));
    assert!(page.contains("28 more items contradicted"));
}

fn first_group(page: &str) -> &str {
    page.split("class=\"group\"").nth(1).unwrap()
}

fn overview(snapshot: &Snapshot) -> String {
    let pages = draw(snapshot).unwrap();
    let page = pages.into_iter().find(|page| page.path == "index.html").unwrap();
    String::from_utf8(page.bytes).unwrap()
}

#[test]
fn releases_show_what_is_known_and_lead_to_what_changed() {
    let pages = drawn("no-go", &story::released());
    let page = |path: &str| {
        let found = pages.iter().find(|page| page.path.starts_with(path));
        String::from_utf8(found.unwrap().bytes.clone()).unwrap()
    };
    let index = page("releases/index.html");
    assert!(index.contains("2 releases were not recorded") && index.contains("class=\"trend\""));
    let diff = page("releases/1-4-0-1-5-0-");
    assert!(diff.contains("Got worse") && diff.contains("requirement loosened"));
    let stem = super::names::file_stem("1.4.0..1.5.0");
    assert!(index.contains(&format!("releases/{stem}.html")));
    let json: crate::diff::Diff =
        serde_json::from_str(&page(&format!("releases/{stem}.json"))).unwrap();
    assert_eq!(json, fixture::story());
}
