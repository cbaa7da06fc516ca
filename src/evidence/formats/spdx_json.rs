//! SPDX in JSON: 2.x documents and the JSON-LD of 3.0.

use crate::evidence::family::spdx;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::model::Reading;

pub(super) struct SpdxJson;

impl Format for SpdxJson {
    fn id(&self) -> &'static str {
        "spdx-json"
    }

    fn about(&self) -> About {
        About {
            tool: "SPDX (Syft, Trivy, GitHub dependency graph and others)",
            recognised: "`spdxVersion`, or `@graph` beside a `@context` of spdx.org",
            carries: &["components"],
            tells: Tells::NOTHING
                .time("`creationInfo.created`")
                .version("`Tool:` among the creators; SPDX 3: the specification's"),
            source: "https://spdx.github.io/spdx-spec/v2.3/",
            clean: "Packages are listed.",
            vacuous: "0 packages; none but the one that the document describes, without files.",
            blank: Blanks::NONE,
            notes: &[
                "A component is a package, the described one too; files are none, and what Syft was pointed at is none (`SPDXRef-DocumentRoot-…`).",
                "Of SPDX 3 every element whose type ends in Package counts.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let context = shape.text("@context").is_some_and(|context| context.contains("spdx.org"));
        let two =
            shape.text("spdxVersion").is_some() || shape.at(&["sbom", "spdxVersion"]).is_some();
        Fit::sure(two || context && shape.has(&["@graph"]))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        spdx::read(input, self.id())
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    #[test]
    fn a_bill_of_nothing_but_itself_proves_nothing() {
        let why = "nothing but what it is a bill of";
        let json = |more: &str, of: &str| {
            format!(
                r#"{{"spdxVersion": "SPDX-2.3", "packages": [{{"name": "shop", "SPDXID": "SPDXRef-1"}}{more}],
                "relationships": [{{"spdxElementId": "SPDXRef-DOCUMENT", "relatedSpdxElement": "SPDXRef-1",
                "relationshipType": "{of}"}}], "files": []}}"#
            )
        };
        let other = r#", {"name": "left-pad", "SPDXID": "SPDXRef-2"}"#;
        let root = r#"{"spdxVersion": "SPDX-2.3", "packages": [{"name": ".", "SPDXID": "SPDXRef-DocumentRoot-Directory-."}]}"#;
        proves("spdx-json", &[(root, "0 components")]);
        let text = |more: &str| {
            format!(
                "SPDXVersion: SPDX-2.3\n\nPackageName: shop\nSPDXID: SPDXRef-1\n{more}\nRelationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-1\n"
            )
        };
        proves(
            "spdx-json",
            &[
                (&json("", "DESCRIBES"), why),
                (&json(other, "DESCRIBES"), ""),
                (&json("", "CONTAINS"), ""),
            ],
        );
        proves(
            "spdx-tag-value",
            &[
                (&text(""), why),
                (&text("PackageName: left-pad\nSPDXID: SPDXRef-2"), ""),
                (&text("FileName: ./a.c\nSPDXID: SPDXRef-File"), ""),
            ],
        );
    }
}
