//! Judges claims by evidence: bind, trust, judge, freshness, waive, gate. Pure.
