//! The command line itself: help and faults, in Dutch.

use crate::run::{brink, wide};
use insta::assert_snapshot;

#[test]
fn help() {
    let ran = brink(&["--help"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_snapshot!(ran.out);
    assert_eq!(brink(&["-h"]).out, ran.out);
    assert_eq!(brink(&["--hulp"]).out, ran.out);
}

#[test]
fn help_of_toets() {
    assert_snapshot!(brink(&["toets", "--help"]).out);
}

#[test]
fn help_is_dutch_and_fits_on_every_level() {
    for arguments in [
        &["--help"][..],
        &["toets", "--help"],
        &["normen", "--help"],
        &["woordenlijst", "--help"],
        &["controleer", "--help"],
        &["doelen", "--help"],
        &["bron", "--help"],
        &["bron", "lees", "--help"],
        &["bron", "zoek", "--help"],
        &["bron", "controleer", "--help"],
        &["bron", "onderdelen", "--help"],
    ] {
        let ran = brink(arguments);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments:?}");
        assert!(ran.out.contains("Gebruik: brink"), "{arguments:?}: {}", ran.out);
        for english in [
            "Usage",
            "Options",
            "OPTIONS",
            "Arguments",
            "Commands",
            "Print help",
            "possible values",
            "default:",
            "help for",
        ] {
            assert!(!ran.out.contains(english), "{english} in {arguments:?}: {}", ran.out);
        }
        assert_eq!(wide(&ran.out), [""; 0], "{arguments:?}");
    }
}

#[test]
fn no_command_gives_help() {
    let ran = brink(&[]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("Opdrachten:\n  toets"), "{}", ran.err);
}

#[test]
fn faults() {
    let mut told = String::new();
    for arguments in [
        &["toest"][..],
        &["raketbasis"],
        &["toets", "--activiteiten", "evenement"],
        &["toets", "--raket"],
        &["toets", "a.json", "b.json"],
        &["toets", "--activiteit"],
        &["toets", "a.json", "--activiteit", "evenement"],
        &["toets", "--activiteit", "a", "--activiteit", "b"],
        &["woordenlijst", "activiteit"],
        &["bron"],
        &["bron", "lees"],
        &["bron", "zoek"],
        &["bron", "leest", "a.txt"],
        &["--pakket"],
        &["--json=ja", "toets"],
    ] {
        let ran = brink(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        told += &format!("$ brink {}\n{}\n", arguments.join(" "), ran.err);
    }
    assert_snapshot!(told);
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_no_text() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let mut command = crate::run::command(&["toets", "--activiteit"]);
    let ran = crate::run::ran(command.arg(OsStr::from_bytes(b"\xff")));
    assert_eq!((ran.code, ran.err.as_str()), (2, "fout: een argument is geen leesbare tekst\n"));
}
