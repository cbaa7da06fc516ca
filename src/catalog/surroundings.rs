//! What is really there: artifacts as read, files of the repository, what CI promises.

use crate::facts::Value;
use crate::model::{Answer, Artifact, Glob};

use super::Planned;
use super::documents::Documents;
use super::manifests::Manifests;
use super::package;
use super::side::Side;
use super::subjects::Calling;

/// Where tools leave their reports besides the default places: in a folder of the repository, at
/// its top or up to two levels below.
const USUAL_PLACES: [&str; 27] = [
    "reports/**",
    "coverage/**",
    "test-results/**",
    "test-reports/**",
    "playwright-report/**",
    ".nyc_output/**",
    "mochawesome-report/**",
    "build/test-results/**",
    "build/reports/**",
    "target/surefire-reports/**",
    "target/failsafe-reports/**",
    "target/site/jacoco/**",
    "target/nextest/*/junit.xml",
    "TestResults/**",
    "results/**",
    "ci-out/**",
    "ci-artifacts/**",
    "evidence/**",
    "security-reports/**",
    ".lighthouseci/**",
    "*junit*.xml",
    "coverage*.{xml,json,out}",
    "lcov.info",
    "*.sarif",
    "*-{audit,report,results,scan,summary}.json",
    "gl-*-report.json",
    "{bom,sbom}*.{json,xml}",
];

/// The globs of the usual places.
pub fn usual_places() -> impl Iterator<Item = String> {
    ["", "*/", "*/*/"]
        .into_iter()
        .flat_map(|above| USUAL_PLACES.map(|place| format!("{above}{place}")))
}

/// Everything that a proposal may be made of.
pub struct Around<'a> {
    /// The artifacts as read; test cases and data are looked for only where they were kept.
    pub artifacts: Vec<&'a Artifact>,
    /// Paths of files that lie beside them and are no reports: no glob may match one.
    pub others: &'a [String],
    /// The repository's files, sorted.
    pub files: Vec<&'a str>,
    /// The folder that they are of; `None` where they are of the whole repository.
    pub folder: Option<String>,
    /// The documents among them, looked for when they are first asked for.
    pub documents: Documents,
    /// The manifests among them, looked for likewise.
    pub manifests: Manifests,
    /// The text of such a file.
    pub text: &'a dyn Fn(&str) -> Option<String>,
    /// Such a file as data.
    pub load: &'a dyn Fn(&str) -> Option<Value>,
    /// Paths of checklists, which are no evidence for themselves.
    pub checklists: &'a [String],
    /// What CI workflow files say that a run leaves behind.
    pub planned: &'a [Planned],
    /// What the repository is called by its remote.
    pub repository: Option<String>,
    /// Whether anybody is known who could sign.
    pub signers: bool,
    /// What stands above the lines that it is looked at for.
    pub narrowed: NarrowedTo<'a>,
}

/// What all evidence is called by, and every artifact there is, of whatever name; nothing where lines
/// stand below nothing of the kind.
#[derive(Default)]
pub struct NarrowedTo<'a> {
    calling: Calling,
    all: Vec<&'a Artifact>,
}

impl NarrowedTo<'_> {
    /// Where `name` says what stands above the lines.
    pub(super) fn names_in(&self, name: &str) -> Vec<std::ops::Range<usize>> {
        self.calling.names_in(name)
    }
}

impl<'a> Around<'a> {
    /// What of it is of the package in `folder`.
    pub(super) fn within(&self, folder: &str) -> Around<'a> {
        let lead = format!("{folder}/");
        let is_own = |artifact: &&&Artifact| package::holds(folder, &artifact.path, &self.files);
        Around {
            artifacts: self.artifacts.iter().filter(is_own).copied().collect(),
            files: self.files.iter().filter(|path| path.starts_with(&lead)).copied().collect(),
            folder: Some(folder.to_owned()),
            documents: Documents::default(),
            manifests: Manifests::default(),
            repository: self.repository.clone(),
            narrowed: NarrowedTo::default(),
            ..*self
        }
    }

    /// What of it is called so.
    pub(super) fn called_by(&self, calling: Calling) -> Around<'a> {
        let named = &calling;
        let is_called =
            |artifact: &&&Artifact| named.is_of(&name_of(artifact, None), tool_of(artifact));
        let artifacts: Vec<&Artifact> = self.artifacts.iter().filter(is_called).copied().collect();
        let narrowed = match named.has_names() || artifacts.len() < self.artifacts.len() {
            true => NarrowedTo { all: self.artifacts.clone(), calling: calling.clone() },
            false => NarrowedTo::default(),
        };
        Around {
            artifacts,
            files: self.files.iter().filter(|path| named.holds(path)).copied().collect(),
            folder: self.folder.clone(),
            documents: Documents::default(),
            manifests: Manifests::default(),
            repository: self.repository.clone(),
            narrowed,
            ..*self
        }
    }

    /// Whether only what is called by something is looked at.
    pub(super) fn is_narrowed(&self) -> bool {
        !self.narrowed.calling.is_empty()
    }

    /// What everything here is called by: one key, one meaning.
    pub(super) fn key(&self) -> String {
        self.narrowed.calling.key()
    }

    /// `lack` as a sentence on what stands above the line.
    pub(super) fn lacks(&self, lack: String) -> String {
        match self.is_narrowed() && !lack.is_empty() {
            true => format!(
                "called by what stands above the line ({}): {lack}",
                self.narrowed.calling.names()
            ),
            false => lack,
        }
    }

    /// Whether all of it lies in `folder`.
    pub(super) fn is_within(&self, folder: &str) -> bool {
        let rest = self.folder.as_deref().and_then(|own| own.strip_prefix(folder));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Whether `folder` may lie in it.
    pub(super) fn may_hold(&self, folder: &str) -> bool {
        self.below(folder).is_some()
    }

    /// Every artifact, whatever it is called: no glob may match one that is not meant.
    pub(super) fn of_any_name(&self) -> &[&'a Artifact] {
        if self.is_narrowed() { &self.narrowed.all } else { &self.artifacts }
    }

    /// What of `folder` is below that of the package; `None` where it lies elsewhere.
    pub(super) fn below<'f>(&self, folder: &'f str) -> Option<&'f str> {
        match &self.folder {
            None => Some(folder),
            Some(own) => folder.strip_prefix(own.as_str())?.strip_prefix('/'),
        }
    }

    /// A glob as it matches here: below the package's folder.
    pub(super) fn placed(&self, glob: &str) -> String {
        package::placed(self.folder.as_deref(), glob)
    }

    /// The artifacts of one of `formats`, each with its format: as read, or as its name says where
    /// the content alone does not tell (`[]`, or nothing at all).
    pub(super) fn of_formats<'s>(
        &'s self,
        formats: &'s [String],
    ) -> impl Iterator<Item = (&'s Artifact, &'s str)> {
        self.artifacts.iter().copied().filter_map(|artifact| {
            if formats.is_empty() {
                return artifact.answer.reading().map(|reading| (artifact, reading.format));
            }
            let format = formats.iter().find(|format| is_of(artifact, format))?;
            Some((artifact, format.as_str()))
        })
    }

    /// Every job of a CI run that was read: artifact, format and name.
    pub(super) fn jobs(&self) -> impl Iterator<Item = (&Artifact, &'static str, &str)> {
        // A job's own name tells of what it is, where its run does not.
        let named = self.is_narrowed().then_some(&self.narrowed.calling);
        self.of_any_name().iter().copied().flat_map(move |artifact| {
            let is_called = move |job: &&str| {
                named.is_none_or(|named| named.is_of(&name_of(artifact, Some(job)), None))
            };
            let format = artifact.answer.reading().map_or("", |reading| reading.format);
            jobs_of(artifact).filter(is_called).map(move |job| (artifact, format, job))
        })
    }

    /// The files that match, as placed, but for checklists.
    pub(super) fn matching(&self, glob: &str) -> Vec<&'a str> {
        let Ok(glob) = Glob::new(&self.placed(glob)) else { return Vec::new() };
        let own = |path: &&str| !self.checklists.iter().any(|checklist| checklist == path);
        let files = self.files.iter().copied();
        files.filter(|path| glob.matches(path)).filter(own).collect()
    }

    /// The globs of a half of the product: its folder at the top, where there is one.
    pub(super) fn paths_of(&self, side: Option<Side>) -> Vec<String> {
        let Some(side) = side else { return Vec::new() };
        let lead = self.folder.as_ref().map(|folder| format!("{folder}/")).unwrap_or_default();
        let below = self.files.iter().filter_map(|path| path.strip_prefix(lead.as_str()));
        let folders = below.filter_map(|path| Some(path.split_once('/')?.0));
        let mut own: Vec<&str> =
            folders.filter(|folder| Side::of_name(folder) == Some(side)).collect();
        own.dedup();
        own.into_iter().map(|folder| self.placed(&format!("{folder}/**"))).collect()
    }

    /// What CI leaves behind whose name says one of `formats`, as a sentence.
    pub(super) fn promised(&self, formats: &[String]) -> Option<String> {
        let of = self
            .planned
            .iter()
            .find(|planned| formats.iter().any(|format| names_format(&planned.path, format)))?;
        Some(format!("{} leaves {} behind: put it in a place of artifacts.", of.workflow, of.path))
    }
}

/// What an artifact is called, or one of its jobs: by its path, its workflow and that job.
fn name_of(artifact: &Artifact, job: Option<&str>) -> String {
    let ci = artifact.answer.reading().and_then(|reading| reading.facts.ci.as_ref());
    let workflow = ci.and_then(|ci| ci.name.as_deref()).unwrap_or_default();
    format!("{}/{workflow}/{}", artifact.path, job.unwrap_or_default())
}

/// The jobs of the CI run that it tells of.
fn jobs_of(artifact: &Artifact) -> impl Iterator<Item = &str> {
    let ci = artifact.answer.reading().and_then(|reading| reading.facts.ci.as_ref());
    ci.into_iter().flat_map(|ci| ci.jobs.keys().map(String::as_str))
}

/// The tool that wrote it, as it says itself.
fn tool_of(artifact: &Artifact) -> Option<&str> {
    artifact.answer.reading()?.tool.as_deref()
}

fn is_of(artifact: &Artifact, format: &str) -> bool {
    match &artifact.answer {
        Answer::Read(reading) => reading.format == format,
        Answer::Broken { format: of, .. } => *of == format,
        Answer::Ambiguous { candidates, .. } => {
            candidates.contains(&format) && names_format(&artifact.path, format)
        }
        Answer::Unknown { .. } => artifact.bytes == 0 && names_format(&artifact.path, format),
    }
}

/// Whether the name of a file says a format: the first word of its id stands in it.
fn names_format(path: &str, format: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let word = format.split('-').next().unwrap_or(format);
    match format {
        "tsc" => name.contains("tsc") || name.contains("typecheck") || name.contains("type-check"),
        "npm-audit" | "pip-audit" | "yarn-audit" | "pnpm-audit" | "bun-audit" => {
            name.contains(word) && name.contains("audit")
        }
        _ => name.contains(word),
    }
}
