//! Documents as the site draws them.

use crate::checklist::{Settings, read};

use super::*;

/// The document in one line: `H1#slug(…) P(…) L[item: …; …]`.
fn drawn(text: &str) -> String {
    let list = read("a.md", text.as_bytes(), &Settings::default());
    blocks(&document(text.as_bytes(), &list).blocks)
}

fn blocks(list: &[Block]) -> String {
    list.iter().map(block).collect::<Vec<_>>().join(" ")
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading { level, slug, text } => format!("H{level}#{slug}({})", inlines(text)),
        Block::Paragraph { text } => format!("P({})", inlines(text)),
        Block::List { start, entries } => {
            let entries: Vec<_> = entries
                .iter()
                .map(|entry| {
                    format!("{}: {}", entry.item.as_deref().unwrap_or("-"), blocks(&entry.blocks))
                })
                .collect();
            format!("L{}[{}]", start.map(|n| n.to_string()).unwrap_or_default(), entries.join("; "))
        }
        Block::Quote { callout, blocks: inner } => {
            format!("Q{}[{}]", callout.as_deref().unwrap_or_default(), blocks(inner))
        }
        Block::Code { language, text } => {
            format!("C{}({text:?})", language.as_deref().unwrap_or_default())
        }
        Block::Table { align, head, rows } => {
            let cells = |cells: &[Vec<Inline>]| {
                cells.iter().map(|cell| inlines(cell)).collect::<Vec<_>>().join("|")
            };
            let rows: Vec<_> = rows
                .iter()
                .map(|row| format!("{}: {}", row.item.as_deref().unwrap_or("-"), cells(&row.cells)))
                .collect();
            format!("T{align:?}[{}; {}]", cells(head), rows.join("; "))
        }
        Block::Html { text } => format!("X({})", text.trim()),
        Block::Rule => "R".to_owned(),
    }
}

fn inlines(list: &[Inline]) -> String {
    list.iter()
        .map(|inline| match inline {
            Inline::Text { text } => text.clone(),
            Inline::Code { text } => format!("`{text}`"),
            Inline::Emphasis { text } => format!("_{}_", inlines(text)),
            Inline::Strong { text } => format!("*{}*", inlines(text)),
            Inline::Struck { text } => format!("~{}~", inlines(text)),
            Inline::Link { to, text } => format!("<{to}|{}>", inlines(text)),
            Inline::Image { to, alt } => format!("!<{to}|{alt}>"),
            Inline::Break => "/".to_owned(),
        })
        .collect()
}

#[test]
fn items_stand_in_their_place() {
    let text = "# List\n\nHello *you*\nthere.\n\n## 1. Quality\n- [x] Built <!-- id: built -->\n- plain\n- [/] Begun\n  - [ ] **Child** `c`\n\n    More.\n";
    assert_eq!(
        drawn(text),
        "H1#list(List) P(Hello _you_ there.) H2#quality(1. Quality) \
         L[built: P(Built); -: P(plain); quality/begun: P(Begun) L[quality/begun.child-c: P(*Child* `c`) P(More.)]]"
    );
}

#[test]
fn every_block_is_drawn() {
    let text = "> [!WARNING]\n> - [ ] a\n\n```sh x\nls\n```\n\n---\n\n| a | b |\n|:--|--:|\n| 1 | ~~2~~ |\n\n<div>\n<!-- gone -->\n\n3. x [y](z) ![p *q*](r)\n\nA[^1]\n\n[^1]: Foot.\n";
    assert_eq!(
        drawn(text),
        "Qwarning[L[a: P(a)]] Csh(\"ls\\n\") R T[Left, Right][a|b; -: 1|~2~] X(<div>) L3[-: P(x <z|y> !<r|p q>)] P(A[^1]) P([^1]: Foot.)"
    );
}

#[test]
fn spoiled_characters_are_drawn_repaired() {
    assert_eq!(
        drawn("## ‚úÖ Checks\n- [ ] a (1 ‚Üí 0)\n"),
        "H2#checks(✅ Checks) L[checks/a: P(a (1 → 0))]"
    );
}

#[test]
fn depth_is_bounded_and_no_item_is_lost() {
    let text: String =
        (0..200).map(|depth| format!("{}- [ ] item {depth}\n", "  ".repeat(depth))).collect();
    let list = read("a.md", text.as_bytes(), &Settings::default());
    let drawn = document(text.as_bytes(), &list);
    let json = serde_json::to_string(&drawn).unwrap();
    assert_eq!(serde_json::from_str::<Rendered>(&json).unwrap(), drawn);
    for item in &list.items {
        assert!(json.contains(&format!("\"item\":\"{}\"", item.id)), "{}", item.text);
    }
    let nested = format!("{}{}", "> ".repeat(3000), "*a **b ".repeat(2000));
    let list = read("a.md", nested.as_bytes(), &Settings::default());
    let json = serde_json::to_string(&document(nested.as_bytes(), &list)).unwrap();
    assert!(serde_json::from_str::<Rendered>(&json).is_ok());
}

#[test]
fn secrets_in_code_are_not_drawn() {
    let text = "Run `mysql -phunter2 app`.\n\n```yaml\nuser: app\nenv: DB_PASS=hunter2\n```\n";
    assert!(!drawn(text).contains("hunter2"), "{}", drawn(text));
    assert!(drawn(text).contains("env: DB_PASS=***"), "{}", drawn(text));
}
