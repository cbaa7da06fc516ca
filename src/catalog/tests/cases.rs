//! Which test cases prove a line: those whose names say that it holds.

use super::{artifact, condition, proposed};
use crate::model::Artifact;

fn junit(suite: &str, names: &[&str]) -> [Artifact; 1] {
    let cases: String = names
        .iter()
        .map(|name| format!("<testcase classname=\"{suite}\" name=\"{name}\"/>"))
        .collect();
    let text = format!("<testsuite name=\"{suite}\">{cases}</testsuite>");
    [artifact("artifacts/junit.xml", &text)]
}

#[test]
fn a_case_that_says_the_opposite_or_something_else_proves_nothing() {
    for (line, suite, names) in [
        ("Authorization enforced", "api", &["unauthenticated users can read secrets"][..]),
        ("Authorization enforced", "api", &["forbidden characters in a filename are replaced"]),
        ("CSRF protection enabled", "api", &["csrf can be disabled in tests", "csrf token"]),
        ("CSRF protection enabled", "csrf disabled", &["rejects nothing without a token"]),
        ("CSRF protection enabled", "csrf", &["does not reject a request without a token"]),
        ("CSRF protection enabled", "csrf", &["rejects, unless the header is absent"]),
        ("Rate limiting enabled", "api", &["no rate limit is applied", "throttle() delays calls"]),
        ("Rate limiting enabled", "api", &["rate limit cannot block admins"]),
        ("Helmet configured", "react-helmet", &["sets the title"]),
        ("Security headers set", "react-helmet", &["react-helmet sets the title"]),
        ("Security headers set", "api", &["security headers are not set", "csp can be bypassed"]),
        ("Accessibility tests pass", "ui", &["config is accessible as global"]),
        ("Login works", "api", &["writes the log in JSON", "login works without a password"]),
        ("HTTPS enforced", "api", &["parses https proxy option"]),
        ("CORS configured", "ui", &["renders cross-origin iframe placeholder"]),
        ("CORS configured", "api", &["sets the access-control-allow-origin header to any origin"]),
        ("Secure cookies", "api", &["accepts cookies with secure cookie=false"]),
        ("Database migrations tested", "ui", &["migrate old settings object"]),
        ("Database connection verified", "api", &["connect() retries when database is down"]),
        ("SQL injection prevented", "api", &["does not sanitise: sql injection is possible"]),
        ("XSS protection", "api", &["xss payloads list loads"]),
        ("Tenant isolation verified", "api", &["cross-tenant report sums totals"]),
        ("Health check endpoint", "api", &["healthz route name constant"]),
        ("Integration tests pass", "ui", &["integration settings page renders"]),
        ("Input validation on all endpoints", "api", &["input validation rejects a bad request"]),
        ("Input validation tested", "api", &["rejects invalid body shape of avatar"]),
    ] {
        assert_eq!(condition(line, &junit(suite, names), &[]), None, "{line}: {suite} {names:?}");
    }
}

#[test]
fn a_case_that_affirms_is_asked_for_by_its_name() {
    for (line, suite, name) in [
        ("CSRF protection enabled", "api", "rejects a request without a CSRF token"),
        ("CSRF protection enabled", "csrf", "returns 403 when no token is sent"),
        ("CSRF protection enabled", "api", "test_csrf_token_is_required"),
        ("Authorization enforced", "api", "authorization: returns 403 for a viewer"),
        ("Authorization enforced", "permissions", "guests cannot delete projects"),
        ("Rate limiting enabled", "api", "rate limit: answers 429 after 10 failed attempts"),
        ("Security headers set", "api", "sends security headers"),
        ("Content security policy configured", "api", "sets a strict CSP header"),
        ("HSTS header set", "api", "sets HSTS"),
        ("Accessibility tests pass", "a11y", "home page has no accessibility violations"),
        ("Login works", "api", "login works"),
        ("Authentication works", "auth", "authenticates a user"),
        ("HTTPS enforced", "api", "redirects http to https"),
        ("CORS configured", "cors", "rejects an origin that is unknown"),
        ("Secure cookies", "api", "sets the session cookie with the secure flag"),
        ("Database migrations tested", "db", "database migrations run on an empty schema"),
        ("Database connection verified", "db", "connects to the database"),
        ("SQL injection prevented", "api", "escapes sql injection in search"),
        ("XSS protection", "api", "xss: script tags are stripped"),
        ("Tenant isolation verified", "api", "cross-tenant reads are refused"),
        ("Health check endpoint", "api", "health endpoint responds with 200"),
    ] {
        let asked = condition(line, &junit(suite, &[name, "renders"]), &[]);
        let named = asked.as_deref().is_some_and(|asked| {
            asked.starts_with("passed(r\"(?i)") && asked.contains(") && passed(r\"^(")
        });
        assert!(named, "{line}: {name}: {asked:?}");
    }
}

#[test]
fn the_condition_names_what_affirms_and_asks_for_all_that_speak_of_it() {
    let found = junit("api", &["rejects a bad csrf token (form)", "csrf can be disabled"]);
    let asked = condition("CSRF protection enabled", &found, &[]);
    let expected =
        r#"passed(r"(?i)csrf|xsrf") && passed(r"^(rejects a bad csrf token \(form\))$")"#;
    assert_eq!(asked.as_deref(), Some(expected));
    let both = "Cookies are HttpOnly and Secure";
    let one = junit("api", &["sets httpOnly on the session cookie"]);
    assert_eq!(condition(both, &one, &[]), None);
    let two = junit("api", &["the session cookie is httpOnly", "the session cookie is secure"]);
    assert!(condition(both, &two, &[]).is_some());
    let lacks = proposed("CSRF protection enabled", &junit("a", &["csrf"]), &[]).unwrap().lacks;
    assert!(lacks[0].contains("whose name says that it holds"), "{lacks:?}");
}

/// Where they stand tells of what kind tests are, and not what they are called.
#[test]
fn integration_tests_are_those_of_their_folder() {
    let of = |suite: &str| condition("Integration tests pass", &junit(suite, &["test_db"]), &[]);
    assert!(of("tests.integration.test_db").is_some());
    assert!(of("test/integration/db.test.ts").is_some());
    assert_eq!(of("src.integration.settings"), None);
    assert_eq!(of("tests.integrations.slack"), None);
}
