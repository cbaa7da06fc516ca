//! Which attempt at which test a result is of: adapters write one file for each.

use super::Of;
use crate::model::{Attempt, AttemptAt};

impl Of<'_> {
    /// The attempt that the result is of.
    pub(super) fn attempt(&self) -> Attempt {
        Attempt { outcome: self.outcome(), at: self.at() }
    }

    fn at(&self) -> Option<AttemptAt> {
        let host = self.label("host")?;
        let process = process(self.label("thread")?)?;
        let (began, ended) = (self.start.get()?, self.stop.get()?);
        (ended >= began).then_some(())?;
        Some(AttemptAt { run: format!("{host}\0{process}"), test: self.test()?, began, ended })
    }

    /// What `historyId` stands for, spelled out: adapters have given one to rows of one table.
    fn test(&self) -> Option<String> {
        let history = self.history.as_deref().filter(|id| !id.is_empty())?;
        let mut told = vec![history, said(&self.full_name), said(&self.name)];
        for of in self.parameters.iter().flatten().filter(|of| of.excluded != Some(true)) {
            told.extend([said(&of.name), said(&of.value)]);
        }
        Some(told.join("\0"))
    }

    fn label(&self, name: &str) -> Option<&str> {
        let mut labels = self.labels.iter().flatten();
        let label = labels.find(|label| label.name.as_deref() == Some(name))?;
        label.value.as_deref().filter(|value| !value.is_empty())
    }
}

fn said<'s>(text: &'s Option<crate::evidence::json::Str<'_>>) -> &'s str {
    text.as_deref().unwrap_or_default()
}

/// The id of the process in the name of a thread, as adapters write it: `4711-MainThread` of Python,
/// `pid-4711-worker-0` of JavaScript, `4711@host.main(1)` of Java. The number of a worker is none.
fn process(thread: &str) -> Option<&str> {
    let named = thread.strip_prefix("pid-").unwrap_or(thread);
    let end = named.find(|c: char| !c.is_ascii_digit())?;
    let (id, rest) = named.split_at(end);
    (!id.is_empty() && rest.starts_with(['-', '@'])).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::tests::reading;

    #[test]
    fn a_thread_names_its_process_or_none() {
        for (thread, expected) in [
            ("4711-MainThread", Some("4711")),
            ("pid-4711-worker-0", Some("4711")),
            ("4711@vm.main(1)", Some("4711")),
            ("1", None),
            ("worker-1", None),
            ("pid--1", None),
            ("", None),
        ] {
            assert_eq!(process(thread), expected, "{thread}");
        }
    }

    #[test]
    fn an_attempt_is_known_where_all_that_tells_it_from_others_is_there() {
        let whole = r#"{"uuid": "a", "historyId": "b", "fullName": "s#pays", "name": "pays",
            "status": "failed", "stage": "finished", "start": 100, "stop": 200,
            "parameters": [{"name": "Project", "value": "web"}, {"name": "Retry", "value": "1",
            "excluded": true}],
            "labels": [{"name": "host", "value": "vm"}, {"name": "thread", "value": "7-MainThread"}]}"#;
        let at = |text: &str| reading("allure", text).attempt.unwrap().at;
        let expected = AttemptAt {
            run: "vm\x007".to_owned(),
            test: "b\0s#pays\0pays\0Project\0web".to_owned(),
            began: 100.0,
            ended: 200.0,
        };
        assert_eq!(at(whole), Some(expected));
        for (part, instead) in [
            (r#""start": 100,"#, ""),
            (r#""stop": 200,"#, r#""stop": 99,"#),
            (r#""value": "7-MainThread""#, r#""value": "7""#),
            (r#""name": "host""#, r#""name": "hosts""#),
            (r#""historyId": "b""#, r#""historyId": """#),
        ] {
            assert!(whole.contains(part), "{part}");
            assert_eq!(at(&whole.replace(part, instead)), None, "{part}");
        }
    }
}
