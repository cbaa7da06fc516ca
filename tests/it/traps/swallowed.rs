//! Boxes that Markdown takes in: they are no items, and no gate would ask for them.

use serde_json::Value;

use super::{TESTS, check, of_item};

#[test]
fn boxes_that_markdown_takes_in_are_told_with_their_place() {
    let gate = format!(
        "[gate]\nfail-on = [\"box-malformed\"]\n\n[[require]]\nitem = \"release/it-holds\"\n{TESTS}\npaths = []\n"
    );
    let told = |more: &str| {
        let repo = of_item(&format!("- [x] It holds\n\n{more}"), &gate);
        let snapshot = check(&repo).json();
        let result = snapshot["summary"]["gate"]["result"].as_str().unwrap_or_default().to_owned();
        let all = snapshot["problems"].as_array().unwrap();
        let malformed: Vec<&Value> =
            all.iter().filter(|of| of["code"] == "box-malformed").collect();
        assert!(malformed.len() < 2, "{malformed:?}");
        let lines = malformed.iter().filter_map(|of| of["line"].as_u64()).next();
        (result, lines)
    };
    let no_go = |line| ("no-go".to_owned(), Some(line));
    assert_eq!(told("Before the release:\n\n    - [ ] Keys\n    - [ ] Backups\n"), no_go(7));
    assert_eq!(told("<!-- later\n\n- [ ] Keys\n- [ ] Backups\n"), no_go(5));
    assert_eq!(told("<!-- later\n\n- [ ] Keys\n\n<!-- id: a -->\n- [ ] Backups\n"), no_go(5));
    assert_eq!(told("<details>\n<summary>All</summary>\n- [ ] Keys\n</details>\n"), no_go(7));
    for meant in [
        "```\n- [ ] Keys\n```\n",
        "<!--\n- [ ] Keys\n-->\n",
        "<pre>\n- [ ] Keys\n</pre>\n",
        "So:\n\n    cat LIST.md\n    - [ ] Keys\n",
        "<details>\n\n- [x] Keys\n\n</details>\n",
    ] {
        assert_eq!(told(meant), ("go".to_owned(), None), "{meant}");
    }
}
