//! `trueup inspect --formats`: the list of formats, for a person and for a program.

use crate::support::Repo;

#[test]
fn the_formats_are_listed_with_how_they_are_known_and_where_their_origin_stands() {
    let repo = Repo::new();
    let listed = repo.trueup(["inspect", "--formats", "--format", "json"]).code(0).json();
    let listed = listed.as_array().unwrap();
    let text = repo.trueup(["inspect", "--formats"]).code(0).stdout();
    assert!(text.starts_with(&format!("{} formats,", listed.len())), "{text}");
    for format in listed {
        let id = format["id"].as_str().unwrap();
        assert!(text.contains(&format!("\n{id}: ")), "{id}");
        for key in ["tool", "recognised_by", "clean", "vacuous", "source"] {
            assert!(format[key].as_str().is_some_and(|told| !told.is_empty()), "{id}: {key}");
        }
        assert!(!format["carries"].as_array().unwrap().is_empty(), "{id}");
        for (origin, place) in format["origin"].as_object().unwrap() {
            assert!(["time", "version", "commit", "digest"].contains(&origin.as_str()), "{id}");
            assert!(text.contains(place.as_str().unwrap()), "{id}: {origin}");
        }
    }
    let sarif = listed.iter().find(|format| format["id"] == "sarif").unwrap();
    assert_eq!(sarif["origin"]["time"], "`endTimeUtc` of the oldest invocation");
    let eslint = listed.iter().find(|format| format["id"] == "eslint-json").unwrap();
    assert_eq!(eslint["blank"]["[]"], "vacuous");
}
