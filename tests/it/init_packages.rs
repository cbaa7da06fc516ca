//! `trueup init` over the manifests of several languages: what it writes holds, until what it was made of is gone.

use crate::support::{Repo, at};

/// A language's line, its manifest and source, and that source with the call taken out.
const EACH: [[&str; 6]; 8] = [
    [
        "Sentry configured",
        "errors/pyproject.toml",
        "[tool.poetry.dependencies]\npython = \"^3.12\"\nSentry-SDK = \"^2\"\n",
        "errors/app.py",
        "import sentry_sdk\r\nsentry_sdk.init(DSN)\r\n",
        "import sentry_sdk\r\n# sentry_sdk.init(DSN)\r\n",
    ],
    [
        "Password hashing with Argon2",
        "auth/requirements.txt",
        "argon2-cffi==23.1.0 ; python_version > \"3.8\"\n",
        "auth/hash.py",
        "PH = PasswordHasher()\n",
        "PH = None\n",
    ],
    [
        "CORS configured",
        "api/go.mod",
        "module a\n\nrequire github.com/rs/cors v1.11.0\n",
        "api/main.go",
        "c := cors.New(cors.Options{\n\tAllowedOrigins: []string{\"https://a.example\"},\n})\n",
        "c := cors.New(cors.Options{\n\tAllowedOrigins: []string{\"*\"},\n})\n",
    ],
    [
        "Structured logging",
        "svc/Cargo.toml",
        "[dependencies]\ntracing-subscriber = { version = \"0.3\", features = [\"json\"] }\n",
        "svc/src/main.rs",
        "fn main() {\n    tracing_subscriber::fmt()\n        .json()\n        .init();\n}\n",
        "fn main() {\n    tracing_subscriber::fmt()\n        .init();\n}\n",
    ],
    [
        "Security headers set",
        "web/Gemfile",
        "source \"https://rubygems.org\"\n\ngem 'secure_headers', '~> 7.0'\n",
        "web/config/initializers/headers.rb",
        "SecureHeaders::Configuration.default do |config|\nend\n",
        "# SecureHeaders::Configuration.default do |config|\n",
    ],
    [
        "Rate limiting enabled",
        "shop/composer.json",
        "{\"require\": {\"laravel/framework\": \"^11.0\"}}",
        "shop/app/Providers/AppServiceProvider.php",
        "<?php\nRateLimiter::for('api', fn () => Limit::perMinute(60));\n",
        "<?php\n// RateLimiter::for('api', fn () => Limit::perMinute(60));\n",
    ],
    [
        "OpenTelemetry tracing",
        "pay/build.gradle",
        "dependencies {\n    implementation 'io.opentelemetry:opentelemetry-sdk:1.40.0'\n}\n",
        "pay/src/main/java/App.java",
        "class App {\n    Object a = b.buildAndRegisterGlobal();\n}\n",
        "class App {\n    Object a = \"b.buildAndRegisterGlobal()\";\n}\n",
    ],
    [
        "Health check endpoint",
        "Api/Api.csproj",
        "<Project Sdk=\"Microsoft.NET.Sdk.Web\">\n</Project>\n",
        "Api/Program.cs",
        "var app = b.Build();\napp.MapHealthChecks(\"/healthz\");\n",
        "var app = b.Build();\n// app.MapHealthChecks(\"/healthz\");\n",
    ],
];

fn statuses(repo: &Repo) -> Vec<(String, String)> {
    let snapshot = repo.trueup(["check", "--format", "json"]).json();
    let items = snapshot["checklists"][0]["items"].as_array().unwrap().iter();
    let text = |item: &serde_json::Value, key: &str| item[key].as_str().unwrap().to_owned();
    items.map(|item| (text(item, "text"), text(item, "status"))).collect()
}

#[test]
fn what_is_proposed_of_each_language_holds_while_the_code_starts_it() {
    let lines: String = EACH.iter().map(|[line, ..]| format!("- [ ] {line}\n")).collect();
    let mut repo = Repo::new().file("GO.md", format!("# Go\n\n{lines}"));
    for [_, manifest, text, source, code, _] in EACH {
        repo = repo.file(manifest, text).file(source, code);
    }
    let mut repo = repo.commit("services", at("2026-01-05"));
    let _ = repo.trueup(["init"]).code(0);
    for (line, status) in statuses(&repo) {
        assert_eq!(status, "ready", "{line}: {}", repo.read("trueup.toml"));
    }
    for [_, _, _, source, _, without] in EACH {
        repo = repo.file(source, without);
    }
    let repo = repo.commit("nothing is started", at("2026-01-06"));
    for (line, status) in statuses(&repo) {
        assert_eq!(status, "failing", "{line}");
    }
}
