//! Keys of people, and commits that they sign: by git and `ssh-keygen` themselves.

use std::path::{Path, PathBuf};
use std::process::Command;

use git2::ObjectType;
use trueup::model::Timestamp;

use super::Repo;

/// A key pair of somebody.
pub(crate) struct Key {
    private: PathBuf,
    public: String,
}

impl Key {
    /// A new key, kept beside the repository.
    pub(crate) fn new(beside: &Path, name: &str) -> Key {
        let private = beside.join(format!("key-{name}"));
        let mut command = Command::new("ssh-keygen");
        command.args(["-q", "-t", "ed25519", "-N", "", "-C", name, "-f"]).arg(&private);
        run(&mut command);
        let public = std::fs::read_to_string(private.with_extension("pub")).unwrap();
        Key { private, public: public.trim().to_owned() }
    }

    /// The line of allowed signers that gives this key to `who`, `options` between.
    pub(crate) fn of(&self, who: &str, options: &str) -> String {
        format!("{who} {options} {}\n", self.public)
    }

    /// The public key alone, as a line.
    pub(crate) fn line(&self) -> String {
        format!("{}\n", self.public)
    }
}

impl Repo {
    /// Commits the whole work tree as `git commit -S` does; `committer` is who signs.
    pub(crate) fn commit_signed(
        self,
        message: &str,
        when: Timestamp,
        key: &Key,
        committer: &str,
    ) -> Repo {
        let (name, email) = self.author_now();
        let git = |args: &[&str]| {
            let mut command = Command::new("git");
            command.current_dir(self.dir()).env_remove("GIT_DIR");
            command.env("HOME", self.outside()).env("GIT_CONFIG_NOSYSTEM", "1");
            command.env("GIT_AUTHOR_NAME", &name).env("GIT_AUTHOR_EMAIL", &email);
            command.env("GIT_COMMITTER_NAME", committer);
            command.env("GIT_COMMITTER_EMAIL", committer);
            let date = format!("{} +0000", when.epoch());
            command.env("GIT_AUTHOR_DATE", &date).env("GIT_COMMITTER_DATE", &date);
            command.args(["-c", "gpg.format=ssh", "-c"]);
            command.arg(format!("user.signingkey={}", key.private.display()));
            run(command.args(args));
        };
        git(&["add", "-A"]);
        git(&["commit", "-q", "--allow-empty", "-S", "-m", message]);
        self
    }

    /// Puts another commit in the place of the tip: its bytes with `from` replaced by `to`, signature
    /// and all.
    pub(crate) fn tampered(self, from: &str, to: &str) -> Repo {
        self.with(|git| {
            let tip = git.head().unwrap().peel_to_commit().unwrap().id();
            let objects = git.odb().unwrap();
            let bytes = objects.read(tip).unwrap().data().to_vec();
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains(from), "{text}");
            let other = text.replacen(from, to, 1);
            let id = objects.write(ObjectType::Commit, other.as_bytes()).unwrap();
            git.reference("refs/heads/main", id, true, "tampered").unwrap();
        })
    }
}

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}\n{}", String::from_utf8_lossy(&output.stderr));
}
