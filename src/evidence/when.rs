//! The times that tools write besides RFC 3339: epochs, mail dates, local forms.

use chrono::{DateTime, NaiveDateTime};

use crate::model::{ProducedAt, Timestamp};

/// A number of seconds, or of milliseconds where it is that great, as text.
pub(super) fn epoch(raw: &str) -> ProducedAt {
    let seconds = raw.trim().parse::<f64>().ok().filter(|number| *number > 0.0);
    let at = seconds.and_then(|number| {
        let millis = if number > 1e11 { number } else { number * 1000.0 };
        Timestamp::from_epoch_millis(millis as i64)
    });
    ProducedAt { raw: raw.to_owned(), at, zoned: true }
}

/// A number of milliseconds.
pub(super) fn millis(number: f64) -> Option<ProducedAt> {
    let at = Timestamp::from_epoch_millis(number as i64);
    at.filter(|_| number > 0.0).map(ProducedAt::at)
}

/// `11/05/2026 09:00:00` as the fifth of November.
pub(super) fn month_first(raw: &str) -> Option<ProducedAt> {
    let read = NaiveDateTime::parse_from_str(raw.trim(), "%m/%d/%Y %H:%M:%S").ok()?;
    let at = Some(Timestamp::from(read.and_utc()));
    Some(ProducedAt { raw: raw.to_owned(), at, zoned: false })
}

/// As [`ProducedAt::parse`], and besides, mail dates with or without a zone.
pub(super) fn any(raw: &str) -> ProducedAt {
    let produced = ProducedAt::parse(raw);
    if produced.at.is_some() {
        return produced;
    }
    if let Ok(zoned) = DateTime::parse_from_rfc2822(raw.trim()) {
        return ProducedAt { raw: raw.to_owned(), at: Some(zoned.to_utc().into()), zoned: true };
    }
    if let Some(zoned) = zoned(raw.trim()).or_else(|| of_java(raw.trim())) {
        return ProducedAt { raw: raw.to_owned(), at: Some(zoned), zoned: true };
    }
    const LOCAL: [&str; 6] = [
        "%a, %d %b %Y %H:%M:%S",
        // Where both can be meant, the older day is.
        "%m/%d/%Y %H:%M:%S",
        "%d/%m/%Y %H:%M:%S",
        "%a %b %e %H:%M:%S %Y",
        "%Y/%m/%d %H:%M:%S%.f",
        "%Y%m%dT%H%M%S",
    ];
    let plain = without_zone(raw.trim());
    let read = |form: &&str| NaiveDateTime::parse_from_str(&plain, form).ok();
    let local = LOCAL.iter().filter_map(read).min();
    let at = local.map(|local| Timestamp::from(local.and_utc()));
    ProducedAt { raw: raw.to_owned(), at, zoned: false }
}

/// `Tue Jan 07 10:00:00 UTC 2025` and `… GMT+02:00 2025`, as Java writes a date, and any time that ends
/// in `GMT+02:00`.
fn of_java(text: &str) -> Option<Timestamp> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = words.iter().position(|word| {
        ["UTC", "GMT", "Z"].contains(word) || word.starts_with("GMT+") || word.starts_with("GMT-")
    })?;
    let offset = match words.get(at)?.trim_start_matches("GMT") {
        "" | "UTC" | "Z" => "+00:00",
        offset => offset,
    };
    let plain = [words.get(..at)?, words.get(at + 1..)?].concat().join(" ");
    let zoned = format!("{plain} {offset}");
    const FORMS: [&str; 6] = [
        "%a %b %e %H:%M:%S %Y %:z",
        "%Y-%m-%d %H:%M:%S%.f %:z",
        "%Y-%m-%dT%H:%M:%S%.f %:z",
        "%Y/%m/%d %H:%M:%S%.f %:z",
        "%a, %d %b %Y %H:%M:%S %:z",
        "%d %b %Y %H:%M:%S %:z",
    ];
    let read = |form: &&str| DateTime::parse_from_str(&zoned, form).ok();
    FORMS.iter().find_map(read).map(|at| at.to_utc().into())
}

/// A date of Java's without the letters of its zone, as `CEST`: they name several zones.
fn without_zone(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        [day, month, date, time, zone, year]
            if time.contains(':') && zone.bytes().all(|byte| byte.is_ascii_uppercase()) =>
        {
            [*day, *month, *date, *time, *year].join(" ")
        }
        _ => text.to_owned(),
    }
}

/// `2016-08-12 15:26:29 UTC` of GitLab's hooks, and ISO 8601 without its dashes.
fn zoned(text: &str) -> Option<Timestamp> {
    let utc = text.strip_suffix(" UTC").or_else(|| text.strip_suffix(" GMT"));
    let plain = utc.map(|time| (time, "%Y-%m-%d %H:%M:%S%.f"));
    let basic = || text.strip_suffix('Z').map(|time| (time, "%Y%m%dT%H%M%S"));
    match plain.or_else(basic) {
        Some((time, form)) => {
            let read = NaiveDateTime::parse_from_str(time, form).ok()?;
            Some(Timestamp::from(read.and_utc()))
        }
        None => {
            let read = DateTime::parse_from_str(text, "%Y%m%dT%H%M%S%z").ok()?;
            Some(read.to_utc().into())
        }
    }
}

/// The time that a report states, in whatever form; `None` where it states the zero of a calendar,
/// which stands for none.
pub(super) fn stated(produced: ProducedAt) -> Option<ProducedAt> {
    if produced.at.is_some() {
        return Some(produced).filter(is_time);
    }
    let raw = produced.raw.trim();
    let digits = raw.len() >= 9 && raw.bytes().all(|byte| byte.is_ascii_digit());
    let read = match raw.split_once('[') {
        // `2026-01-02T05:00:00Z[UTC]`, of Java.
        Some((time, _)) => any(time),
        None if digits => epoch(raw),
        None => any(&raw.replace(',', ".")),
    };
    let known = if read.at.is_some() { read } else { any(raw) };
    Some(ProducedAt { raw: produced.raw, ..known })
}

/// Whether it is understood, and not the zero of a calendar.
fn is_time(produced: &ProducedAt) -> bool {
    produced.at.is_some_and(|at| at.epoch() > 0)
}

/// Keeps the older of two times: the oldest part of a report decides how fresh the whole is. A time
/// that cannot be read never takes the place of one that can.
pub(super) fn older(known: &mut Option<ProducedAt>, found: ProducedAt) {
    let earlier = match known {
        None => true,
        Some(known) => is_time(&found) && (!is_time(known) || found.at < known.at),
    };
    if earlier {
        *known = Some(found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_older_time_is_kept_and_no_unreadable_one() {
        let (old, new) = ("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
        for (times, kept) in [
            ([old, new], old),
            ([new, old], old),
            (["soon", new], new),
            ([new, "soon"], new),
            (["soon", "later"], "soon"),
            (["0001-01-01T00:00:00Z", new], new),
            ([new, "1970-01-01T00:00:00Z"], new),
        ] {
            let mut known = None;
            times.iter().for_each(|time| older(&mut known, ProducedAt::parse(time)));
            assert_eq!(known.map(|made| made.raw).as_deref(), Some(kept), "{times:?}");
        }
    }

    #[test]
    fn a_zone_is_read_however_it_is_written() {
        for (raw, told) in [
            ("2016-08-12 15:26:29 UTC", Some("2016-08-12T15:26:29Z")),
            ("20171206T181624+0100", Some("2017-12-06T17:16:24Z")),
            ("20171206T181624Z", Some("2017-12-06T18:16:24Z")),
            ("20171206T181624", None),
            ("Tue Jan 07 10:00:00 UTC 2025", Some("2025-01-07T10:00:00Z")),
            ("Tue Jan 07 10:00:00 GMT+02:00 2025", Some("2025-01-07T08:00:00Z")),
            ("2025-01-07 10:00:00 GMT+02:00", Some("2025-01-07T08:00:00Z")),
            ("2025-01-07T10:00:00 GMT-05:30", Some("2025-01-07T15:30:00Z")),
            ("Tue, 07 Jan 2025 10:00:00 GMT+02:00", Some("2025-01-07T08:00:00Z")),
            ("Tue Jan 07 10:00:00 CEST 2025", None),
        ] {
            let read = any(raw);
            assert_eq!(read.zoned, told.is_some(), "{raw}");
            let at = read.at.unwrap().to_string();
            assert!(told.is_none_or(|told| told == at), "{raw} {at}");
        }
    }

    #[test]
    fn of_two_days_that_can_be_meant_the_older_one_is() {
        for (raw, told) in [
            ("01/02/2023 05:00:00", "2023-01-02T05:00:00Z"),
            ("02/01/2023 05:00:00", "2023-01-02T05:00:00Z"),
            ("12/25/2023 05:00:00", "2023-12-25T05:00:00Z"),
            ("25/12/2023 05:00:00", "2023-12-25T05:00:00Z"),
        ] {
            assert_eq!(any(raw).at.map(|at| at.to_string()).as_deref(), Some(told), "{raw}");
        }
    }

    #[test]
    fn a_stated_time_is_read_in_whatever_form_and_zero_is_none() {
        let of =
            |raw: &str| stated(ProducedAt::parse(raw)).map(|made| made.at.map(|at| at.to_string()));
        let told = || Some(Some("2023-01-02T05:00:00Z".to_owned()));
        for raw in [
            "2023-01-02T05:00:00Z",
            "1672635600000",
            "1672635600",
            "Mon, 02 Jan 2023 05:00:00 GMT",
            "Mon Jan  2 05:00:00 2023",
            "2023-01-02 05:00:00,000",
            "2023/01/02 05:00:00",
            "20230102T050000Z",
            "2023-01-02T05:00:00.000Z[UTC]",
        ] {
            assert_eq!(of(raw), told(), "{raw}");
        }
        assert_eq!(of("0001-01-01T00:00:00Z"), None);
        assert_eq!(of("1970-01-01T00:00:00"), None);
        assert_eq!(of("02.01.2023 05:00:00"), Some(None));
    }

    #[test]
    fn forms_that_tools_write_are_understood() {
        for (produced, at) in [
            (epoch("1625931553652"), Some("2021-07-10T15:39:13Z")),
            (epoch("1619680221"), Some("2021-04-29T07:10:21Z")),
            (epoch("0"), None),
            (epoch("soon"), None),
            (any("Tue, 12 May 2020 20:57:30"), Some("2020-05-12T20:57:30Z")),
            (any("Tue, 12 May 2020 20:57:30 +0200"), Some("2020-05-12T18:57:30Z")),
            (any("06/15/2018 18:09:29"), Some("2018-06-15T18:09:29Z")),
            (any("Fr., 30 Sep. 2022 08:40:35"), None),
            (any("2018-38-06T02:38:04"), None),
            (any("2023/01/02 05:00:00"), Some("2023-01-02T05:00:00Z")),
            (any("20230102T050000Z"), Some("2023-01-02T05:00:00Z")),
        ] {
            let expected = at.map(str::to_owned);
            assert_eq!(produced.at.map(|at| at.to_string()), expected, "{}", produced.raw);
        }
    }
}
