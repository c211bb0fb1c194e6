//! The program from the outside: what it prints and how it exits.
#![cfg(test)]

mod api;
mod bron;
mod everyday_words;
mod examples;
mod fetching;
mod jsonl;
mod ledger;
mod lists;
mod maps;
mod output;
mod package;
mod place_faults;
mod places;
mod plan_faults;
mod run;
mod streek;
mod suitable;
mod toets;
mod usage;
mod words;
