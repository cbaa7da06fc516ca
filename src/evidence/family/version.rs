//! Versions that a report declares of its own form.

use crate::model::{Reading, Rule};

/// Doubts a report whose `key` declares a later form than the reader knows: what it found may stand
/// under other names.
pub(in crate::evidence) fn known(
    reading: &mut Reading,
    key: &str,
    declared: Option<f64>,
    last: u32,
) {
    if let Some(declared) = declared.filter(|declared| *declared >= f64::from(last) + 1.0) {
        let why = format!(
            "`{key}` is {declared}; forms up to {last} are known. What it found may stand elsewhere."
        );
        reading.doubt(Rule::Unreadable, why);
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    #[test]
    fn a_form_that_is_not_known_yet_proves_nothing() {
        for (version, why) in [(1, ""), (2, ""), (3, "forms up to 2 are known")] {
            let npm = format!(r#"{{"auditReportVersion": {version}, "vulnerabilities": {{}}}}"#);
            proves("npm-audit", &[(&npm, why)]);
            let trivy = format!(
                r#"{{"SchemaVersion": {version}, "ArtifactName": "x", "Results": [{{"Target": "a"}}]}}"#
            );
            proves("trivy", &[(&trivy, why)]);
        }
    }
}
