//! Signed commits: a sign-off that must be signed counts by the key of its author and no other.

use serde_json::Value;

use crate::support::{Key, Repo, at};

const LIST: &str = "# Go\n\n## Security\n\n- [x] Keys rotated\n";
const MESSAGE: &str = "keys: rotated\n\nSigned-off-for: security/keys-rotated";

/// A checklist whose item asks for Noor's signed word; `signers` is what her team keeps of keys.
fn asking(repo: Repo, signers: &str) -> Repo {
    let config = "[signatures]\nallowed-signers = \"keys/allowed\"\n\n\
                  [[require]]\nitem = \"security/keys-rotated\"\n\
                  sign-off = { by = \"noor@example.org\", signed = true }\n";
    repo.file("GO.md", LIST)
        .file("trueup.toml", config)
        .file("keys/allowed", signers)
        .commit("a checklist", at("2026-01-05"))
        .author("Noor", "noor@example.org")
}

const ARGS: [&str; 6] =
    ["check", "--exit-zero", "--format", "json", "--as-of", "2026-01-10T12:00:00Z"];

fn judged(repo: &Repo) -> Value {
    repo.trueup(ARGS).code(0).json()
}

/// The item's status, the reason, and the word of the sign-off's signature.
#[track_caller]
fn says(repo: &Repo, status: &str, reason: &str, signature: Option<&str>) {
    let snapshot = judged(repo);
    let item = &snapshot["checklists"][0]["items"][0];
    let said = item["reason"].as_str().unwrap();
    assert_eq!(item["status"], status, "{said}");
    assert!(said.contains(reason), "{said}");
    assert_eq!(item["history"]["attestations"][0]["signature"].as_str(), signature, "{item:#}");
}

#[test]
fn the_author_s_own_key_counts() {
    let repo = Repo::new();
    let noor = Key::new(repo.outside(), "noor");
    let repo = asking(repo, &noor.of("ana@example.org,noor@example.org", "namespaces=\"git\""))
        .commit_signed(MESSAGE, at("2026-01-06"), &noor, "noor@example.org");
    says(&repo, "verified", "Signed off by Noor on 2026-01-06", Some("good"));
    let args = ["explain", "security/keys-rotated", "--as-of", "2026-01-10T12:00:00Z"];
    let told = repo.trueup(args).code(0).stdout();
    assert!(told.contains("signed, good signature"), "{told}");
    let log = repo.trueup(["log", "--format", "json"]).code(0).json();
    assert_eq!(log["checklists"][0]["events"][0]["signed"], false);
    // Another commit on top does not take the signature away, and a past revision has it too.
    let repo = repo.file("README.md", "# Shop\n").commit("more", at("2026-01-07"));
    says(&repo, "verified", "Signed off by Noor", Some("good"));
    let at = [&ARGS[..], &["--at", "HEAD~1"]].concat();
    assert_eq!(repo.trueup(at).code(0).json()["checklists"][0]["items"][0]["status"], "verified");
}

#[test]
fn without_a_signature_a_name_is_none() {
    let repo = Repo::new();
    let noor = Key::new(repo.outside(), "noor");
    let repo = asking(repo, &noor.of("noor@example.org", "")).commit(MESSAGE, at("2026-01-06"));
    says(&repo, "unproven", "Noor did not sign the commit", None);
}

#[test]
fn a_key_that_nobody_has_and_one_of_somebody_else_do_not_count() {
    let repo = Repo::new();
    let [noor, eve] = ["noor", "eve"].map(|name| Key::new(repo.outside(), name));
    let unknown = asking(repo, &noor.of("noor@example.org", "")).commit_signed(
        MESSAGE,
        at("2026-01-06"),
        &eve,
        "noor@example.org",
    );
    says(&unknown, "unproven", "has no allowed signer's key", Some("untrusted"));
    // Eve may sign, and rebased Noor's commit: her key says nothing of Noor.
    let both = noor.of("noor@example.org", "") + &eve.of("eve@example.org", "");
    let other = unknown.file("keys/allowed", both);
    says(&other, "unproven", "somebody else signed the commit", Some("other"));
}

#[test]
fn a_key_counts_while_it_is_valid_and_not_revoked() {
    let repo = Repo::new();
    let noor = Key::new(repo.outside(), "noor");
    let until = |day: &str| noor.of("noor@example.org", &format!("valid-before=\"{day}\""));
    let repo = asking(repo, &until("20260106"));
    let repo = repo.commit_signed(MESSAGE, at("2026-01-06T00:00:01Z"), &noor, "noor@example.org");
    says(&repo, "unproven", "has no allowed signer's key", Some("untrusted"));
    let repo = repo.file("keys/allowed", until("20260107"));
    says(&repo, "verified", "Signed off by Noor", Some("good"));
    let after = noor.of("noor@example.org", "valid-after=\"20260107\"");
    let repo = repo.file("keys/allowed", after);
    says(&repo, "unproven", "has no allowed signer's key", Some("untrusted"));
    let config = repo.read("trueup.toml");
    let revoked = config.replace("keys/allowed\"", "keys/allowed\"\nrevoked-keys = \"keys/gone\"");
    let repo = repo
        .file("keys/allowed", until("20260107"))
        .file("trueup.toml", revoked)
        .file("keys/gone", noor.line());
    says(&repo, "unproven", "has no allowed signer's key", Some("untrusted"));
}

#[test]
fn a_signature_that_does_not_fit_counts_nowhere() {
    let repo = Repo::new();
    let noor = Key::new(repo.outside(), "noor");
    let repo = asking(repo, &noor.of("noor@example.org", ""))
        .commit_signed("a word\n\nSigned-off-for: other", at("2026-01-06"), &noor, "n@example.org")
        .tampered("Signed-off-for: other", "Signed-off-for: security/keys-rotated");
    says(&repo, "unproven", "that does not fit it", Some("bad"));
    // Nor where no signature is asked for.
    let config = repo.read("trueup.toml").replace(", signed = true", "");
    let repo = repo.file("trueup.toml", config);
    says(&repo, "unproven", "that does not fit it", Some("bad"));
}

#[test]
fn a_signature_for_another_purpose_is_none() {
    let repo = Repo::new();
    let noor = Key::new(repo.outside(), "noor");
    let repo = asking(repo, &noor.of("noor@example.org", "namespaces=\"file\"")).commit_signed(
        MESSAGE,
        at("2026-01-06"),
        &noor,
        "noor@example.org",
    );
    says(&repo, "unproven", "has no allowed signer's key", Some("untrusted"));
}

#[test]
fn what_is_no_ssh_signature_is_not_checked() {
    let repo = Repo::new();
    let noor = Key::new(repo.outside(), "noor");
    let pgp =
        "gpgsig -----BEGIN PGP SIGNATURE-----\n \n wsBz\n -----END PGP SIGNATURE-----\n\nkeys";
    let repo = asking(repo, &noor.of("noor@example.org", ""))
        .commit(MESSAGE, at("2026-01-06"))
        .tampered("\nkeys", pgp);
    says(&repo, "unproven", "which cannot be checked here", Some("unchecked"));
}

#[test]
fn git_s_own_allowed_signers_serve_where_the_configuration_names_none() {
    let repo = Repo::new();
    let noor = Key::new(repo.outside(), "noor");
    let config = "[[require]]\nitem = \"security/keys-rotated\"\n\
                  sign-off = { by = \"noor@example.org\", signed = true }\n";
    let repo = asking(repo, "").file("trueup.toml", config).commit_signed(
        MESSAGE,
        at("2026-01-06"),
        &noor,
        "noor@example.org",
    );
    says(&repo, "unproven", "which cannot be checked here", Some("unchecked"));
    let problems = judged(&repo)["problems"].to_string();
    assert!(problems.contains("signatures-unchecked"), "{problems}");
    let signers = repo.outside().join("allowed");
    std::fs::write(&signers, noor.of("noor@example.org", "")).unwrap();
    let repo = repo.with(|git| {
        let name = "gpg.ssh.allowedSignersFile";
        git.config().unwrap().set_str(name, signers.to_str().unwrap()).unwrap();
    });
    says(&repo, "verified", "Signed off by Noor", Some("good"));
    assert_eq!(judged(&repo)["problems"], serde_json::json!([]));
}

#[test]
fn a_file_of_keys_that_is_not_there_is_an_error() {
    let repo = asking(Repo::new(), "").remove("keys/allowed");
    let said = repo.trueup(["check"]).code(2).stderr();
    assert!(said.contains("trueup.toml:2: there is no file keys/allowed"), "{said}");
}

#[test]
fn conditions_read_what_signatures_are_worth() {
    let repo = Repo::new();
    let noor = Key::new(repo.outside(), "noor");
    let condition = "git.trailers[\"Signed-off-for\"].exists(t, t.signature == \"good\")";
    let config = format!(
        "[signatures]\nallowed-signers = \"keys/allowed\"\n\n\
         [[require]]\nitem = \"security/keys-rotated\"\ncondition = '{condition}'\n"
    );
    let repo = asking(repo, &noor.of("noor@example.org", ""))
        .file("trueup.toml", config)
        .commit_signed(MESSAGE, at("2026-01-06"), &noor, "noor@example.org");
    assert_eq!(judged(&repo)["checklists"][0]["items"][0]["status"], "verified");
    let repo = repo.tampered("keys: rotated", "keys: stolen");
    assert_ne!(judged(&repo)["checklists"][0]["items"][0]["status"], "verified");
}

#[test]
fn a_published_report_carries_what_the_signatures_came_to() {
    let repo = Repo::new();
    let noor = Key::new(repo.outside(), "noor");
    let repo = asking(repo, &noor.of("noor@example.org", "")).commit_signed(
        MESSAGE,
        at("2026-01-06"),
        &noor,
        "noor@example.org",
    );
    repo.trueup(["report", "--out", "out", "--as-of", "2026-01-10T12:00:00Z"]).code(0);
    let verified = repo.trueup(["verify", "out", "--format", "json"]).code(0).json();
    assert_eq!(verified["ok"], true, "{verified:#}");
    let manifest = repo.read("out/manifest.json");
    assert!(manifest.contains("\"signers\""), "{manifest}");
    // A witness that lies about the signature changes the verdict that is derived.
    let witness = repo.read("out/witness.json").replace("\"good\"", "\"untrusted\"");
    let repo = repo.file("out/witness.json", witness);
    let lied = repo.trueup(["verify", "out"]).code(1).stdout();
    assert!(lied.contains("keys-rotated is verified"), "{lied}");
}

#[test]
fn the_log_of_an_item_tells_what_each_signature_is_worth() {
    let repo = Repo::new();
    let noor = Key::new(repo.outside(), "noor");
    let repo = asking(repo, &noor.of("noor@example.org", ""))
        .file("GO.md", LIST.replace("[x]", "[ ]"))
        .commit_signed("unticked", at("2026-01-06"), &noor, "noor@example.org");
    let log = repo.trueup(["log", "security/*", "--format", "json"]).code(0).json();
    let events = log["checklists"][0]["events"].clone();
    assert_eq!((&events[0]["signed"], &events[0]["signature"]), (&false.into(), &Value::Null));
    assert_eq!(events[1]["signature"], "good");
    let told = repo.trueup(["log", "security/*"]).code(0).stdout();
    assert!(told.contains("Noor, signed, good signature"), "{told}");
    // Of all items no signature is checked: each check starts a program.
    let all = repo.trueup(["log", "--format", "json"]).code(0).json();
    assert_eq!(all["checklists"][0]["events"][1]["signature"], "unchecked");
}
