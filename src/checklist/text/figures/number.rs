//! Numbers as people write them, and what only looks like one.

/// A number and where it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) value: f64,
}

/// The number that begins with the digit at `at`, or where what is no number ends: a version, a
/// date, a time, a part of a name.
pub(super) fn number_at(text: &str, at: usize) -> Result<Number, usize> {
    let bytes = text.as_bytes();
    if !bytes.get(at).is_some_and(u8::is_ascii_digit) {
        return Err(at + 1);
    }
    if part_of_a_name(text, at) {
        return Err(token_end(bytes, digits(bytes, at)));
    }
    plain_number(text, at)
}

/// The same, whatever stands before it.
pub(super) fn plain_number(text: &str, at: usize) -> Result<Number, usize> {
    let bytes = text.as_bytes();
    let end = digits(bytes, at);
    if let Some(stop) = decimal_comma(text, at, end) {
        let written = text.get(at..stop).unwrap_or_default().replace(',', ".");
        return written
            .parse()
            .map(|value| Number { start: at, end: stop, value })
            .map_err(|_| stop);
    }
    if let Some((stop, value)) = dotted_group(text, at, end) {
        return value.map(|value| Number { start: at, end: stop, value }).ok_or(stop);
    }
    let (whole_end, grouped) = thousands(bytes, at, end);
    let mut stop = whole_end;
    if bytes.get(stop) == Some(&b'.') && bytes.get(stop + 1).is_some_and(u8::is_ascii_digit) {
        stop = digits(bytes, stop + 1);
        if bytes.get(stop) == Some(&b'.') && bytes.get(stop + 1).is_some_and(u8::is_ascii_digit) {
            return Err(token_end(bytes, stop));
        }
    }
    stop = exponent(bytes, stop);
    // `10⁻⁴`
    let raised = |c: char| matches!(c, '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' | '⁺' | '⁻');
    if text.get(stop..).is_some_and(|rest| rest.starts_with(raised)) {
        return Err(stop);
    }
    if matches!(bytes.get(stop), Some(b'-' | b':' | b'_'))
        && bytes.get(stop + 1).is_some_and(u8::is_ascii_alphanumeric)
    {
        return Err(token_end(bytes, stop));
    }
    let written = text.get(at..stop).unwrap_or_default();
    let plain = if grouped { written.replace(',', "") } else { written.to_owned() };
    match plain.parse::<f64>() {
        Ok(value) if plain.len() <= 18 && value.is_finite() => {
            Ok(Number { start: at, end: stop, value })
        }
        _ => Err(stop),
    }
}

/// Whether a number has a nought in front, as those of dates have: `06/08`.
pub(super) fn is_padded(text: &str, number: &Number) -> bool {
    let written = text.get(number.start..number.end).unwrap_or_default();
    written.len() > 1
        && written.starts_with('0')
        && written.bytes().all(|byte| byte.is_ascii_digit())
}

/// `1e-6`: where the exponent of a number that ends at `stop` ends.
fn exponent(bytes: &[u8], stop: usize) -> usize {
    if !matches!(bytes.get(stop), Some(b'e' | b'E')) {
        return stop;
    }
    let from = stop + 1 + usize::from(matches!(bytes.get(stop + 1), Some(b'-' | b'+')));
    let end = digits(bytes, from);
    let whole = end > from && !bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
    if whole { end } else { stop }
}

fn digits(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    at
}

/// `0,5 %`, `< 1,2 s`: where the decimals behind a comma end. Whole numbers may stand in a row with commas
/// between (`Node 18,20`), so that a unit or a limit must say that it is one; and three figures are a group
/// of thousands, but behind a lone 0.
fn decimal_comma(text: &str, start: usize, end: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let stop = digits(bytes, end + 1);
    let alone = text.get(start..end)? == "0";
    let is_one = bytes.get(end) == Some(&b',')
        && (alone || matches!(stop - end, 2 | 3))
        && (1..=15).contains(&(stop - end - 1));
    let goes_on = matches!(bytes.get(stop), Some(b',' | b'.'))
        && bytes.get(stop + 1).is_some_and(u8::is_ascii_digit);
    if !is_one || goes_on {
        return None;
    }
    let before = text.get(..start)?.trim_end();
    let is_limit = before.ends_with(['<', '>', '=', '≤', '≥']);
    (alone || is_limit || is_unit(text, stop)).then_some(stop)
}

/// Whether a unit that is written behind numbers with decimals stands at `at`.
fn is_unit(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default().trim_start();
    let word = rest.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    rest.starts_with('%')
        || ["ms", "s", "sec", "min", "kb", "kib", "mb", "mib", "gb", "gib", "rps"]
            .contains(&word.to_ascii_lowercase().as_str())
}

/// `1.500`: in German one and a half thousand, and in English one and a half. Where it ends, and what it is
/// where the text tells: by a comma before decimals, a letter of German, or a percentage, which is never
/// of thousands.
fn dotted_group(text: &str, start: usize, end: usize) -> Option<(usize, Option<f64>)> {
    let bytes = text.as_bytes();
    let whole = text.get(start..end)?;
    let stop = digits(bytes, end + 1);
    let is_one = bytes.get(end) == Some(&b'.')
        && stop - end == 4
        && (1..=3).contains(&whole.len())
        && !whole.starts_with('0');
    let goes_on =
        bytes.get(stop).is_some_and(|byte| byte.is_ascii_alphanumeric() && !is_unit(text, stop));
    let more = matches!(bytes.get(stop), Some(b'.' | b',' | b'-' | b':' | b'_'))
        && bytes.get(stop + 1).is_some_and(u8::is_ascii_alphanumeric);
    if !is_one || goes_on || more || text.get(stop..)?.trim_start().starts_with('%') {
        return None;
    }
    let value = format!("{whole}{}", text.get(end + 1..stop)?).parse().ok();
    Some((stop, value.filter(|_| is_of_commas(text))))
}

/// Whether a text writes decimals behind a comma, by one that is there or by its letters.
fn is_of_commas(text: &str) -> bool {
    let bytes = text.as_bytes();
    let comma = |at: &usize| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        let stop = digits(bytes, at + 1);
        before.is_some_and(u8::is_ascii_digit) && matches!(stop - at, 2 | 3)
    };
    let mut commas = text.match_indices(',').map(|(at, _)| at);
    text.contains(['ä', 'ö', 'ü', 'ß', 'Ä', 'Ö', 'Ü']) || commas.any(|at| comma(&at))
}

/// `4,252,838`: where the last group of three ends.
fn thousands(bytes: &[u8], start: usize, mut end: usize) -> (usize, bool) {
    let first = end;
    while end - start <= 15
        && bytes.get(end) == Some(&b',')
        && digits(bytes, end + 1) == end + 4
        && first - start <= 3
    {
        end += 4;
    }
    (end, end > first)
}

/// Whether a letter, or what joins names, versions, dates and money, stands before `at`.
fn part_of_a_name(text: &str, at: usize) -> bool {
    let Some(before) = text.get(..at).and_then(|lead| lead.chars().next_back()) else {
        return false;
    };
    match before {
        '-' | '.' | '/' | ':' | '_' | '#' | '@' | '$' | '€' | '£' | '+' | '\\' => {
            // `-5` after a space is a number; so is what follows a bracket or the end of a clause.
            !(matches!(before, ':') && text.get(..at).is_some_and(|lead| lead.ends_with("target:")))
        }
        _ => before.is_alphanumeric() && before.is_ascii(),
    }
}

/// The end of the unbroken run of name-like characters at `at`.
fn token_end(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'_' | b'/')
    }) {
        at += 1;
    }
    at
}
