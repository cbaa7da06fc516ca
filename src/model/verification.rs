//! What checking a published report came to.

use serde::Serialize;

/// One way in which a report is checked. Each finds what the others cannot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Layer {
    /// `manifest`, `statement`, `vault`, `verdicts`, `pages`, `signature`.
    pub name: &'static str,
    /// Whether all is as it should be; `None` where it was not or cannot be checked.
    pub ok: Option<bool>,
    /// What was found, as a sentence.
    pub said: String,
    /// What is wrong, a sentence each.
    pub faults: Vec<String>,
}

impl Layer {
    /// A layer that holds, or the faults by which it does not.
    pub fn of(name: &'static str, holds: impl Into<String>, faults: Vec<String>) -> Layer {
        let said = match faults.len() {
            0 => holds.into(),
            1 => "1 fault.".to_owned(),
            many => format!("{many} faults."),
        };
        Layer { name, ok: Some(faults.is_empty()), said, faults }
    }

    /// A layer that was not checked, and why.
    pub fn skipped(name: &'static str, why: impl Into<String>) -> Layer {
        Layer { name, ok: None, said: why.into(), faults: Vec::new() }
    }
}

/// The whole of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Always `trueup/verification/1`.
    pub schema: &'static str,
    /// Whether no layer found a fault, and all was checked that must be.
    pub ok: bool,
    /// What came of it, as a sentence.
    pub said: String,
    /// The version of trueup that drew the pages, where it is another and they were not drawn again.
    pub other_version: Option<String>,
    /// In the order in which they are checked.
    pub layers: Vec<Layer>,
    /// What no layer can check, a sentence each.
    pub on_trust: Vec<String>,
}

impl Verification {
    /// Of these layers; `other` is the version that drew the pages, where it is another, and `allowed`
    /// whether that need not count.
    pub fn of(
        layers: Vec<Layer>,
        on_trust: Vec<String>,
        other: Option<&str>,
        allowed: bool,
    ) -> Verification {
        let mut verification = Verification {
            schema: "trueup/verification/1",
            ok: layers.iter().all(|layer| layer.ok != Some(false)),
            said: String::new(),
            other_version: other.map(str::to_owned),
            layers,
            on_trust,
        };
        verification.said = verification.sentence(allowed);
        verification.ok &= allowed || other.is_none();
        verification
    }

    /// Whether a layer found a fault.
    pub fn is_altered(&self) -> bool {
        self.layers.iter().any(|layer| layer.ok == Some(false))
    }

    /// Whether what people read, or what it rests on, was not checked.
    pub fn is_partial(&self) -> bool {
        self.was_skipped("verdicts") || self.was_skipped("pages")
    }

    fn was_skipped(&self, name: &str) -> bool {
        self.layers.iter().any(|layer| layer.name == name && layer.ok.is_none())
    }

    fn sentence(&self, allowed: bool) -> String {
        let skipped = self.layers.iter().any(|layer| layer.ok.is_none());
        if self.is_altered() {
            return "This report is not as it was published.".to_owned();
        }
        let verdicts = match self.was_skipped("verdicts") {
            true => "the verdicts were not derived again: the vault was not kept",
            false => "the verdicts come out of the evidence",
        };
        match &self.other_version {
            Some(version) if allowed => format!(
                "The pages were not drawn again, for trueup {version} drew them; {verdicts}."
            ),
            Some(version) => format!(
                "Not whole: the pages were not drawn again, for trueup {version} drew them, and they \
                 may say anything; {verdicts}. Verify with that version, or say \
                 --allow-other-version and read snapshot.json instead of the pages."
            ),
            None if self.was_skipped("verdicts") => {
                format!("The files are as they were published; {verdicts}.")
            }
            None if skipped => "Whole, as far as it was checked.".to_owned(),
            None => "Whole.".to_owned(),
        }
    }
}
