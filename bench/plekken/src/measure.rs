//! Time and memory.

use std::hint::black_box;
use std::time::Instant;

/// Seconds that some work takes, and what comes of it.
pub fn time<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let result = work();
    (start.elapsed().as_secs_f64(), result)
}

/// Seconds the median case takes: of each case the fastest of `rounds`, so that what else the machine does weighs less.
pub fn median<T>(rounds: usize, cases: &[T], mut work: impl FnMut(&T) -> f64) -> f64 {
    let mut fastest = vec![f64::INFINITY; cases.len()];
    for _ in 0..rounds {
        for (case, fastest) in cases.iter().zip(&mut fastest) {
            let (took, result) = time(|| work(case));
            black_box(result);
            *fastest = fastest.min(took);
        }
    }
    fastest.sort_by(f64::total_cmp);
    fastest.get(fastest.len() / 2).copied().unwrap_or_default()
}

/// Prints a figure, and whether it is within its limit.
pub fn row(what: &str, seconds: f64, limit: Option<f64>) {
    let verdict = match limit {
        Some(limit) if seconds <= limit => format!("  (grens {}: gehaald)", shown(limit)),
        Some(limit) => format!("  (grens {}: NIET gehaald)", shown(limit)),
        None => String::new(),
    };
    println!("{what:<55} {:>10}{verdict}", shown(seconds));
}

/// Prints how many times faster than another, and whether that is enough.
pub fn ratio(than: &str, times: f64, least: f64) {
    let verdict = if times >= least { "gehaald" } else { "NIET gehaald" };
    println!("  {:<53} {times:>8.1} x  (grens {least} x: {verdict})", format!("sneller dan {than}"));
}

/// A time as people read it.
pub fn shown(seconds: f64) -> String {
    match seconds {
        s if s < 1e-3 => format!("{:.1} µs", s * 1e6),
        s if s < 1.0 => format!("{:.1} ms", s * 1e3),
        s => format!("{s:.2} s"),
    }
}

/// The most memory this program has had, in MB; 0 where the system does not tell.
pub fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()).unwrap_or_default()
        / 1024
}

/// Seconds of work all threads of this program did so far; 0 where the system does not tell.
pub fn cpu() -> f64 {
    let status = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = status.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |n: usize| fields.get(n).and_then(|field| field.parse::<f64>().ok()).unwrap_or_default();
    (ticks(11) + ticks(12)) / 100.0
}
