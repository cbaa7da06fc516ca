//! What may change beside a key, behind a text, in code and among signs: what closed rules forgive, and nothing else.

use super::approved::{all, document, open};

/// A line between the heading and the item.
fn above(line: &str) -> String {
    document("Go", "", "Security", line, "Keys rotated")
}

#[test]
fn a_key_of_how_a_document_is_kept_takes_values_of_its_kind_alone() {
    let said = [
        ("Approver: Ana except EU", "Approver: Ana"),
        ("Owner: db-eu", "Owner: db-us"),
        ("Data owner: EU", "Data owner: US"),
        ("Authors: can read keys", "Authors: can write keys"),
        ("Due: before cutover", "Due: after cutover"),
        ("Completed on: EU hosts", "Completed on: US hosts"),
        ("Date: after freeze", "Date: before freeze"),
        ("Progress: EU", "Progress: US"),
        ("Overall: 5 keys", "Overall: 3 keys"),
        ("HTTP status: 200", "HTTP status: 500"),
        ("Key manager: Vault", "Key manager: KMS"),
        ("Git history: kept", "Git history: rewritten"),
        ("Support channel: beta", "Support channel: stable"),
        ("Priority: P1 hosts", "Priority: P3 hosts"),
        ("License: MIT", "License: GPL"),
        ("Tests: 12/15", "Tests: 9/15"),
        ("", "Ticket: OPS-1 in EU alone"),
        (
            "| a | b | c |\n|---|---|---|\n|  | x | y |",
            "| a | b | c |\n|---|---|---|\n| x |  | y |",
        ),
    ];
    all("stale", &said, above);
    let kept = [
        ("**Owner:** TBD", "**Owner:** Ana, @org/team"),
        ("Assignee(s): Ana", "Assigned to: Ben"),
        ("Last updated: 2026-01-05", "Last updated: 6 May 2026 by Ana"),
        ("Last edited by Ana", "Last edited by Ben"),
        ("**Status: open**", "**Status: 🟢 on track**"),
        ("Progress: ▓▓░░ 50%", "Progress: ▓▓▓░ 75%"),
        ("Zoom: https://z.example/1", "Zoom: https://z.example/2"),
        ("Priority: P1", "Priority: high"),
        ("| Owner | Ana |\n|---|---|", "| Owner | Ben |\n|---|---|"),
        ("", "> [!NOTE]"),
        ("", "[TOC]"),
    ];
    all("verified", &kept, above);
}

#[test]
fn a_figure_in_brackets_is_said_and_a_share_or_a_word_of_progress_is_not() {
    let prose =
        [("Retries (3)", "Retries (5)"), ("Access (open)", "Access (closed)"), ("Open", "Closed")];
    all("stale", &prose, above);
    let heading = |text: &str| open(&document("Go", "", text, "", "Keys rotated"));
    let title = |text: &str| open(&document(text, "", "Security", "", "Keys rotated"));
    let item = |text: &str| document("Go", "", "Security", "", text);
    for with in [&heading as &dyn Fn(&str) -> String, &title] {
        all("stale", &[("TLS (12)", "TLS (13)"), ("Go (open)", "Go (closed)")], with);
        all(
            "verified",
            &[("Checks (3/5)", "Checks (4 of 5) ✅"), ("**Go**", "**Go (done)**")],
            with,
        );
    }
    let remarks =
        ["(ok)", "(done 2026-01-07)", "– done 2026-01-07", "✅", "(done by Ben on 2026-01-07)"];
    let remarks = remarks.map(|remark| format!("Keys rotated {remark}"));
    all("verified", &remarks.each_ref().map(|remark| ("Keys rotated", remark.as_str())), item);
    for other in [
        "Keys rotated (verified by Staging)",
        "Keys rotated (3)",
        "Keys rotated ❌",
        "Keys rotated ⏳",
    ] {
        all("stale", &[("Keys rotated", other)], item);
    }
}

#[test]
fn code_is_said_by_every_character() {
    let said = [
        ("```\nOwner: eu\n```", "```\nOwner: us\n```"),
        ("```yaml\nstatus: enabled\n```", "```yaml\nstatus: disabled\n```"),
        ("```\nrm -r a\n```", "```\nrm -R a\n```"),
        ("```\n<!-- a -->\n```", "```\n<!-- b -->\n```"),
        ("```\na b\n```", "```\nab\n```"),
        ("- ```\n  Owner: Ana\n  ```", "- ```\n  Owner: Ben\n  ```"),
        ("Code:\n\n    Owner: Ana", "Code:\n\n    Owner: Ben"),
        ("Use `<!--`\n\nFor EU.", "Use `<!--`\n\nFor US."),
        ("- [ ] x\n  ```\n  y\n\nFor EU.", "- [ ] x\n  ```\n  y\n\nFor US."),
        ("`Key`", "`key`"),
        ("`a-b`", "`a_b`"),
        ("`<a>`", "`<b>`"),
        ("-v", "-V"),
        ("host*", "host"),
        ("*.example", "example"),
        ("!enabled", "enabled"),
    ];
    all("stale", &said, above);
    all("verified", &[("```\nx\n```", "```sh\nx\n```"), ("See `x`.", "See x")], above);
}

#[test]
fn signs_and_units_are_said_and_ornaments_are_not() {
    let said = [
        ("<del>EU</del> US", "EU US"),
        ("<s>EU</s> US", "EU US"),
        ("🟢 EU", "🔴 EU"),
        ("👍 prod", "👎 prod"),
        ("EU ✅ / US", "EU ✅ / US ✅"),
        ("⚠️ EU", "EU"),
        ("+5", "5"),
        ("Limit 5 mW", "Limit 5 MW"),
        ("Rate 5Mb", "Rate 5MB"),
    ];
    all("stale", &said, above);
    all("verified", &[("🚀 Rollout", "Rollout 🎉"), ("5 Regions", "5 regions")], above);
}

#[test]
fn a_number_that_alone_tells_two_headings_apart_is_said() {
    let two = |first: &str, second: &str| {
        let (own, other) = ("- [ ] Keys <!-- id: security/keys-rotated -->", "- [ ] x");
        let (own, other) = if first.ends_with('!') { (other, own) } else { (own, other) };
        format!("# Go\n\n## {}\n\n{own}\n\n## {second}\n\n{other}\n", first.trim_end_matches('!'))
    };
    for (one, other) in
        [("1. Keys", "2. Keys"), ("A. Keys", "B. Keys"), ("Ring 0: Keys", "Ring 1: Keys")]
    {
        let moved = [two(one, other), two(&format!("{one}!"), other)];
        all("stale", &[(moved[0].as_str(), moved[1].as_str())], str::to_owned);
    }
    let again = [two("1. Keys", "2. Logs"), two("3. Keys", "4. Logs")];
    all("verified", &[(again[0].as_str(), again[1].as_str())], str::to_owned);
}
