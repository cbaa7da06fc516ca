//! What PowerShell's own commands name.

use super::programs::{copy, enter};
use super::{Folder, Found};

/// Reads a cmdlet, or an alias of one. Whether `name`, in small letters, is one.
pub(super) fn read(found: &mut Found<'_>, name: &str, args: &[&str], folder: &mut Folder) -> bool {
    let args = Arguments::of(args);
    match name {
        "invoke-webrequest" | "invoke-restmethod" | "iwr" | "irm" | "start-bitstransfer" => {
            let urls = args.all.iter().filter(|arg| arg.contains("://"));
            urls.for_each(|url| found.host(url));
            args.values(&["-outfile"]).for_each(|file| found.output(file, folder));
            args.values(&["-infile"]).for_each(|file| found.file(file, folder));
        }
        "enter-pssession" | "etsn" => {
            args.hosts(found);
            folder.log_in();
        }
        "exit-pssession" | "exsn" => folder.log_out(),
        "test-netconnection" | "tnc" | "test-connection" | "resolve-dnsname" | "new-pssession"
        | "invoke-command" | "icm" | "restart-computer" => args.hosts(found),
        "set-location" | "sl" | "push-location" => {
            args.named_or_first(&["-path", "-literalpath"]).for_each(|to| enter(found, to, folder));
        }
        "get-content" | "gc" | "import-csv" | "get-filehash" | "expand-archive"
        | "import-clixml" => {
            args.named_or_first(&["-path", "-literalpath"])
                .for_each(|file| found.file(file, folder));
            args.values(&["-destinationpath"]).for_each(|to| found.output(to, folder));
        }
        "import-module" | "ipmo" | "start-process" => {
            let files = args.named_or_first(&["-name", "-filepath"]);
            files.filter(|file| file.contains('/')).for_each(|file| found.file(file, folder));
        }
        "copy-item" | "move-item" | "cpi" | "mi" => {
            let from = args.values(&["-path", "-literalpath"]);
            let to = args.values(&["-destination"]);
            copy(
                found,
                &from.chain(args.plain.iter().copied()).chain(to).collect::<Vec<_>>(),
                folder,
            );
        }
        "new-item" | "ni" | "out-file" | "set-content" | "add-content" | "export-csv"
        | "export-clixml" | "tee-object" | "start-transcript" => {
            let files = args.named_or_first(&["-path", "-filepath", "-literalpath"]);
            files.for_each(|file| found.output(file, folder));
        }
        "powershell" | "pwsh" => {
            let scripts = args.all.iter().filter(|arg| arg.to_lowercase().ends_with(".ps1"));
            scripts.for_each(|script| found.file(script, folder));
        }
        "invoke-sqlcmd" => {
            args.values(&["-serverinstance"]).for_each(|host| found.host(host));
            args.values(&["-inputfile"]).for_each(|file| found.file(file, folder));
        }
        _ => return false,
    }
    true
}

/// Arguments by name, as PowerShell has them: `-Name value`, in any case.
struct Arguments<'s> {
    all: Vec<&'s str>,
    named: Vec<(String, &'s str)>,
    plain: Vec<&'s str>,
}

impl<'s> Arguments<'s> {
    fn of(args: &[&'s str]) -> Arguments<'s> {
        const SWITCHES: [&str; 10] = [
            "-asjob",
            "-append",
            "-force",
            "-passthru",
            "-raw",
            "-recurse",
            "-usebasicparsing",
            "-verbose",
            "-wait",
            "-whatif",
        ];
        let is_name = |arg: &&str| arg.starts_with('-') && arg.len() > 1;
        let mut read = Arguments { all: args.to_vec(), named: Vec::new(), plain: Vec::new() };
        let mut rest = args.iter().copied().peekable();
        while let Some(arg) = rest.next() {
            let name = arg.to_lowercase();
            match rest.peek() {
                _ if !is_name(&arg) => read.plain.push(arg),
                Some(value) if !is_name(value) && !SWITCHES.contains(&name.as_str()) => {
                    read.named.push((name, value));
                    rest.next();
                }
                _ => {}
            }
        }
        read
    }

    /// What one of `names` has, each of several behind commas.
    fn values<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = &'s str> + 'a {
        let of_it = |(name, _): &&(String, &str)| names.contains(&name.as_str());
        let parts = |(_, value): &'a (String, &'s str)| value.split(',');
        self.named.iter().filter(of_it).flat_map(parts).filter(|value| !value.is_empty())
    }

    /// The same, or else the first argument without a name.
    fn named_or_first<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = &'s str> + 'a {
        let named = self.values(names).next().is_some();
        let first = self.plain.first().copied().filter(move |_| !named);
        self.values(names).chain(first)
    }

    fn hosts(&self, found: &mut Found<'_>) {
        let names = ["-computername", "-hostname", "-cn", "-name", "-targetname"];
        let first = self.plain.first().filter(|host| host.contains('.') && !host.contains('/'));
        self.values(&names).for_each(|host| found.host(host));
        first
            .filter(|_| self.values(&names).next().is_none())
            .iter()
            .for_each(|host| found.host(host));
    }
}
