//! The seven-parameter transformation between ETRS89 and the datum of RD, at the fixed heights that NSGI prescribes.

/// An ellipsoid of revolution.
struct Ellipsoid {
    /// Half its long axis, in metres.
    a: f64,
    /// The square of its eccentricity.
    e2: f64,
}

const GRS80: Ellipsoid = Ellipsoid { a: 6_378_137.0, e2: squared_eccentricity(298.257_222_101) };
const BESSEL: Ellipsoid = Ellipsoid { a: 6_377_397.155, e2: squared_eccentricity(299.152_812_8) };

/// From the inverse of the flattening.
const fn squared_eccentricity(inverse_flattening: f64) -> f64 {
    (2.0 - 1.0 / inverse_flattening) / inverse_flattening
}

/// The height of every point above GRS80 on the way to RD, in metres.
const ETRS89_HEIGHT: f64 = 43.0;
/// The height of every point above Bessel's ellipsoid on the way back.
const RD_HEIGHT: f64 = 0.0;

/// A rotation, a scale and a shift.
struct Similarity {
    /// In metres.
    shift: [f64; 3],
    /// The rotation times the scale, by row.
    matrix: [[f64; 3]; 3],
}

impl Similarity {
    /// Rotations round the three axes in microradians, the scale in parts per million.
    const fn new(shift: [f64; 3], [alpha, beta, gamma]: [f64; 3], ppm: f64) -> Self {
        // The angles are so small (under 1e-5) that these are their sines and cosines to the last digit.
        let (sa, sb, sg) = (sine(alpha), sine(beta), sine(gamma));
        let (ca, cb, cg) = (cosine(alpha), cosine(beta), cosine(gamma));
        let scale = 1.0 + ppm * 1e-6;
        Self {
            shift,
            matrix: [
                [scale * cg * cb, scale * (cg * sb * sa + sg * ca), scale * (sg * sa - cg * sb * ca)],
                [-scale * sg * cb, scale * (cg * ca - sg * sb * sa), scale * (sg * sb * ca + cg * sa)],
                [scale * sb, -scale * cb * sa, scale * cb * ca],
            ],
        }
    }

    fn apply(&self, [x, y, z]: [f64; 3]) -> [f64; 3] {
        let [first, second, third] = &self.matrix;
        let [tx, ty, tz] = self.shift;
        let times = |[a, b, c]: &[f64; 3]| a * x + b * y + c * z;
        [times(first) + tx, times(second) + ty, times(third) + tz]
    }
}

const fn sine(microradians: f64) -> f64 {
    let angle = microradians * 1e-6;
    angle - angle * angle * angle / 6.0
}

const fn cosine(microradians: f64) -> f64 {
    let angle = microradians * 1e-6;
    1.0 - angle * angle / 2.0
}

const ETRS89_TO_RD: Similarity =
    Similarity::new([-565.7346, -50.4058, -465.2895], [-1.91513, 1.60365, -9.09546], -4.07242);
const RD_TO_ETRS89: Similarity =
    Similarity::new([565.7381, 50.4018, 465.2904], [1.91514, -1.60363, 9.09546], 4.07244);

/// A latitude, by its tangent, and a longitude in radians.
pub struct Position {
    /// The tangent of the latitude.
    pub tan_lat: f64,
    /// The longitude in radians.
    pub lon: f64,
}

/// ETRS89 latitude and longitude, in radians, to Bessel's ellipsoid.
pub fn etrs89_to_bessel(lat: f64, lon: f64) -> Position {
    geodetic(ETRS89_TO_RD.apply(cartesian(lat, lon, ETRS89_HEIGHT, &GRS80)), &BESSEL)
}

/// Latitude and longitude on Bessel's ellipsoid, in radians, to ETRS89.
pub fn bessel_to_etrs89(lat: f64, lon: f64) -> Position {
    geodetic(RD_TO_ETRS89.apply(cartesian(lat, lon, RD_HEIGHT, &BESSEL)), &GRS80)
}

fn cartesian(lat: f64, lon: f64, height: f64, ellipsoid: &Ellipsoid) -> [f64; 3] {
    let ((sin_lat, cos_lat), (sin_lon, cos_lon)) = (lat.sin_cos(), lon.sin_cos());
    let n = ellipsoid.a / (1.0 - ellipsoid.e2 * sin_lat * sin_lat).sqrt();
    let across = (n + height) * cos_lat;
    [across * cos_lon, across * sin_lon, (n * (1.0 - ellipsoid.e2) + height) * sin_lat]
}

/// Bowring's formula: at the heights that occur here it errs less than the last digit of a double.
fn geodetic([x, y, z]: [f64; 3], ellipsoid: &Ellipsoid) -> Position {
    let from_axis = x.hypot(y);
    let ratio = (1.0 - ellipsoid.e2).sqrt();
    let tan_reduced = z / (from_axis * ratio);
    let cos = 1.0 / (1.0 + tan_reduced * tan_reduced).sqrt();
    let sin = tan_reduced * cos;
    let e2a = ellipsoid.e2 * ellipsoid.a;
    // e'2 b = e2 a / sqrt(1 - e2)
    let tan_lat = (z + e2a / ratio * sin * sin * sin) / (from_axis - e2a * cos * cos * cos);
    Position { tan_lat, lon: y.atan2(x) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn geodetic_undoes_cartesian_at_any_height_that_occurs() {
        for ellipsoid in [&GRS80, &BESSEL] {
            for height in [-100.0, 0.0, 43.0, 300.0] {
                for (lat, lon) in [(50.0_f64, 2.0_f64), (52.3, 5.4), (56.0, 8.0), (-10.0, -170.0), (0.0, 0.0)]
                {
                    let back =
                        geodetic(cartesian(lat.to_radians(), lon.to_radians(), height, ellipsoid), ellipsoid);
                    let off = (back.tan_lat.atan() - lat.to_radians()).abs();
                    assert!(off < 5e-15, "{lat} at {height}: {off}");
                    assert!((back.lon - lon.to_radians()).abs() < 5e-15, "{lon}");
                }
            }
        }
    }

    #[test]
    fn the_two_ways_undo_each_other_within_a_fifth_of_a_millimetre() {
        for lat in 50..=56 {
            for lon in 2..=8 {
                let (lat, lon) = (f64::from(lat).to_radians(), f64::from(lon).to_radians());
                let there = etrs89_to_bessel(lat, lon);
                let back = bessel_to_etrs89(there.tan_lat.atan(), there.lon);
                let metres = (back.tan_lat.atan() - lat).abs().max((back.lon - lon).abs()) * 6.38e6;
                assert!(metres < 2e-4, "{metres} m at {lat} {lon}");
            }
        }
    }
}
