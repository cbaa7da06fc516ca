//! Exit codes: a contract, stated once.

/// How a command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done; of `check`: go, or no gate.
    Go,
    /// The gate says no-go, or some input could not be read.
    NoGo,
    /// The command line or the configuration cannot be understood.
    Usage,
    /// The work could not be finished.
    Failed,
}

impl Exit {
    /// The number that the shell sees.
    pub fn code(self) -> u8 {
        match self {
            Exit::Go => 0,
            Exit::NoGo => 1,
            Exit::Usage => 2,
            Exit::Failed => 3,
        }
    }
}
