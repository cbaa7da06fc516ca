//! SLSA provenance, in a DSSE envelope, a Sigstore bundle or bare.

use crate::evidence::family::intoto;
use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Sniff, Tells};
use crate::model::Reading;

pub(super) struct SlsaProvenance;

impl Format for SlsaProvenance {
    fn id(&self) -> &'static str {
        "slsa-provenance"
    }

    fn about(&self) -> About {
        About {
            tool: "SLSA generators, GitHub artifact attestations, BuildKit",
            recognised: "an in-toto statement whose predicate type is `https://slsa.dev/provenance/…`",
            carries: &["provenance"],
            tells: Tells::NOTHING
                .time("`metadata.finishedOn` or `metadata.buildFinishedOn`")
                .commit("`gitCommit` or `sha1` of the source among the materials; else `vcs.revision` of BuildKit's own metadata")
                .digest("`subject[].digest`"),
            source: "https://slsa.dev/spec/v1.1/provenance",
            clean: "A statement with subjects.",
            vacuous: "A statement about 0 subjects; statements that disagree.",
            blank: Blanks::NONE,
            notes: &[
                "A signature that is there is told by `signed`; it is not checked.",
                "The commit is a resolved dependency (1.0), the source of the configuration or a material (0.2).",
                "A file may hold several envelopes; their subjects are joined, and they must agree on builder and commit.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(intoto::is_slsa(sniff) == Some(true))
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        intoto::is_slsa(sniff).is_some()
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        intoto::read(input, self.id())
    }

    fn hides_cuts(&self) -> Cut {
        Cut::AtLineEnds
    }
}
