//! The policy package: model, reader, expressions and checks. Knows no geometry and no network.
#![deny(missing_docs)]
