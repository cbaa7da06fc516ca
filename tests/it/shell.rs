//! Completions and manual pages, as a shell and its reader get them.

use crate::support::Repo;

#[test]
fn each_shell_has_completions_that_know_the_commands_and_the_outputs() {
    let repo = Repo::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = repo.trueup(["completions", shell]).code(0).stdout();
        for known in ["check", "explain", "fail-on"] {
            assert!(script.contains(known), "{shell} knows no {known}");
        }
        let offers_values = matches!(shell, "bash" | "zsh" | "fish");
        assert_eq!(script.contains("sarif"), offers_values, "{shell}");
    }
}

#[test]
fn there_is_a_manual_page_a_command() {
    let repo = Repo::new();
    repo.trueup(["man", "man/man1"]).code(0);
    let names = ["trueup", "trueup-check", "trueup-report", "trueup-diff"];
    for name in names {
        let page = repo.read(&format!("man/man1/{name}.1"));
        assert!(page.contains(".TH "), "{page}");
        assert!(page.contains("SYNOPSIS"), "{page}");
    }
    assert!(repo.trueup(["man"]).code(0).stdout().contains("trueup\\-check(1)"));
}
