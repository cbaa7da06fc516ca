//! What the repository is called elsewhere.

use super::repository::Repository;

impl Repository {
    /// The names that its remotes have for it (`shop` of `git@forge:acme/shop.git`), in small letters.
    pub fn projects(&self) -> Vec<String> {
        let Ok(remotes) = self.git.remotes() else { return Vec::new() };
        let url = |name: &str| Some(self.git.find_remote(name).ok()?.url().ok()?.to_owned());
        let urls = remotes.iter().flatten().flatten().filter_map(url);
        let mut names: Vec<String> = urls.filter_map(|url| project(&url)).collect();
        names.sort();
        names.dedup();
        names
    }
}

/// The last part of an address or a path, without `.git`.
fn project(url: &str) -> Option<String> {
    let url = url.trim_end_matches(['/', '\\']).to_lowercase();
    let name = url.rsplit(['/', ':', '\\']).next()?;
    let name = name.strip_suffix(".git").unwrap_or(name);
    (!name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_is_called_by_the_end_of_its_address() {
        for url in [
            "git@forge.example:acme/Shop.git",
            "https://forge.example/acme/shop",
            "ssh://git@forge.example:22/acme/shop.git/",
            "../shop",
            "shop",
        ] {
            assert_eq!(project(url).as_deref(), Some("shop"), "{url}");
        }
        assert_eq!(project(""), None);
    }
}
