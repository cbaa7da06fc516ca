//! JMeter's XML results.

use std::borrow::Cow;

use crate::evidence::family::load::Samples;
use crate::evidence::xml::{Node, Tag};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text, when};
use crate::model::Reading;

pub(super) struct JmeterXml;

impl Format for JmeterXml {
    fn id(&self) -> &'static str {
        "jmeter-xml"
    }

    fn about(&self) -> About {
        About {
            tool: "JMeter (XML `.jtl`)",
            recognised: "the root element `testResults`, but FitNesse's",
            carries: &["metrics"],
            tells: Tells::NOTHING.time("`ts` of the first sample"),
            source: "https://jmeter.apache.org/usermanual/listeners.html#xmlformat2.1",
            clean: "Requests were made and not all failed.",
            vacuous: "0 requests; every request failed; samples of the setUp and tearDown thread groups alone.",
            blank: Blanks::NONE,
            notes: &[
                "A request is a sample directly under the root; those inside it are its parts.",
                "The version of the root is that of the format.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| {
            // FitNesse has a root of that name.
            root.name == "testResults" && !root.has_child("FitNesseVersion")
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "JMeter");
        let mut samples = Samples::default();
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            if let Node::Open(tag) = node
                && xml.depth() == 2
            {
                sample(&tag, &mut samples, &mut reading)?;
            }
        }
        samples.settle(&mut reading, "JMeter");
        Ok(reading)
    }
}

fn sample(tag: &Tag<'_>, samples: &mut Samples, reading: &mut Reading) -> Result<(), Broken> {
    let (mut time, mut succeeded, mut thread) = (None, false, Cow::Borrowed(""));
    tag.attributes(|key, value| match key {
        "t" | "time" => time = Some(value),
        "s" | "success" => succeeded = &*value == "true",
        "tn" | "threadName" => thread = value,
        "ts" | "timeStamp" if reading.produced_at.is_none() => {
            reading.produced_at = Some(when::epoch(&value));
        }
        _ => {}
    })?;
    let millis = time.as_deref().map(text::number);
    if millis == Some(None) {
        return Err(Broken::new(format!("The time of a <{}> is no number.", tag.name())));
    }
    samples.add(millis.flatten(), succeeded);
    samples.by_thread(&thread);
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::format_of;

    #[test]
    fn what_fitnesse_writes_is_none_of_jmeters() {
        let report = |child: &str| format!("<testResults version='1.2'>{child}</testResults>");
        assert_eq!(format_of(&report("<httpSample t='1' s='true'/>")), Some("jmeter-xml"));
        assert_eq!(format_of(&report("<FitNesseVersion>v20</FitNesseVersion>")), None);
    }
}
