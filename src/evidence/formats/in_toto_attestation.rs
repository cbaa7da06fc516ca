//! in-toto statements of any predicate, in a DSSE envelope, a Sigstore bundle or bare.

use crate::evidence::family::intoto;
use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Sniff, Tells};
use crate::model::Reading;

pub(super) struct InTotoAttestation;

impl Format for InTotoAttestation {
    fn id(&self) -> &'static str {
        "in-toto-attestation"
    }

    fn about(&self) -> About {
        About {
            tool: "in-toto (witness, Chainloop, cosign, GitHub and others)",
            recognised: "`_type` of an in-toto statement, or an envelope whose `payloadType` is in-toto's",
            carries: &["provenance"],
            tells: Tells::NOTHING
                .time("the predicate's own time, the oldest of several")
                .commit("the predicate's source")
                .digest("`subject[].digest`"),
            source: "https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md",
            clean: "A statement with subjects.",
            vacuous: "A statement about 0 subjects; statements that disagree.",
            blank: Blanks::NONE,
            notes: &[
                "What a verification summary or a test result says came of it is `provenance.result`; where that is not PASSED, a condition must ask for it, else the statement proves nothing.",
                "A signature that is there is told by `signed`; it is not checked.",
                "A bundle with a signature of a message and no statement is broken.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(intoto::is_slsa(sniff) == Some(false))
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
