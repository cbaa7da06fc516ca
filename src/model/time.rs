//! Points in time and ages: UTC inside, RFC 3339 outside.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat, TimeDelta, Utc};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// A point in time, to the second in every text: `2026-11-22T10:05:00Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(DateTime<Utc>);

impl Timestamp {
    /// From seconds since 1970; `None` outside the calendar.
    pub fn from_epoch(seconds: i64) -> Option<Timestamp> {
        DateTime::from_timestamp(seconds, 0).map(Timestamp)
    }

    /// From milliseconds since 1970; `None` outside the calendar.
    pub fn from_epoch_millis(millis: i64) -> Option<Timestamp> {
        DateTime::from_timestamp_millis(millis).map(Timestamp)
    }

    /// Seconds since 1970.
    pub fn epoch(self) -> i64 {
        self.0.timestamp()
    }

    /// Seconds since 1970, and nanoseconds: all that the moment is.
    pub fn exact(self) -> (i64, u32) {
        (self.0.timestamp(), self.0.timestamp_subsec_nanos())
    }

    /// The moment of which [`Timestamp::exact`] says so; `None` outside the calendar.
    pub fn from_exact((seconds, nanos): (i64, u32)) -> Option<Timestamp> {
        DateTime::from_timestamp(seconds, nanos).map(Timestamp)
    }

    /// Reads RFC 3339, or a date and time without a zone (taken as UTC; the `bool` is then
    /// `false`), with `T` or a blank between, fractions of any length, or a date alone.
    pub fn parse(text: &str) -> Option<(Timestamp, bool)> {
        let text = text.trim();
        if let Ok(zoned) = DateTime::parse_from_rfc3339(text) {
            return Some((Timestamp(zoned.to_utc()), true));
        }
        // Next what test reports write, which may be asked of each of thousands of suites.
        let local = |format| NaiveDateTime::parse_from_str(text, format).ok();
        if let Some(local) = local("%Y-%m-%dT%H:%M:%S%.f") {
            return Some((Timestamp(local.and_utc()), false));
        }
        for format in
            ["%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%d %H:%M:%S%.f%#z", "%Y-%m-%d %H:%M:%S%.f %z"]
        {
            if let Ok(zoned) = DateTime::parse_from_str(text, format) {
                return Some((Timestamp(zoned.to_utc()), true));
            }
        }
        if let Some(local) = ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M"].into_iter().find_map(local)
        {
            return Some((Timestamp(local.and_utc()), false));
        }
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
        Some((Timestamp(day.and_hms_opt(0, 0, 0)?.and_utc()), false))
    }

    /// The last second of a calendar day written `2026-12-31` and in no other way, UTC.
    pub fn end_of_day(text: &str) -> Option<Timestamp> {
        let shape = text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        if !shape || text.len() != 10 {
            return None;
        }
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
        Some(Timestamp(day.and_hms_opt(23, 59, 59)?.and_utc()))
    }

    /// This moment moved by `age` into the future; saturates at the calendar's end.
    pub fn plus(self, age: Age) -> Timestamp {
        Timestamp(self.0.checked_add_signed(age.delta()).unwrap_or(DateTime::<Utc>::MAX_UTC))
    }

    /// This moment moved by `age` into the past; saturates at the calendar's start.
    pub fn minus(self, age: Age) -> Timestamp {
        Timestamp(self.0.checked_sub_signed(age.delta()).unwrap_or(DateTime::<Utc>::MIN_UTC))
    }

    /// The time from `earlier` to this moment; zero where `earlier` is later.
    pub fn since(self, earlier: Timestamp) -> Age {
        Age(self.epoch().saturating_sub(earlier.epoch()).max(0))
    }

    /// `2026-11-22`.
    pub fn date(self) -> String {
        self.0.format("%Y-%m-%d").to_string()
    }

    /// `2026-11-22 10:05 UTC`: how a person reads it.
    pub fn human(self) -> String {
        self.0.format("%Y-%m-%d %H:%M UTC").to_string()
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(time: DateTime<Utc>) -> Timestamp {
        Timestamp(time)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::Secs, true))
    }
}

impl FromStr for Timestamp {
    type Err = String;

    fn from_str(text: &str) -> Result<Timestamp, String> {
        Timestamp::parse(text).map(|(time, _)| time).ok_or_else(|| {
            format!("`{text}` is no time; write it as 2026-11-22T10:05:00Z or 2026-11-22")
        })
    }
}

impl JsonSchema for Timestamp {
    fn schema_name() -> Cow<'static, str> {
        "Timestamp".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date-time" })
    }
}

impl Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A length of time, in seconds; written `90d`, `36h`, `2w`, `30m`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Age(i64);

impl Age {
    /// A length of `seconds`; negative ones are zero.
    pub const fn seconds(seconds: i64) -> Age {
        Age(if seconds < 0 { 0 } else { seconds })
    }

    /// A length of `hours`.
    pub const fn hours(hours: i64) -> Age {
        Age::seconds(hours.saturating_mul(3600))
    }

    /// A length of `days`.
    pub const fn days(days: i64) -> Age {
        Age::seconds(days.saturating_mul(86_400))
    }

    /// The length in seconds.
    pub fn as_seconds(self) -> i64 {
        self.0
    }

    fn delta(self) -> TimeDelta {
        TimeDelta::try_seconds(self.0).unwrap_or(TimeDelta::MAX)
    }
}

impl FromStr for Age {
    type Err = String;

    fn from_str(text: &str) -> Result<Age, String> {
        let fault = || format!("`{text}` is no length of time; write it as 7d, 36h, 2w or 30m");
        let trimmed = text.trim();
        let unit = trimmed.chars().last().ok_or_else(fault)?;
        let seconds = match unit {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86_400,
            'w' => 604_800,
            _ => return Err(fault()),
        };
        let count: u32 = trimmed[..trimmed.len() - 1].trim().parse().map_err(|_| fault())?;
        Ok(Age(i64::from(count) * seconds))
    }
}

impl fmt::Display for Age {
    /// In words, in the largest unit that keeps two figures' meaning: `41 days`, `3 hours`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, noun) = match self.0 {
            s if s < 90 => (s, "second"),
            s if s < 60 * 60 => (s / 60, "minute"),
            s if s < 36 * 3600 => (s / 3600, "hour"),
            s => (s / 86_400, "day"),
        };
        f.write_str(&super::counted(count.unsigned_abs(), noun))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_forms_that_tools_write() {
        for (text, expected, zoned) in [
            ("2020-10-05T16:33:49Z", "2020-10-05T16:33:49Z", true),
            ("2020-10-05T18:33:49.123456+02:00", "2020-10-05T16:33:49Z", true),
            ("2020-10-05T18:33:49+0200", "2020-10-05T16:33:49Z", true),
            ("2020-09-01T07:11:23.8158730", "2020-09-01T07:11:23Z", false),
            ("2020-09-01 07:11:23", "2020-09-01T07:11:23Z", false),
            ("2025-11-24", "2025-11-24T00:00:00Z", false),
        ] {
            let (time, has_zone) = Timestamp::parse(text).unwrap();
            assert_eq!((time.to_string().as_str(), has_zone), (expected, zoned), "{text}");
        }
        assert_eq!(Timestamp::parse("soon"), None);
    }

    #[test]
    fn ages_are_read_and_said() {
        assert_eq!("7d".parse::<Age>(), Ok(Age::days(7)));
        assert_eq!("36h".parse::<Age>().unwrap().to_string(), "1 day");
        assert_eq!(Age::seconds(3 * 3600).to_string(), "3 hours");
        assert_eq!(Age::days(41).to_string(), "41 days");
        for wrong in ["", "7", "d", "-1d", "7 fortnights", "é"] {
            assert!(wrong.parse::<Age>().is_err(), "{wrong}");
        }
    }
}
