//! The program from the outside: what it prints and how it exits.
#![cfg(test)]

mod bron;
mod everyday_words;
mod examples;
mod jsonl;
mod ledger;
mod output;
mod package;
mod plan_faults;
mod run;
mod toets;
mod usage;
mod words;
