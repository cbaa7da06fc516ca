//! Dates and ages as the report writes them, always against the moment of judgement.

use serde::Serialize;

use crate::model::{Age, Timestamp};

use super::text::shortened;

/// A moment in words, and its age where that says something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct When {
    /// `2026-11-22 10:05 UTC`, or what was written where that is no time.
    pub(super) human: String,
    /// `2026-11-22`.
    pub(super) day: String,
    /// `41 days`, before the moment of judgement.
    pub(super) age: Option<String>,
}

/// The time of an RFC 3339 text.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    Timestamp::parse(text).map(|(time, _)| time)
}

/// `text` as a person reads it, with its age at `judged`.
pub(super) fn when(text: &str, judged: Option<Timestamp>) -> When {
    match moment(text) {
        Some(time) => When {
            human: time.human(),
            day: time.date(),
            age: judged
                .filter(|judged| *judged >= time)
                .map(|judged| judged.since(time).to_string()),
        },
        None => When { human: shortened(text, 40), day: shortened(text, 24), age: None },
    }
}

/// How old something made at `text` was at `judged`.
pub(super) fn age(text: &str, judged: Option<Timestamp>) -> Option<Age> {
    let (time, judged) = (moment(text)?, judged?);
    (judged >= time).then(|| judged.since(time))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_counted_from_the_judgement() {
        let judged = moment("2026-11-22T10:05:00Z");
        let made = when("2026-10-12T10:05:00Z", judged);
        assert_eq!((made.day.as_str(), made.age.as_deref()), ("2026-10-12", Some("41 days")));
        assert_eq!(when("2026-11-23T00:00:00Z", judged).age, None);
        assert_eq!(when("soon", judged).human, "soon");
    }
}
