//! Packages from the outside: what loading says about good and bad ones.
#![cfg(test)]

mod checks;
mod fixture;
mod klein;
mod limits;
mod schema;
