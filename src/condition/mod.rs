//! Conditions over facts: parsed, checked against the catalogue, evaluated.
