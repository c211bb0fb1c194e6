//! The index says what PostGIS says, for thousands of plans on real layers: the same shapes, the same shares. Needs
//! ../shared/geodata (or BRINK_SHARED) and PostgreSQL with PostGIS; passed over without.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may stop")]

use brink_geo::index::{Desk, Index};
use brink_geo::read::{ReadOptions, read_file};
use brink_geo::shape::{Dimension, Shape};
use geo::{CoordsIter, Validation};
use geo_types::{Coord, Geometry, LineString, Point, Polygon};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

const LAYERS: [&str; 11] = [
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

/// What a line of the answer says: plan, shape, and how much they share.
const QUESTION: &str = "
create unlogged table piece (key int, shape geometry);
alter table piece alter shape set storage plain;
insert into piece select key, st_subdivide(shape, 128) from area;
create index on piece using gist (shape);
create index on piece (key);
create index on area (key);
create index on plan using gist (shape);
vacuum analyze;
-- Shapes in the outer loop: PostGIS prepares one for all plans near it.
set enable_hashjoin = off; set enable_mergejoin = off;
create unlogged table hit as
  select a.key, p.key as plan from area a join plan p on a.shape && p.shape and st_intersects(a.shape, p.shape);
-- A point is in or not. What surfaces share is measured by piece; not so a line, as a border cut up is not quite the
-- border a line may lie on.
copy (
  select plan.key, hit.key, case st_dimension(plan.shape)
    when 0 then 1
    when 1 then (select st_length(st_intersection(area.shape, plan.shape)) from area where area.key = hit.key)
    else (select coalesce(sum(st_area(st_intersection(piece.shape, plan.shape))), 0)
      from piece where piece.key = hit.key and piece.shape && plan.shape) end
  from hit join plan on plan.key = hit.plan
) to stdout;
";

fn folder() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shared = std::env::var_os("BRINK_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    Some(shared.join("geodata")).filter(|folder| folder.is_dir())
}

/// A fixed series of numbers that look random (splitmix64).
struct Dice(u64);

impl Dice {
    fn part(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((bits ^ (bits >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.part()
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn below(&mut self, count: usize) -> usize {
        (self.part() * count as f64) as usize
    }

    /// Round and about the province, some of it well outside.
    fn spot(&mut self) -> Coord<f64> {
        Coord { x: self.between(190_000.0, 285_000.0), y: self.between(505_000.0, 595_000.0) }
    }

    fn near(&mut self, spot: Coord<f64>, metres: f64) -> Coord<f64> {
        Coord { x: spot.x + self.between(-metres, metres), y: spot.y + self.between(-metres, metres) }
    }

    fn star(&mut self, middle: Coord<f64>) -> Polygon<f64> {
        let (count, radius) = (3 + self.below(98), self.between(5.0, 1_500.0));
        let ring = (0..count).map(|n| {
            let radius = radius * self.between(0.3, 1.0);
            let angle = n as f64 * std::f64::consts::TAU / count as f64;
            Coord { x: middle.x + radius * angle.cos(), y: middle.y + radius * angle.sin() }
        });
        Polygon::new(LineString::new(ring.collect()), Vec::new())
    }
}

/// Points, lines and polygons: anywhere, on corners of shapes, along their edges, and outside.
fn plans(shapes: &[Geometry<f64>], dice: &mut Dice) -> Vec<Geometry<f64>> {
    let corners: Vec<Coord<f64>> = shapes.iter().flat_map(CoordsIter::coords_iter).collect();
    let mut plans: Vec<Geometry<f64>> = Vec::new();
    while plans.len() < 10_000 {
        // A corner and the next are an edge, but for the last of a ring.
        let at = dice.below(corners.len() - 1);
        let (corner, next) = (corners[at], corners[at + 1]);
        let half = Coord { x: 0.5 * (corner.x + next.x), y: 0.5 * (corner.y + next.y) };
        let spot = dice.spot();
        let plan: Geometry<f64> = match plans.len() % 10 {
            0 => Point(spot).into(),
            1 => Point(corner).into(),
            2 => Point(half).into(),
            3 => LineString::new((0..2 + dice.below(7)).map(|_| dice.near(spot, 2_000.0)).collect()).into(),
            4 => LineString::new(vec![dice.near(corner, 300.0), corner, next, dice.near(next, 300.0)]).into(),
            5 => Polygon::new(LineString::new(vec![corner, next, dice.near(half, 400.0)]), Vec::new()).into(),
            6 => {
                // A shape itself.
                let shape = &shapes[dice.below(shapes.len())];
                if shape.coords_count() > 500 {
                    continue;
                }
                shape.clone()
            }
            7 => dice.star(corner).into(),
            _ => dice.star(spot).into(),
        };
        if plan.is_valid() {
            plans.push(plan);
        }
    }
    plans
}

/// Of each plan and shape that meet what they share, as PostGIS says; `None` when it is not here.
fn postgis(shapes: &[Geometry<f64>], plans: &[Geometry<f64>]) -> Option<BTreeMap<(u32, u32), f64>> {
    let mut script = String::new();
    for (table, rows) in [("area", shapes), ("plan", plans)] {
        writeln!(script, "create unlogged table {table} (key int, shape geometry);").unwrap();
        // Large shapes are fetched over and over: better not compressed.
        writeln!(script, "alter table {table} alter shape set storage external;").unwrap();
        writeln!(script, "copy {table} from stdin;").unwrap();
        for (n, row) in rows.iter().enumerate() {
            // The debug form of a geometry is WKT, in full precision.
            writeln!(script, "{n}\t{row:?}").unwrap();
        }
        script += "\\.\n";
    }
    script += QUESTION;
    let file = std::env::temp_dir().join(format!("brink-postgis-{}.sql", std::process::id()));
    std::fs::write(&file, script).unwrap();
    let cluster = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../bench/plekken/cluster.sh");
    let psql = ["psql", "--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--file"];
    let output = Command::new(cluster).args(psql).arg(&file).output().unwrap();
    std::fs::remove_file(&file).unwrap();
    if output.status.code() == Some(77) {
        return None;
    }
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let row = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        ((fields[0].parse().unwrap(), fields[1].parse().unwrap()), fields[2].parse().unwrap())
    };
    Some(text.lines().map(row).collect())
}

#[test]
fn postgis_says_the_same() {
    let Some(folder) = folder() else {
        println!("skipped: ../shared/geodata is not here");
        return;
    };
    let mut shapes: Vec<Geometry<f64>> = Vec::new();
    for name in LAYERS {
        let read = read_file(&folder.join(format!("{name}.geojson")), &ReadOptions::default()).unwrap();
        shapes.extend(read.features.into_iter().map(|feature| feature.geometry));
    }
    let plans = plans(&shapes, &mut Dice(20_221_130));
    let start = std::time::Instant::now();
    let Some(mut expected) = postgis(&shapes, &plans) else {
        println!("skipped: no PostgreSQL with PostGIS here");
        return;
    };
    println!("{} meetings of {} plans, by PostGIS in {:.1?}", expected.len(), plans.len(), start.elapsed());
    assert!(expected.len() > 20_000, "{} meetings", expected.len());
    let parts: Vec<(u32, Shape)> = shapes
        .iter()
        .enumerate()
        .flat_map(|(n, shape)| Shape::of(shape).into_iter().map(move |part| (n as u32, part)))
        .collect();
    let items: Vec<(u32, &Shape)> = parts.iter().map(|(key, shape)| (*key, shape)).collect();
    let index = Index::new(&items);
    let mut desk = Desk::default();
    let mut wrong = Vec::new();
    for (n, plan) in plans.iter().enumerate() {
        let [shape] = &Shape::of(plan)[..] else { panic!("one dimension") };
        for overlap in index.overlaps_with(shape, &mut desk) {
            let share = overlap.measure / shape.measure;
            match expected.remove(&(n as u32, overlap.key)) {
                Some(theirs) if (theirs / shape.measure - share).abs() <= 1e-6 => {
                    // Inside is a square metre; unless the two sides of that are rounding apart.
                    let counts = |measure: f64| measure >= 1.0 || shape.dimension != Dimension::Surface;
                    if counts(theirs) != counts(overlap.measure) && (theirs - 1.0).abs() > 1e-6 {
                        wrong.push(format!(
                            "{plan:?} in {}: {theirs} m², here {}",
                            overlap.key, overlap.measure
                        ));
                    }
                }
                Some(theirs) => {
                    wrong.push(format!("{plan:?} in {}: {theirs}, here {}", overlap.key, overlap.measure))
                }
                None => wrong.push(format!("{plan:?} does not meet {}, here {overlap:?}", overlap.key)),
            }
        }
    }
    wrong.extend(
        expected.into_iter().map(|((plan, key), share)| {
            format!("{:?} meets {key} ({share}), not here", plans[plan as usize])
        }),
    );
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        plans.len(),
        wrong[..wrong.len().min(20)].join("\n")
    );
}
