//! Running the binary, cut off from this machine's user, clock settings and CI.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// What a run of the program came to.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    code: i32,
    stdout: String,
    stderr: String,
    places: Vec<(String, &'static str)>,
}

/// Runs trueup in `dir` with `home` as the only home. No colour, no CI, an odd time zone: none of
/// them may show. The time of generation is fixed; the judge's clock is the test's own business
/// (`--as-of`).
pub(crate) fn trueup_in<A: AsRef<OsStr>>(
    dir: &Path,
    home: &Path,
    args: impl IntoIterator<Item = A>,
) -> Run {
    command(dir, home, args).output()
}

/// The same with variables that a CI system would set.
pub(crate) fn trueup_among<A: AsRef<OsStr>>(
    dir: &Path,
    home: &Path,
    args: impl IntoIterator<Item = A>,
    variables: &[(&str, &str)],
) -> Run {
    let mut prepared = command(dir, home, args);
    prepared.0.envs(variables.iter().copied());
    prepared.output()
}

/// Starts trueup in `dir`, to be talked with: its input and output are pipes.
pub(crate) fn started<A: AsRef<OsStr>>(
    dir: &Path,
    home: &Path,
    args: impl IntoIterator<Item = A>,
) -> Child {
    let Prepared(mut command, _) = command(dir, home, args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.spawn().expect("trueup starts")
}

impl Run {
    /// Asserts the exit code, showing both streams where it is another.
    #[track_caller]
    pub(crate) fn code(self, expected: i32) -> Run {
        assert_eq!(
            self.code, expected,
            "exit code\n--- stdout\n{}\n--- stderr\n{}",
            self.stdout, self.stderr
        );
        self
    }

    /// Standard output, with this run's places replaced by `[REPO]` and `[HOME]`, and the version
    /// by `[VERSION]`.
    pub(crate) fn stdout(&self) -> String {
        self.scrub(&self.stdout)
    }

    /// Standard error, scrubbed likewise.
    pub(crate) fn stderr(&self) -> String {
        self.scrub(&self.stderr)
    }

    /// Standard output as the bytes came.
    pub(crate) fn raw_stdout(&self) -> &str {
        &self.stdout
    }

    /// Standard output as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        match serde_json::from_str(&self.stdout) {
            Ok(value) => value,
            Err(fault) => {
                panic!("{fault}\n--- stdout\n{}\n--- stderr\n{}", self.stdout, self.stderr)
            }
        }
    }

    /// The whole run as a reader sees it: for reviewed snapshots.
    pub(crate) fn transcript(&self) -> String {
        let mut text = format!("exit {}\n", self.code);
        for (name, stream) in [("stdout", self.stdout()), ("stderr", self.stderr())] {
            if !stream.is_empty() {
                text.push_str(&format!("--- {name}\n{stream}"));
            }
        }
        text
    }

    fn scrub(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (place, name) in &self.places {
            text = text.replace(place, name);
        }
        text.replace(env!("CARGO_PKG_VERSION"), "[VERSION]")
    }
}

struct Prepared(Command, Vec<(String, &'static str)>);

fn command<A: AsRef<OsStr>>(
    dir: &Path,
    home: &Path,
    args: impl IntoIterator<Item = A>,
) -> Prepared {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trueup"));
    command
        .args(args)
        .current_dir(dir)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", home)
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("TZ", "Asia/Kathmandu")
        .env("LC_ALL", "C.UTF-8")
        .env("SOURCE_DATE_EPOCH", "1767268800");
    if let Some(profile) = std::env::var_os("LLVM_PROFILE_FILE") {
        command.env("LLVM_PROFILE_FILE", profile);
    }
    let mut places = Vec::new();
    for (place, name) in [(dir, "[REPO]"), (home, "[HOME]")] {
        if let Ok(real) = place.canonicalize() {
            places.push((real.display().to_string(), name));
        }
        places.push((place.display().to_string(), name));
    }
    Prepared(command, places)
}

impl Prepared {
    fn output(mut self) -> Run {
        let output = self.0.stdin(Stdio::null()).output().expect("trueup runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("trueup writes UTF-8");
        Run {
            code: output.status.code().expect("trueup ends by itself"),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
            places: self.1,
        }
    }
}
