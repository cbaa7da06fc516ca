//! The command line, exactly as typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::pipeline::ToldShard;
use crate::render::output::Output;

use super::Streams;
use super::outputs::{ToFile, of_diff, of_snapshot};

/// Holds a team's Markdown checklists to their evidence.
#[derive(Debug, Parser)]
#[command(name = "trueup", version, about, max_term_width = 100, disable_help_subcommand = true)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
}

/// `2/4`: the second of four; `node18:2/4`: of the leg of that name.
fn part(text: &str) -> Result<ToldShard, String> {
    let leg = text.rsplit_once(':').map(|(leg, _)| leg.to_owned());
    let part = crate::checklist::shard_said(text).ok_or_else(|| {
        "it is the number of a part, from 1, and how many there are: 2/4".to_owned()
    })?;
    Ok((leg, part))
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Find checklists and artifacts, and propose what would prove each item: writes trueup.toml.
    Init(Init),
    /// Reconcile, print, and exit by the gate.
    Check(Check),
    /// Write the site and snapshot.json.
    Report(Report),
    /// Show, or with --write make, the ticks that the evidence supports.
    Fix(Fix),
    /// Say why an item has its status.
    Explain(Explain),
    /// Compare two releases: tags, revisions, or snapshot files.
    Diff(Diff),
    /// Tell who ticked, unticked, reworded, added and removed items, and when, from git.
    Log(Log),
    /// Show what trueup reads from a file.
    Inspect(Inspect),
    /// Seal artifacts in the CI job that made them, for a later job to report on.
    Collect(Collect),
    /// Check a published report: nothing altered, and the same verdicts from the same bytes.
    Verify(Verify),
    /// Preview the report in a browser while checklists, configuration and artifacts change.
    Serve(Serve),
    /// Talk with an editor: the language server, over standard input and output.
    Lsp(Lsp),
    /// Print a JSON Schema: of a report's files, a diff, a log, of what fix prints, or of trueup.toml.
    Schema(Schema),
    /// Make an example repository and its report.
    Demo(Demo),
    /// Print the completions of a shell.
    Completions(Completions),
    /// Print the manual page, or write one a command into a folder.
    Man(Man),
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// Whose.
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct Man {
    /// The folder; it is made where it is missing.
    #[arg(value_name = "DIR")]
    pub(super) dir: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Init {
    /// Work in this folder.
    #[arg(short = 'C', value_name = "DIR", default_value = ".")]
    pub(super) dir: PathBuf,
    /// Look for artifacts in this folder too; may be given several times.
    #[arg(long, value_name = "DIR")]
    pub(super) artifacts: Vec<PathBuf>,
    /// Write nothing: show what would be written.
    #[arg(long)]
    pub(super) dry_run: bool,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: OutputFormat,
    /// Print nothing but faults.
    #[arg(short, long)]
    pub(super) quiet: bool,
}

/// What every command that judges takes.
#[derive(Debug, Args)]
pub(super) struct Judging {
    /// Work in this folder.
    #[arg(short = 'C', value_name = "DIR", default_value = ".")]
    pub(super) dir: PathBuf,
    /// Read artifacts from this folder too; may be given several times.
    #[arg(long, value_name = "DIR")]
    pub(super) artifacts: Vec<PathBuf>,
    /// Judge this revision, straight from git, instead of the work tree.
    #[arg(long, value_name = "REV")]
    pub(super) at: Option<String>,
    /// Judge as if it were this time (RFC 3339, or a date).
    #[arg(long, value_name = "TIME")]
    pub(super) as_of: Option<String>,
    /// When the release was deployed: opens the time windows.
    #[arg(long, value_name = "TIME")]
    pub(super) deployed_at: Option<String>,
    /// The release's name, instead of the tag at the commit; `report` records its snapshot under
    /// .trueup/releases.
    #[arg(long, value_name = "NAME")]
    pub(super) release: Option<String>,
    /// Do not read history: ticks are then not judged.
    #[arg(long)]
    pub(super) no_history: bool,
    /// Neither read nor write .trueup/cache.
    #[arg(long)]
    pub(super) no_cache: bool,
    /// Print nothing but faults.
    #[arg(short, long)]
    pub(super) quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputFormat {
    /// For a person.
    Text,
    /// For a program.
    Json,
}

impl OutputFormat {
    /// Prints `text`, which is written in it.
    pub(super) fn print(self, text: &str, streams: &mut Streams) {
        match self {
            OutputFormat::Text => streams.print(text),
            OutputFormat::Json => streams.hand_over(text),
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Show only items whose id or address matches this glob.
    #[arg(value_name = "ID-GLOB")]
    pub(super) items: Option<String>,
    #[command(flatten)]
    pub(super) judging: Judging,
    /// How to print.
    #[arg(long, value_parser = of_snapshot(), default_value = "text")]
    pub(super) format: &'static Output,
    /// Write this output to a file, too; may be given several times.
    #[arg(long = "output", value_name = "FORMAT=FILE", value_parser = ToFile::of_snapshot)]
    pub(super) outputs: Vec<ToFile>,
    /// Exit with 1 where there is one since --against, too.
    #[arg(long, value_enum)]
    pub(super) fail_on: Option<FailOn>,
    /// With --fail-on: the earlier side, as `trueup diff` names it.
    #[arg(long, value_name = "A", default_value = "previous", requires = "fail_on")]
    pub(super) against: String,
    /// Exit with 0 even where the gate says no-go.
    #[arg(long, conflicts_with = "fail_on")]
    pub(super) exit_zero: bool,
    /// With --as-of: where no file's size, time or number changed since the last run, nothing is
    /// read, and what that run said stands.
    #[arg(long)]
    pub(super) trust_mtime: bool,
}

#[derive(Debug, Args)]
pub(super) struct Report {
    #[command(flatten)]
    pub(super) judging: Judging,
    /// Where to write the site.
    #[arg(long, value_name = "DIR", default_value = "readiness")]
    pub(super) out: PathBuf,
    /// Write the whole report as one HTML file, too: it opens anywhere and needs no other file.
    #[arg(long, value_name = "FILE")]
    pub(super) single_file: Option<PathBuf>,
    /// With --release: record the release anew where it is recorded already, and keep the old one.
    #[arg(long, requires = "release")]
    pub(super) force: bool,
    /// Do not keep the bytes of the evidence beside the site.
    #[arg(long)]
    pub(super) no_vault: bool,
    /// Keep the reports of secret scanners too.
    #[arg(long, conflicts_with = "no_vault")]
    pub(super) vault_secrets: bool,
    /// With --as-of: where no file's size, time or number changed since the last run, nothing is
    /// read, and what that run said stands.
    #[arg(long)]
    pub(super) trust_mtime: bool,
    /// Exit by the gate, as `check` does.
    #[arg(long)]
    pub(super) gate: bool,
    /// How to print: what was written as text or JSON, or an output of `check`.
    #[arg(long, value_parser = of_snapshot(), default_value = "text")]
    pub(super) format: &'static Output,
    /// Write this output to a file, too; may be given several times.
    #[arg(long = "output", value_name = "FORMAT=FILE", value_parser = ToFile::of_snapshot)]
    pub(super) outputs: Vec<ToFile>,
}

#[derive(Debug, Args)]
#[command(mut_arg("at", |at| at.hide(true)))]
pub(super) struct Fix {
    /// Change only items whose id or address matches this glob.
    #[arg(value_name = "ID-GLOB")]
    pub(super) items: Option<String>,
    #[command(flatten)]
    pub(super) judging: Judging,
    /// Write the changes: all of them, or none.
    #[arg(long)]
    pub(super) write: bool,
    /// Exit with 1 where something would change, and write nothing.
    #[arg(long, conflicts_with = "write")]
    pub(super) check: bool,
    /// Take away the ticks that the evidence contradicts, too.
    #[arg(long)]
    pub(super) untick: bool,
    /// Write each item's id beside it, instead of ticks.
    #[arg(long, conflicts_with = "untick")]
    pub(super) ids: bool,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: OutputFormat,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// An item's id or address.
    #[arg(value_name = "ID")]
    pub(super) item: String,
    #[command(flatten)]
    pub(super) judging: Judging,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: OutputFormat,
}

#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The earlier side: a snapshot's file, a recorded release, a tag, another revision, or
    /// `previous` for the release before the later side.
    #[arg(value_name = "A")]
    pub(super) from: String,
    /// The later side; without it the work tree as it is now.
    #[arg(value_name = "B")]
    pub(super) to: Option<String>,
    /// Work in this folder.
    #[arg(short = 'C', value_name = "DIR", default_value = ".")]
    pub(super) dir: PathBuf,
    /// Read artifacts of the work tree from this folder too; may be given several times.
    #[arg(long, value_name = "DIR")]
    pub(super) artifacts: Vec<PathBuf>,
    /// Judge the later side as if it were this time (RFC 3339, or a date).
    #[arg(long, value_name = "TIME")]
    pub(super) as_of: Option<String>,
    /// Do not read history: ticks are then not judged, and reworded items not followed by it.
    #[arg(long)]
    pub(super) no_history: bool,
    /// Neither read nor write .trueup/cache.
    #[arg(long)]
    pub(super) no_cache: bool,
    /// Exit with 1 where there is one.
    #[arg(long, value_enum)]
    pub(super) fail_on: Option<FailOn>,
    /// How to print.
    #[arg(long, value_parser = of_diff(), default_value = "text")]
    pub(super) format: &'static Output,
    /// Write this output to a file, too; may be given several times.
    #[arg(long = "output", value_name = "FORMAT=FILE", value_parser = ToFile::of_diff)]
    pub(super) outputs: Vec<ToFile>,
    /// Print nothing but faults.
    #[arg(short, long)]
    pub(super) quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// What was ticked, proven or asked before and is no longer.
    Regression,
}

#[derive(Debug, Args)]
pub(super) struct Log {
    /// Only these: ids of items (globs are understood), or checklists by their path in the
    /// repository, also such that are gone.
    #[arg(value_name = "ID|FILE")]
    pub(super) wanted: Vec<String>,
    /// Work in this folder.
    #[arg(short = 'C', value_name = "DIR", default_value = ".")]
    pub(super) dir: PathBuf,
    /// Neither read nor write .trueup/cache.
    #[arg(long)]
    pub(super) no_cache: bool,
    /// Tell the history up to this revision.
    #[arg(long, value_name = "REV")]
    pub(super) at: Option<String>,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: OutputFormat,
    /// Print nothing but faults.
    #[arg(short, long)]
    pub(super) quiet: bool,
}

#[derive(Debug, Args)]
pub(super) struct Inspect {
    /// Checklists or artifacts; `-` is standard input.
    #[arg(value_name = "FILE", required_unless_present = "formats")]
    pub(super) files: Vec<PathBuf>,
    /// Take each file as this format.
    #[arg(long = "as", value_name = "FORMAT")]
    pub(super) named: Option<String>,
    /// List the formats that trueup reads.
    #[arg(long)]
    pub(super) formats: bool,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: OutputFormat,
    /// Work in this folder.
    #[arg(short = 'C', value_name = "DIR", default_value = ".")]
    pub(super) dir: PathBuf,
    /// Print nothing but faults.
    #[arg(short, long)]
    pub(super) quiet: bool,
}

#[derive(Debug, Args)]
pub(super) struct Collect {
    /// Files and folders that the job made. Default: the places of artifacts in trueup.toml.
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Record how the tool ended. Nothing is run.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(super) exit_code: Option<i64>,
    /// Record what was run. Nothing is run.
    #[arg(long, value_name = "TEXT")]
    pub(super) command: Option<String>,
    /// Record that the job ran one part of several of its tests: 2/4. Default: as --command says, or the CI system.
    #[arg(long, value_name = "[LEG:]N/TOTAL", value_parser = part)]
    pub(super) shard: Option<ToldShard>,
    /// Write the seal here: a file NAME.seal.json in or above the folder of all files.
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Pack the files and their seal into this archive: .zip, .tar, .tar.gz, .tgz.
    #[arg(long, value_name = "FILE")]
    pub(super) bundle: Option<PathBuf>,
    /// Print the statement as JSON, or what was sealed as text.
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: OutputFormat,
    /// Work in this folder.
    #[arg(short = 'C', value_name = "DIR", default_value = ".")]
    pub(super) dir: PathBuf,
    /// Print nothing but faults.
    #[arg(short, long)]
    pub(super) quiet: bool,
}

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The report's folder.
    #[arg(value_name = "DIR")]
    pub(super) dir: PathBuf,
    /// Check the signature over manifest.json against this file, as ssh-keygen(1) describes it.
    #[arg(long, value_name = "FILE")]
    pub(super) allowed_signers: Option<PathBuf>,
    /// That signature. Default: manifest.json.sig in DIR.
    #[arg(long, value_name = "FILE", requires = "allowed_signers")]
    pub(super) signature: Option<PathBuf>,
    /// Be content where another version of trueup drew the pages, which are then not checked.
    #[arg(long)]
    pub(super) allow_other_version: bool,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: OutputFormat,
    /// Print nothing but faults.
    #[arg(short, long)]
    pub(super) quiet: bool,
}

#[derive(Debug, Args)]
#[command(mut_arg("at", |at| at.hide(true)))]
pub(super) struct Serve {
    #[command(flatten)]
    pub(super) judging: Judging,
    /// Answer on this port of 127.0.0.1; 0 for any that is free.
    #[arg(long, value_name = "PORT", default_value_t = 4747)]
    pub(super) port: u16,
    /// Open the preview in the browser, too.
    #[arg(long)]
    pub(super) open: bool,
}

#[derive(Debug, Args)]
pub(super) struct Lsp {
    /// Judge the project around this folder, instead of the one that the editor opens.
    #[arg(short = 'C', value_name = "DIR")]
    pub(super) dir: Option<PathBuf>,
    /// Read artifacts from this folder too; may be given several times.
    #[arg(long, value_name = "DIR")]
    pub(super) artifacts: Vec<PathBuf>,
    /// Do not read history: ticks are then not judged.
    #[arg(long)]
    pub(super) no_history: bool,
    /// Neither read nor write .trueup/cache.
    #[arg(long)]
    pub(super) no_cache: bool,
    /// What some editors add; there is no other way to talk.
    #[arg(long, hide = true)]
    pub(super) stdio: bool,
}

#[derive(Debug, Args)]
pub(super) struct Schema {
    /// Whose schema.
    #[arg(value_enum, default_value = "snapshot")]
    pub(super) of: SchemaOf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaOf {
    /// Of the snapshot.
    Snapshot,
    /// Of a diff.
    Diff,
    /// Of what `fix` prints.
    Fix,
    /// Of a log.
    Log,
    /// Of a report's witness.json.
    Witness,
    /// Of a report's manifest.json.
    Manifest,
    /// Of trueup.toml.
    Config,
}

#[derive(Debug, Args)]
pub(super) struct Demo {
    /// A folder that does not exist yet, or is empty.
    #[arg(value_name = "DIR")]
    pub(super) dir: PathBuf,
}
