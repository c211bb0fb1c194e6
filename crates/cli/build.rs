//! Rebuild when the built-in package changes.

fn main() {
    println!("cargo::rerun-if-changed=../../policies/drenthe-2022");
    println!("cargo::rerun-if-changed=build.rs");
}
