//! Where the workload is, made first where only its generator is named.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A repository with artifacts, and what is true of them.
pub(crate) struct Workload {
    /// The repository; its artifacts lie under `artifacts/`.
    pub(crate) repo: PathBuf,
    /// `truth.json`.
    pub(crate) truth: serde_json::Value,
}

/// The workload that `TRUEUP_WORKLOAD` names.
pub(crate) fn find() -> Option<Workload> {
    let named = PathBuf::from(std::env::var_os("TRUEUP_WORKLOAD")?);
    let folder = if named.is_file() { made(&named) } else { named };
    let truth = std::fs::read(folder.join("truth.json")).expect("a workload has its truth");
    Some(Workload {
        repo: folder.join("repo"),
        truth: serde_json::from_slice(&truth).expect("the truth is JSON"),
    })
}

/// Runs the generator once; a folder that is there already holds the same bytes.
fn made(generator: &Path) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("workload-medium");
    if !folder.join("truth.json").is_file() {
        let mut python = Command::new("python3");
        python.arg(generator).arg(&folder).args(["--preset", "medium"]);
        let ended = python.output().expect("python3 runs the generator");
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    }
    folder
}
