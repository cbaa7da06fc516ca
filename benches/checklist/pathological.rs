//! Documents that are hard to read.

/// Each with its name, and as long as asked for.
pub(crate) fn documents(size: usize) -> [(&'static str, String); 16] {
    let table = |rows: usize| format!("| {}\n|{}\n", "a |".repeat(rows), "-|".repeat(rows));
    let heading = |at: usize| format!("{} a{at}\n", "#".repeat(at % 6 + 1));
    [
        ("brackets", "[".repeat(size * 5)),
        ("boxes on a line", "- [ ] ".repeat(size)),
        ("quotes", format!("{}- [ ] a", "> ".repeat(size))),
        ("lists", format!("{}[ ] a", "- ".repeat(size))),
        (
            "nested items",
            (0..size.min(400)).map(|at| format!("{}- [ ] a\n", "  ".repeat(at))).collect(),
        ),
        ("emphasis", format!("- [ ] {}", "*a ".repeat(size * 2))),
        ("a long line", format!("- [ ] {}", "a (1 of 2) ~3 errors ".repeat(size * 20))),
        ("comments", format!("- [ ] a {}", "<!-- id: b -->".repeat(size))),
        ("open comments", format!("- [ ] a {}", "<!-- id: ".repeat(size))),
        ("the same text", "- [ ] a\n".repeat(size)),
        ("the same heading", "# a\n".repeat(size)),
        ("the same time", "## First Hour\n".repeat(size)),
        ("nested headings", (0..size).map(heading).collect()),
        ("spoiled", format!("- [ ] {}", "‚úÖ ".repeat(size * 2))),
        ("a wide table", format!("{}{}", table(size / 10), "| ✅ |\n".repeat(50))),
        ("code", format!("# Step 1\n```sh\n{}\n```\n", "npm run a && ".repeat(size))),
    ]
}
