//! The real layers, and random plans and points among them.

use brink_geo::index::Index;
use brink_geo::layer::{About, Coverage, Kind, Layer};
use brink_geo::read::{ReadOptions, read_file};
use geo::CoordsIter;
use geo_types::{Coord, Geometry, LineString, Polygon};
use std::path::{Path, PathBuf};

/// The polygon layers, by the name of their file.
pub const LAYERS: [&str; 11] = [
    "provincie_drenthe",
    "gemeenten_drenthe",
    "cbs_buurten_drenthe",
    "natura2000_drenthe",
    "nnn_realisatie_verbeteren",
    "kerngebied_akkervogels",
    "kerngebied_weidevogels",
    "glastuinbouw",
    "verbodszones_diepe_boring",
    "zorgplicht_kop_van_drenthe",
    "dc-2024-5400_vermoedelijk_grondwaterbescherming",
];

/// The areas of the package that these layers are a map of.
const AREAS: [(&str, &str); 8] = [
    ("provincie_drenthe", "provincie-drenthe"),
    ("natura2000_drenthe", "natura-2000"),
    ("nnn_realisatie_verbeteren", "natuurnetwerk-nederland"),
    ("kerngebied_akkervogels", "akkervogelgebied"),
    ("kerngebied_weidevogels", "weidevogelgebied"),
    ("glastuinbouw", "glastuinbouwlocatie-aangewezen"),
    ("verbodszones_diepe_boring", "verbodszone-diepe-boringen"),
    ("dc-2024-5400_vermoedelijk_grondwaterbescherming", "grondwaterbeschermingsgebied"),
];

/// A shape of a layer.
pub struct Shape {
    /// The layer, by number.
    pub layer: usize,
    /// The name of a municipality; empty for other shapes.
    pub name: String,
    pub geometry: Geometry<f64>,
}

/// The folder with the layers, when it is at hand.
pub fn folder(root: &Path) -> Option<PathBuf> {
    let shared = std::env::var_os("BRINK_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    Some(shared.join("geodata")).filter(|folder| folder.is_dir())
}

/// The shapes of all polygon layers.
pub fn shapes(folder: &Path) -> Result<Vec<Shape>, String> {
    let mut shapes = Vec::new();
    for (layer, name) in LAYERS.iter().enumerate() {
        let path = folder.join(format!("{name}.geojson"));
        let read = read_file(&path, &ReadOptions::default()).map_err(|error| error.to_string())?;
        shapes.extend(read.features.into_iter().map(|mut feature| Shape {
            layer,
            name: feature.properties.remove("wof:name").unwrap_or_default(),
            geometry: feature.geometry,
        }));
    }
    Ok(shapes)
}

/// The number of vertices, first and last of a ring counted both.
pub fn vertices(geometry: &Geometry<f64>) -> usize {
    geometry.coords_count()
}

/// A layer for each file.
pub fn by_file(shapes: &[Shape]) -> Vec<Layer> {
    LAYERS
        .iter()
        .enumerate()
        .map(|(number, name)| layer(name, Coverage::Everywhere, shapes.iter().filter(|s| s.layer == number)))
        .collect()
}

/// A layer for each area of the package that has one.
pub fn by_area(shapes: &[Shape]) -> Vec<Layer> {
    let mut layers = Vec::new();
    for (number, file) in LAYERS.iter().enumerate() {
        let own = || shapes.iter().filter(move |shape| shape.layer == number);
        if let Some((_, area)) = AREAS.iter().find(|(of, _)| of == file) {
            let coverage = match *area {
                "provincie-drenthe" => Coverage::Everywhere,
                _ => Coverage::Area("provincie-drenthe".to_owned()),
            };
            layers.push(layer(area, coverage, own()));
        }
        if *file == "gemeenten_drenthe" {
            for shape in own() {
                let area = format!("gemeente-{}", shape.name.to_lowercase().replace([' ', '_'], "-"));
                layers.push(layer(&area, Coverage::Everywhere, std::iter::once(shape)));
            }
        }
    }
    layers
}

fn layer<'s>(area: &str, coverage: Coverage, shapes: impl Iterator<Item = &'s Shape>) -> Layer {
    let about = About::new(area, Kind::Echt, area, "meting".to_owned());
    Layer::new(about, coverage, shapes.map(|shape| shape.geometry.clone()).collect())
}

/// The province.
pub struct Province {
    index: Index,
    low: [f64; 2],
    high: [f64; 2],
}

impl Province {
    /// The shape of the first layer.
    pub fn of(shapes: &[Shape]) -> Option<Self> {
        let shape = parts(shapes.first()?).pop()?;
        let (low, high) = shape.bounds()?;
        Some(Self { index: Index::new(&[(0, &shape)]), low, high })
    }
}

/// What the index works with.
pub fn parts(shape: &Shape) -> Vec<brink_geo::shape::Shape> {
    brink_geo::shape::Shape::of(&shape.geometry)
}

/// A fixed series of numbers that look random (splitmix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from 0 up to 1.
    fn part(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((bits ^ (bits >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number from 0 up to a count.
    pub fn below(&mut self, count: usize) -> usize {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let number = (self.part() * count as f64) as usize;
        number
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.part()
    }
}

/// Plans of 100 vertices, 50 to 400 m across, with their middle in the province.
pub fn plans(province: &Province, count: usize, dice: &mut Dice) -> Vec<Polygon<f64>> {
    spots(province, count, dice)
        .into_iter()
        .map(|[x, y]| {
            let radius = dice.between(25.0, 200.0);
            let ring: Vec<Coord<f64>> = (0..100)
                .map(|n| {
                    let radius = radius * dice.between(0.8, 1.0);
                    let angle = f64::from(n) * std::f64::consts::TAU / 100.0;
                    Coord { x: x + radius * angle.cos(), y: y + radius * angle.sin() }
                })
                .collect();
            Polygon::new(LineString::new(ring), Vec::new())
        })
        .collect()
}

/// Points in the province.
pub fn spots(province: &Province, count: usize, dice: &mut Dice) -> Vec<[f64; 2]> {
    let mut spots = Vec::with_capacity(count);
    while spots.len() < count {
        let point = [
            dice.between(province.low[0], province.high[0]),
            dice.between(province.low[1], province.high[1]),
        ];
        let mut inside = false;
        province.index.holding(point, |_| inside = true);
        if inside {
            spots.push(point);
        }
    }
    spots
}
