//! What a run writes beside what it prints: outputs to files, and the summary of its CI job.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::pipeline::Error;
use crate::render::output::{self, OUTPUTS, Output, TEXT};
use crate::sources::output::{append_file, make_folder, report_around, within, write_file};

use super::Streams;
use super::publish::Beside;

/// An output and the file that it is written to: `sarif=reports/trueup.sarif`.
#[derive(Debug, Clone)]
pub(super) struct ToFile {
    format: &'static Output,
    path: PathBuf,
}

impl ToFile {
    /// Reads `FORMAT=FILE` of an output of snapshots.
    pub(super) fn of_snapshot(written: &str) -> Result<ToFile, String> {
        ToFile::read(written, has_snapshot)
    }

    /// Reads `FORMAT=FILE` of an output of diffs.
    pub(super) fn of_diff(written: &str) -> Result<ToFile, String> {
        ToFile::read(written, has_diff)
    }

    /// As a file of the report in `out`, where it lies there.
    fn beside(&self, dir: &Path, out: &Path) -> Option<Beside> {
        within(out, &dir.join(&self.path)).map(|path| Beside { path, what: self.format.name })
    }

    /// Whether the documents themselves are wanted in it.
    pub(super) fn shows_documents(&self) -> bool {
        self.format.documents
    }

    fn read(written: &str, serves: fn(&Output) -> bool) -> Result<ToFile, String> {
        let of_whom = || {
            let names: Vec<&str> = names(serves).map(|output| output.name).collect();
            format!("expected FORMAT=FILE, where FORMAT is one of {}", names.join(", "))
        };
        let (name, path) = written.split_once('=').ok_or_else(of_whom)?;
        let format = output::named(name).filter(|output| serves(output)).ok_or_else(of_whom)?;
        match path {
            "" => return Err(of_whom()),
            "-" => return Err(format!("`-` names no file; `--format {name}` prints it")),
            _ => {}
        }
        Ok(ToFile { format, path: PathBuf::from(path) })
    }
}

/// What `--format` takes where a snapshot is printed.
pub(super) fn of_snapshot() -> impl TypedValueParser<Value = &'static Output> {
    parser(has_snapshot)
}

/// What `--format` takes where a diff is printed.
pub(super) fn of_diff() -> impl TypedValueParser<Value = &'static Output> {
    parser(has_diff)
}

/// Those that become files of the report in `out`, and the others. Paths are seen from `dir`.
///
/// # Errors
/// Where one of the others lies in the folder of another report.
pub(super) fn parted(
    files: &[ToFile],
    dir: &Path,
    out: &Path,
) -> Result<(Vec<Beside>, Vec<ToFile>), Error> {
    let (mut inside, mut outside) = (Vec::new(), Vec::new());
    for file in files {
        match file.beside(dir, out) {
            Some(beside) => inside.push(beside),
            None => outside.push(file.clone()),
        }
    }
    let paths = outside.iter().map(|file| dir.join(&file.path));
    paths.into_iter().try_for_each(|path| free(&path))?;
    Ok((inside, outside))
}

/// Whether a file may be written there: not into a report, whose manifest would not have it.
///
/// # Errors
/// Where it may not.
pub(super) fn free(path: &Path) -> Result<(), Error> {
    let Some(report) = report_around(path) else { return Ok(()) };
    Err(Error::usage(format!(
        "{} would lie in the report in {}, whose manifest does not have it",
        path.display(),
        report.display()
    ))
    .hinted(
        "Name a file beside the report; `trueup report --output` alone makes one part of it, \
         for `trueup verify` takes all else for added.",
    ))
}

/// Two outputs in one file would be the last alone.
///
/// # Errors
/// Where two are to be written to one.
fn apart(files: &[ToFile], dir: &Path) -> Result<(), Error> {
    let mut taken: BTreeMap<PathBuf, &str> = BTreeMap::new();
    for ToFile { format, path } in files {
        // Joined, `x` and `./x` are one path.
        if let Some(other) = taken.insert(dir.join(path), format.name) {
            let (path, name) = (path.display(), format.name);
            return Err(Error::usage(format!("{path} cannot be both {other} and {name}"))
                .hinted("Give each output a file of its own."));
        }
    }
    Ok(())
}

/// Draws every output, then writes every file: a fault of one leaves no half of another. Paths are
/// seen from `dir`; their folders are made.
pub(super) fn write(
    files: &[ToFile],
    dir: &Path,
    draw: impl Fn(&Output) -> Option<String>,
) -> Result<(), Error> {
    apart(files, dir)?;
    files.iter().try_for_each(|file| free(&dir.join(&file.path)))?;
    let drawn = files.iter().filter_map(|file| Some((dir.join(&file.path), draw(file.format)?)));
    for (path, text) in drawn.collect::<Vec<_>>() {
        if let Some(folder) = path.parent() {
            make_folder(folder)?;
        }
        write_file(&path, text.as_bytes())?;
    }
    Ok(())
}

/// Prints `text`, which is `format`.
pub(super) fn print(format: &Output, text: &str, streams: &mut Streams) {
    match format.name == TEXT.name {
        true => streams.print(text),
        false => streams.hand_over(text),
    }
}

/// Appends `markdown` to the summary of the job of GitHub Actions that this runs in. One that
/// cannot be written is said, and changes no answer.
pub(super) fn summarize(markdown: impl FnOnce() -> String, streams: &mut Streams) {
    let github = streams.environment.github.as_ref();
    let Some(path) = github.and_then(|job| job.step_summary.clone()) else { return };
    if let Err(fault) = append_file(Path::new(&path), markdown().as_bytes()) {
        streams.complain(&format!("warning: the job's summary is not written: {fault}\n"));
    }
}

fn has_snapshot(output: &Output) -> bool {
    output.snapshot.is_some()
}

fn has_diff(output: &Output) -> bool {
    output.diff.is_some()
}

fn names(serves: fn(&Output) -> bool) -> impl Iterator<Item = &'static Output> {
    OUTPUTS.iter().filter(move |output| serves(output))
}

fn parser(serves: fn(&Output) -> bool) -> impl TypedValueParser<Value = &'static Output> {
    let values = names(serves).map(|output| PossibleValue::new(output.name).help(output.about));
    PossibleValuesParser::new(values)
        .try_map(|name| output::named(&name).ok_or("no output has this name"))
}
