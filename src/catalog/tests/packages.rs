//! That a dependency and the code that starts it are known in each language, and neither alone.

use super::condition;

/// A package that is held by a dependency and a call: what makes it so, and what only nearly does.
struct Package {
    line: &'static str,
    manifest: (&'static str, &'static str),
    source: (&'static str, &'static str),
    /// What the condition says.
    says: &'static [&'static str],
    /// Manifests without that dependency.
    manifests: &'static [(&'static str, &'static str)],
    /// Sources that do not start it.
    sources: &'static [(&'static str, &'static str)],
}

const ALL: [Package; 9] = [
    Package {
        line: "Sentry configured",
        manifest: ("requirements.txt", "Django==5.0\nSentry_SDK[django]>=2.1  # errors\n"),
        source: ("src/app.py", "import sentry_sdk\n\nsentry_sdk.init(dsn=DSN)\n"),
        says: &[
            "text(\"requirements.txt\").matches(r\"(?im)^sentry[",
            " && text(\"src/app.py\").matches(r\"(?m)^[^/#*\\x22'\\n]*\\bsentry_sdk\\.init\\(\")",
        ],
        manifests: &[
            ("requirements.txt", "# sentry-sdk==2\n"),
            ("requirements.txt", "sentry-sdk-extras==2\nmy-sentry-sdk==1\n"),
            ("requirements-dev.txt", "sentry-sdk==2\n"),
            ("docs/requirements.txt", "sentry-sdk==2\n"),
            ("api/requirements.txt", "sentry-sdk==2\n"),
        ],
        sources: &[
            ("src/app.py", "# sentry_sdk.init(dsn=DSN)\n"),
            ("src/app.py", "\"\"\"Start it:\n\n    sentry_sdk.init(dsn)\n\"\"\"\n"),
            ("src/app.py", "raise Error(\"call sentry_sdk.init() first\")\n"),
            ("src/app.py", "if settings.DEBUG:\n    x = 1\n    sentry_sdk.init(DSN)\n"),
            ("src/app.py", "my_sentry_sdk.init()\nsentry_sdk.initialise()\n"),
            ("tests/conftest.py", "sentry_sdk.init(DSN)\n"),
            ("src/test_app.py", "sentry_sdk.init(DSN)\n"),
            ("src/app.rb", "sentry_sdk.init(DSN)\n"),
        ],
    },
    Package {
        line: "Password hashing with Argon2",
        manifest: (
            "pyproject.toml",
            "[project]\nname = \"a\"\ndependencies = [\"argon2_cffi>=23\", \"fastapi\"]\n",
        ),
        source: ("app/auth.py", "ph = PasswordHasher()\n"),
        says: &[
            "load(\"pyproject.toml\").project.dependencies.exists(d, d.matches(r\"(?i)^argon2[",
        ],
        manifests: &[
            ("pyproject.toml", "[project]\ndependencies = [\"argon2-cffi-bindings\"]\n"),
            ("pyproject.toml", "[project.optional-dependencies]\nx = [\"argon2-cffi\"]\n"),
            ("pyproject.toml", "[dependency-groups]\ndev = [\"argon2-cffi\"]\n"),
            ("pyproject.toml", "[project]\ndependencies = [\"bcrypt\"]\n"),
            (
                "pyproject.toml",
                "[tool.poetry.dependencies]\nargon2-cffi = {version = \"23\", optional = true}\n",
            ),
            ("pyproject.toml", "[tool.poetry.group.dev.dependencies]\nargon2-cffi = \"23\"\n"),
        ],
        sources: &[
            ("app/auth.py", "ph = MyPasswordHasher()\n"),
            ("app/auth.py", "import argon2\n"),
        ],
    },
    Package {
        line: "Structured logging",
        manifest: ("go.mod", "module a\n\ngo 1.22\n\nrequire (\n\tgo.uber.org/zap v1.27.0\n)\n"),
        source: ("cmd/api/main.go", "func main() {\n\tlog, _ := zap.NewProduction()\n}\n"),
        says: &["text(\"go.mod\").matches(", "text(\"cmd/api/main.go\").matches("],
        manifests: &[
            ("go.mod", "module a\nrequire (\n\tgo.uber.org/zap v1.27.0 // indirect\n)\n"),
            ("go.mod", "module a\nrequire (\n\t// go.uber.org/zap v1.27.0\n)\n"),
            ("go.mod", "module a\nrequire (\n\tgo.uber.org/zapx v1.27.0\n)\n"),
            ("go.mod", "module a\nexclude (\n\tgo.uber.org/zap v1.27.0\n)\n"),
        ],
        sources: &[
            ("main.go", "/*\nzap.NewProduction()\n*/\n"),
            ("main.go", "// zap.NewProduction()\n"),
            ("main_test.go", "log, _ := zap.NewProduction()\n"),
            ("main.go", "if os.Getenv(X) == Y || env == dev {\n\tzap.NewProduction()\n}\n"),
            ("main.go", "//go:build dev\n\nvar log, _ = zap.NewProduction()\n"),
            ("vendor/x/main.go", "var log, _ = zap.NewProduction()\n"),
        ],
    },
    Package {
        line: "Error tracking enabled",
        manifest: (
            "crates/api/Cargo.toml",
            "[package]\nname = \"api\"\n[dependencies]\nsentry = { workspace = true }\n",
        ),
        source: ("crates/api/src/main.rs", "fn main() {\n    let _guard = sentry::init(dsn);\n}\n"),
        says: &["\"sentry\" in load(\"crates/api/Cargo.toml\").dependencies && "],
        manifests: &[
            ("crates/api/Cargo.toml", "[dev-dependencies]\nsentry = \"0.34\"\n"),
            ("crates/api/Cargo.toml", "[build-dependencies]\nsentry = \"0.34\"\n"),
            ("crates/api/Cargo.toml", "[workspace.dependencies]\nsentry = \"0.34\"\n"),
            (
                "crates/api/Cargo.toml",
                "[dependencies]\nsentry = { version = \"0.34\", optional = true }\n",
            ),
            ("crates/api/Cargo.toml", "[dependencies]\nsentry-core = \"0.34\"\n"),
            ("crates/web/Cargo.toml", "[dependencies]\nsentry = \"0.34\"\n"),
        ],
        sources: &[
            ("crates/api/tests/a.rs", "sentry::init(dsn);\n"),
            (
                "crates/api/src/a.rs",
                "#[cfg(test)]\nmod tests {\n    use super::*;\n    fn a() { sentry::init(d); }\n}\n",
            ),
            ("crates/api/src/a.rs", "/// sentry::init(dsn);\n"),
            ("crates/api/src/a.rs", "#[cfg(feature = \"x\")]\nfn a() {\n    sentry::init(d);\n}\n"),
        ],
    },
    Package {
        line: "Rate limiting enabled",
        manifest: ("Gemfile", "gem \"rails\", \"~> 7.1\"\ngem \"rack-attack\"\n"),
        source: (
            "config/initializers/rack_attack.rb",
            "class Rack::Attack\n  throttle('req/ip', limit: 300, period: 300) { |r| r.ip }\nend\n",
        ),
        says: &["text(\"Gemfile\").matches(", "rack_attack.rb\").matches("],
        manifests: &[
            ("Gemfile", "# gem \"rack-attack\"\n"),
            ("Gemfile", "gem \"rack-attack-extras\"\n"),
            ("Gemfile", "gem \"rack-attack\", group: :development\n"),
            ("Gemfile", "group :development, :test do\n  gem \"rack-attack\"\nend\n"),
            ("Gemfile", "group :test do\ngem \"rack-attack\"\nend\n"),
        ],
        sources: &[
            ("config/initializers/a.rb", "=begin\nRack::Attack.throttle('a')\n=end\n"),
            ("config/initializers/a.rb", "Rack::Attack.throttle(a) if Rails.env.development?\n"),
            ("config/initializers/a.rb", "unless Rails.env.production?\n  throttle('a')\nend\n"),
            ("config/environments/development.rb", "Rack::Attack.throttle(a)\n"),
            ("spec/a_spec.rb", "Rack::Attack.throttle(a)\n"),
        ],
    },
    Package {
        line: "Passwords hashed",
        manifest: ("composer.json", "{\"require\": {\"php\": \"^8.2\"}}"),
        source: ("src/User.php", "<?php\n$hash = password_hash($password, PASSWORD_ARGON2ID);\n"),
        says: &["\"php\" in load(\"composer.json\").require && "],
        manifests: &[
            ("composer.json", "{\"require-dev\": {\"php\": \"^8.2\"}}"),
            ("composer.json", "{\"require\": {\"php-di/php-di\": \"^7\"}}"),
        ],
        sources: &[
            ("src/User.php", "<?php\n# password_hash($password)\n"),
            ("src/User.php", "<?php\n/**\n password_hash($a)\n */\n"),
            ("src/User.php", "<?php\nfunction password_hash($a) {}\n"),
            ("tests/UserTest.php", "<?php\npassword_hash($a);\n"),
        ],
    },
    Package {
        line: "OpenTelemetry tracing",
        manifest: (
            "pom.xml",
            "<project><dependencies>\n<dependency>\n<groupId>io.opentelemetry</groupId>\n\
             <artifactId>opentelemetry-sdk</artifactId>\n<version>1.40.0</version>\n</dependency>\n\
             </dependencies></project>\n",
        ),
        source: (
            "src/main/java/a/App.java",
            "class App {\n  void go() {\n    sdk.buildAndRegisterGlobal();\n  }\n}\n",
        ),
        says: &["text(\"pom.xml\").matches(", "App.java\").matches("],
        manifests: &[
            (
                "pom.xml",
                "<dependencies><dependency><groupId>io.opentelemetry</groupId>\
                 <artifactId>opentelemetry-sdk</artifactId><scope>test</scope></dependency>\
                 </dependencies>",
            ),
            (
                "pom.xml",
                "<dependencies><!-- <dependency><groupId>io.opentelemetry</groupId>\
                 <artifactId>opentelemetry-sdk</artifactId></dependency> --></dependencies>",
            ),
            (
                "pom.xml",
                "<dependencies><dependency><groupId>io.opentelemetry</groupId>\
                 <artifactId>opentelemetry-sdk-trace</artifactId></dependency></dependencies>",
            ),
            (
                "build.gradle",
                "dependencies {\n  testImplementation 'io.opentelemetry:opentelemetry-sdk:1.4'\n}\n",
            ),
            (
                "build.gradle.kts",
                "dependencies {\n  // implementation(\"io.opentelemetry:opentelemetry-sdk:1\")\n}\n",
            ),
        ],
        sources: &[
            ("src/test/java/a/AppTest.java", "sdk.buildAndRegisterGlobal();\n"),
            ("src/main/java/a/App.java", "/**\n sdk.buildAndRegisterGlobal();\n */\n"),
            (
                "src/main/java/a/App.java",
                "@Profile(\"dev\")\nclass App { { sdk.buildAndRegisterGlobal(); } }\n",
            ),
        ],
    },
    Package {
        line: "Sentry enabled",
        manifest: (
            "app/build.gradle.kts",
            "dependencies {\n    implementation(\"io.sentry:sentry:7.9.0\")\n}\n",
        ),
        source: ("app/src/main/kotlin/App.kt", "fun main() {\n    Sentry.init { it.dsn = dsn }\n"),
        says: &[],
        manifests: &[],
        sources: &[],
    },
    Package {
        line: "Health check endpoint",
        manifest: ("Api/Api.csproj", "<Project Sdk=\"Microsoft.NET.Sdk.Web\">\n</Project>\n"),
        source: ("Api/Program.cs", "app.MapHealthChecks(\"/healthz\");\n"),
        says: &["text(\"Api/Api.csproj\").matches(", "text(\"Api/Program.cs\").matches("],
        manifests: &[
            ("Api/Api.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\">\n</Project>\n"),
            ("Web/Web.csproj", "<Project Sdk=\"Microsoft.NET.Sdk.Web\">\n</Project>\n"),
        ],
        sources: &[
            ("Api/Program.cs", "// app.MapHealthChecks(\"/healthz\");\n"),
            ("Api/Program.cs", "#if DEBUG\napp.MapHealthChecks(a);\n#endif\n"),
            ("Api/Program.cs", "if (env.IsDevelopment())\n{\n    app.MapHealthChecks(a);\n}\n"),
            ("Api.Tests/Program.cs", "app.MapHealthChecks(a);\n"),
        ],
    },
];

#[test]
fn a_dependency_and_the_code_that_starts_it_are_asked_for_together() {
    for of in &ALL {
        let asked = condition(of.line, &[], &[of.manifest, of.source]);
        let asked = asked.unwrap_or_else(|| panic!("{}: {}", of.line, of.manifest.0));
        for part in of.says {
            assert!(asked.contains(part), "{}: {part} in {asked}", of.line);
        }
    }
}

#[test]
fn a_dependency_that_is_not_the_product_s_own_proves_nothing() {
    for of in &ALL {
        assert_eq!(condition(of.line, &[], &[of.source]), None, "{}", of.line);
        for manifest in of.manifests {
            let files = [*manifest, of.source];
            assert_eq!(condition(of.line, &[], &files), None, "{}: {manifest:?}", of.line);
        }
    }
}

#[test]
fn a_dependency_that_is_not_started_proves_nothing() {
    for of in &ALL {
        assert_eq!(condition(of.line, &[], &[of.manifest]), None, "{}", of.line);
        for source in of.sources {
            let files = [of.manifest, *source];
            assert_eq!(condition(of.line, &[], &files), None, "{}: {source:?}", of.line);
        }
    }
}

/// Manifests that one language has besides: each with the dependency, and nearly with it.
#[test]
fn each_manifest_of_a_language_is_read() {
    let python = ("a.py", "sentry_sdk.init(DSN)\n");
    let ruby = ("a.rb", "Sentry.init do |config|\nend\n");
    let php = ("a.php", "<?php\n\\Sentry\\init(['dsn' => $dsn]);\n");
    for (path, text, source, offered) in [
        ("Pipfile", "[packages]\ndjango = \"*\"\nsentry-sdk = \"*\"\n", python, true),
        (
            "Pipfile",
            "[packages]\na = {extras = [\"b\"]}\nSentry_SDK = {version = \"*\"}\n",
            python,
            true,
        ),
        (
            "Pipfile",
            "[packages]\ndjango = \"*\"\n\n[dev-packages]\nsentry-sdk = \"*\"\n",
            python,
            false,
        ),
        ("Pipfile", "[packages]\n# sentry-sdk = \"*\"\n", python, false),
        (
            "setup.cfg",
            "[options]\ninstall_requires =\n    django\n    sentry-sdk>=2\n",
            python,
            true,
        ),
        ("setup.cfg", "[options]\ninstall_requires =\n    # sentry-sdk>=2\n", python, false),
        (
            "setup.cfg",
            "[options]\ninstall_requires =\n    a\n[options.extras_require]\nx =\n    sentry-sdk\n",
            python,
            false,
        ),
        ("requirements/base.txt", "sentry-sdk==2\n", python, true),
        ("requirements/dev.txt", "sentry-sdk==2\n", python, false),
        ("Gemfile", "gem 'sentry-rails', '~> 5', require: 'sentry-rails'\n", ruby, true),
        ("Gemfile", "gem('sentry-ruby')\n", ruby, true),
        ("Gemfile", "gem 'sentry-sidekiq'\n", ruby, false),
        ("composer.json", "{\"require\": {\"sentry/sentry\": \"^4\"}}", php, true),
        ("composer.json", "{\"require-dev\": {\"sentry/sentry\": \"^4\"}}", php, false),
    ] {
        let asked = condition("Sentry configured", &[], &[(path, text), source]);
        assert_eq!(asked.is_some(), offered, "{path}: {text}");
    }
}

/// An origin that anybody is of is no limit.
#[test]
fn cors_that_is_open_to_all_is_not_set_up() {
    let fastapi = ("requirements.txt", "fastapi==0.115\n");
    let django = ("requirements.txt", "django-cors-headers==4\n");
    let node = ("package.json", "{\"dependencies\": {\"cors\": \"2\"}}");
    for (manifest, path, code, offered) in [
        (
            fastapi,
            "a.py",
            "app.add_middleware(\n    CORSMiddleware,\n    allow_origins=ORIGINS,\n)\n",
            true,
        ),
        (
            fastapi,
            "a.py",
            "app.add_middleware(\n    CORSMiddleware,\n    allow_origins=[\"*\"],\n)\n",
            false,
        ),
        (django, "s.py", "M = [\n    \"corsheaders.middleware.CorsMiddleware\",\n]\n", true),
        (django, "s.py", "M = [\n    # \"corsheaders.middleware.CorsMiddleware\",\n]\n", false),
        (
            django,
            "s.py",
            "M = [\n    \"corsheaders.middleware.CorsMiddleware\",\n]\nCORS_ALLOW_ALL_ORIGINS = True\n",
            false,
        ),
        (node, "a.js", "app.use(cors({ origin: ORIGINS }))\n", true),
        (node, "a.js", "app.use(cors({ origin: '*' }))\n", false),
        (node, "a.js", "app.use(cors())\n", false),
    ] {
        let asked = condition("CORS configured", &[], &[manifest, (path, code)]);
        assert_eq!(asked.is_some(), offered, "{code}");
    }
}
