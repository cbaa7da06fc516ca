//! What holds for every format: its row, fixtures and page; damage; encodings; the corpus.

mod aliases;
mod corpus;
mod counts;
mod damage;
mod discipline;
mod fixtures;
mod page;
mod said;

pub(in crate::evidence) use said::{format_of, proves, reading};

#[test]
fn a_key_behind_a_long_text_is_seen() {
    let long = "A".repeat(40_000);
    for text in ["short", long.as_str()] {
        for before in [r#""results":[]"#, r#""results":null"#, r#""issues":[],"errors":[]"#] {
            let file = format!("{{{before},\"log\":\"{text}\",\"error\":\"scan failed\"}}");
            let answer = crate::evidence::read(
                "a.json",
                file.as_bytes(),
                None,
                &crate::evidence::Detail::default(),
            );
            let format = answer.reading().map(|reading| reading.format);
            assert!(matches!(format, None | Some("json")), "{before}: {format:?}");
        }
    }
}
