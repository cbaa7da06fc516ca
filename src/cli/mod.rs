//! Arguments, exit codes, the one printer of errors; one file a command.

pub mod diagnostic;
