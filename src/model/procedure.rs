//! Runbooks: steps, commands and the names they rely on. Nothing here is ever run.

/// A plan of steps: a `Step N:` section, or an ordered list with commands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Procedure {
    /// The heading, or the first words of the list.
    pub title: String,
    /// 1-based line where it begins.
    pub line: usize,
    /// Steps to deploy, or a way back.
    pub kind: ProcedureKind,
    /// The commands in order.
    pub steps: Vec<Step>,
}

/// What a procedure is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProcedureKind {
    /// A section `Step N: …`.
    Step,
    /// Under a heading about rolling back.
    Rollback,
    /// Any other ordered plan with commands.
    Plan,
}

impl ProcedureKind {
    /// The word used in JSON.
    pub fn word(self) -> &'static str {
        match self {
            ProcedureKind::Step => "step",
            ProcedureKind::Rollback => "rollback",
            ProcedureKind::Plan => "plan",
        }
    }
}

/// One command of a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// 1-based line.
    pub line: usize,
    /// The command as written.
    pub command: String,
    /// The folder that earlier `cd`s lead to, relative to the repository; `""` is its root.
    pub cwd: String,
    /// What the command names.
    pub names: Vec<Name>,
}

/// Something a command names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// What kind of thing.
    pub kind: NameKind,
    /// The name as the command has it, for files relative to the repository.
    pub name: String,
    /// The file that should define it (`backend/package.json` for a script).
    pub within: Option<String>,
    /// Whether it is there at the judged commit; `None` where that cannot be told.
    pub exists: Option<bool>,
}

/// What kind of thing a command names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameKind {
    /// A file or folder of the repository.
    File,
    /// A file that is read as data (`<`): it need not be in the repository.
    Input,
    /// A script of package.json.
    Script,
    /// A target of make, just or cargo.
    Target,
    /// A container image.
    Image,
    /// A host or URL.
    Host,
    /// A `<placeholder>` to fill in.
    Placeholder,
    /// A file that the command itself writes.
    Output,
}

impl NameKind {
    /// The word used in JSON.
    pub fn word(self) -> &'static str {
        match self {
            NameKind::File | NameKind::Input => "file",
            NameKind::Script => "script",
            NameKind::Target => "target",
            NameKind::Image => "image",
            NameKind::Host => "host",
            NameKind::Placeholder => "placeholder",
            NameKind::Output => "output",
        }
    }
}
