//! Figures as people write them in the text of items.

use super::*;

/// `shape | unit | percentile | metric | noun`, as one line.
fn read(text: &str) -> Vec<String> {
    let show = |figure: &Figure| {
        let shape = match figure.shape {
            Shape::Limit { operator, value } => format!("{} {value}", operator.sign()),
            Shape::Count { value } if figure.approximate => format!("~{value}"),
            Shape::Count { value } => value.to_string(),
            Shape::Change { from, to } => format!("{from} → {to}"),
            Shape::Share { part, whole } => format!("{part} of {whole}"),
        };
        let unit = figure.unit.map(Unit::word).unwrap_or_default();
        format!(
            "{} | {shape}{unit} | {} | {} | {}",
            figure.text,
            figure.percentile.as_deref().unwrap_or_default(),
            figure.metric.as_deref().unwrap_or_default(),
            figure.noun.as_deref().unwrap_or_default()
        )
    };
    let found = figures(text);
    for figure in &found {
        assert_eq!(figure.span.of(text).trim(), figure.text);
    }
    found.iter().map(show).collect()
}

#[test]
fn a_number_with_a_nought_in_front_is_of_a_date() {
    assert_eq!(figures("Join the button (06/08)"), []);
    assert_eq!(figures("<details> <summary> 1. Users table </summary>"), []);
    assert_eq!(figures("Suite green (6/8)").len(), 1);
    assert_eq!(figures("Wave 1 intake templates"), []);
}

#[test]
fn the_figures_of_the_source_document() {
    let table = [
        (
            "Backend TypeScript errors resolved (22 → 0)",
            "22 → 0 | 22 → 0 |  | backend typescript errors resolved | ",
        ),
        (
            "Frontend TypeScript errors resolved (~80 remaining, mostly test files)",
            "~80 remaining | ~80 |  | frontend typescript errors resolved | remaining",
        ),
        (
            "All tests passing (5 passing, some integration tests blocked)",
            "5 passing | 5 |  | all tests passing | passing",
        ),
        ("Response times < 500ms (p95)", "< 500ms (p95) | < 500ms | p95 | response times | "),
        ("Error rate < 1%", "< 1% | < 1% |  | error rate | "),
        ("Zero critical errors", "Zero | == 0 |  |  | critical errors"),
    ];
    for (text, expected) in table {
        assert_eq!(read(text), [expected], "{text}");
    }
}

#[test]
fn a_point_before_three_figures_is_read_where_the_text_tells_which_it_is() {
    for (text, expected) in [
        ("Antwortzeit für Käufe < 1.500 ms", "< 1.500 ms | < 1500ms |  | antwortzeit für käufe | "),
        ("Durchsatz über ≥ 1.000 rps", "≥ 1.000 rps | >= 1000/s |  | durchsatz über | "),
        ("Coverage ≥ 99.950 %", "≥ 99.950 % | >= 99.95% |  | coverage | "),
        ("Error rate < 0.125 s", "< 0.125 s | < 0.125s |  | error rate | "),
        ("Latency < 1.25 s", "< 1.25 s | < 1.25s |  | latency | "),
        ("Latency < 1.2500 s", "< 1.2500 s | < 1.25s |  | latency | "),
    ] {
        assert_eq!(read(text).join(" / "), expected, "{text}");
    }
    // A thousand times too much or too little is no limit.
    for text in ["Antwortzeit < 1.500 ms (p95)", "Holds at 1.000 rps", "At most 12.000 errors"] {
        assert!(read(text).is_empty(), "{text}: {:?}", read(text));
    }
}

#[test]
fn what_went_from_one_figure_to_another_is_the_other_now() {
    for (text, expected) in [
        ("Coverage up from 70% to 85%", "70% to 85% | 70 → 85% |  | coverage up from | "),
        ("Errors down from 22 to 0", "22 to 0 | 22 → 0 |  | errors down from | "),
    ] {
        assert_eq!(read(text).join(" / "), expected, "{text}");
    }
    assert!(read("Data from 2024 of 3 regions").is_empty());
}

#[test]
fn a_comma_may_stand_before_decimals() {
    for (text, expected) in [
        ("Fehlerrate < 0,5 %", "< 0,5 % | < 0.5% |  | fehlerrate | "),
        ("Abdeckung ≥ 80,5 %", "≥ 80,5 % | >= 80.5% |  | abdeckung | "),
        ("Antwortzeit < 1,25 s", "< 1,25 s | < 1.25s |  | antwortzeit | "),
        ("Rate < 0,125 %", "< 0,125 % | < 0.125% |  | rate | "),
    ] {
        assert_eq!(read(text), [expected], "{text}");
    }
    let value = |text| figures(text).iter().map(|of| of.text.clone()).collect::<Vec<_>>();
    assert_eq!(value("Load of ≥ 1,500 rps"), ["≥ 1,500 rps"]);
    assert_eq!(value("Node 18,20 and 22"), value("Node 18, 20 and 22"));
}

#[test]
fn limits_in_signs_and_words() {
    let limit =
        |text| figures(text).iter().filter_map(Figure::limit).collect::<Vec<_>>().join("; ");
    let table = [
        ("Test coverage ≥ 80%", ">= 80 %"),
        ("Coverage >90% if possible", "> 90 %"),
        ("Coverage 80%+", ">= 80 %"),
        ("p95 latency under 0.5s", "p95 < 500 ms"),
        ("p99 < 1s", "p99 < 1000 ms"),
        ("Latency: p50 < 200ms, p95 < 500 ms", "p50 < 200 ms; p95 < 500 ms"),
        ("Startup time < 100ms", "< 100 ms"),
        ("Restored within 30 minutes", "<= 1800000 ms"),
        ("At least 3 tests cover it", ">= 3"),
        ("Bundle <= 1.5 MB", "<= 1500000 B"),
        ("no more than 5 errors", "<= 5"),
        ("Throughput at least 1,000 rps", ">= 1000 /s"),
        ("error rate (target: <1%)", "< 1 %"),
        ("uptime of 99.9% or higher", ">= 99.9 %"),
        ("must not grow by more than 10%", "<= 10 %"),
        ("Memory usage below 512MB", "< 512000000 B"),
        ("Loss < 1e-6", "< 0.000001"),
        ("Error rate = 0", "== 0"),
        ("failed == 0", "== 0"),
        ("CLS = 0", "== 0"),
        ("Coverage min. 80 %", ">= 80 %"),
        ("Error rate max. 1 %", "<= 1 %"),
        ("Latency max: 300 ms", "<= 300 ms"),
    ];
    for (text, expected) in table {
        assert_eq!(limit(text), expected, "{text}");
    }
}

#[test]
fn shares_and_changes() {
    let table = [
        ("Suite green (165/165)", "165/165 | 165 of 165 |  | suite green | "),
        ("Done (4 of 5, rest deferred)", "4 of 5 | 4 of 5 |  | done | "),
        ("3 out of 7 tests passing", "3 out of 7 tests passing | 3 of 7 |  |  | tests passing"),
        ("Coverage up (61% → 83%)", "61% → 83% | 61 → 83% |  | coverage up | "),
        ("All 3 tests pass", "3 tests pass | 3 |  | all | tests pass"),
        ("All 2025 tests pass", "2025 tests pass | 2025 |  | all | tests pass"),
        ("2025 tests pass", "2025 tests pass | 2025 |  |  | tests pass"),
        ("1 test failed", "1 test failed | 1 |  |  | test failed"),
        (
            "Suite green (404/405 passing)",
            "404/405 passing | 404 of 405 |  | suite green | passing",
        ),
        (
            "All green (12 e2e tests passing)",
            "12 e2e tests passing | 12 |  | all green | e2e tests passing",
        ),
        ("Green (13/13 E2E tests)", "13/13 E2E tests | 13 of 13 |  | green | e2e tests"),
        ("3 p0 bugs fixed", "3 p0 bugs fixed | 3 |  |  | p0 bugs fixed"),
        ("At most 5 errors p95", "At most 5 | <= 5 |  |  | errors"),
        ("Errors 18,741 -> 12", "18,741 -> 12 | 18741 → 12 |  | errors | "),
    ];
    for (text, expected) in table {
        assert_eq!(read(text), [expected], "{text}");
    }
}

#[test]
fn what_only_looks_like_a_figure() {
    for text in [
        "Support available 24/7",
        "Upgrade to Node 18",
        "Version 1.2.3 tagged",
        "Ports 80/443 open",
        "Verified 2026-01-09",
        "Meeting at 10:30",
        "Phase 2 planning",
        "Week 1-2 rollout",
        "Fix #123",
        "OAuth2 and k6 and p95",
        "$2,691/30d spent",
        "Step 2 -> next",
        "Use HTTP/2",
        "no figures at all",
        "5 3D scenes",
        "1.1 Write unit tests",
        "4.1 - Tests pass",
        "8 Write tests",
        "Delete the 2 test rows",
        "Top 10 tests reviewed",
        "Sprint 4 tests green",
        "Java 17 tests pass",
        "Tests pass; Section 508 tests pass",
        "All green on Postgres 16 tests",
        "WCAG 2 failures fixed",
        "Run with X=0",
        "Listen on PORT = 10000",
        "Set max_failures = 0",
        "Loss ‹ 10⁻⁴ over 3 runs",
        "Loss < 10⁻⁴",
        "Pages for 403/404",
        "Pages (403/404)",
        "123456789012345678901234567890 errors",
        "SOC 2 audit for 2025 passed",
        "Pen test 2025 passed",
    ] {
        assert_eq!(read(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn spans_hold_in_any_text() {
    for text in [
        "é~80 remaining é",
        "→1→2→",
        "< 5",
        "≥80%",
        "(5/5)",
        "~",
        "5",
        "zero ",
        "１２ errors",
        "1,2,3 errors 4,000,000 tests",
    ] {
        read(text);
    }
}
