//! The operating system of an image, and whether Trivy has advisories for it.

use serde::Deserialize;

use crate::evidence::json::Str;

/// Those that Trivy has advisories for, by its own words. Of another it reads the packages, finds no
/// driver, and goes on without a result.
/// <https://trivy.dev/latest/docs/coverage/os/>
const KNOWN: [&str; 27] = [
    "activestate",
    "alma",
    "alpine",
    "amazon",
    "azurelinux",
    "bottlerocket",
    "cbl-mariner",
    "centos",
    "chainguard",
    "debian",
    "echo",
    "minimos",
    "opensuse",
    "opensuse-leap",
    "opensuse-tumbleweed",
    "opensuse.leap",
    "opensuse.tumbleweed",
    "oracle",
    "photon",
    "redhat",
    "rocky",
    "seal",
    "slem",
    "suse linux enterprise micro",
    "suse linux enterprise server",
    "ubuntu",
    "wolfi",
];

/// The operating system that was found.
#[derive(Deserialize)]
pub(super) struct System<'a> {
    #[serde(borrow, rename = "Family")]
    family: Option<Str<'a>>,
    /// Whether it is past the end of its service life.
    #[serde(rename = "EOSL")]
    ended: Option<bool>,
}

impl System<'_> {
    pub(super) fn is_past_support(&self) -> bool {
        self.ended == Some(true)
    }

    /// Its name, where it is one that Trivy knows nothing of.
    pub(super) fn unknown(&self) -> Option<&str> {
        let family = self.family.as_deref().unwrap_or("none");
        (!KNOWN.contains(&family)).then_some(match family {
            "" | "none" => "this operating system",
            family => family,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn report(family: &str, results: &str) -> String {
        format!(
            r#"{{"SchemaVersion": 2, "ArtifactName": "x:1", "ArtifactType": "container_image",
            "Metadata": {{"OS": {{"Family": "{family}", "Name": "40"}}}}{results}}}"#
        )
    }

    #[test]
    fn an_image_of_a_system_without_advisories_is_not_clean() {
        proves(
            "trivy",
            &[
                (&report("alpine", ""), ""),
                (&report("fedora", ""), "no advisories for fedora"),
                (&report("none", ""), "no advisories for this operating system"),
            ],
        );
    }

    #[test]
    fn the_packages_of_a_system_without_advisories_are_unchecked() {
        let of = |class: &str| {
            format!(r#", "Results": [{{"Target": "app", "Class": "{class}", "Type": "x"}}]"#)
        };
        for (family, class, unchecked) in [
            ("fedora", "lang-pkgs", Some(1)),
            ("fedora", "os-pkgs", None),
            ("debian", "lang-pkgs", None),
        ] {
            let findings = reading("trivy", &report(family, &of(class))).facts.findings.unwrap();
            assert_eq!(findings.unchecked, unchecked, "{family} {class}");
        }
    }
}
