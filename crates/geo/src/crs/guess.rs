//! What coordinates that are plainly in another system look like.

use std::fmt;

use super::Crs;

/// A box round the Netherlands with its coastal waters, in RD New: x and y from and to, in metres.
const NETHERLANDS: [[f64; 2]; 2] = [[-7_000.0, 300_000.0], [289_000.0, 629_000.0]];

/// What is probably wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Guess {
    /// The two coordinates stand in the wrong order; the system is right.
    Swapped,
    /// They are in this system, in its order.
    In(Crs),
    /// They are in RD New, with y first.
    SwappedRd,
}

/// A guess at what is wrong with coordinates; as text, a sentence in Dutch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hint {
    /// What they were said to be in.
    pub promised: Crs,
    /// What they look like.
    pub guess: Guess,
    /// The first of the points.
    pub point: [f64; 2],
}

/// Tells whether points are plainly in another order or system than promised.
///
/// Only when every point falls outside the Netherlands as promised, and every one falls inside it when read in the other
/// way, is there anything to tell. Nothing is moved: the caller makes an error of it, or asks.
pub fn guess(promised: Crs, points: &[[f64; 2]]) -> Option<Hint> {
    let point = *points.first()?;
    if points.iter().any(|point| in_netherlands(promised, *point)) {
        return None;
    }
    let swapped = |crs: Crs| points.iter().all(|[a, b]| in_netherlands(crs, [*b, *a]));
    let as_given = |crs: Crs| points.iter().all(|point| in_netherlands(crs, *point));
    let guess = if swapped(promised) {
        Guess::Swapped
    } else if as_given(Crs::RdNew) {
        Guess::In(Crs::RdNew)
    } else if swapped(Crs::RdNew) {
        Guess::SwappedRd
    } else {
        Guess::In([Crs::Crs84, Crs::Epsg4326, Crs::WebMercator].into_iter().find(|crs| as_given(*crs))?)
    };
    Some(Hint { promised, guess, point })
}

fn in_netherlands(crs: Crs, point: [f64; 2]) -> bool {
    let [xs, ys] = NETHERLANDS;
    crs.to_rd(point).is_ok_and(|[x, y]| xs[0] <= x && x <= xs[1] && ys[0] <= y && y <= ys[1])
}

/// The coordinates of a system, in its order.
fn axes(crs: Crs) -> &'static str {
    match crs {
        Crs::RdNew | Crs::WebMercator => "x, y",
        Crs::Crs84 => "lengtegraad, breedtegraad",
        Crs::Epsg4326 | Crs::Epsg4258 => "breedtegraad, lengtegraad",
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { promised, guess, point: [first, second] } = self;
        match guess {
            Guess::Swapped => write!(
                f,
                "de coördinaten ({first}, {second}) lijken verwisseld: in {promised} is de volgorde {}; \
                 omgekeerd liggen ze in Nederland",
                axes(*promised)
            ),
            Guess::In(crs) => write!(
                f,
                "de coördinaten ({first}, {second}) lijken {crs} te zijn, niet {promised}; \
                 geef het juiste coördinaatstelsel op of reken ze om"
            ),
            Guess::SwappedRd => write!(
                f,
                "de coördinaten ({first}, {second}) lijken {} te zijn met y en x verwisseld, niet {promised}; \
                 geef het juiste coördinaatstelsel op, met x eerst",
                Crs::RdNew
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Near Assen.
    const LON_LAT: [f64; 2] = [6.56, 52.99];
    const LAT_LON: [f64; 2] = [52.99, 6.56];
    const RD: [f64; 2] = [233_700.0, 556_500.0];
    const RD_SWAPPED: [f64; 2] = [556_500.0, 233_700.0];
    const MERCATOR: [f64; 2] = [730_256.0, 6_979_000.0];

    #[test]
    fn right_points_and_hopeless_points_give_nothing() {
        for (crs, point) in [
            (Crs::Crs84, LON_LAT),
            (Crs::Epsg4326, LAT_LON),
            (Crs::Epsg4258, LAT_LON),
            (Crs::RdNew, RD),
            (Crs::WebMercator, MERCATOR),
        ] {
            assert_eq!(guess(crs, &[point]), None, "{crs}");
        }
        for crs in Crs::ALL {
            for point in [[0.0, 0.0], [f64::NAN, 52.0], [1e9, 1e9], [2.35, 48.85], [48.85, 2.35]] {
                assert_eq!(guess(crs, &[point]), None, "{crs} {point:?}");
            }
            assert_eq!(guess(crs, &[]), None);
        }
    }

    #[test]
    fn every_pair_of_promised_and_real_is_told() {
        use Guess::{In, Swapped, SwappedRd};
        for (promised, point, expected) in [
            (Crs::Crs84, LAT_LON, Swapped),
            (Crs::Crs84, RD, In(Crs::RdNew)),
            (Crs::Crs84, RD_SWAPPED, SwappedRd),
            (Crs::Crs84, MERCATOR, In(Crs::WebMercator)),
            (Crs::Epsg4326, LON_LAT, Swapped),
            (Crs::Epsg4258, LON_LAT, Swapped),
            (Crs::Epsg4326, RD, In(Crs::RdNew)),
            (Crs::RdNew, LON_LAT, In(Crs::Crs84)),
            (Crs::RdNew, LAT_LON, In(Crs::Epsg4326)),
            (Crs::RdNew, RD_SWAPPED, Swapped),
            (Crs::RdNew, MERCATOR, In(Crs::WebMercator)),
            (Crs::WebMercator, LON_LAT, In(Crs::Crs84)),
            (Crs::WebMercator, LAT_LON, In(Crs::Epsg4326)),
            (Crs::WebMercator, RD, In(Crs::RdNew)),
        ] {
            let hint = guess(promised, &[point, point]).unwrap();
            assert_eq!((hint.promised, hint.guess, hint.point), (promised, expected, point));
        }
    }

    #[test]
    fn one_point_that_fits_as_promised_or_not_as_guessed_gives_nothing() {
        assert_eq!(guess(Crs::Crs84, &[LAT_LON, LON_LAT]), None);
        assert_eq!(guess(Crs::Crs84, &[LAT_LON, RD]), None);
        assert_eq!(guess(Crs::Crs84, &[LAT_LON, [48.85, 2.35]]), None);
    }

    #[test]
    fn the_sentences_say_what_and_what_to_do() {
        let text = |promised, point| guess(promised, &[point]).unwrap().to_string();
        assert_eq!(
            text(Crs::Crs84, LAT_LON),
            "de coördinaten (52.99, 6.56) lijken verwisseld: in WGS84 met de lengtegraad eerst (OGC:CRS84) is de \
             volgorde lengtegraad, breedtegraad; omgekeerd liggen ze in Nederland"
        );
        assert_eq!(
            text(Crs::Crs84, RD),
            "de coördinaten (233700, 556500) lijken RD (EPSG:28992) te zijn, niet WGS84 met de lengtegraad eerst \
             (OGC:CRS84); geef het juiste coördinaatstelsel op of reken ze om"
        );
        assert_eq!(
            text(Crs::Crs84, RD_SWAPPED),
            "de coördinaten (556500, 233700) lijken RD (EPSG:28992) te zijn met y en x verwisseld, niet WGS84 met de \
             lengtegraad eerst (OGC:CRS84); geef het juiste coördinaatstelsel op, met x eerst"
        );
    }
}
