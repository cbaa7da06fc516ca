//! SPDX's tag-value form.

use crate::evidence::family::bill::{Bill, Described, is_scanned_thing};
use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Sniff, Tells};
use crate::facts::Component;
use crate::model::Reading;

pub(super) struct SpdxTagValue;

impl Format for SpdxTagValue {
    fn id(&self) -> &'static str {
        "spdx-tag-value"
    }

    fn about(&self) -> About {
        About {
            tool: "SPDX (tag-value)",
            recognised: "a line `SPDXVersion:`",
            carries: &["components"],
            tells: Tells::NOTHING.time("`Created:`"),
            source: "https://spdx.github.io/spdx-spec/v2.3/conformance/",
            clean: "Packages are listed.",
            vacuous: "0 packages; none but the one that the document describes, without files.",
            blank: Blanks::NONE,
            notes: &[
                "A component is a `PackageName`; files are none.",
                "A `<text>` may run over lines, and what stands in it is no tag.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(
            sniff.text().is_some_and(|head| head.any(|line| line.starts_with("SPDXVersion:"))),
        )
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let (mut bill, mut described) = (Bill::new(input), Described::default());
        let mut open: Option<Component> = None;
        let mut in_text = false;
        for (_, line) in input.lines() {
            if in_text {
                in_text = !line.contains("</text>");
                continue;
            }
            let Some((tag, value)) = line.split_once(':') else { continue };
            in_text = value.contains("<text>") && !value.contains("</text>");
            let value = value.trim();
            match (tag.trim(), &mut open) {
                ("Creator", _) if bill.tool.is_none() => {
                    let tool = value.strip_prefix("Tool:");
                    bill.tool = tool.map(|tool| (tool.trim().to_owned(), None));
                }
                ("Created", _) => bill.made_at = Some(value.to_owned()),
                ("PackageName", _) => {
                    let named = Component { name: value.to_owned(), ..Component::default() };
                    open.replace(named).into_iter().for_each(|done| bill.component(done));
                }
                ("SPDXID", Some(_)) if is_scanned_thing(Some(value)) => open = None,
                ("SPDXID", Some(_)) => described.package(Some(value)),
                ("FileName", _) => described.files = true,
                ("Relationship", _) => {
                    if let Some((_, to)) = value.split_once(" DESCRIBES ") {
                        described.describes(to.trim());
                    }
                }
                ("PackageVersion", Some(package)) => package.version = Some(value.to_owned()),
                ("PackageLicenseConcluded", Some(package)) if value != "NOASSERTION" => {
                    package.licence = Some(value.to_owned());
                }
                ("ExternalRef", Some(package)) => {
                    let purl = value.rsplit(' ').next().filter(|purl| purl.starts_with("pkg:"));
                    package.purl = purl.map(str::to_owned).or(package.purl.take());
                }
                _ => {}
            }
        }
        if in_text {
            return Err(Broken::new("The file ends in the middle of a text."));
        }
        open.into_iter().for_each(|done| bill.component(done));
        bill.of_itself = described.is_all();
        Ok(bill.finish(Reading::of(self.id())))
    }

    fn hides_cuts(&self) -> Cut {
        Cut::Anywhere
    }
}
