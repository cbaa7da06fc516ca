//! `trueup inspect` on a checklist: all that is read, for a person and for a program.

use serde_json::{Value, json};

use crate::support::Repo;

const LIST: &str = "\
# Release of ledger 3.1

**Date:** 2026-03-02

## 1. Quality

- [x] LED-7: Type errors resolved (14 → 0)
- [ ] P0: (R) Keys rotated (by @noor, due: 2026-03-20) <!-- id: keys -->
- [x] Load tests:
  - [x] Read path p95 < 0.3s
  - [ ] Write path (optional) [plan](plan.md)
- [ ] ~~Importer~~ (removed in 3.0)
- [] Slip

### Step 1: Migrate

```sh
npm run migrate
psql -h <host> ledger
```

## First 24 Hours

- [ ] Error rate < 0.5% <!-- evidence: metrics.failed.rate < 0.005 -->

## Notes

- Keep deployment logs for audit
- It ran twice
";

fn inspected(list: &str) -> Value {
    let repo = Repo::new().file("LIST.md", list);
    repo.trueup(["inspect", "--format", "json", "LIST.md"]).code(0).json()[0].clone()
}

#[test]
fn a_person_sees_all_that_is_read() {
    let repo = Repo::new().file("LIST.md", LIST);
    insta::assert_snapshot!(repo.trueup(["inspect", "LIST.md"]).code(0).stdout());
}

#[test]
fn a_program_sees_fields_figures_and_obligations() {
    let seen = inspected(LIST);
    let item = |id: &str| {
        let items = seen["items"].as_array().unwrap();
        items
            .iter()
            .find(|item| item["id"] == id)
            .unwrap_or_else(|| panic!("{id}: {items:#?}"))
            .clone()
    };
    let keys = item("keys");
    assert_eq!(keys["required"], true);
    assert_eq!((&keys["priority"], &keys["owner"]), (&json!("P0"), &json!("@noor")));
    assert_eq!(keys["comments"], json!([{"key": "id", "value": "keys", "line": 8}]));
    assert_eq!(item("quality/load-tests")["group"], true);
    assert_eq!(item("quality/load-tests.write-path-optional-plan")["links"], json!(["plan.md"]));
    assert_eq!(
        item("quality/load-tests.read-path-p95")["figures"],
        json!([{
            "text": "< 0.3s", "shape": "limit", "operator": "<", "value": 0.3, "unit": "s",
            "metric": "read path", "noun": null, "percentile": "p95", "approximate": false
        }])
    );
    assert_eq!(item("LED-7")["figures"][0]["from"], 14.0);
    assert_eq!(
        seen["obligations"],
        json!([{"text": "Keep deployment logs for audit", "line": 28, "section_slug": "notes"}])
    );
}

#[test]
fn lines_that_end_in_a_carriage_return_are_lines() {
    let seen = inspected(&LIST.replace('\n', "\r"));
    let same = inspected(LIST);
    assert_eq!(seen["items"], same["items"]);
    assert_eq!(seen["obligations"], same["obligations"]);
}

#[test]
fn what_commands_print_has_a_schema() {
    let repo = Repo::new();
    for (of, title) in
        [("fix", "Printed"), ("log", "Log"), ("diff", "Diff"), ("snapshot", "Snapshot")]
    {
        let schema = repo.trueup(["schema", of]).code(0).json();
        assert_eq!(schema["title"], title);
        assert_eq!(schema["properties"]["schema"]["type"], "string");
    }
}
