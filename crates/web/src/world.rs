//! What requests work with: a snapshot of package, map and text.

use crate::fitting::Fitting;
use crate::ogc::Map;
use crate::reader::Reader;
use crate::settings::BaseMap;
use crate::supply::{Example, Parts, PlaceName, SourceText};
use brink_assess::{Canvas, Ground, Options, Part};
use brink_policy::{Compiled, WrittenPackage};
use sha2::{Digest, Sha256};
use std::sync::OnceLock;

/// The side of a cell of the suitability map, in metres.
pub const STEP: f64 = 25.0;

/// A snapshot. Nothing in it changes.
pub struct World {
    /// The package to judge with.
    pub package: Compiled,
    /// The package as written.
    pub written: WrittenPackage,
    /// The map.
    pub ground: Ground,
    /// Names of places.
    pub places: Vec<PlaceName>,
    /// Example plans.
    pub examples: Vec<Example>,
    /// The text of the vision.
    pub text: Option<SourceText>,
    /// When it was read, in seconds since 1970.
    pub loaded: u64,
    /// What it is made of: package and layers. The same hash, the same answers.
    pub hash: String,
    /// What maps are drawn upon; without it the own layer. The state sets it.
    pub(crate) base_map: Option<BaseMap>,
    canvas: OnceLock<Canvas>,
    /// Where plans would fit, of those asked lately.
    pub(crate) fitting: Fitting,
    reader: OnceLock<Reader>,
    map: OnceLock<Map>,
}

impl World {
    /// Makes a snapshot of what was read.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let Parts { package, written, layers, places, examples, text } = parts;
        let ground = Ground::new(&package, layers);
        let mut digest = Sha256::new();
        digest.update(&package.info.hash);
        for layer in ground.atlas().layers() {
            digest.update(&layer.about.area);
            digest.update(&layer.about.hash);
            digest.update(&layer.about.date);
        }
        digest.update(brink_assess::ENGINE);
        let hash = digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let loaded = jiff::Timestamp::now().as_second().unsigned_abs();
        let (canvas, reader, map) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Self {
            package,
            written,
            ground,
            places,
            examples,
            text,
            loaded,
            hash,
            base_map: None,
            canvas,
            reader,
            map,
            fitting: Fitting::default(),
        }
    }

    /// What stands where in the package; made when first asked for.
    pub(crate) fn reader(&self) -> &Reader {
        self.reader.get_or_init(|| Reader::new(&self.package, &self.written))
    }

    /// The memberships of all cells of the suitability map; made when first asked for.
    pub fn canvas(&self) -> &Canvas {
        self.canvas.get_or_init(|| Canvas::new(&self.package, &self.ground, STEP))
    }

    /// The areas as features and tiles; made when first asked for.
    pub(crate) fn map(&self) -> &Map {
        self.map.get_or_init(|| Map::new(self))
    }

    /// The same, of a part of the norms.
    pub(crate) fn of_part(&self, part: Part) -> Options<'_> {
        Options { part, ..self.options() }
    }

    /// How to judge today, with the map.
    #[must_use]
    pub fn options(&self) -> Options<'_> {
        Options { today: today(), ground: Some(&self.ground), ..Options::default() }
    }
}

/// Today, as the machine has it.
pub(crate) fn today() -> String {
    jiff::Zoned::now().date().to_string()
}
