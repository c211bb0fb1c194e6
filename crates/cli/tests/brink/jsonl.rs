//! `brink toets --jsonl`: a line in, a line out, in order.

use crate::run::{file, folder, on_klein, on_klein_with, text};
use serde_json::{Value, json};

fn plan(title: &str) -> String {
    json!({ "titel": title, "activiteit": "dorpsfeest", "gebieden": {}, "peildatum": "2026-11-01" })
        .to_string()
}

/// What stands on a line: a title, or the fault and its line number.
fn told(line: &str) -> String {
    let answer: Value = serde_json::from_str(line).unwrap();
    match answer.get("fout") {
        None => text(&answer["titel"]).to_owned(),
        Some(fault) => format!("{}: {}", fault["regel"], text(&fault["meldingen"][0]["melding"])),
    }
}

#[test]
fn order_is_kept_and_a_bad_line_is_told_in_its_place() {
    let mut input = [
        plan("een"),
        "geen json".to_owned(),
        String::new(),
        plan("twee"),
        "  ".to_owned(),
        "{}".to_owned(),
        "[]".to_owned(),
    ]
    .join("\n")
    .into_bytes();
    input.extend(b"\n\"\xff\xfe\"\n");
    input.extend(plan("drie").bytes());
    let ran = on_klein_with(&["toets", "-", "--jsonl"], &input);
    assert_eq!((ran.code, ran.err.as_str()), (2, ""));
    let lines: Vec<String> = ran.out.lines().map(told).collect();
    assert_eq!(
        lines,
        [
            "een",
            "2: geen geldige JSON: regel 1, kolom 1",
            "twee",
            "6: activiteit ontbreekt",
            "7: een plan is een JSON-object, geen lijst",
            "8: regel is geen leesbare tekst (UTF-8)",
            "drie"
        ]
    );
}

#[test]
fn only_good_lines_exit_with_0() {
    let input = format!("{}\r\n{}\n\n", plan("een"), plan("twee"));
    let path = file(&folder("jsonl-good"), "plannen.jsonl", &input);
    let ran = on_klein(&["toets", &path, "--jsonl"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(ran.out.lines().map(told).collect::<Vec<_>>(), ["een", "twee"]);
    assert_eq!(on_klein_with(&["toets", "-", "--jsonl"], input.as_bytes()), ran);
}

#[test]
fn nothing_in_is_nothing_out() {
    for input in ["", "\n", "\n \n\n"] {
        let ran = on_klein_with(&["toets", "-", "--jsonl"], input.as_bytes());
        assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""), "{input:?}");
    }
}

#[test]
fn a_line_too_long_is_told_and_passed_over() {
    let mut input = format!("{}\n", plan("een")).into_bytes();
    input.extend(b"{\"titel\": \"");
    input.resize(input.len() + (3 << 20), b'a');
    input.extend(format!("\"}}\n{}\n", plan("twee")).bytes());
    let ran = on_klein_with(&["toets", "-", "--jsonl"], &input);
    assert_eq!(ran.code, 2);
    let lines: Vec<String> = ran.out.lines().map(told).collect();
    assert_eq!(lines, ["een", "2: regel is langer dan 2097152 bytes", "twee"]);
}

#[test]
fn a_line_gets_the_answer_its_plan_gets_alone() {
    let input = plan("een");
    let alone = on_klein_with(&["toets", "-", "--json"], input.as_bytes());
    let line = on_klein_with(&["toets", "-", "--jsonl"], input.as_bytes());
    assert_eq!(line.json(), alone.json());
}

#[test]
fn answers_come_while_input_is_still_open() {
    use std::io::{BufRead, BufReader, Write};
    use std::process::Stdio;
    let klein = crate::run::klein();
    let mut child = crate::run::command(&["toets", "-", "--jsonl", "--pakket", &klein])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    // More answers than any buffer holds come back before the input ends.
    let lines = format!("{}\n", plan("een")).repeat(200);
    let writer = std::thread::spawn(move || {
        stdin.write_all(lines.as_bytes()).unwrap();
        stdin
    });
    assert_eq!(told(&answers.next().unwrap().unwrap()), "een");
    drop(writer.join().unwrap());
    assert_eq!(answers.count(), 199);
    assert!(child.wait().unwrap().success());
}
