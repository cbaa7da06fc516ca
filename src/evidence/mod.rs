//! Reads artifacts: decodes, detects the format by content, and turns it into facts.
