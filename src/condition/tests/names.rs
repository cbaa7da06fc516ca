//! What an entry is called besides counts as its name; what may be meant is not denied.

use serde_json::json;

use super::world::World;
use crate::condition::Undecided;

#[track_caller]
fn says(world: &World, source: &str, answer: Option<bool>) {
    match (world.ask(source), answer) {
        (Ok(told), Some(answer)) => assert_eq!(told, answer, "{source}"),
        (Err(Undecided::Missing { .. }), None) => {}
        (other, _) => panic!("{source}: {other:?}"),
    }
}

#[test]
fn a_flaw_is_found_by_each_of_its_ids() {
    let of = |rule: &str, aliases: &[&str]| {
        let finding = json!({"rule": rule, "aliases": aliases, "path": "a"});
        World::of(json!({"findings": {"total": 1, "list": [finding]}}))
    };
    for source in [
        "!findings.list.exists(f, f.rule == \"CVE-2021-44228\")",
        "findings.list.all(f, f.rule != \"CVE-2021-44228\")",
        "findings.list.filter(f, f.rule in [\"CVE-2021-44228\", \"CVE-2021-45046\"]).size() == 0",
        "!findings.list.exists(f, f.rule.matches(\"^CVE-2021-44228$\"))",
        "!findings.list.exists(f, f.rule.contains(\"CVE-2021-44228\"))",
        "!findings.list.exists(f, f.rule.startsWith(\"CVE-2021-4422\"))",
        "!findings.list.exists(f, f.rule == \"cve-2021-44228\")",
    ] {
        says(&of("GHSA-jfh8-c2jp-5v3q", &["CVE-2021-44228"]), source, Some(false));
        says(&of("CVE-2021-44228", &[]), source, Some(false));
        says(&of("GHSA-aaaa-bbbb-cccc", &["CVE-2026-1"]), source, Some(true));
        // Its CVE is not told: it may be that one.
        says(&of("GHSA-aaaa-bbbb-cccc", &[]), source, None);
        says(&of("1065", &[]), source, None);
        says(&of("no-unused-vars", &[]), source, Some(true));
    }
    let ghsa = "!findings.list.exists(f, f.rule == \"GHSA-jfh8-c2jp-5v3q\")";
    says(&of("GHSA-jfh8-c2jp-5v3q-log4j-core", &[]), ghsa, None);
    // One finding of npm is all that a package has.
    let both = of("GHSA-aaaa-bbbb-cccc", &["GHSA-dddd-eeee-ffff"]);
    for accepted in ["GHSA-aaaa-bbbb-cccc", "GHSA-dddd-eeee-ffff"] {
        says(&both, &format!("findings.list.all(f, f.rule == \"{accepted}\")"), None);
        says(&both, &format!("findings.list.all(f, f.rule in [\"{accepted}\"])"), None);
    }
    says(&both, "findings.list.all(f, f.rule.startsWith(\"GHSA-\"))", Some(true));
    says(&both, "!findings.list.exists(f, f.rule == \"GHSA-gggg-hhhh-jjjj\")", Some(true));
    let names = "!(\"CVE-2021-44228\" in findings.list.map(f, f.rule))";
    says(&of("RUSTSEC-2021-0001", &["CVE-2021-44228"]), names, None);
}

#[test]
fn a_component_is_found_by_its_name_with_and_without_its_group() {
    let of = |group: Option<&str>, name: &str, purl: &str| {
        let component = json!({"name": name, "group": group, "purl": purl, "licence": "MIT"});
        World::of(json!({"components": {"total": 1, "list": [component]}}))
    };
    let scoped = of(Some("@ctrl"), "tinycolor", "pkg:npm/%40ctrl/tinycolor@4.1.1");
    let by_purl = of(None, "tinycolor", "pkg:npm/%40ctrl/tinycolor@4.1.1");
    for source in [
        "components.list.all(c, c.name != \"@ctrl/tinycolor\")",
        "!components.list.exists(c, c.name.startsWith(\"@ctrl/\"))",
        "!components.list.exists(c, c.name == \"tinycolor\")",
        "!components.list.exists(c, c.purl.startsWith(\"pkg:npm/@ctrl/\"))",
    ] {
        says(&scoped, source, Some(false));
        says(&by_purl, source, Some(false));
    }
    let maven = of(None, "log4j-core", "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1");
    for name in ["log4j-core", "org.apache.logging.log4j:log4j-core"] {
        says(&maven, &format!("components.list.all(c, c.name != \"{name}\")"), Some(false));
    }
    says(&maven, "components.list.all(c, c.name != \"log4j\")", Some(true));
    let of = |package: &str| {
        World::of(json!({"findings": {"total": 1, "list": [{"package": package, "rule": "a"}]}}))
    };
    says(&of("django"), "!findings.list.exists(f, f.package == \"Django\")", Some(false));
    says(&of("ruamel-yaml"), "!findings.list.exists(f, f.package == \"ruamel.yaml\")", None);
    says(&of("ruamel"), "!findings.list.exists(f, f.package == \"ruamel.yaml\")", Some(true));
}

#[test]
fn a_part_of_a_licence_is_neither_it_nor_another() {
    let of = |licence: &str| {
        let component = json!({"name": "a", "licence": licence});
        World::of(json!({"components": {"total": 1, "list": [component]}}))
    };
    for source in [
        "components.list.all(c, c.licence != \"GPL-3.0-only\")",
        "components.list.all(c, !(c.licence in [\"AGPL-3.0-only\", \"GPL-3.0-only\"]))",
        "!components.list.exists(c, c.licence.startsWith(\"GPL\"))",
        "!components.list.exists(c, c.licence.matches(\"^GPL\"))",
    ] {
        says(&of("MIT, GPL-3.0-only"), source, None);
        says(&of("(MIT OR GPL-3.0-only)"), source, None);
        says(&of("GPL-3.0-only"), source, Some(false));
        says(&of("MIT"), source, Some(true));
        says(&of("MIT OR Apache-2.0"), source, Some(true));
    }
    let contains = "components.list.all(c, !c.licence.contains(\"GPL-3.0-only\"))";
    says(&of("MIT OR GPL-3.0-only"), contains, Some(false));
}

#[test]
fn a_licence_under_another_spelling_is_not_denied() {
    let of = |licence: &str| {
        let component = json!({"name": "a", "licence": licence});
        World::of(json!({"components": {"total": 1, "list": [component]}}))
    };
    let listed =
        "!components.list.exists(c, c.licence in [\"GPL-2.0\", \"GPL-3.0\", \"AGPL-3.0\"])";
    let part = "!components.list.exists(c, c.licence.contains(\"GPL\"))";
    for (licence, source, told) in [
        ("GPL-3.0-only", listed, None),
        ("GPLv3", listed, None),
        ("MIT OR GPL-3.0-or-later", listed, None),
        ("LGPL-3.0-only", listed, Some(true)),
        ("GPL-3.0", listed, Some(false)),
        ("GNU General Public License, version 3", part, None),
        ("GNU Affero General Public License v3", part, None),
        ("Apache-2.0", part, Some(true)),
        ("GPL-2.0-only", "components.list.all(c, c.licence != \"GPL-3.0-only\")", Some(true)),
    ] {
        says(&of(licence), source, told);
    }
}

#[test]
fn what_differs_by_its_case_alone_is_not_denied() {
    let of = |status: &str| World::of(json!({"data": {"status": status, "list": [{"s": status}]}}));
    for denial in [
        "data.status != \"failed\"",
        "!(data.status == \"failed\")",
        "!(data.status in [\"error\", \"failed\"])",
        "!data.list.exists(v, v.s == \"failed\")",
        "data.list.all(v, v.s != \"failed\")",
        "!data.status.contains(\"fail\")",
        "!data.status.startsWith(\"fail\")",
        "!data.status.matches(\"error|fail\")",
    ] {
        says(&of("FAILED"), denial, None);
        says(&of("Failed"), denial, None);
        says(&of("failed"), denial, Some(false));
        says(&of("PASSED"), denial, Some(true));
    }
    let few = "data.list.filter(v, v.s in [\"critical\", \"high\"]).size() == 0";
    assert!(of("CRITICAL").ask(few).is_err());
    says(&of("LOW"), few, Some(true));
    // Both spellings are asked for, or the case itself is.
    says(&of("OK"), "data.status == \"ok\" || data.status == \"OK\"", Some(true));
    says(&of("OK"), "data.status in [\"ok\", \"OK\"]", Some(true));
    says(&of("OK"), "data.status == \"ok\"", Some(false));
    says(&of("abc"), "!data.status.matches(\"^[A-Z]+$\")", Some(true));
    says(&of("FAILED"), "!data.status.matches(\"(?-i)failed\")", Some(true));
    says(&of("0 errors, 0 warnings"), "!data.status.contains(\"ERROR\")", Some(true));
    says(&of("TypeError: x"), "!data.status.contains(\"error\")", None);
    says(&of("terror"), "!data.status.contains(\"Error\")", Some(true));
}

#[test]
fn a_package_without_its_group_is_not_denied_by_its_whole_name() {
    let of = |package: &str| {
        World::of(json!({"findings": {"total": 1, "list": [{"package": package, "rule": "a"}]}}))
    };
    let whole = "org.apache.logging.log4j:log4j-core";
    for (package, sought, answer) in [
        ("log4j-core", whole, None),
        (whole, "log4j-core", None),
        (whole, whole, Some(false)),
        (whole, "log4j-api", Some(true)),
        ("log4j-core", "org.apache.logging.log4j:log4j-api", Some(true)),
        ("com.example:log4j-core", whole, Some(true)),
        ("symfony/http-kernel", "http-kernel", None),
        ("golang.org/x/net", "golang.org/x/net/http2", None),
        ("golang.org/x/net/http2", "golang.org/x/net", None),
        ("golang.org/x/net", "golang.org/x/network", Some(true)),
        ("@types/node", "node", Some(true)),
        ("node", "@types/node", Some(true)),
    ] {
        for asks in [format!("== \"{sought}\""), format!("in [\"other\", \"{sought}\"]")] {
            says(&of(package), &format!("!findings.list.exists(f, f.package {asks})"), answer);
        }
    }
}
