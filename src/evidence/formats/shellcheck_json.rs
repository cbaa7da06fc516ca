//! ShellCheck's `json` and `json1`.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule};

pub(super) struct ShellcheckJson;

impl Format for ShellcheckJson {
    fn id(&self) -> &'static str {
        "shellcheck-json"
    }

    fn about(&self) -> About {
        About {
            tool: "ShellCheck",
            recognised: "a list of `code`, `level`, `endLine` and `endColumn`, alone or under `comments`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://github.com/koalaman/shellcheck/wiki/Integration",
            clean: "`[]`, or `comments` that is empty, and something vouches for the run.",
            vacuous: "Nothing here: of a file that is not there ShellCheck writes the same, and exits with 2.",
            blank: Blanks::NONE.list(Means::Silent),
            notes: &["`info` and `style` are notes."],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let comment = |one: &Shape<'_>| one.has(&["code", "level", "endLine", "endColumn", "file"]);
        Fit::sure(shape.first().or(shape.first_of("comments")).is_some_and(comment))
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        let list = |shape: &Shape<'_>| shape.has_list("comments");
        self.recognises(sniff) > Fit::No || sniff.json().is_some_and(list)
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "ShellCheck");
        let mut findings = input.findings();
        if input.sniff.json().is_some_and(Shape::is_map) {
            let Report { comments } = input.json()?;
            if comments.is_empty() {
                let why = "ShellCheck writes the same of a file that is not there.";
                reading.doubt(Rule::SilentTool, why);
            }
            comments.iter().for_each(|comment| findings.add(comment.finding()));
        } else {
            input.elements(|comment: Comment<'_>| findings.add(comment.finding()))?;
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    comments: Vec<Comment<'a>>,
}

#[derive(Deserialize)]
struct Comment<'a> {
    #[serde(borrow)]
    file: Option<Str<'a>>,
    #[serde(default)]
    line: Num,
    level: Option<Str<'a>>,
    code: Option<Str<'a>>,
    message: Option<Str<'a>>,
}

impl Comment<'_> {
    fn finding(&self) -> Finding {
        Finding {
            rule: self.code.as_deref().map(|code| format!("SC{code}")),
            title: self.message.as_deref().and_then(text::title),
            path: text::said(&self.file),
            line: self.line.line(),
            ..Finding::levelled(self.level.as_deref().map_or(Level::Error, Level::from_word))
        }
    }
}
