//! Which inputs a report keeps the bytes of, and why not the others.

use crate::model::{Answer, Artifact, Digest, written_size};

/// The largest input that is kept.
const LARGEST: u64 = 64 << 20;

/// Tools whose reports hold the secrets that they found.
const SECRET_SCANNERS: [&str; 7] =
    ["gitleaks", "trufflehog", "detect-secrets", "ggshield", "gitguardian", "whispers", "secret"];

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
    pub(super) fn document(&self, path: &str, digest: &Digest, bytes: &[u8]) -> Option<String> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let withheld = self.size(bytes.len() as u64).or_else(|| {
            let template = ["example", "sample", "template", "dist"].map(|end| name.ends_with(end));
            let secrets = name.starts_with(".env") && !template.contains(&true) && !self.secrets;
            secrets.then(|| "a file of settings that may be secret".to_owned())
        });
        self.keep(withheld, digest, bytes)
    }

    /// Keeps an artifact's bytes, unless there is a reason not to.
    pub(super) fn artifact(&self, artifact: &Artifact, bytes: &Result<Vec<u8>, String>) {
        if let Ok(bytes) = bytes {
            self.keep(self.withheld(artifact), &artifact.sha256, bytes);
        }
    }

    /// Why an artifact's bytes are not kept.
    pub(super) fn withheld(&self, artifact: &Artifact) -> Option<String> {
        let Artifact { path, answer, bytes, .. } = artifact;
        let (format, tool) = match answer {
            Answer::Read(reading) => (reading.format, reading.tool.as_deref().unwrap_or_default()),
            Answer::Broken { format, .. } => (*format, ""),
            Answer::Ambiguous { .. } | Answer::Unknown { .. } => ("", ""),
        };
        let names = [path.as_str(), format, tool].map(str::to_ascii_lowercase);
        let scans = |name: &String| SECRET_SCANNERS.iter().any(|scanner| name.contains(scanner));
        self.size(*bytes).or_else(|| {
            let secrets = names.iter().any(scans) && !self.secrets;
            secrets.then(|| "a report of a secret scanner".to_owned())
        })
    }

    fn size(&self, bytes: u64) -> Option<String> {
        match self.put {
            None => Some("no vault was asked for".to_owned()),
            Some(_) if bytes > LARGEST => Some(format!("larger than {}", written_size(LARGEST))),
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
