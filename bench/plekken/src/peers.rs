//! The same question to others: PostGIS and Shapely, on the same shapes and plans, in the same run.

use crate::data;
use geo_types::Geometry;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How many plans they are asked about.
pub const PLANS: usize = 1_000;

/// What a peer says.
pub struct Answer {
    /// Median time for a plan, in seconds.
    pub seconds: f64,
    /// Sum of all shares.
    pub total: f64,
}

/// Asks PostGIS and Shapely; or why that can't be.
pub fn ask(shapes: &[data::Shape], plans: &[Geometry<f64>]) -> [(&'static str, Result<Answer, String>); 2] {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let prepared = prepare(own, shapes, plans);
    let run = |peer: &dyn Fn(&Path, &Path) -> Command| {
        let (python, folder) = prepared.as_ref().map_err(Clone::clone)?;
        answer(peer(python, folder))
    };
    let postgis = run(&|python, folder| {
        let mut command = Command::new(own.join("cluster.sh"));
        command.arg(python).arg(own.join("postgis.py")).arg(folder);
        command
    });
    let shapely = run(&|python, folder| {
        let mut command = Command::new(python);
        command.arg(own.join("shapely_boom.py")).arg(folder);
        command
    });
    if let Ok((_, folder)) = &prepared {
        // A folder for the run: leaving it behind is no reason to fail.
        let _ = std::fs::remove_dir_all(folder);
    }
    [("PostGIS", postgis), ("Shapely", shapely)]
}

/// A Python with what the peers need, and a folder with the shapes and plans.
fn prepare(
    own: &Path,
    shapes: &[data::Shape],
    plans: &[Geometry<f64>],
) -> Result<(PathBuf, PathBuf), String> {
    let exe = std::env::current_exe().map_err(|error| error.to_string())?;
    let venv = exe.with_file_name("plekken-venv");
    let python = venv.join("bin/python");
    let installed = |python: &Path| {
        let mut command = Command::new(python);
        command.args(["-c", "import numpy, psycopg, shapely"]).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    if !installed(&python) {
        let made = Command::new("python3").args(["-m", "venv"]).arg(&venv).status();
        let mut pip = Command::new(&python);
        pip.args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(own.join("requirements.txt"));
        if !(made.is_ok_and(|status| status.success()) && pip.status().is_ok_and(|status| status.success())) {
            return Err("Python with Shapely and psycopg can't be installed".to_owned());
        }
    }
    let folder = std::env::temp_dir().join(format!("brink-plekken-peers-{}", std::process::id()));
    let rows = |geometries: &mut dyn Iterator<Item = &Geometry<f64>>| {
        let mut text = String::new();
        for (n, geometry) in geometries.enumerate() {
            // The debug form of a geometry is WKT, in full precision.
            let _ = writeln!(text, "{n}\t{geometry:?}");
        }
        text
    };
    let write = || {
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join("vlakken.tsv"), rows(&mut shapes.iter().map(|shape| &shape.geometry)))?;
        std::fs::write(folder.join("plannen.tsv"), rows(&mut plans.iter().take(PLANS)))
    };
    write().map_err(|error: std::io::Error| error.to_string())?;
    Ok((python, folder))
}

fn answer(mut command: Command) -> Result<Answer, String> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| error.to_string())?;
    if output.status.code() == Some(77) {
        return Err("no PostgreSQL with PostGIS here".to_owned());
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<f64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    match numbers.as_slice() {
        [seconds, total] => Ok(Answer { seconds: *seconds, total: *total }),
        _ => Err(format!("it ended with {}", output.status)),
    }
}
