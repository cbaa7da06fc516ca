//! Procedures as runbooks write them, and what they name.

use crate::checklist::{Settings, read};
use crate::model::{Checklist, NameKind};

use super::*;

const RUNBOOK: &str = "# Release\n\n## Steps\n\n### Step 1: Check\n```bash\n# first\nnpm run lint\ndocker scan <image-name>\nk6 run load/test.js\n```\n\n### Step 2: Migrate\n```bash\npg_dump -h <host> -d app > backup_$(date +%s).sql\ncd backend\nnpm run migrate\npsql -h db.internal -f seed.sql\n```\n\n## 🚨 Rollback Plan\n\n1. **Now**\n   ```sh\n   docker-compose -f compose.prod.yml down\n   kubectl apply -f k8s/app.yaml\n   ```\n2. **Data**\n   ```sh\n   psql < dump.sql\n   ```\n\n## Local\n\n1. Build\n   ```sh\n   make build\n   (cd web && yarn lint)\n   cp .env.example .env && cat .env\n   ```\n\n## Other\n```sh\nnpm run none\n```\n";

fn list(text: &str) -> Checklist {
    read("docs/release.md", text.as_bytes(), &Settings::default())
}

fn named(procedure: &Procedure) -> Vec<String> {
    let step = |step: &Step| {
        let names: Vec<_> = step
            .names
            .iter()
            .map(|name| {
                let within =
                    name.within.as_deref().map(|within| format!("@{within}")).unwrap_or_default();
                format!("{} {}{within}", name.kind.word(), name.name)
            })
            .collect();
        format!("{}:{}> {}", step.line, step.cwd, names.join(", "))
    };
    procedure.steps.iter().map(step).collect()
}

#[test]
fn sections_plans_and_rollbacks_are_procedures() {
    let list = list(RUNBOOK);
    let told: Vec<_> =
        list.procedures.iter().map(|p| (p.title.as_str(), p.line, p.kind.word())).collect();
    assert_eq!(
        told,
        [
            ("Step 1: Check", 5, "step"),
            ("Step 2: Migrate", 13, "step"),
            ("🚨 Rollback Plan", 21, "rollback"),
            ("Local", 35, "plan")
        ]
    );
    let names: Vec<_> = list.procedures.iter().map(named).collect();
    assert_eq!(
        names[0],
        [
            "8:> script lint@package.json",
            "9:> placeholder <image-name>, image <image-name>",
            "10:> file load/test.js"
        ]
    );
    assert_eq!(
        names[1],
        [
            "15:> placeholder <host>, output backup_$(date +%s).sql",
            "16:> file backend",
            "17:backend> script migrate@backend/package.json",
            "18:backend> host db.internal, file backend/seed.sql",
        ]
    );
    assert_eq!(
        names[2],
        ["25:> file compose.prod.yml", "26:> file k8s/app.yaml", "30:> file dump.sql"]
    );
    assert_eq!(
        names[3],
        [
            "37:> target build@Makefile",
            "38:> file web, script lint@web/package.json",
            "39:> file .env.example, output .env"
        ]
    );
}

#[test]
fn what_is_not_there_is_said_with_what_is() {
    let mut list = list(RUNBOOK);
    let there = [
        "package.json",
        "backend",
        "backend/package.json",
        "load/test.js",
        "Makefile",
        "web",
        "k8s/app.yaml",
        ".env.example",
        "web/package.json",
    ];
    let exists = |path: &str| Some(there.contains(&path));
    let text = |path: &str| {
        let text = match path {
            "package.json" => r#"{"scripts": {"lint": "eslint"}}"#,
            "backend/package.json" => r#"{"scripts": {"migrate:up": "", "migrate:down": ""}}"#,
            "web/package.json" => r#"{"scripts": {"test": ""}}"#,
            "Makefile" => "VERSION := 1\nall: build\n\nbuild test:\n\tgo build\n",
            _ => return None,
        };
        Some(text.to_owned())
    };
    let problems = resolve("docs/release.md", &mut list.procedures, &exists, &text);
    let said: Vec<_> =
        problems.iter().map(|problem| format!("{} {}", problem.place, problem.message)).collect();
    assert_eq!(
        said,
        [
            "docs/release.md:17 No script \"migrate\" in backend/package.json. It has migrate:down and migrate:up.",
            "docs/release.md:18 No file backend/seed.sql.",
            "docs/release.md:25 No file compose.prod.yml.",
            "docs/release.md:38 No script \"lint\" in web/package.json. It has 1 other script.",
        ]
    );
    let exists: Vec<_> = list
        .procedures
        .iter()
        .flat_map(|p| &p.steps)
        .flat_map(|step| &step.names)
        .map(|name| (name.kind, name.exists))
        .collect();
    assert!(
        exists.contains(&(NameKind::Script, Some(true)))
            && exists.contains(&(NameKind::Placeholder, None))
    );
}

#[test]
fn without_a_repository_nothing_is_told() {
    let mut list = list(RUNBOOK);
    let problems = resolve("a.md", &mut list.procedures, &|_| None, &|_| None);
    assert_eq!(problems, []);
    assert!(
        list.procedures
            .iter()
            .flat_map(|p| &p.steps)
            .flat_map(|step| &step.names)
            .all(|name| name.exists.is_none())
    );
}

#[test]
fn what_commands_name() {
    let names = |command: &str| {
        let text = format!("## Step 1\n```sh\n{command}\n```\n");
        named(&list(&text).procedures[0]).join(" / ").replacen("3:> ", "", 1)
    };
    let table = [
        ("yarn build", "script build@package.json"),
        ("yarn add left-pad", ""),
        ("npm --prefix web run test", "script test@web/package.json"),
        ("npm run lint -w web", ""),
        ("make -C ops deploy ENV=prod", "target deploy@ops/Makefile"),
        ("just release 1.2", "target release@justfile"),
        ("cargo run --bin seed", "target seed@Cargo.toml"),
        ("docker build -f ops/Dockerfile -t app .", "image app, file ops/Dockerfile"),
        ("docker run --rm -p 80:80 app:1", "image app:1"),
        ("kubectl apply -k overlays/prod", "file overlays/prod"),
        ("kubectl apply -f https://example.org/a.yaml", "host example.org"),
        ("bash scripts/go.sh", "file scripts/go.sh"),
        ("./scripts/go.sh --now", "file scripts/go.sh"),
        ("python -m http.server", ""),
        ("node -e 'x'", ""),
        ("ssh deploy@web1.internal uptime", "host web1.internal"),
        (
            "git clone https://example.org/x/y.git && cd y && npm test",
            "host example.org, output y, script test",
        ),
        ("git revert [commit-hash]", "placeholder [commit-hash]"),
        (
            "curl -o out.json https://user:<token>@api.example.org:8443/x",
            "placeholder <token>, host api.example.org, output out.json",
        ),
        ("cat $HOME/x /etc/hosts", "file /etc/hosts"),
        ("cd ../../.. && ls", ""),
        ("sudo FOO=1 make", "file Makefile"),
    ];
    for (command, expected) in table {
        assert_eq!(names(command), expected, "{command}");
    }
}

#[test]
fn secrets_are_a_problem_and_not_shown() {
    let list = list("## Step 1\n```sh\nDB_PASSWORD=hunter22 npm start\n```\n");
    assert_eq!(list.problems.len(), 1);
    assert_eq!(list.problems[0].code, crate::model::Code::RunbookSecret);
    assert_eq!(list.procedures[0].steps[0].command, "DB_PASSWORD=*** npm start");
    assert_eq!(named(&list.procedures[0]), ["3:> script start@package.json"]);
    let list = self::list("## Step 1\n```sh\ncurl -u ana:hunter22 https://x.example.org\n```\n");
    assert_eq!(list.problems[0].code, crate::model::Code::RunbookSecret);
    assert_eq!(list.procedures[0].steps[0].command, "curl -u ana:*** https://x.example.org");
}

#[test]
fn what_runs_elsewhere_is_not_looked_for_here() {
    let text = "## Step 1\n```sh\ncd /opt/app && ./run.sh\ncd sub && ./more.sh\n```\n\n\
                ```sh\nmkdir -p out && cd out && ./made.sh\n```\n\n\
                ```sh\nssh ana@ledger.example.org\n./there.sh\ncd app && ./below.sh\nexit\n./here.sh\n```\n\n\
                ```sh\nssh -N -L 1:db:1 ana@ledger.example.org\n./tunnelled.sh\npsql < dump.sql\n```\n";
    let mut list = list(text);
    let problems = resolve("a.md", &mut list.procedures, &|_| Some(false), &|_| None);
    let said: Vec<_> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(said, ["No file here.sh.", "No file tunnelled.sh."]);
    let mut there = self::list("## Step 1\n```sh\npsql < dump.sql\n```\n");
    resolve("a.md", &mut there.procedures, &|_| Some(true), &|_| None);
    assert_eq!(there.procedures[0].steps[0].names[0].exists, Some(true));
}

#[test]
fn a_procedure_needs_no_numbers() {
    let text = "# Ledger\n\n## Deployment procedure\n\n```sh\nmake build\n```\n\n### 1. Migrate\n\n\
                ```sh\nnpm run migrate\n```\n\n### 2) Roll out\n\n1. Run `kubectl apply -f k8s/a.yaml`\n   \
                in `production`, then `./ops/warm.sh`\n\n## Rollback\n\n1. `git revert <commit>`\n2. Tell ops\n\
                3. Drain:\n   ```sh\n   ./ops/drain.sh\n   ```\n- `npm run not-ordered`\n\n\
                ## Usage\n\n1. `npm run not-planned`\n\n```sh\nnpm run no\n```\n";
    let list = list(text);
    let told: Vec<_> = list
        .procedures
        .iter()
        .map(|p| (p.title.as_str(), p.line, p.kind.word(), named(p).join(" / ")))
        .collect();
    let one = |title, line, kind, names: &str| (title, line, kind, names.to_owned());
    assert_eq!(
        told,
        [
            one("Deployment procedure", 3, "plan", "6:> target build@Makefile"),
            one("1. Migrate", 9, "step", "12:> script migrate@package.json"),
            one("2) Roll out", 15, "step", "17:> file k8s/a.yaml / 18:> file ops/warm.sh"),
            one("Rollback", 20, "rollback", "22:> placeholder <commit> / 26:> file ops/drain.sh"),
        ]
    );
}

#[test]
fn the_bullets_of_a_rollback_are_its_steps() {
    let told = |text: &str| {
        let procedures = list(text).procedures;
        let one = |p: &crate::model::Procedure| (p.kind.word().to_owned(), named(p).join(" / "));
        procedures.iter().map(one).collect::<Vec<_>>()
    };
    let back = "## Rollback\n\n- Run `npm run undo`\n- [ ] `npm run boxed` was tried\n- Tell `ops`\n\n\
                ## Notes\n\n- `npm run no`\n";
    assert_eq!(told(back), [("rollback".to_owned(), "3:> script undo@package.json".to_owned())]);
    let form = "### Rollout, Upgrade and Rollback Planning\n\n###### Was a rollback tested?\n\nYes:\n\n\
                ```sh\nnpm run undo\n```\n- `npm run undo`\n\n1. So:\n   ```sh\n   npm run undo\n   ```\n";
    assert_eq!(told(form), []);
}

#[test]
fn what_powershell_names() {
    let names = |command: &str| {
        let text = format!("## Step 1\n```powershell\n{command}\n```\n");
        named(&list(&text).procedures[0]).join(" / ").replacen("3:> ", "", 1)
    };
    let table = [
        (".\\ops\\deploy.ps1 -Now", "file ops/deploy.ps1"),
        ("& \".\\ops\\deploy.ps1\"", "file ops/deploy.ps1"),
        (". .\\ops\\common.ps1", "file ops/common.ps1"),
        ("powershell.exe -ExecutionPolicy Bypass -File ops\\go.ps1", "file ops/go.ps1"),
        (
            "npm.cmd run build; docker.exe build -t app .",
            "script build@package.json, image app, file Dockerfile",
        ),
        (
            "$r = Invoke-RestMethod -Uri https://api.example.org/x -Method Post",
            "host api.example.org",
        ),
        ("iwr https://example.org/a.zip -OutFile a.zip", "host example.org, output a.zip"),
        (
            "Invoke-Command -ComputerName web1,web2 -ScriptBlock { Restart-Service app }",
            "host web1, host web2",
        ),
        ("Test-NetConnection db.internal -Port 5432", "host db.internal"),
        (
            "Set-Location backend\nnpm run migrate",
            "file backend / 4:backend> script migrate@backend/package.json",
        ),
        (
            "Copy-Item conf\\a.json -Destination out\\a.json -Force",
            "file conf/a.json, output out/a.json",
        ),
        (
            "Get-Content C:\\app\\log.txt | Out-File -FilePath now.txt",
            "file C:/app/log.txt, output now.txt",
        ),
        ("Get-Content <file>", "placeholder <file>"),
        ("$env:NODE_ENV = \"production\"", ""),
        ("kubectl apply `\n  -f k8s\\a.yaml", "file k8s/a.yaml"),
        (
            "Enter-PSSession -ComputerName web1\n.\\there.ps1\nexit\n.\\here.ps1",
            "host web1 / 4:~> file ~/there.ps1 / 5:~>  / 6:> file here.ps1",
        ),
    ];
    for (command, expected) in table {
        assert_eq!(names(command), expected, "{command}");
    }
}

#[test]
fn secrets_of_powershell_are_a_problem_too() {
    let list = list("## Step 1\n```powershell\n$env:DB_PASSWORD = \"hunter22\"\nnpm start\n```\n");
    assert_eq!(list.problems[0].code, crate::model::Code::RunbookSecret);
    assert_eq!(list.procedures[0].steps[0].command, "$env:DB_PASSWORD = \"***\"");
    let drive = self::list("## Step 1\n```powershell\nGet-Content C:\\app\\a.txt\n```\n");
    let mut procedures = drive.procedures;
    assert_eq!(resolve("a.md", &mut procedures, &|_| Some(false), &|_| None), []);
}
