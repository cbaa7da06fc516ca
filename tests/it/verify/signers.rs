//! Whose signature over the manifest counts, as `ssh-keygen` has it.

use std::process::Command;

use super::*;

fn keygen(repo: &Repo, args: &[&str]) {
    let run = Command::new("ssh-keygen").args(args).current_dir(repo.outside()).output();
    assert!(run.expect("ssh-keygen runs").status.success(), "{args:?}");
}

#[test]
fn a_signature_is_checked_against_those_who_may_sign() {
    let repo = published(&[]);
    for key in ["ana", "eve"] {
        keygen(&repo, &["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key]);
    }
    let public = fs::read_to_string(repo.outside().join("ana.pub")).unwrap();
    fs::write(repo.outside().join("signers"), format!("ana@example.org {public}")).unwrap();
    let signed = |key: &str, namespace: &str| {
        let _ = fs::remove_file(folder(&repo).join("manifest.json.sig"));
        keygen(
            &repo,
            &["-q", "-Y", "sign", "-f", key, "-n", namespace, "shop/readiness/manifest.json"],
        );
        let args = ["verify", "readiness", "--allowed-signers", "../signers", "--format", "json"];
        let seen = repo.trueup(args).json();
        (seen["ok"].clone(), seen["layers"][5].to_string())
    };
    let (ok, layer) = signed("ana", "trueup");
    assert!(ok == true && layer.contains("Signed by ana@example.org."), "{layer}");
    let (ok, layer) = signed("eve", "trueup");
    assert!(ok == false && layer.contains("nobody among the allowed signers"), "{layer}");
    let (ok, layer) = signed("ana", "git");
    assert!(ok == false && layer.contains("does not fit"), "{layer}");
    signed("ana", "trueup");
    change(&folder(&repo).join("manifest.json"), "  \"files\"", " \"files\"");
    let run = repo.trueup(["verify", "readiness", "--allowed-signers", "../signers"]).code(1);
    assert!(run.stdout().contains("signature"), "{}", run.stdout());
}

#[test]
fn each_line_of_a_key_is_asked_and_a_pattern_names_nobody() {
    let repo = published(&[]);
    keygen(&repo, &["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", "ana"]);
    let report = "shop/readiness/manifest.json";
    keygen(&repo, &["-q", "-Y", "sign", "-f", "ana", "-n", "trueup", report]);
    let public = fs::read_to_string(repo.outside().join("ana.pub")).unwrap();
    let seen = |lines: &[&str]| {
        let lines: String = lines.iter().map(|line| format!("{line} {public}")).collect();
        fs::write(repo.outside().join("signers"), lines).unwrap();
        let args = ["verify", "readiness", "--allowed-signers", "../signers", "--format", "json"];
        let seen = repo.trueup(args).json();
        (seen["ok"] == true, seen["layers"][5].to_string())
    };
    let (ok, layer) = seen(&["x@example.org namespaces=\"git\"", "ana@example.org"]);
    assert!(ok && layer.contains("Signed by ana@example.org."), "{layer}");
    let (ok, layer) = seen(&["ana@example.org namespaces=\"git\"", "ana@example.org"]);
    assert!(ok && layer.contains("Signed by ana@example.org."), "{layer}");
    let (ok, layer) = seen(&["x@example.org namespaces=\"git\""]);
    assert!(!ok && layer.contains("../signers:1: key is not permitted"), "{layer}");
    let (ok, layer) = seen(&["!bob@example.org,*@example.org"]);
    let said = "Signed by one of *@example.org, but not bob@example.org.";
    assert!(ok && layer.contains(said), "{layer}");
    let (ok, layer) = seen(&["!bob@example.org"]);
    assert!(!ok, "{layer}");
}
