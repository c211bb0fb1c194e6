//! What holds for all output: no colours in a pipe, JSON that parses, the same bytes twice, no panic when nobody reads.

use crate::run::{
    brink, brink_with, command, klein, klein_copy, on_klein, on_klein_with, ran, veldvisie, wide,
};
use serde_json::Value;
use std::process::Stdio;

/// A command of every kind that answers.
fn answering() -> Vec<Vec<String>> {
    let veldvisie = veldvisie();
    let list: [&[&str]; 14] = [
        &["toets", "--activiteit", "evenement", "--peildatum", "2026-11-01"],
        &["toets", "--activiteit", "evenement", "--peildatum", "2026-11-01", "--alles"],
        &["normen"],
        &["doelen"],
        &["normen", "--activiteit", "woning-bouwen", "--gebied", "lint"],
        &["woordenlijst", "activiteiten"],
        &["woordenlijst", "gebieden"],
        &["woordenlijst", "gegevens"],
        &["woordenlijst", "belangen"],
        &["woordenlijst", "termen"],
        &["woordenlijst", "zoek", "festival"],
        &["bron", "lees", &veldvisie],
        &["bron", "controleer", &veldvisie],
        &["bron", "zoek", "stilte", "--bron", &veldvisie],
    ];
    let package = ["--pakket".to_owned(), klein()];
    let mut all: Vec<Vec<String>> = list
        .iter()
        .map(|arguments| {
            arguments.iter().map(|argument| (*argument).to_owned()).chain(package.clone()).collect()
        })
        .collect();
    all.push(vec!["controleer".to_owned(), klein()]);
    all
}

fn refs(arguments: &[String]) -> Vec<&str> {
    arguments.iter().map(String::as_str).collect()
}

#[test]
fn json_parses_and_says_what_the_text_says_with_the_same_exit_code() {
    for arguments in answering() {
        let text = brink(&refs(&arguments));
        assert_eq!(text.code, 0, "{arguments:?}: {text:?}");
        assert!(serde_json::from_str::<Value>(&text.out).is_err(), "{arguments:?}");
        let mut with = refs(&arguments);
        with.push("--json");
        let json = brink(&with);
        assert_eq!((json.code, json.err.as_str()), (0, ""), "{arguments:?}");
        assert!(json.json().is_object() || json.json().is_array());
    }
}

#[test]
fn faults_in_json_too() {
    let spoiled = klein_copy("output-spoiled");
    std::fs::remove_file(spoiled.join("termen.yaml")).unwrap();
    let spoiled = spoiled.display().to_string();
    for arguments in [
        &["toets"][..],
        &["toets", "nergens.json"],
        &["toets", "--activiteit", "raketbasis"],
        &["toets", "--activiteit", "evenement", "--punt", "52,6"],
        &["toets", "--activiteit", "evenement", "--gegeven", "x"],
        &["toets", "--activiteit", "evenement", "--pakket", &spoiled],
        &["toets", "--activiteit", "evenement", "--pakket", "nergens"],
        &["normen", "--onderdeel", "99"],
        &["normen", "--activiteit", "raketbasis"],
        &["woordenlijst", "zoek"],
        &["controleer", "nergens"],
        &["bron", "lees", "nergens.txt"],
        &["bron", "zoek", " "],
        &["toest"],
        &["toets", "--gebeid", "lint"],
        &["bron"],
    ] {
        let mut command = command(&[arguments, &["--json"]].concat());
        let ran = ran(command.env("BRINK_PAKKET", klein()));
        assert_eq!((ran.code, ran.err.as_str()), (2, ""), "{arguments:?}: {ran:?}");
        assert!(!ran.faults().is_empty());
    }
}

#[test]
fn no_escape_codes_in_a_pipe() {
    for arguments in answering() {
        let ran = brink(&refs(&arguments));
        assert!(!ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'), "{arguments:?}");
    }
    let spoiled = klein_copy("output-colours");
    std::fs::remove_file(spoiled.join("termen.yaml")).unwrap();
    let found = brink(&["controleer", &spoiled.display().to_string()]);
    assert_eq!(found.code, 1);
    assert!(!found.out.contains('\u{1b}'));
}

#[test]
fn colours_when_asked_for_but_not_with_no_color() {
    let klein = klein();
    let arguments = ["toets", "--activiteit", "evenement", "--pakket", &klein];
    let forced = ran(command(&arguments).env("CLICOLOR_FORCE", "1"));
    assert!(forced.out.contains("\u{1b}["), "there are colours to leave out");
    let plain = ran(command(&arguments).env("NO_COLOR", "1"));
    assert!(!plain.out.contains('\u{1b}'));
}

#[test]
fn no_line_wider_than_the_screen() {
    for arguments in answering() {
        let out = brink(&refs(&arguments)).out;
        assert_eq!(wide(&out), [""; 0], "{arguments:?}");
    }
}

#[test]
fn a_narrow_screen_makes_narrow_lines() {
    let klein = klein();
    let narrow =
        ran(command(&["toets", "--activiteit", "evenement", "--gebied", "stiltegebied", "--pakket", &klein])
            .env("COLUMNS", "50"));
    let wider: Vec<&str> = narrow.out.lines().filter(|line| line.chars().count() > 50).collect();
    assert_eq!(wider, [""; 0]);
}

#[test]
fn the_same_bytes_twice() {
    for arguments in answering() {
        let arguments = refs(&arguments);
        assert_eq!(brink(&arguments), brink(&arguments));
        let json = [&arguments[..], &["--json"]].concat();
        assert_eq!(brink(&json), brink(&json));
    }
}

#[test]
fn nobody_reads_the_output() {
    let lines = "{\"activiteit\": \"evenement\"}\n".repeat(100);
    for arguments in answering() {
        for json in [&[][..], &["--json"][..]] {
            let mut child = command(&[&refs(&arguments), json].concat())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            drop(child.stdout.take());
            let output = child.wait_with_output().unwrap();
            assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
            assert!(output.status.code().is_some_and(|code| code <= 2), "{arguments:?}: {:?}", output.status);
        }
    }
    let first = on_klein_with(&["toets", "-", "--jsonl"], lines.as_bytes());
    assert_eq!(first.out.lines().count(), 100);
}

#[test]
fn nobody_reads_the_faults() {
    for arguments in [
        &["toets", "nergens.json", "--json"][..],
        &["toets", "nergens.json"],
        &["toest"],
        &["--help"],
        &["toest", "--json"],
    ] {
        let mut child = command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        drop(child.stderr.take());
        let status = child.wait().unwrap();
        assert!(status.code().is_some_and(|code| code == 2 || code == 0), "{arguments:?}: {status:?}");
    }
}

#[test]
fn head_takes_the_first_line_of_many() {
    use std::io::{BufRead, BufReader, Write};
    let klein = klein();
    let mut child = command(&["toets", "-", "--jsonl", "--pakket", &klein])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        for _ in 0..2_000 {
            if stdin.write_all(b"{\"activiteit\": \"evenement\"}\n").is_err() {
                return;
            }
        }
    });
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    writer.join().unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(first.contains("\"oordeel\""));
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn the_receipt_names_what_the_answer_was_made_with() {
    let answer = on_klein(&["toets", "--activiteit", "evenement", "--json"]).json();
    let receipt = &answer["bewijs"];
    assert_eq!(receipt["pakket"]["versie"], "1.2.3");
    assert_eq!(receipt["pakket"]["hash"].as_str().unwrap().len(), 64);
    assert!(receipt["motor"].as_str().unwrap().starts_with("brink "));
    let version = brink_with(&["--version"], b"").out;
    assert_eq!(version.trim(), receipt["motor"]);
}
