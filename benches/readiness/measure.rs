//! What a process costs: its CPU time and its peak memory.

use std::path::Path;
use std::process::Command;

/// How often each side runs; the median counts.
pub(crate) const ROUNDS: usize = 5;

/// The parent that waits for a command and tells what it took: seconds, KiB, then its output.
/// Python has the one call for it (`wait4`), and the workload's generator needs Python anyway.
const WAIT: &str = "
import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE)
out = child.stdout.read()
_, status, used = os.wait4(child.pid, 0)
sys.stdout.buffer.write(b'%f %d\\n' % (used.ru_utime + used.ru_stime, used.ru_maxrss) + out)
sys.exit(os.waitstatus_to_exitcode(status))
";

/// What one run took.
#[derive(Clone)]
pub(crate) struct Run {
    /// User and system time in seconds.
    pub(crate) cpu: f64,
    /// The peak resident memory in MiB.
    pub(crate) peak: f64,
    /// What it printed.
    pub(crate) out: String,
}

/// Runs a command to its end.
pub(crate) fn run(command: &[&str]) -> Run {
    let ended = Command::new("python3").args(["-c", WAIT]).args(command).output();
    let ended = ended.expect("python3 runs");
    let told = String::from_utf8_lossy(&ended.stdout);
    assert!(ended.status.success(), "{command:?}: {}", String::from_utf8_lossy(&ended.stderr));
    let (used, out) = told.split_once('\n').expect("a line of figures comes first");
    let (cpu, peak) = used.split_once(' ').expect("two figures");
    Run {
        cpu: cpu.parse().expect("seconds"),
        peak: peak.parse::<f64>().expect("KiB") / 1024.0,
        out: out.to_owned(),
    }
}

/// Runs one of the bench's own jobs.
pub(crate) fn own(job: &str, repo: &Path) -> Run {
    let this = std::env::current_exe().expect("the bench knows itself");
    run(&[&this.to_string_lossy(), job, &repo.to_string_lossy()])
}

/// The median of several runs' CPU time.
pub(crate) fn median(runs: &[Run]) -> f64 {
    let mut seconds: Vec<f64> = runs.iter().map(|run| run.cpu).collect();
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}

/// The highest peak of several runs, in MiB.
pub(crate) fn peak(runs: &[Run]) -> f64 {
    runs.iter().map(|run| run.peak).fold(0.0, f64::max)
}
