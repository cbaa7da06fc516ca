//! `trueup serve` as a browser meets it: pages, news of changes, and what is refused.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command};
use std::time::Duration;

use crate::support::{Repo, at};

const CONFIG: &str = "\
[[require]]
item = \"go/tests-pass\"
artifacts = [\"out/junit.xml\"]
condition = \"tests.failed == 0\"
paths = []
";

const GREEN: &str = "<testsuite name=\"s\"><testcase name=\"a\"/></testsuite>";
const RED: &str = "<testsuite name=\"s\"><testcase name=\"a\"><failure/></testcase></testsuite>";

fn team() -> Repo {
    Repo::new()
        .file("LIST.md", "# Go\n\n- [x] Tests pass\n- [ ] Notes written\n")
        .file("trueup.toml", CONFIG)
        .file(".gitignore", "out\n")
        .file("out/junit.xml", GREEN)
        .commit("a checklist", at("2026-01-05"))
}

/// A preview that runs until this is dropped.
struct Served {
    child: Child,
    port: u16,
}

impl Served {
    fn of(repo: &Repo) -> Served {
        let mut child = repo.started(["serve", "--port", "0", "--quiet"]);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.next().unwrap().unwrap();
        let address = line.strip_prefix("Serving http://127.0.0.1:").unwrap();
        let port = address.split('/').next().unwrap().parse().unwrap();
        Served { child, port }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream
    }

    /// The status and the whole answer to a request with these lines, and the usual `Host`
    /// where they have none.
    fn ask(&self, line: &str, headers: &[&str]) -> (u16, String) {
        let mut stream = self.connect();
        let mut request = format!("{line} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|header| header.starts_with("Host:")) {
            request += &format!("Host: 127.0.0.1:{}\r\n", self.port);
        }
        for header in headers {
            request += &format!("{header}\r\n");
        }
        stream.write_all(format!("{request}\r\n").as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        (status, answer)
    }

    fn page(&self, path: &str) -> String {
        let (status, answer) = self.ask(&format!("GET {path}"), &[]);
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }

    /// Waits, as the script in each page does, for another edition than the current, which `change`
    /// brings about.
    fn after(&self, change: impl FnOnce()) {
        let (_, page) = self.ask("GET /", &[]);
        let edition = page.split("data-edition=\"").nth(1).unwrap().split('"').next().unwrap();
        let mut stream = self.connect();
        let host = format!("Host: localhost:{}", self.port);
        let request = format!("GET /.trueup/events?seen={edition} HTTP/1.1\r\n{host}\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut lines = BufReader::new(stream).lines().map(Result::unwrap);
        assert_eq!(lines.next().unwrap(), "HTTP/1.1 200 OK");
        assert!(lines.any(|line| line == "retry: 300"), "it listens before anything changes");
        change();
        assert!(lines.any(|line| line == "event: edition"));
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_change_of_checklist_artifact_or_commit_is_told_and_shown() {
    let repo = team();
    let served = Served::of(&repo);
    let list = repo.dir().join("LIST.md");
    assert!(served.page("/").contains("<html"));
    assert!(served.page("/snapshot.json").contains("\"verified\": 1"));
    served.after(|| fs::write(&list, "# Go\n\n- [ ] Tests pass\n- [ ] A new one\n").unwrap());
    let snapshot = served.page("/snapshot.json");
    assert!(snapshot.contains("\"ready\": 1") && snapshot.contains("A new one"), "{snapshot}");
    // A folder that git ignores, and one that was not there when the preview began.
    served.after(|| fs::write(repo.dir().join("out/junit.xml"), RED).unwrap());
    assert!(served.page("/snapshot.json").contains("\"failing\": 1"));
    served.after(|| fs::create_dir(repo.dir().join("more")).unwrap());
    served.after(|| fs::write(repo.dir().join("more/B.md"), "- [ ] From elsewhere\n").unwrap());
    assert!(served.page("/snapshot.json").contains("From elsewhere"));
    let repo = repo.commit("all of it", at("2026-01-06"));
    let head = repo.id("HEAD");
    while !served.page("/snapshot.json").contains(&head) {
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_fault_is_shown_with_the_last_report_a_click_away() {
    let repo = team();
    let served = Served::of(&repo);
    let config = repo.dir().join("trueup.toml");
    served.after(|| fs::write(&config, CONFIG.replace("condition", "conditon")).unwrap());
    let (status, page) = served.ask("GET /print.html", &[]);
    assert_eq!(status, 503);
    assert!(page.contains("unknown key `conditon`") && page.contains("trueup.toml:4"), "{page}");
    assert!(page.contains("href=\"/.trueup/last/index.html\""), "{page}");
    assert!(page.contains("src=\"/.trueup/live.js\""), "it reloads by itself");
    assert!(served.page("/.trueup/last/index.html").contains("<title>Readiness"));
    served.page("/.trueup/last/assets/site.css");
    served.page("/assets/site.css");
    let (status, _) = served.ask("GET /snapshot.json", &[]);
    assert_eq!(status, 503, "nothing passes for the current state");
    served.after(|| fs::write(&config, CONFIG).unwrap());
    served.page("/print.html");
    let (status, missing) = served.ask("GET /checklists/gone.html", &[]);
    assert_eq!(status, 404);
    assert!(missing.contains("src=\"/.trueup/live.js\""), "it may be there again soon: {missing}");
}

#[test]
fn a_project_that_cannot_be_judged_yet_is_served_until_it_can() {
    let repo = team().file("trueup.toml", "[[require\n");
    let served = Served::of(&repo);
    let (status, page) = served.ask("GET /", &[]);
    assert_eq!(status, 503);
    assert!(!page.contains("/.trueup/last/"), "there is no last report");
    let (status, _) = served.ask("GET /.trueup/last/index.html", &[]);
    assert_eq!(status, 404);
    served.page("/assets/site.css");
    served.after(|| fs::write(repo.dir().join("trueup.toml"), CONFIG).unwrap());
    served.page("/");
}

#[test]
fn other_hosts_sites_methods_and_paths_get_nothing() {
    let repo = team().file("secret.txt", "do not show");
    let served = Served::of(&repo);
    let port = served.port;
    let local = format!("Host: localhost:{port}");
    assert_eq!(served.ask("GET /", &[&local]).0, 200);
    let refused: [(&str, &[&str], u16); 10] = [
        ("GET /", &["Host: evil.example"], 421),
        ("GET /", &["Host: 127.0.0.1:1"], 421),
        ("GET /", &[&local, "Host: evil.example"], 400),
        ("GET /", &["Origin: http://evil.example"], 403),
        ("GET /", &["Origin: null"], 403),
        ("GET /.trueup/events", &["Sec-Fetch-Site: cross-site"], 403),
        ("GET /assets/site.js", &["Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: no-cors"], 403),
        ("POST /", &["Content-Length: 0"], 405),
        ("DELETE /index.html", &[], 405),
        ("GET http://evil.example/", &[], 404),
    ];
    for (line, headers, expected) in refused {
        let (status, answer) = served.ask(line, headers);
        assert_eq!(status, expected, "{line} {headers:?}: {answer}");
        assert!(!answer.contains("Tests pass"), "{line} {headers:?}");
    }
    let paths = [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "//etc/passwd",
        "/./index.html",
        "/assets/../../secret.txt",
        "/secret.txt",
        "/.trueup/last/../../secret.txt",
        "/.trueup/../trueup.toml",
        "/index.html%00",
        "/trueup.toml",
    ];
    for path in paths {
        let (status, answer) = served.ask(&format!("GET {path}"), &[]);
        assert_eq!(status, 404, "{path}: {answer}");
        assert!(!answer.contains("do not show") && !answer.contains("require"), "{path}");
    }
}

/// What a page carries more than the published one: the leave to ask for news, and the script.
#[test]
fn a_page_is_the_published_one_but_for_the_script_and_nothing_is_written() {
    let repo = team();
    let when = "2026-01-05T12:00:00Z";
    repo.trueup(["report", "--as-of", when, "--no-vault", "--out", "../site"]).code(0);
    let mut child = repo.started(["serve", "--port", "0", "--as-of", when]);
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let address =
        lines.find_map(|line| line.strip_prefix("Serving http://127.0.0.1:").map(String::from));
    let port = address.unwrap().split('/').next().unwrap().parse().unwrap();
    let served = Served { child, port };
    let published =
        |name: &str| fs::read_to_string(repo.outside().join("site").join(name)).unwrap();
    for name in ["index.html", "print.html", "integrity.html"] {
        let page = served.page(&format!("/{name}"));
        let body = page.split_once("\r\n\r\n").unwrap().1;
        let script = body.lines().find(|line| line.contains("/.trueup/live.js")).unwrap();
        let without = body.replace(&format!("{script}\n"), "").replace(" connect-src 'self';", "");
        assert_eq!(without, published(name), "{name}");
    }
    let page = served.page("/snapshot.json");
    assert_eq!(page.split_once("\r\n\r\n").unwrap().1, published("snapshot.json"));
    assert!(!repo.dir().join("readiness").exists());
}

#[test]
fn a_port_that_is_taken_is_said() {
    let repo = team();
    let served = Served::of(&repo);
    let refused = repo.trueup(["serve", "--port", &served.port.to_string()]).code(3);
    assert!(refused.stderr().contains("cannot be listened on"), "{}", refused.stderr());
    assert!(refused.stderr().contains("--port 0"), "{}", refused.stderr());
    repo.trueup(["serve", "--at", "HEAD", "--port", "0"]).code(2);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_cleanly() {
    let repo = team();
    for signal in ["-INT", "-TERM"] {
        let mut served = Served::of(&repo);
        let id = served.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        assert_eq!(served.child.wait().unwrap().code(), Some(0), "{signal}");
    }
}
