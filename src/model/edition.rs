//! What a document is for: the release, stage or customer that it, its name or its folders name.

use super::context::title_name;

/// Words of keys that say how a document is kept, and not what it is for. Of a key in other words, what it
/// says was signed.
#[rustfmt::skip]
const KEPT: &[&str] = &[
    "about", "aktualisierung", "approved", "approver", "approvers", "assignee", "assignees",
    "autor", "author", "authors", "auteur", "category", "changelog", "checked", "classification",
    "collaborators", "completed", "completion", "confidence", "contact", "contacts", "contributors",
    "coverage", "created", "créé", "description", "draft", "due", "duration", "effort",
    "erstellt", "estado", "estimate", "estimated", "exclude", "format", "freigegeben", "generated",
    "genehmigt", "geprüft", "grandparent", "history", "icon", "id", "kontakt", "label", "labels",
    "lang", "language", "layout", "lead", "license", "maintainer", "maintainers", "modified",
    "name", "nav", "note", "notes", "order", "overall", "owner", "owners", "parent", "permalink",
    "position", "prepared", "prerequisites", "priority", "progress", "publish", "purpose", "rating",
    "readiness", "responsible", "result", "review", "reviewed", "reviewer", "reviewers", "score",
    "seen", "sidebar", "signed", "slug", "stand", "start", "started", "state", "status",
    "summary", "tags", "tagline", "team", "template", "time", "tip", "toc", "update", "updated",
    "verantwortlich", "verified", "weight", "written", "zuletzt",
];

/// The same where no other word stands in the key: a `Go-live date` is what was agreed.
const KEPT_ALONE: [&str; 12] =
    ["a", "at", "by", "date", "datum", "der", "fecha", "last", "next", "on", "report", "the"];

/// Whether a key in lower case says how the document is kept, and not what it is for.
pub fn is_kept(key: &str) -> bool {
    let mut words = key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.clone().any(|word| KEPT.contains(&word))
        || words.all(|word| KEPT_ALONE.contains(&word) || KEPT.contains(&word))
}

/// Whether a value says how far something is: `~78%`, `12/15`, `🟢`.
fn is_progress(value: &str) -> bool {
    let of_figures = |c: char| !c.is_alphabetic() && c != '.';
    value.chars().all(of_figures)
        && (value.contains(['%', '/']) || !value.contains(|c: char| c.is_ascii_digit()))
}

/// What a document says it is for: the release, sprint, environment or customer that its header names, by any
/// key that is not of how it is kept, and what its path is named by: numbers (`releases/1.4.0.md`,
/// `sprint-4/GO.md`), stages (`envs/staging/GO.md`) and names (`customers/acme/GO.md`). A checklist that is used
/// again says another.
pub fn edition(path: &str, metadata: &[(String, String)]) -> String {
    let named = metadata.iter().filter_map(|(key, value)| {
        let key = key.trim().to_lowercase();
        match key.as_str() {
            "title" => Some(title_name(value)),
            key if is_kept(key) || is_progress(value.trim()) => None,
            key => Some(format!("{key}: {}", value.trim().to_lowercase())),
        }
    });
    let names: Vec<String> = std::iter::once(path_name(path)).chain(named).collect();
    names.join("\n").trim().to_owned()
}

/// What the folders and the file of `path` are named by. Elsewhere, in folders that name nothing, it is
/// the same.
fn path_name(path: &str) -> String {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let parts = folders.split('/').chain([stem]);
    let names: Vec<String> = parts.map(title_name).filter(|name| !name.is_empty()).collect();
    names.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_named_by_its_versions_and_stages_and_by_nothing_else() {
        for (one, other) in [
            ("releases/1.0/GO.md", "releases/1.1/GO.md"),
            ("releases/1/GO.md", "releases/2/GO.md"),
            ("releases/v1.0.md", "releases/v1.1.md"),
            ("releases/2026-10/GO.md", "releases/2026-11/GO.md"),
            ("docs/sprint-4/GO.md", "docs/sprint-5/GO.md"),
            ("envs/staging/GO.md", "envs/production/GO.md"),
            ("docs/go-staging.md", "docs/go-prod.md"),
            ("GO.md", "releases/1.0/GO.md"),
            ("customers/acme/GO.md", "customers/globex/GO.md"),
            ("tenants/a/GO.md", "tenants/b/GO.md"),
            ("regions/nord/GO.md", "regions/sued/GO.md"),
            ("eu-west-1/GO.md", "eu-central-1/GO.md"),
            ("clusters/blue/GO.md", "clusters/green/GO.md"),
            ("packages/api/RELEASE.md", "packages/web/RELEASE.md"),
        ] {
            assert_ne!(edition(one, &[]), edition(other, &[]), "{one} → {other}");
        }
        for (one, other) in [
            ("GO.md", "docs/RELEASE.md"),
            ("releases/1.0/GO.md", "archive/1.0/RELEASE.md"),
            ("releases/1.0.md", "releases/1.0/GO.md"),
            ("envs/prod/GO.md", "environments/Production/GO.md"),
            ("RELEASE_CHECKLIST.md", ".github/release-checklist.md"),
            ("docs/PRODUCTION_READINESS.md", "documentation/ops/production-readiness-checklist.md"),
            ("docs/GO.md", "docs/archive/GO.md"),
        ] {
            assert_eq!(edition(one, &[]), edition(other, &[]), "{one} → {other}");
        }
    }

    #[test]
    fn a_header_names_by_every_key_but_those_of_how_the_document_is_kept() {
        let with = |key: &str, value: &str| edition("GO.md", &[(key.to_owned(), value.to_owned())]);
        for key in [
            "Env",
            "Stage",
            "Target",
            "Umgebung",
            "Client",
            "Kunde",
            "Site",
            "Country",
            "Scope",
            "Platform",
            "Product",
            "Service",
            "Commit",
            "Image",
            "RC",
            "Wave",
            "Change",
            "Phase",
            "Go-live date",
            "Release",
            "Tenant",
            "Version",
        ] {
            assert_ne!(with(key, "one"), with(key, "other"), "{key}");
        }
        for key in [
            "Owner",
            "Author",
            "Date",
            "Updated",
            "Last updated",
            "Status",
            "Overall status",
            "Progress",
            "Version history",
            "Report date",
            "Reviewed by",
            "Next Review",
            "Date created",
        ] {
            assert_eq!(with(key, "one"), with(key, "other"), "{key}");
        }
        for (one, other) in [("~78%", "80 %"), ("12/15", "15/15"), ("🟡", "🟢")] {
            assert_eq!(with("Readiness of all", one), with("Readiness of all", other));
            assert_eq!(with("Tests", one), with("Tests", other));
        }
        assert_ne!(with("Wave", "1"), with("Wave", "2"));
    }
}
