//! The XML of Qt Test.

use std::collections::BTreeMap;

use crate::evidence::family::{qt, ran};
use crate::evidence::xml::{Node, Tag, Xml};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Case, Outcome, Tests};
use crate::model::Reading;

pub(super) struct Qtest;

impl Format for Qtest {
    fn id(&self) -> &'static str {
        "qtest"
    }

    fn about(&self) -> About {
        About {
            tool: "Qt Test (`-o FILE,xml`)",
            recognised: "the root element `TestCase` with `Environment` or `TestFunction` in it",
            carries: &["tests"],
            tells: Tells::NOTHING.version("`QTestVersion`"),
            source: "https://doc.qt.io/qt-6/qtest-overview.html#command-line-arguments",
            clean: "At least 1 test function passed and none failed.",
            vacuous: "0 test functions besides `initTestCase` and `cleanupTestCase`; all skipped.",
            blank: Blanks::NONE,
            notes: &[
                "A case is a test function, or a row of its data. `initTestCase` and `cleanupTestCase` are cases where they did not pass, or nothing is told of them and the set-up was not skipped; Qt's own totals count them always.",
                "`xpass` is a failure; `xfail` followed by `pass` passes, as Qt has it, and alone is skipped. What a blacklist excuses (`bpass`, `bfail` …) is skipped.",
                "A function without an outcome is errored. A test program that crashed or called `exit` leaves half a file, which is refused.",
                "`lightxml` has no root, and is not read.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| {
            root.name == "TestCase"
                && (root.has_child("Environment") || root.has_child("TestFunction"))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Qt Test");
        let mut run = Run { tests: input.tests(), ..Run::default() };
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) if tag.is("QTestVersion") => {
                    reading.tool_version = Some(xml.content()?.into_owned());
                }
                Node::Open(tag) => run.open(&tag, &mut xml)?,
                Node::Close(end) if end.is("TestFunction") => run.close(),
                Node::Close(_) => {}
            }
        }
        ran::settle(&mut reading, run.tests);
        Ok(reading)
    }
}

#[derive(Default)]
struct Run {
    tests: Tests,
    class: Option<String>,
    function: Option<Function>,
    /// Whether the set-up was skipped, and with it all test functions.
    not_begun: bool,
}

/// A test function that has not ended.
#[derive(Default)]
struct Function {
    name: String,
    /// What came to pass, by the tag of its row; the empty tag is the function itself.
    rows: BTreeMap<String, Row>,
    seconds: Option<f64>,
}

#[derive(Default)]
struct Row {
    words: Vec<String>,
    file: Option<String>,
    message: Option<String>,
}

impl Run {
    fn open(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Broken> {
        match (tag.name(), &mut self.function) {
            ("TestCase", _) => self.class = tag.attribute("name")?,
            ("TestFunction", _) => {
                let name = tag.attribute("name")?.unwrap_or_default();
                self.function = Some(Function { name, ..Function::default() });
            }
            ("Incident" | "Message", Some(function)) => function.note(tag, xml)?,
            ("Duration", function) => {
                let millis = tag.attribute("msecs")?.and_then(|text| ran::seconds(&text));
                let seconds = millis.map(|millis| millis / 1000.0);
                match function {
                    Some(function) => function.seconds = seconds,
                    None => self.tests.duration_s = seconds,
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self) {
        let Some(mut function) = self.function.take() else { return };
        let around = qt::is_around(&function.name);
        // Where the set-up was skipped nothing else ran, and nothing is said of the tear-down.
        if around && self.not_begun && function.rows.is_empty() {
            return;
        }
        if function.rows.is_empty() {
            function.rows.insert(String::new(), Row::default());
        }
        let alone = function.rows.len() == 1;
        for (tag, row) in function.rows {
            let outcome = row.outcome();
            self.not_begun |= around && outcome == Outcome::Skipped;
            if around && outcome == Outcome::Passed {
                continue;
            }
            let name = match tag.is_empty() {
                true => function.name.clone(),
                false => format!("{}({tag})", function.name),
            };
            self.tests.add(outcome, || Case {
                name,
                suite: self.class.clone(),
                file: row.file,
                outcome,
                duration_s: function.seconds.filter(|_| alone),
                message: row.message.filter(|_| outcome != Outcome::Passed),
            });
        }
    }
}

impl Function {
    /// Takes an incident, or a message that says that the row was skipped.
    fn note(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Broken> {
        let (mut word, mut file) = (String::new(), None);
        tag.attributes(|key, value| match key {
            "type" => word = value.into_owned(),
            "file" if !value.is_empty() => file = Some(value.into_owned()),
            _ => {}
        })?;
        let incident = tag.is("Incident");
        let [row, said] = texts(xml)?;
        if incident || word == "skip" {
            let row = self.rows.entry(row).or_default();
            if word != "pass" {
                row.file = row.file.take().or(file);
                row.message = row.message.take().or_else(|| text::excerpt(&said));
            }
            row.words.push(word);
        }
        Ok(())
    }
}

/// The tag and the description in an incident, up to its end.
fn texts(xml: &mut Xml<'_>) -> Result<[String; 2], Broken> {
    let outside = xml.depth().saturating_sub(1);
    let mut texts = [String::new(), String::new()];
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) if tag.is("DataTag") => texts[0] = xml.content()?.into_owned(),
            Node::Open(tag) if tag.is("Description") => texts[1] = xml.content()?.into_owned(),
            Node::Close(_) if xml.depth() == outside => break,
            Node::Open(_) | Node::Close(_) => {}
        }
    }
    Ok(texts)
}

impl Row {
    fn outcome(&self) -> Outcome {
        let any = |words: &[&str]| self.words.iter().any(|word| words.contains(&word.as_str()));
        let last = self.words.last().map_or("", String::as_str);
        match last {
            _ if any(&["fail", "xpass"]) => Outcome::Failed,
            _ if any(&["skip", "bpass", "bfail", "bxpass", "bxfail"]) => Outcome::Skipped,
            "pass" => Outcome::Passed,
            "xfail" => Outcome::Skipped,
            _ => Outcome::Errored,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn report(functions: &str) -> String {
        format!(
            r#"<TestCase name="T"><Environment><QTestVersion>6.5</QTestVersion></Environment>
            <TestFunction name="initTestCase"><Incident type="pass" file="" line="0"/></TestFunction>{functions}
            <Duration msecs="8"/></TestCase>"#
        )
    }

    fn function(name: &str, inside: &str) -> String {
        format!(r#"<TestFunction name="{name}">{inside}<Duration msecs="1"/></TestFunction>"#)
    }

    fn incidents(words: &[&str]) -> String {
        words.iter().map(|word| format!(r#"<Incident type="{word}" file="a" line="1"/>"#)).collect()
    }

    #[test]
    fn a_function_ends_as_its_incidents_say() {
        for (inside, expected) in [
            (incidents(&["pass"]), [1, 0, 0, 0]),
            (incidents(&["fail"]), [0, 1, 0, 0]),
            (incidents(&["xpass"]), [0, 1, 0, 0]),
            (incidents(&["xfail", "pass"]), [1, 0, 0, 0]),
            (incidents(&["xfail"]), [0, 0, 0, 1]),
            (incidents(&["fail", "pass"]), [0, 1, 0, 0]),
            (incidents(&["bfail"]), [0, 0, 0, 1]),
            (incidents(&["skip"]), [0, 0, 0, 1]),
            (r#"<Message type="skip"/>"#.to_owned(), [0, 0, 0, 1]),
            (r#"<Message type="qwarn"/>"#.to_owned() + &incidents(&["pass"]), [1, 0, 0, 0]),
            (r#"<Message type="qwarn"/>"#.to_owned(), [0, 0, 1, 0]),
            (String::new(), [0, 0, 1, 0]),
        ] {
            let text = report(&function("f", &inside));
            let tests = reading("qtest", &text).facts.tests.unwrap();
            let seen = [tests.passed, tests.failed, tests.errored, tests.skipped];
            assert_eq!(seen, expected, "{text}");
        }
    }

    #[test]
    fn what_qt_does_around_the_tests_is_none() {
        let cleaned = |word: &str| function("cleanupTestCase", &incidents(&[word]));
        proves(
            "qtest",
            &[
                (&report(&cleaned("pass")), "holds 0 tests"),
                (&report(&function("f", &incidents(&["skip"]))), "The only test was skipped"),
                (&report(&function("f", &incidents(&["pass"]))), ""),
            ],
        );
        let failed = reading("qtest", &report(&cleaned("fail"))).facts.tests.unwrap();
        assert_eq!((failed.total(), failed.failed), (1, 1));
    }
}
