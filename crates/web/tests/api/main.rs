//! The REST API from the outside, in process.
#![cfg(test)]

mod document;
mod faults;
mod reading;
mod searching;
mod server;
