//! Which inputs a report keeps the bytes of, and why not the others.

use crate::model::{Answer, Artifact, Digest, written_size};

/// The largest input that is kept.
pub(in crate::pipeline) const LARGEST: u64 = 64 << 20;

/// Why nothing is kept.
pub(in crate::pipeline) const NO_VAULT: &str = "no vault was asked for";

/// Why a report is not kept that may hold secrets: what a scanner found, or what a tool was run with.
pub(in crate::pipeline) const OF_SECRETS: &str = "a report that may hold secrets";

/// Why a document is not kept that may hold secrets.
pub(in crate::pipeline) const OF_SETTINGS: &str = "a file of settings that may be secret";

/// Why a file is not kept that names people where the report does not.
pub(in crate::pipeline) const NAMES_PEOPLE: &str = "it names people";

/// Tools whose reports hold the secrets that they found.
const SECRET_SCANNERS: [&str; 7] =
    ["gitleaks", "trufflehog", "detect-secrets", "ggshield", "gitguardian", "whispers", "secret"];

/// Why an input is not kept that is larger than [`LARGEST`].
pub(in crate::pipeline) fn too_large() -> String {
    format!("larger than {}", written_size(LARGEST))
}

/// Whether a report is of a secret scanner, by its path, its format or its tool.
pub(in crate::pipeline) fn is_of_secrets<'n>(names: impl IntoIterator<Item = &'n str>) -> bool {
    let mut names = names.into_iter().map(str::to_ascii_lowercase);
    names.any(|name| SECRET_SCANNERS.iter().any(|scanner| name.contains(scanner)))
}

/// Whether a document may hold secrets, by its name.
pub(in crate::pipeline) fn may_hold_secrets(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let template = ["example", "sample", "template", "dist"].map(|end| name.ends_with(end));
    name.starts_with(".env") && !template.contains(&true)
}

/// Where bytes go that are kept; several threads call it.
pub type Put<'v> = &'v (dyn Fn(&Digest, &[u8]) + Sync);

/// What is kept, and where.
#[derive(Clone, Copy)]
pub struct Vaulting<'v> {
    /// Takes the bytes; `None` where there is no vault.
    pub put: Option<Put<'v>>,
    /// Whether the reports of secret scanners are kept too.
    pub secrets: bool,
}

impl Vaulting<'_> {
    /// No vault.
    pub const NONE: Vaulting<'static> = Vaulting { put: None, secrets: false };

    /// Keeps the bytes of an input that is no artifact, unless there is a reason not to.
    pub(in crate::pipeline) fn document(
        &self,
        path: &str,
        digest: &Digest,
        bytes: &[u8],
    ) -> Option<String> {
        let withheld = self.size(bytes.len() as u64).or_else(|| {
            let secrets = may_hold_secrets(path) && !self.secrets;
            secrets.then(|| OF_SETTINGS.to_owned())
        });
        self.keep(withheld, digest, bytes)
    }

    /// Keeps the bytes of one file, unless there is a reason not to in one of its `readings`.
    pub(in crate::pipeline) fn artifact<'r>(
        &self,
        readings: impl Iterator<Item = &'r Artifact> + Clone,
        bytes: Result<&[u8], &str>,
    ) {
        let withheld = readings.clone().find_map(|artifact| self.withheld(artifact));
        if let (Some(artifact), Ok(bytes)) = (readings.clone().next(), bytes) {
            self.keep(withheld, &artifact.sha256, bytes);
        }
    }

    /// Why an artifact's bytes are not kept, by this reading of them.
    pub(in crate::pipeline) fn withheld(&self, artifact: &Artifact) -> Option<String> {
        let Artifact { path, answer, bytes, .. } = artifact;
        let (format, tool) = match answer {
            Answer::Read(reading) => (reading.format, reading.tool.as_deref().unwrap_or_default()),
            Answer::Broken { format, .. } => (*format, ""),
            Answer::Ambiguous { .. } | Answer::Unknown { .. } => ("", ""),
        };
        self.size(*bytes).or_else(|| {
            let secrets = answer.holds_secrets() || is_of_secrets([path.as_str(), format, tool]);
            (secrets && !self.secrets).then(|| OF_SECRETS.to_owned())
        })
    }

    fn size(&self, bytes: u64) -> Option<String> {
        match self.put {
            None => Some(NO_VAULT.to_owned()),
            Some(_) if bytes > LARGEST => Some(too_large()),
            Some(_) => None,
        }
    }

    fn keep(&self, withheld: Option<String>, digest: &Digest, bytes: &[u8]) -> Option<String> {
        if let (None, Some(put)) = (&withheld, self.put) {
            put(digest, bytes);
        }
        withheld
    }
}
