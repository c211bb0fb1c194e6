//! Taking in changed files without a restart and without dropping a request.

use crate::app::App;
use crate::supply::Supply;
use crate::world::World;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// How often files are looked at.
const LOOK: Duration = Duration::from_secs(2);
/// Most files that are looked at.
const MOST: usize = 20_000;

/// What of a file shows that it changed.
pub(crate) type Marks = BTreeMap<PathBuf, (u64, Option<SystemTime>)>;

/// Looks after the files for as long as the server runs; `seen` is how they were before they were read.
pub(crate) fn watch(app: App, supply: Supply, seen: Marks) {
    if !app.settings().herladen || supply.watch.is_empty() {
        return;
    }
    // A thread of its own: it sleeps nearly all the time, and reading may take a second.
    std::thread::spawn(move || {
        let (mut taken, mut before) = (seen.clone(), seen);
        loop {
            std::thread::sleep(LOOK);
            let now = marks(&supply.watch);
            // Whoever writes may not be done: wait until two looks agree.
            if now != taken && now == before {
                taken.clone_from(&now);
                take_in(&app, &supply);
            }
            before = now;
        }
    });
}

/// Reads everything anew. When that fails the server goes on with what it has.
pub(crate) fn take_in(app: &App, supply: &Supply) {
    match (supply.load)() {
        Ok(parts) => {
            let world = World::new(parts);
            // Before anybody asks for it.
            world.canvas();
            app.replace(world);
            tracing::warn!(hash = app.world().hash, "package and layers taken in anew");
        }
        Err(error) => {
            app.metrics().failed_reloads.inc();
            tracing::error!(%error, "changed files cannot be used; the former stay in use");
        }
    }
}

/// How the files are now.
pub(crate) fn marks(watch: &[PathBuf]) -> Marks {
    let mut marks = Marks::new();
    for path in watch {
        collect(path, &mut marks);
    }
    marks
}

fn collect(path: &Path, marks: &mut Marks) {
    if marks.len() >= MOST {
        return;
    }
    let Ok(about) = path.metadata() else {
        return;
    };
    if about.is_dir() {
        for entry in std::fs::read_dir(path).into_iter().flatten().flatten() {
            collect(&entry.path(), marks);
        }
    } else {
        marks.insert(path.to_owned(), (about.len(), about.modified().ok()));
    }
}
