//! Assessment of a plan against a policy package.
#![deny(missing_docs)]
