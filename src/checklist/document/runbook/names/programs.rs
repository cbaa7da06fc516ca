//! Which arguments of which program name what.

use crate::model::NameKind;

use super::{Folder, Found, cmdlets};

/// Reads one command: its program and its arguments.
pub(super) fn read(found: &mut Found<'_>, words: &[&str], folder: &mut Folder) {
    let Some((program, args)) = words.split_first() else { return };
    let name = program.rsplit('/').next().unwrap_or(program);
    let name = [".exe", ".cmd"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    if program.contains('/') {
        found.file(program, folder);
    }
    if cmdlets::read(found, &name.to_lowercase(), args, folder) {
        return;
    }
    match name {
        "cd" | "pushd" => {
            if let Some(to) = args.iter().find(|arg| !arg.starts_with("--")) {
                enter(found, to, folder);
            }
        }
        "npm" | "pnpm" | "yarn" | "bun" => scripts(found, name, args, folder),
        "make" | "gmake" => make(found, args, folder),
        "just" => just(found, args, folder),
        "cargo" => cargo(found, args, folder),
        "docker" | "podman" => docker(found, args, folder),
        "docker-compose" | "podman-compose" => compose(found, args, folder),
        "kubectl" | "oc" => kubectl(found, args, folder),
        "helm" => flagged(found, args, &["-f", "--values"], folder),
        "k6" => after(found, args, &["run", "inspect", "archive", "cloud"], folder),
        "node" | "deno" | "python" | "python3" | "ruby" | "perl" | "php" | "tsx" | "ts-node"
        | "bash" | "sh" | "zsh" => {
            script_file(found, name, args, folder);
        }
        "source" | "." | "cat" | "chmod" | "ansible-playbook" => {
            let last = args.iter().rev().find(|arg| !arg.starts_with('-'));
            last.iter().for_each(|file| found.file(file, folder));
        }
        "cp" | "mv" => copied(found, args, folder),
        "mkdir" | "touch" => {
            args.iter()
                .filter(|arg| !arg.starts_with('-'))
                .for_each(|file| found.output(file, folder));
        }
        "git" => git(found, args, folder),
        "curl" | "wget" => fetched(found, args, folder),
        "psql" | "mysql" | "pg_restore" | "pg_dump" | "mysqldump" | "redis-cli" | "mongosh" => {
            database(found, name, args, folder);
        }
        "ssh" | "scp" | "rsync" | "sftp" => remote(found, name, args, folder),
        "exit" | "logout" => folder.log_out(),
        "terraform" | "tofu" => flagged(found, args, &["-var-file"], folder),
        _ => {}
    }
}

/// The value of one of `flags`: `-f x`, `-f=x`, `--file=x`.
fn value<'s>(args: &[&'s str], flags: &[&str]) -> Option<&'s str> {
    values(args, flags).into_iter().next()
}

fn values<'s>(args: &[&'s str], flags: &[&str]) -> Vec<&'s str> {
    let mut found = Vec::new();
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        if flags.contains(arg) {
            found.extend(rest.next().copied());
        } else if let Some((flag, value)) = arg.split_once('=')
            && flags.contains(&flag)
        {
            found.push(value);
        }
    }
    found
}

/// The arguments that are no flags, nor the values of `valued` ones.
fn positional<'s>(args: &[&'s str], valued: &[&str]) -> Vec<&'s str> {
    let mut found = Vec::new();
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        if valued.contains(arg) {
            rest.next();
        } else if *arg == "--" {
            break;
        } else if !arg.starts_with('-') {
            found.push(*arg);
        }
    }
    found
}

pub(super) fn enter(found: &mut Found<'_>, to: &str, folder: &mut Folder) {
    if to != "-" && to != ".." && !to.starts_with("../") {
        found.file(to, folder);
    }
    match folder.path(to).filter(|path| found.outputs.paths.contains(path)) {
        // A folder that a command has made: what is in it is not in the repository.
        Some(made) => folder.elsewhere = Some(made),
        None => folder.enter(to),
    }
}

fn flagged(found: &mut Found<'_>, args: &[&str], flags: &[&str], folder: &Folder) {
    values(args, flags).iter().for_each(|file| found.file(file, folder));
}

/// `k6 run script.js`: the first argument behind one of `verbs`.
fn after(found: &mut Found<'_>, args: &[&str], verbs: &[&str], folder: &Folder) {
    let plain = positional(
        args,
        &["--out", "-o", "--env", "-e", "--vus", "-u", "--duration", "-d", "--summary-export"],
    );
    if let [verb, file, ..] = plain.as_slice()
        && verbs.contains(verb)
    {
        found.file(file, folder);
    }
    values(args, &["--summary-export"]).iter().for_each(|file| found.output(file, folder));
}

/// Scripts of package.json.
fn scripts(found: &mut Found<'_>, program: &str, args: &[&str], folder: &Folder) {
    const FOLDERS: [&str; 4] = ["--prefix", "--cwd", "-C", "--dir"];
    if !values(args, &["-w", "--workspace", "--filter", "-F"]).is_empty()
        || args.contains(&"workspace")
    {
        return;
    }
    let mut here = folder.clone();
    if let Some(to) = value(args, &FOLDERS) {
        here.enter(to);
    }
    let plain = positional(args, &FOLDERS);
    let script = match plain.as_slice() {
        ["run" | "run-script", script, ..] => Some(*script),
        [verb @ ("test" | "start" | "stop" | "restart"), ..]
            if program != "bun" || *verb == "start" =>
        {
            Some(*verb)
        }
        ["t" | "tst", ..] if program == "npm" => Some("test"),
        [verb, ..] if program == "yarn" && !is_yarn_verb(verb) => Some(*verb),
        _ => None,
    };
    if let Some(script) = script {
        found.defined(NameKind::Script, script, "package.json", &here);
    }
}

fn is_yarn_verb(verb: &str) -> bool {
    const VERBS: [&str; 30] = [
        "add",
        "audit",
        "bin",
        "cache",
        "config",
        "create",
        "dlx",
        "exec",
        "global",
        "import",
        "info",
        "init",
        "install",
        "link",
        "list",
        "login",
        "logout",
        "node",
        "npm",
        "outdated",
        "pack",
        "plugin",
        "publish",
        "remove",
        "set",
        "unlink",
        "up",
        "upgrade",
        "why",
        "workspaces",
    ];
    VERBS.contains(&verb)
}

fn make(found: &mut Found<'_>, args: &[&str], folder: &Folder) {
    let mut here = folder.clone();
    if let Some(to) = value(args, &["-C", "--directory"]) {
        here.enter(to);
    }
    let file = value(args, &["-f", "--file", "--makefile"]).unwrap_or("Makefile");
    let targets =
        positional(args, &["-C", "--directory", "-f", "--file", "--makefile", "-j", "-l", "-o"]);
    for target in targets.iter().filter(|target| !target.contains('=')) {
        found.defined(NameKind::Target, target, file, &here);
    }
    if targets.is_empty() {
        found.file(file, &here);
    }
}

fn just(found: &mut Found<'_>, args: &[&str], folder: &Folder) {
    let file = value(args, &["-f", "--justfile"]).unwrap_or("justfile");
    if let Some(recipe) =
        positional(args, &["-f", "--justfile", "-d", "--working-directory"]).first()
    {
        found.defined(NameKind::Target, recipe, file, folder);
    }
}

fn cargo(found: &mut Found<'_>, args: &[&str], folder: &Folder) {
    let manifest = value(args, &["--manifest-path"]).unwrap_or("Cargo.toml");
    for target in values(args, &["--bin", "--example", "--bench"]) {
        found.defined(NameKind::Target, target, manifest, folder);
    }
    if let Some(path) = value(args, &["--manifest-path"]) {
        found.file(path, folder);
    }
}

const RUN_VALUES: [&str; 22] = [
    "-p",
    "--publish",
    "-v",
    "--volume",
    "-e",
    "--env",
    "--env-file",
    "--name",
    "--network",
    "-w",
    "--workdir",
    "-u",
    "--user",
    "--entrypoint",
    "-h",
    "--hostname",
    "--mount",
    "-l",
    "--label",
    "--restart",
    "--platform",
    "--memory",
];

fn docker(found: &mut Found<'_>, args: &[&str], folder: &Folder) {
    let Some((verb, rest)) = args.split_first() else { return };
    match *verb {
        "compose" => compose(found, rest, folder),
        "build" | "buildx" => build(found, rest, folder),
        "tag" | "push" | "pull" | "scan" | "save" | "rmi" => {
            positional(rest, &["-o", "--output", "--severity"])
                .iter()
                .for_each(|image| found.image(image));
            values(rest, &["-o", "--output"]).iter().for_each(|file| found.output(file, folder));
        }
        "scout" => {
            let plain = positional(rest, &["--format", "--output"]);
            plain.iter().skip(1).for_each(|image| found.image(image));
        }
        "run" | "create" => {
            flagged(found, rest, &["--env-file"], folder);
            positional(rest, &RUN_VALUES).first().iter().for_each(|image| found.image(image));
        }
        _ => {}
    }
}

/// `docker build -t IMAGE -f FILE CONTEXT`: without `-f` the file is the context's.
fn build(found: &mut Found<'_>, args: &[&str], folder: &Folder) {
    let rest = match args.split_first() {
        Some((&"build", rest)) => rest,
        _ => args,
    };
    values(rest, &["-t", "--tag"]).iter().for_each(|image| found.image(image));
    let valued = [
        "-t",
        "--tag",
        "-f",
        "--file",
        "--build-arg",
        "--target",
        "--platform",
        "-o",
        "--output",
        "--cache-from",
        "--cache-to",
        "--label",
    ];
    let file = value(rest, &["-f", "--file"]);
    if let Some(file) = file {
        found.file(file, folder);
    }
    let Some(context) =
        positional(rest, &valued).first().copied().filter(|context| !context.contains("://"))
    else {
        return;
    };
    if context != "." {
        found.file(context, folder);
    }
    if file.is_none() && !context.contains('<') {
        found.file(&format!("{}/Dockerfile", context.trim_end_matches('/')), folder);
    }
}

fn compose(found: &mut Found<'_>, args: &[&str], folder: &Folder) {
    flagged(found, args, &["-f", "--file", "--env-file"], folder);
}

fn kubectl(found: &mut Found<'_>, args: &[&str], folder: &Folder) {
    for file in values(args, &["-f", "--filename", "-k", "--kustomize"]) {
        match file.contains("://") {
            true => found.host(file),
            false => found.file(file, folder),
        }
    }
    if let ["set", "image", rest @ ..] = args {
        rest.iter().filter_map(|arg| arg.split_once('=')).for_each(|(_, image)| found.image(image));
    }
}

/// `node scripts/seed.js`, `bash deploy.sh`; not `node -e …` or `python -m …`.
fn script_file(found: &mut Found<'_>, program: &str, args: &[&str], folder: &Folder) {
    let args = match (program, args.split_first()) {
        ("deno", Some((&"run", rest))) => rest,
        _ => args,
    };
    if args.iter().any(|arg| matches!(*arg, "-e" | "-c" | "-m" | "--eval" | "-p")) {
        return;
    }
    if let Some(file) = args.iter().find(|arg| !arg.starts_with('-')) {
        found.file(file, folder);
    }
}

fn copied(found: &mut Found<'_>, args: &[&str], folder: &Folder) {
    copy(found, &positional(args, &["-t"]), folder);
}

/// Files, and at the end where they go.
pub(super) fn copy(found: &mut Found<'_>, files: &[&str], folder: &Folder) {
    if let [from @ .., to] = files {
        from.iter().for_each(|file| found.file(file, folder));
        found.output(to, folder);
    }
}

fn git(found: &mut Found<'_>, args: &[&str], folder: &Folder) {
    if let ["clone", rest @ ..] = args {
        let plain = positional(rest, &["-b", "--branch", "--depth", "-c", "-o"]);
        let made = match plain.as_slice() {
            [_, into, ..] => Some((*into).to_owned()),
            [from] => from
                .trim_end_matches('/')
                .rsplit(['/', ':'])
                .next()
                .map(|name| name.trim_end_matches(".git").to_owned()),
            [] => None,
        };
        plain
            .first()
            .filter(|from| from.contains("://") || from.contains('@'))
            .iter()
            .for_each(|from| found.host(from));
        made.iter().for_each(|made| found.output(made, folder));
    }
}

fn fetched(found: &mut Found<'_>, args: &[&str], folder: &Folder) {
    args.iter().filter(|arg| arg.contains("://")).for_each(|url| found.host(url));
    values(args, &["-o", "--output", "-O"])
        .iter()
        .filter(|file| !file.contains("://"))
        .for_each(|file| found.output(file, folder));
    for data in values(
        args,
        &[
            "-d",
            "--data",
            "--data-binary",
            "-T",
            "--upload-file",
            "-F",
            "--cacert",
            "--cert",
            "--key",
        ],
    ) {
        match data.split_once('@') {
            Some(("", file)) => found.file(file, folder),
            _ if !data.contains(['=', '{', '&', '@', '"']) && data.contains('.') => {
                found.file(data, folder)
            }
            _ => {}
        }
    }
}

fn database(found: &mut Found<'_>, program: &str, args: &[&str], folder: &Folder) {
    for host in values(args, &["-h", "--host"]) {
        found.host(host);
    }
    args.iter().filter(|arg| arg.contains("://")).for_each(|url| found.host(url));
    let files = values(args, &["-f", "--file"]);
    for file in files {
        match program {
            "pg_dump" | "mysqldump" => found.output(file, folder),
            _ => found.file(file, folder),
        }
    }
    if program == "pg_restore" {
        let valued = [
            "-h",
            "--host",
            "-U",
            "--username",
            "-d",
            "--dbname",
            "-p",
            "--port",
            "-j",
            "-F",
            "-f",
        ];
        positional(args, &valued).last().iter().for_each(|file| found.file(file, folder));
    }
}

/// What follows `ssh host` alone runs there.
fn remote(found: &mut Found<'_>, program: &str, args: &[&str], folder: &mut Folder) {
    let valued = ["-i", "-p", "-P", "-o", "-l", "-F", "-e"];
    let plain = positional(args, &valued);
    let tunnel = args.iter().any(|arg| matches!(*arg, "-N" | "-f" | "-L" | "-R" | "-D"));
    if program == "ssh" && plain.len() == 1 && !tunnel {
        folder.log_in();
    }
    match program {
        "ssh" | "sftp" => plain.first().iter().for_each(|host| found.host(host)),
        _ => plain.iter().filter(|arg| arg.contains(':')).for_each(|host| found.host(host)),
    }
}
