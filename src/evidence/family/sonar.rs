//! What SonarQube and those that write for it have in common.

use crate::facts::Grade;

/// The grade of an issue's severity; unknown where it has none.
pub(in crate::evidence) fn grade(severity: Option<&str>) -> Grade {
    match severity {
        Some("BLOCKER") => Grade::Critical,
        Some("CRITICAL") => Grade::High,
        Some("MAJOR") => Grade::Medium,
        Some("MINOR") => Grade::Low,
        Some("INFO") => Grade::Info,
        _ => Grade::Unknown,
    }
}
