//! Valgrind's XML: errors of memory and of threads.

use crate::evidence::family::listed;
use crate::evidence::xml::{Node, Xml};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule};

pub(super) struct Valgrind;

impl Format for Valgrind {
    fn id(&self) -> &'static str {
        "valgrind"
    }

    fn about(&self) -> About {
        About {
            tool: "Valgrind (Memcheck, Helgrind, DRD)",
            recognised: "the root element `valgrindoutput`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://sourceware.org/git/?p=valgrind.git;a=blob_plain;f=docs/internals/xml-output-protocol4.txt",
            clean: "No `error`, and the last state is FINISHED.",
            vacuous: "The program did not finish: no state FINISHED; a fatal signal; `errorcounts` of errors that are not listed.",
            blank: Blanks::NONE,
            notes: &[
                "Each error is one on the linters' scale, by its kind; the place is the first frame with a file.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| root.name == "valgrindoutput"))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Valgrind");
        let mut findings = input.findings();
        let mut open: Option<Finding> = None;
        let (mut state, mut signal) = (String::new(), None);
        let mut counts: Option<u64> = None;
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match (node, &mut open) {
                (Node::Open(tag), None) => match tag.name() {
                    "error" => open = Some(Finding::levelled(Level::Error)),
                    "errorcounts" => counts = Some(0),
                    "pair" => counts = counts.map(|counts| counts + 1),
                    "suppcounts" => xml.skip()?,
                    "state" => state = xml.content()?.trim().to_owned(),
                    "signame" => signal = text::title(&xml.content()?),
                    _ => {}
                },
                (Node::Open(tag), Some(finding)) => fill(finding, tag.name(), &mut xml)?,
                (Node::Close(end), Some(_)) if end.is("error") => {
                    open.take().into_iter().for_each(|finding| findings.add(finding));
                }
                (Node::Close(_), _) => {}
            }
        }
        if let Some(signal) = signal {
            reading.doubt(Rule::ToolFailed, format!("The program was ended by {signal}."));
        } else if state != "FINISHED" {
            reading.doubt(Rule::ToolFailed, "The program did not finish.");
        }
        listed::lost(&mut reading, "`errorcounts`", counts.unwrap_or(0), findings.total());
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

/// Takes what an element within an error says.
fn fill(finding: &mut Finding, name: &str, xml: &mut Xml<'_>) -> Result<(), Broken> {
    let slot = match name {
        "kind" => &mut finding.rule,
        "what" | "text" => &mut finding.title,
        "file" => &mut finding.path,
        "line" => {
            let line = xml.content()?.trim().parse().ok();
            finding.line = finding.line.or(line);
            return Ok(());
        }
        _ => return Ok(()),
    };
    let said = text::title(&xml.content()?);
    *slot = slot.take().or(said);
    Ok(())
}
