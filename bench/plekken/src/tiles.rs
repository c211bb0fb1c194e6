//! Vector tiles of the real layers.

use crate::data::Dice;
use crate::measure::{row, time};
use brink_geo::layer::Layer;
use brink_geo::tile::{Matrix, TileSet};
use geo::CoordsIter;
use std::collections::BTreeSet;
use std::hint::black_box;

/// Layers on one tile.
const LAYERS: usize = 10;

/// Prepares all layers and cuts tiles of the ten heaviest, wherever there are spots, from the whole province to a village.
pub fn tiles(layers: &[Layer], spots: &[[f64; 2]], dice: &mut Dice) -> Result<(), String> {
    let (took, set) = time(|| TileSet::new(layers));
    row("lagen klaarzetten voor tegels", took, None);
    println!("    {} MB", set.bytes() / 1_000_000);
    let vertices = |layer: &Layer| layer.shapes.iter().map(CoordsIter::coords_count).sum::<usize>();
    let mut heaviest: Vec<usize> = (0..layers.len()).collect();
    heaviest.sort_by_key(|number| std::cmp::Reverse(layers.get(*number).map(vertices)));
    heaviest.truncate(LAYERS);
    for matrix in Matrix::ALL {
        let mut times = Vec::new();
        let (mut bytes, mut most) = (0, 0);
        for zoom in 8..=14 {
            let zoom = if matrix == Matrix::Rd { zoom - 5 } else { zoom };
            let mut asked = BTreeSet::new();
            for _ in 0..200 {
                let spot = spots.get(dice.below(spots.len())).copied().unwrap_or_default();
                let point = matrix.crs().from_rd(spot).map_err(|error| error.to_string())?;
                asked.extend(matrix.tile_of(zoom, point));
            }
            for (row, column) in asked {
                let (took, tile) = time(|| set.tile(black_box(&heaviest), matrix, zoom, row, column));
                let size = tile.map_err(|error| error.to_string())?.len();
                times.push(took);
                bytes += size;
                most = most.max(size);
            }
        }
        times.sort_by(f64::total_cmp);
        let of = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
        row(&format!("tegel van {LAYERS} lagen, mediaan, {}", matrix.id()), of(50), None);
        row("  de traagste op vijf procent na", of(95), Some(0.05));
        row("  de traagste", of(100).max(times.last().copied().unwrap_or_default()), None);
        println!(
            "    {} tegels, gemiddeld {} kB, de grootste {} kB",
            times.len(),
            bytes / times.len().max(1) / 1000,
            most / 1000
        );
    }
    Ok(())
}
