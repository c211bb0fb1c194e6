//! A plan a line in, an answer a line out, in the same order. A bad line gives a fault in its place.

use super::court::Court;
use super::overlay::{has_overlay, overlay_plan};
use crate::Status;
use crate::arguments::Toets;
use crate::error::{CliError, reason};
use crate::input::{self, Line};
use brink_assess::{Fault, MAX_BYTES, Plan, PlanError};
use rayon::prelude::*;
use serde_json::json;
use std::io::{BufWriter, Write};
use std::path::Path;

/// How many lines are read before they are judged, on all cores.
const BATCH: usize = 512;

pub(super) fn lines(path: &Path, arguments: &Toets, court: &Court<'_>) -> Result<Status, CliError> {
    let unreadable =
        |error: std::io::Error| CliError::Unreadable { path: path.to_owned(), reason: reason(&error) };
    let mut reader: Box<dyn std::io::BufRead> = if path.as_os_str() == "-" {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(std::io::BufReader::new(std::fs::File::open(path).map_err(unreadable)?))
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut status = Status::Answered;
    let mut number = 0_u64;
    loop {
        let mut batch: Vec<(u64, Result<Plan, Vec<Fault>>)> = Vec::new();
        // A terminal or a pipe wants its answer before it sends more.
        let size = if path.as_os_str() == "-" { 1 } else { BATCH };
        let mut ended = false;
        while batch.len() < size {
            let Some(line) = input::line(&mut reader, MAX_BYTES).map_err(unreadable)? else {
                ended = true;
                break;
            };
            number += 1;
            if number < arguments.vanaf {
                continue;
            }
            let plan = match line {
                Line::Text(text) if text.trim().is_empty() => continue,
                Line::Text(text) => read(&text, arguments, court),
                Line::TooLong => Err(vec![fault(format!("regel is langer dan {MAX_BYTES} bytes"))]),
                Line::NotText => Err(vec![fault("regel is geen leesbare tekst (UTF-8)".to_owned())]),
            };
            batch.push((number, plan.map(|plan| court.placed(&plan))));
        }
        let needs_map = batch.iter().any(|(_, plan)| plan.as_ref().is_ok_and(|plan| plan.place.is_some()));
        let ground = if needs_map { Some(court.ground()?) } else { None };
        let answers: Vec<(bool, Vec<u8>)> = batch
            .into_par_iter()
            .map(|(number, plan)| {
                let answer = plan.and_then(|plan| court.judge_on(&plan, ground).map_err(|fault| vec![fault]));
                match answer {
                    Ok(answer) => (true, serde_json::to_vec(&answer).unwrap_or_default()),
                    Err(faults) => {
                        let fault = json!({ "fout": { "regel": number, "meldingen": faults } });
                        (false, fault.to_string().into_bytes())
                    }
                }
            })
            .collect();
        for (good, answer) in answers {
            if !good {
                status = Status::BadInput;
            }
            out.write_all(&answer)?;
            writeln!(out)?;
        }
        if ended {
            break;
        }
        out.flush()?;
    }
    out.flush()?;
    Ok(status)
}

fn read(text: &str, arguments: &Toets, court: &Court<'_>) -> Result<Plan, Vec<Fault>> {
    let faults = |error: PlanError| error.faults;
    let package = court.package;
    if !has_overlay(&arguments.typed) {
        return Plan::from_json(text, package).map_err(faults);
    }
    let Ok(mut plan) = serde_json::from_str(text) else {
        return Plan::from_json(text, package).map_err(faults);
    };
    overlay_plan(&mut plan, &arguments.typed, package).map_err(|error| vec![fault(error.to_string())])?;
    Plan::from_value(&plan, package).map_err(faults)
}

fn fault(message: String) -> Fault {
    Fault::new("", message)
}
