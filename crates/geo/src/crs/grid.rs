//! The correction grid `rdcorr2018`: how far RD lies from where a seven-parameter transformation puts it.
//!
//! Its figures are built in as a compact table, made by `cargo xtask rd-rooster`; `data/README.md` tells where they
//! come from. The table is unpacked the first time it is needed. In it, after eight letters to know it by and the
//! numbers of rows and columns, all latitude corrections and then all longitude corrections stand from south to north,
//! west to east, in units of 1e-9 degree: exactly the figures as published. Each is written as its difference from
//! what its neighbours foretell (west + south - southwest), zigzag, seven bits a byte, and the whole is a zlib stream,
//! whose checksum tells damage.

use std::io::Read;

use flate2::read::ZlibDecoder;

/// Made by `cargo xtask rd-rooster`.
static TABLE: &[u8] = include_bytes!("../../data/rdcorr2018.bin");

const MAGIC: &[u8; 8] = b"RDCORR1\n";

/// The grid's southern and western edge, in degrees on Bessel's ellipsoid.
const SOUTH: f64 = 50.0;
const WEST: f64 = 2.0;
/// Rows and columns a degree.
const ROWS_PER_DEGREE: f64 = 80.0;
const COLUMNS_PER_DEGREE: f64 = 50.0;
const ROWS: usize = 481;
const COLUMNS: usize = 301;
/// The last row and column.
const TOP: f64 = (ROWS - 1) as f64;
const RIGHT: f64 = (COLUMNS - 1) as f64;
/// The unit of the table, in degrees.
const UNIT: f64 = 1e-9;

/// Corrections of latitude and longitude at every node, by row from the south.
pub struct Grid {
    nodes: Vec<[i16; 2]>,
}

impl Grid {
    /// The built-in grid, unpacked.
    pub fn built_in() -> Option<Self> {
        Self::decode(TABLE)
    }

    /// The correction of latitude and of longitude, in degrees, at a latitude and longitude on the Bessel ellipsoid, by
    /// bilinear interpolation. Outside the grid there is none: it is zero there, as it is along the grid's edges.
    pub fn correction(&self, lat: f64, lon: f64) -> [f64; 2] {
        self.interpolate(lat, lon).unwrap_or([0.0, 0.0])
    }

    fn interpolate(&self, lat: f64, lon: f64) -> Option<[f64; 2]> {
        let row = (lat - SOUTH) * ROWS_PER_DEGREE;
        let column = (lon - WEST) * COLUMNS_PER_DEGREE;
        if !((0.0..=TOP).contains(&row) && (0.0..=RIGHT).contains(&column)) {
            return None;
        }
        // On the northern and eastern edge itself the last cell holds.
        let (i, j) = ((row as usize).min(ROWS - 2), (column as usize).min(COLUMNS - 2));
        let (north, east) = (row - i as f64, column - j as f64);
        let [sw, se, ..] = self.nodes.get(i * COLUMNS + j..)? else { return None };
        let [nw, ne, ..] = self.nodes.get((i + 1) * COLUMNS + j..)? else { return None };
        let between = |sw: i16, se: i16, nw: i16, ne: i16| {
            let [sw, se, nw, ne] = [sw, se, nw, ne].map(f64::from);
            let (south, northern) = (sw + (se - sw) * east, nw + (ne - nw) * east);
            (south + (northern - south) * north) * UNIT
        };
        Some([between(sw[0], se[0], nw[0], ne[0]), between(sw[1], se[1], nw[1], ne[1])])
    }

    /// Unpacks a table; `None` when it is not one.
    fn decode(table: &[u8]) -> Option<Self> {
        let mut bytes = Vec::with_capacity(2 * ROWS * COLUMNS + 12);
        ZlibDecoder::new(table).read_to_end(&mut bytes).ok()?;
        let rest = bytes.strip_prefix(MAGIC)?;
        let (&[r0, r1, c0, c1], mut rest) = rest.split_first_chunk::<4>()?;
        if [u16::from_le_bytes([r0, r1]), u16::from_le_bytes([c0, c1])] != [ROWS as u16, COLUMNS as u16] {
            return None;
        }
        let mut nodes = vec![[0_i16; 2]; ROWS * COLUMNS];
        for component in 0..2 {
            let mut south = [0_i32; COLUMNS];
            for row in nodes.chunks_exact_mut(COLUMNS) {
                let (mut west, mut southwest) = (0, 0);
                for (node, south) in row.iter_mut().zip(&mut south) {
                    let value = west + *south - southwest + difference(&mut rest)?;
                    *node.get_mut(component)? = i16::try_from(value).ok()?;
                    (southwest, west, *south) = (*south, value, value);
                }
            }
        }
        rest.is_empty().then_some(Self { nodes })
    }
}

/// Takes one zigzag number of at most three bytes.
fn difference(bytes: &mut &[u8]) -> Option<i32> {
    let mut zigzag = 0;
    for shift in [0, 7, 14] {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        zigzag |= i32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some((zigzag >> 1) ^ -(zigzag & 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_names_the_table() {
        use sha2::Digest;
        let sum: String = sha2::Sha256::digest(TABLE).iter().map(|byte| format!("{byte:02x}")).collect();
        let readme = include_str!("../../data/README.md");
        assert!(readme.contains(&sum), "data/README.md does not name {sum}");
    }

    #[test]
    fn nodes_hold_the_published_figures() {
        let grid = Grid::built_in().unwrap();
        for (lat, lon, corrections) in PUBLISHED {
            let [a, b] = grid.correction(lat, lon);
            let near = |got: f64, published: f64| (got - published).abs() < 1e-13;
            assert!(near(a, corrections[0]) && near(b, corrections[1]), "{lat} {lon}: {a} {b}");
        }
    }

    #[test]
    fn edges_are_inside_and_what_lies_beyond_is_not() {
        let grid = Grid::built_in().unwrap();
        for at in [(50.0, 2.0), (56.0, 8.0), (50.0, 8.0), (56.0, 2.0)] {
            assert_eq!(grid.interpolate(at.0, at.1), Some([0.0, 0.0]), "{at:?}");
        }
        for at in [
            (50.0_f64.next_down(), 5.0),
            (56.0_f64.next_up(), 5.0),
            (52.0, 2.0_f64.next_down()),
            (52.0, 8.0_f64.next_up()),
            (f64::NAN, 5.0),
            (52.0, f64::NAN),
            (f64::INFINITY, f64::NEG_INFINITY),
        ] {
            assert_eq!(grid.interpolate(at.0, at.1), None, "{at:?}");
        }
    }

    #[test]
    fn all_along_the_edges_there_is_no_correction() {
        let nodes = Grid::built_in().unwrap().nodes;
        for (at, node) in nodes.iter().enumerate() {
            let (row, column) = (at / COLUMNS, at % COLUMNS);
            if row == 0 || row == ROWS - 1 || column == 0 || column == COLUMNS - 1 {
                assert_eq!(*node, [0, 0], "{row} {column}");
            }
        }
    }

    #[test]
    fn halfway_is_the_mean_of_the_corners() {
        let grid = Grid::built_in().unwrap();
        let corner = |lat, lon| grid.correction(lat, lon);
        let corners = [corner(52.5, 6.0), corner(52.5, 6.02), corner(52.5125, 6.0), corner(52.5125, 6.02)];
        let middle = corner(52.506_25, 6.01);
        for component in 0..2 {
            let mean = corners.iter().map(|c| c[component]).sum::<f64>() / 4.0;
            assert!((middle[component] - mean).abs() < 1e-13);
            assert!(corners.iter().any(|c| c[component] != mean));
        }
    }

    #[test]
    fn a_damaged_table_is_no_table() {
        assert!(Grid::decode(TABLE).is_some());
        assert!(Grid::decode(&[]).is_none());
        assert!(Grid::decode(&TABLE[..TABLE.len() - 5]).is_none());
        for at in [0, 20, TABLE.len() / 2, TABLE.len() - 1] {
            let mut damaged = TABLE.to_vec();
            damaged[at] ^= 0x10;
            assert!(Grid::decode(&damaged).is_none(), "byte {at}");
        }
    }

    #[test]
    fn differences_are_zigzag() {
        for (bytes, value) in [
            (&[0][..], Some(0)),
            (&[1], Some(-1)),
            (&[2], Some(1)),
            (&[0x80, 1], Some(64)),
            (&[0xff, 0xff, 0x7f], Some(-1_048_576)),
            (&[0x80, 0x80, 0x80, 0], None),
            (&[0x80], None),
            (&[], None),
        ] {
            assert_eq!(difference(&mut &bytes[..]), value, "{bytes:?}");
        }
    }

    /// Some lines of the published file: the extremes and a few others.
    const PUBLISHED: [(f64, f64, [f64; 2]); 8] = [
        (50.625, 5.64, [-1562e-9, -1816e-9]),
        (50.9875, 4.76, [-332e-9, -750e-9]),
        (51.0875, 5.9, [-539e-9, -2449e-9]),
        (51.2625, 3.36, [304e-9, 3188e-9]),
        (51.4625, 5.56, [-380e-9, -990e-9]),
        (51.6875, 7.08, [192e-9, -721e-9]),
        (53.025, 7.24, [2177e-9, 310e-9]),
        (53.3, 7.7, [1145e-9, -522e-9]),
    ];
}
