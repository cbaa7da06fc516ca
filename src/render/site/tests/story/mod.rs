//! A web shop's release: a production checklist with every status, as a team would really have it.

mod files;

use serde_json::json;

use crate::model::Claim::{Cancelled, Done, None as Goal, Open};
use crate::model::Verdict::{Fail, Invalid, Missing, Pass, Stale, Unbound};
use crate::model::{Block, Severity, Status};
use crate::snapshot::Snapshot;
use crate::snapshot::v1::{
    Checklist, Figure, Gate, GateRule, Item, ItemWaiver, ItemWindow, Name, Problem, Procedure,
    Release, Requirement, SignOff, Step, Waiver,
};

pub(super) use files::Files;

use super::build::{Doc, With, item, paragraph, snapshot, text};

const PATH: &str = "docs/GO_LIVE.md";
const TODAY: &str = "2026-11-22T09:02:00Z";

pub(super) fn open(id: &str, words: &str) -> Item {
    item(id, words, Open, Unbound).why("Nothing is bound to it.")
}

pub(super) fn unproven(id: &str, words: &str, author: &str, time: &str) -> Item {
    item(id, words, Done, Unbound)
        .why("Ticked. Nothing is bound to it, so nothing proves it.")
        .ticked(author, time, "4f2c9e1")
}

fn waived(mut item: Item, by: &str, until: &str, reason: &str) -> Item {
    let hides = item.status;
    item.waiver = Some(Box::new(ItemWaiver {
        requirement: None,
        findings: Vec::new(),
        package: None,
        within: None,
        by: by.to_owned(),
        until: until.to_owned(),
        reason: reason.to_owned(),
        hides,
    }));
    item.status = Status::Waived;
    item.reason =
        format!("{}, waived by {by} until {until}: \"{reason}\".", capital(hides.word())).into();
    item
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

fn due(mut item: Item, name: &str, state: &str) -> Item {
    item.window = Some(Box::new(ItemWindow {
        ends_after_s: None,
        name: name.to_owned(),
        opens: Some("2026-11-22T06:00:00Z".to_owned()),
        due: Some("2026-11-22T07:00:00Z".to_owned()),
        state: state.to_owned(),
        before: false,
    }));
    item
}

pub(super) fn checklist(f: &Files) -> Checklist {
    let job = |id: &str, words: &str, name: &str| {
        item(id, words, Done, Pass)
            .why(&format!(
                "Job \"{name}\" succeeded, 45 minutes before this report, at this commit."
            ))
            .ticked("Tom Weber", "2026-10-22T08:30:00Z", "09ab3d5")
            .asks(
                &format!("ci.jobs[\"{name}\"].conclusion == \"success\""),
                &[("ci.jobs.build.conclusion", json!("success"), "== \"success\"", true)],
            )
            .by(&f.jobs, Pass, "")
    };
    let mut tests = item(
        "code-quality/all-tests-passing",
        "All tests passing (5 passing, some integration tests blocked)",
        Done,
        Fail,
    )
    .why("Ticked, but 3 of 412 tests failed. The text says 5 passing.")
    .ticked("Ana Ruiz", "2026-11-10T14:03:00Z", "4f2c9e1")
    .asks(
        "tests.total > 0 && tests.failed == 0",
        &[("tests.total", json!(412), "> 0", true), ("tests.failed", json!(3), "== 0", false)],
    )
    .by(&f.junit, Fail, "3 of 412 tests failed.");
    tests.figures = vec![Figure {
        text: "5 passing".to_owned(),
        value: 5.0,
        unit: None,
        fact: Some("tests.passed".to_owned()),
        evidence: Some(404.0),
        verdict: "drift".to_owned(),
    }];
    tests.owner = Some("@ana".to_owned());
    tests.priority = Some("P0".to_owned());
    let mut rotated = item("environment/jwt-secrets-rotated", "JWT secrets rotated", Done, Stale)
        .why("Signed off by Ana Ruiz 104 days ago; the limit is 90.")
        .ticked("Ana Ruiz", "2026-08-10T14:03:00Z", "77aa01f");
    rotated.requirement = Some(Box::new(Requirement {
        path: "trueup.toml".to_owned(),
        line: Some(61),
        condition: None,
        artifacts: Vec::new(),
        max_age: None,
        paths: None,
        sign_off: Some(SignOff {
            people: Vec::new(),
            by: vec!["@security".to_owned()],
            count: 2,
            max_age: Some("90d".to_owned()),
            signed: false,
            four_eyes: false,
            tick: false,
            each_release: false,
            given: Vec::new(),
        }),
        verdict: Stale,
        reason: rotated.reason.to_string(),
        rule: Some("too-old".to_owned()),
        read: Vec::new(),
    }));
    let mut verified_audit = item(
        "code-quality/vulnerabilities-fixed",
        "Security vulnerabilities fixed (js-yaml)",
        Done,
        Pass,
    )
    .why("npm audit lists nothing for js-yaml.")
    .ticked("Ana Ruiz", "2026-11-10T14:03:00Z", "4f2c9e1")
    .asks(
        "findings.list.all(f, f.package != \"js-yaml\")",
        &[("findings.total", json!(0), "", true)],
    )
    .by(&f.audit, Pass, "");
    verified_audit.valid_until = Some("2026-11-29T09:02:00Z".to_owned());
    Doc::new(PATH, "Production Deployment Checklist")
        .meta("Date", "2026-11-20").meta("Phase", "C7: final readiness")
        .block(paragraph("Everything here must hold before the shop goes live. Whoever ticks a box has seen it with their own eyes."))
        .heading(2, "pre-deployment-checks", "✅ Pre-Deployment Checks")
        .heading(3, "code-quality", "1. Code Quality")
        .items(vec![
            item("code-quality/backend-typescript-errors", "Backend TypeScript errors resolved (22 → 0)", Done, Fail)
                .why("Ticked, but tsc reports 4 errors. The text says 0.").ticked("Tom Weber", "2026-10-22T08:30:00Z", "09ab3d5")
                .asks("findings.errors == 0", &[("findings.errors", json!(4), "== 0", false)]).by(&f.tsc, Fail, "tsc reports 4 errors."),
            job("code-quality/backend-builds", "Backend builds successfully", "build"),
            verified_audit,
            item("code-quality/frontend-typescript-errors", "Frontend TypeScript errors resolved (~80 remaining, mostly test files)", Open, Fail)
                .why("tsc reports 112 errors; the text says about 80.").asks("findings.errors == 0", &[("findings.errors", json!(112), "== 0", false)]).by(&f.tsc, Fail, "tsc reports 112 errors."),
            tests,
        ])
        .heading(3, "environment", "2. Environment Configuration")
        .items(vec![
            open("environment/variables", "Production environment variables configured"),
            open("environment/connection-strings", "Database connection strings checked"),
            rotated,
            item("environment/secrets-not-in-code", "API keys and secrets stored securely (not in code)", Open, Pass)
                .why("gitleaks scanned 1,204 commits and found none. The box is not ticked. `trueup fix` would tick it.")
                .asks("findings.total == 0", &[("findings.total", json!(0), "== 0", true)]).by(&f.gitleaks, Pass, ""),
            waived(item("environment/cors-origins-configured", "CORS origins configured correctly", Open, Fail), "Ana Ruiz", "2026-12-31", "token service ships in 1.6"),
            item("environment/rate-limits", "~~Rate limiting per tenant~~ (N/A in 1.5)", Cancelled, Unbound),
        ])
        .heading(3, "database", "3. Database")
        .items(vec![
            open("database/created", "Production database created"),
            item("database/migrations", "Migrations tested and ready", Open, Missing).why("No file matches reports/**/migrations*.xml.")
                .asks("tests.total > 0 && tests.failed == 0", &[]),
            open("database/backups", "Backup strategy in place"),
            item("database/isolation", "Multi-tenant isolation verified", Done, Stale)
                .why("The tests passed 41 days ago; the limit is 30 days.").ticked("Mei Tan", "2026-10-12T09:00:00Z", "9ac01f2")
                .asks("passed(\"isolation\")", &[("tests.passed", json!(38), "", true)]).by(&f.isolation, Stale, "Made 41 days ago; the limit is 30 days."),
        ])
        .heading(3, "security", "4. Security")
        .items(vec![
            item("security/headers", "Security headers configured", Open, Pass).why("All 6 headers are set. The box is not ticked. `trueup fix` would tick it."),
            waived(item("security/csrf-protection", "CSRF protection enabled", Done, Missing).ticked("Mei Tan", "2026-09-01T09:00:00Z", "1b2c3d4"), "Tom Weber", "2026-12-05", "waiting for the pen test"),
            open("security/input-validation", "Input validation on all endpoints"),
            item("security/sql-injection", "No SQL injection found by the scanner", Open, Invalid).why("ESLint looked at 0 files.")
                .asks("findings.errors == 0", &[("findings.errors", json!(0), "== 0", true)]).by(&f.eslint, Invalid, "ESLint looked at 0 files."),
            item("security/tokens", "Authentication tokens secure (httpOnly, secure)", Open, Fail).why("Lighthouse found 1 cookie without the secure flag."),
        ])
        .heading(3, "monitoring", "5. Monitoring & Observability")
        .items(vec![
            unproven("monitoring/metrics", "Prometheus metrics collected", "Tom Weber", "2026-10-22T08:30:00Z"),
            unproven("monitoring/dashboards", "Grafana dashboards created", "Tom Weber", "2026-10-22T08:30:00Z"),
            open("monitoring/error-tracking", "Error tracking configured (Sentry or similar)"),
            open("monitoring/logs", "Log aggregation set up"),
            open("monitoring/alerts", "Alerting rules configured"),
        ])
        .heading(3, "pipeline", "6. CI/CD Pipeline")
        .items(vec![
            job("pipeline/workflows", "GitHub Actions workflows configured", "build"),
            job("pipeline/stages", "Lint, test and build stages working", "build"),
            item("pipeline/security-scanning", "Security scanning (npm audit, Trivy)", Done, Fail)
                .why("Ticked, but Trivy found 2 critical and 5 high findings.").ticked("Ana Ruiz", "2026-11-10T14:03:00Z", "4f2c9e1")
                .asks("findings.critical == 0 && findings.high == 0", &[("findings.critical", json!(2), "== 0", false), ("findings.high", json!(5), "== 0", false)])
                .by(&f.trivy, Fail, "Trivy found 2 critical and 5 high findings.").by(&f.audit, Pass, ""),
            open("pipeline/automation", "Deployment automation configured"),
            open("pipeline/rollback", "Rollback strategy in place"),
        ])
        .heading(3, "load", "7. Load Testing")
        .items(vec![
            job("load/scripts", "k6 scripts written", "build"),
            item("load/executed", "Load tests executed and passed", Open, Fail).why("p95 was 612 ms; the limit is 500 ms.")
                .asks("metrics.http_req_duration.p95 < 500.0", &[("metrics.http_req_duration.p95", json!(612.4), "< 500.0", false)]).by(&f.k6, Fail, "p95 was 612 ms."),
            open("load/baselines", "Performance baselines established"),
        ])
        .heading(2, "deployment-steps", "🚀 Deployment Steps")
        .heading(3, "step-1", "Step 1: Database Migration")
        .block(Block::Code { language: Some("bash".to_owned()), text: "# 1. Backup the production database\npg_dump -h <host> -U <user> -d <database> > backup_$(date +%Y%m%d_%H%M%S).sql\n\n# 2. Run migrations\ncd backend\nnpm run migrate\n".to_owned() })
        .block(Block::Quote { callout: Some("warning".to_owned()), blocks: vec![paragraph("Never run this on a Friday.")] })
        .heading(2, "monitoring-after", "🔍 Post-Deployment Monitoring")
        .heading(3, "first-hour", "Immediate (First Hour)")
        .items(vec![
            due(open("first-hour/health", "Application health checks passing"), "Immediate (First Hour)", "overdue").why("Was due 2026-11-22 07:00 UTC, 3 hours ago."),
            due(open("first-hour/errors", "No critical errors in the logs"), "Immediate (First Hour)", "overdue").why("Was due 2026-11-22 07:00 UTC, 3 hours ago."),
            due(open("first-day/error-rate", "Error rate within the acceptable range"), "First 24 Hours", "due").why("Due 2026-11-23 06:00 UTC, in 20 hours."),
        ])
        .heading(2, "success-criteria", "📊 Success Criteria")
        .items(vec![
            item("criteria/errors", "✅ Zero critical errors", Goal, Unbound).why("Nothing is bound to it."),
            item("criteria/response", "✅ Response times < 500ms (p95)", Goal, Fail).why("p95 was 612 ms; the limit is 500 ms.").by(&f.k6, Fail, ""),
            item("criteria/secrets", "✅ No secret in the repository", Goal, Pass).why("gitleaks scanned 1,204 commits and found none.").by(&f.gitleaks, Pass, ""),
            item("criteria/isolation", "✅ Tenants stay apart", Goal, Stale).why("The tests passed 41 days ago; the limit is 30 days.").by(&f.isolation, Stale, ""),
        ])
        .heading(2, "sign-offs", "Sign-offs")
        .block(Block::Table { align: vec![], head: vec![text("Who"), text("What")], rows: vec![
            crate::model::Row { item: None, cells: vec![text("Mei Tan"), text("Security, before every release")] },
        ] })
        .heading(2, "notes", "📝 Notes")
        .block(Block::Paragraph { text: vec![
            crate::model::Inline::Text { text: "Read the ".to_owned() },
            crate::model::Inline::Link { to: "https://example.org/runbook".to_owned(), text: text("deployment guide") },
            crate::model::Inline::Text { text: " first, then ".to_owned() },
            crate::model::Inline::Link { to: "docs/ROLLBACK.md".to_owned(), text: text("the way back") },
            crate::model::Inline::Text { text: ".".to_owned() },
        ] })
        .done()
}

fn problem(
    code: &str,
    severity: Severity,
    path: &str,
    line: Option<usize>,
    message: &str,
    hint: &str,
) -> Problem {
    Problem {
        code: code.to_owned(),
        severity,
        path: path.to_owned(),
        line,
        item: None,
        message: message.to_owned(),
        hint: Some(hint.to_owned()),
    }
}

fn waiver(
    item: &str,
    by: &str,
    until: &str,
    reason: &str,
    state: &str,
    matches: &[&str],
) -> Waiver {
    let matches: Vec<String> = matches.iter().map(|id| format!("{PATH}#{id}")).collect();
    let hides =
        if state == "in-force" || state == "expiring" { matches.clone() } else { Vec::new() };
    Waiver {
        requirement: None,
        findings: Vec::new(),
        package: None,
        within: None,
        item: item.to_owned(),
        by: by.to_owned(),
        until: until.to_owned(),
        reason: reason.to_owned(),
        path: "trueup.toml".to_owned(),
        line: Some(90),
        state: state.to_owned(),
        matches,
        hides,
    }
}

fn step(
    line: usize,
    command: &str,
    cwd: &str,
    names: &[(&str, &str, Option<&str>, Option<bool>)],
) -> Step {
    let names = names.iter().map(|(kind, name, within, exists)| Name {
        kind: (*kind).to_owned(),
        name: (*name).to_owned(),
        within: within.map(str::to_owned),
        exists: *exists,
    });
    Step { line, command: command.to_owned(), cwd: cwd.to_owned(), names: names.collect() }
}

/// A no-go: three false claims, an expired waiver, every status there is.
pub(in crate::render) fn no_go() -> Snapshot {
    let files = Files::new();
    let mut list = checklist(&files);
    super::people::told(&mut list);
    list.procedures = vec![
        Procedure {
            title: "Step 1: Database Migration".to_owned(),
            line: 71,
            kind: "step".to_owned(),
            steps: vec![
                step(
                    74,
                    "pg_dump -h <host> -U <user> -d <database> > backup_$(date +%Y%m%d_%H%M%S).sql",
                    "",
                    &[
                        ("placeholder", "<host>", None, None),
                        ("placeholder", "<user>", None, None),
                        ("placeholder", "<database>", None, None),
                        ("output", "backup_….sql", None, None),
                    ],
                ),
                step(77, "cd backend", "", &[("file", "backend", None, Some(true))]),
                step(
                    78,
                    "npm run migrate",
                    "backend",
                    &[("script", "migrate", Some("backend/package.json"), Some(false))],
                ),
            ],
        },
        Procedure {
            title: "Rollback".to_owned(),
            line: 110,
            kind: "rollback".to_owned(),
            steps: vec![
                step(112, "kubectl rollout undo deployment/backend", "", &[]),
                step(
                    113,
                    "docker pull registry.example.org/shop:1.4.0",
                    "",
                    &[
                        ("image", "registry.example.org/shop:1.4.0", None, None),
                        ("host", "registry.example.org", None, None),
                    ],
                ),
            ],
        },
    ];
    let blocking: Vec<String> = list
        .items
        .iter()
        .filter(|item| {
            item.status == Status::Contradicted
                || item.id == "load/executed"
                || item.id == "database/migrations"
        })
        .map(|item| format!("{PATH}#{}", item.id))
        .collect();
    let gate = Gate {
        result: "no-go".to_owned(),
        reasons: vec![
            "3 ticked items are contradicted by their evidence.".to_owned(),
            "1 waiver has expired.".to_owned(),
            "2 of 5 required items of load/* and database/* are not proven.".to_owned(),
        ],
        sentence:
            "No-go. 3 ticked items are contradicted by their evidence, and 1 waiver has expired."
                .to_owned(),
        blocking,
        rules: vec![
            GateRule {
                rule: "fail-on contradicted".to_owned(),
                holds: false,
                against: vec!["3 ticked items are contradicted by their evidence.".to_owned()],
                compared: None,
            },
            GateRule {
                rule: "min-proven 40 %".to_owned(),
                holds: true,
                against: Vec::new(),
                compared: None,
            },
        ],
    };
    let mut snapshot = snapshot(vec![list], files.all(), gate);
    snapshot.waivers = vec![
        waiver(
            "environment/cors-*",
            "Ana Ruiz",
            "2026-12-31",
            "token service ships in 1.6",
            "in-force",
            &["environment/cors-origins-configured"],
        ),
        waiver(
            "security/csrf-protection",
            "Tom Weber",
            "2026-12-05",
            "waiting for the pen test",
            "expiring",
            &["security/csrf-protection"],
        ),
        waiver(
            "security/tokens",
            "Ana Ruiz",
            "2026-11-01",
            "cookie change planned for sprint 30",
            "expired",
            &["security/tokens"],
        ),
        waiver("security/cors-*", "Ana Ruiz", "2026-12-31", "moved", "unused", &[]),
    ];
    snapshot.problems = vec![
        problem(
            "waiver-expired",
            Severity::Error,
            "trueup.toml",
            Some(96),
            "The waiver of security/tokens ended on 2026-11-01.",
            "Prove the item, or renew the waiver with a new reason.",
        ),
        problem(
            "artifact-vacuous",
            Severity::Warning,
            "reports/eslint.json",
            None,
            "ESLint looked at 0 files.",
            "Run it with the files of the project: `npx eslint . -f json -o reports/eslint.json`.",
        ),
        problem(
            "runbook-missing",
            Severity::Warning,
            PATH,
            Some(78),
            "No script \"migrate\" in backend/package.json.",
            "It has migrate:up and migrate:down.",
        ),
        problem(
            "waiver-unused",
            Severity::Warning,
            "trueup.toml",
            Some(104),
            "security/cors-* matches no item.",
            "Nearest: environment/cors-origins-configured.",
        ),
        problem(
            "mojibake",
            Severity::Note,
            PATH,
            None,
            "31 mis-decoded characters are shown repaired; the file is left as it is.",
            "Save the file as UTF-8.",
        ),
    ];
    snapshot
}

/// The same, with the releases before it.
pub(super) fn released() -> Snapshot {
    let mut snapshot = no_go();
    snapshot.releases = releases(&snapshot);
    snapshot
}

/// Two releases of which git alone knows, one that was recorded, and this one.
fn releases(now: &Snapshot) -> Vec<Release> {
    let last = crate::snapshot::release("1.5.0", now);
    let before = |name: &str, day: &str, claimed: u64, proven: Option<u64>| Release {
        name: name.to_owned(),
        commit: Some("f0aa1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f7a8b".to_owned()),
        time: format!("{day}T16:00:00Z"),
        recorded: proven.is_some(),
        claimed,
        proven,
        both: proven,
        contradicted: proven.map(|_| 0),
        stale: proven.map(|_| 1),
        gate: proven.map(|_| "go".to_owned()),
        ..last.clone()
    };
    vec![
        before("1.2.0", "2026-08-14", 9, None),
        before("1.3.0", "2026-09-18", 12, None),
        before("1.4.0", "2026-10-30", 21, Some(14)),
        last.clone(),
    ]
}
