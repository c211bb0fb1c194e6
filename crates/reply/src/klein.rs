//! The small made-up package, for tests.

use brink_policy::{Compiled, Depth, WrittenPackage, load, read_folder};
use std::path::Path;

/// The package, to judge with and as written.
pub(crate) fn klein() -> (Compiled, WrittenPackage) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../policy/tests/fixtures/klein");
    let loaded = load(&read_folder(&folder).unwrap(), Depth::Use);
    (loaded.compiled.unwrap(), loaded.written)
}
