//! SPDX 2.x in YAML.

use crate::evidence::family::spdx;
use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Sniff, Tells, document};
use crate::model::Reading;

pub(super) struct SpdxYaml;

impl Format for SpdxYaml {
    fn id(&self) -> &'static str {
        "spdx-yaml"
    }

    fn about(&self) -> About {
        About {
            tool: "SPDX (sbom4python, spdx-tools and others)",
            recognised: "YAML with `creationInfo:` beside `spdxVersion:` or `SPDXID: SPDXRef-DOCUMENT`",
            carries: &["components"],
            tells: Tells::NOTHING
                .time("`creationInfo.created`")
                .version("`Tool:` among the creators"),
            source: "https://spdx.github.io/spdx-spec/v2.3/conformance/",
            clean: "Packages are listed.",
            vacuous: "0 packages; none but the one that the document describes, without files.",
            blank: Blanks::NONE,
            notes: &["It is read as [spdx-json](spdx-json.md) is, whose members it has."],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(head) = sniff.text() else { return Fit::No };
        let document = head.any(|line| {
            let id = line.strip_prefix("SPDXID:").map(|id| id.trim().trim_matches(['"', '\'']));
            id == Some("SPDXRef-DOCUMENT") || line.starts_with("spdxVersion:")
        });
        Fit::sure(document && head.any(|line| line == "creationInfo:"))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut documents: Vec<serde_json::Value> =
            document::yaml_typed(input.text).map_err(Broken)?;
        let (Some(one), true) = (documents.pop(), documents.is_empty()) else {
            return Err(Broken::new("The file is not one document of YAML."));
        };
        let text = one.to_string();
        spdx::read(&Input { text: &text, ..*input }, self.id())
    }

    fn hides_cuts(&self) -> Cut {
        Cut::Anywhere
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    const TEXT: &str = include_str!("../../../fixtures/evidence/spdx-yaml/good.spdx.yaml");

    #[test]
    fn it_holds_what_the_same_document_in_json_does() {
        let read = reading("spdx-yaml", TEXT);
        assert_eq!(read.tool.as_deref(), Some("sbom4python-0.12.6"));
        let components = read.facts.components.unwrap();
        assert_eq!(components.total, 2);
    }

    #[test]
    fn what_is_not_one_document_is_refused() {
        let twice = format!("{TEXT}---\n{TEXT}");
        proves("spdx-yaml", &[(TEXT, ""), (&twice, "not one document")]);
    }
}
