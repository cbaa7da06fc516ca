//! The only doors to disk, git, environment and time; what enters leaves as plain data.
