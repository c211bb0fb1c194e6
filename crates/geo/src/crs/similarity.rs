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

/// ETRS89 longitude and latitude, in degrees, to Bessel's ellipsoid.
pub fn etrs89_to_bessel(lonlat: [f64; 2]) -> [f64; 2] {
    geodetic(ETRS89_TO_RD.apply(cartesian(lonlat, ETRS89_HEIGHT, &GRS80)), &BESSEL)
}

/// Longitude and latitude on Bessel's ellipsoid, in degrees, to ETRS89.
pub fn bessel_to_etrs89(lonlat: [f64; 2]) -> [f64; 2] {
    geodetic(RD_TO_ETRS89.apply(cartesian(lonlat, RD_HEIGHT, &BESSEL)), &GRS80)
}

fn cartesian(lonlat: [f64; 2], height: f64, ellipsoid: &Ellipsoid) -> [f64; 3] {
    let [(sin_lon, cos_lon), (sin_lat, cos_lat)] = lonlat.map(|degrees| degrees.to_radians().sin_cos());
    let n = ellipsoid.a / (1.0 - ellipsoid.e2 * sin_lat * sin_lat).sqrt();
    let across = (n + height) * cos_lat;
    [across * cos_lon, across * sin_lon, (n * (1.0 - ellipsoid.e2) + height) * sin_lat]
}

/// Bowring's formula: at the heights that occur here it errs less than the last digit of a double.
fn geodetic([x, y, z]: [f64; 3], ellipsoid: &Ellipsoid) -> [f64; 2] {
    let from_axis = x.hypot(y);
    let ratio = (1.0 - ellipsoid.e2).sqrt();
    let tan_reduced = z / (from_axis * ratio);
    let cos = 1.0 / (1.0 + tan_reduced * tan_reduced).sqrt();
    let sin = tan_reduced * cos;
    let e2a = ellipsoid.e2 * ellipsoid.a;
    // e'2 b = e2 a / sqrt(1 - e2)
    let tan_lat = (z + e2a / ratio * sin * sin * sin) / (from_axis - e2a * cos * cos * cos);
    [y.atan2(x).to_degrees(), tan_lat.atan().to_degrees()]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A hundredth of a micrometre, in degrees.
    const NOTHING: f64 = 1e-13;

    #[test]
    fn geodetic_undoes_cartesian_at_any_height_that_occurs() {
        for ellipsoid in [&GRS80, &BESSEL] {
            for height in [-100.0, 0.0, 43.0, 300.0] {
                for [lon, lat] in [[2.0, 50.0], [5.4, 52.3], [8.0, 56.0], [-70.0, -10.0], [0.0, 0.0]] {
                    let back = geodetic(cartesian([lon, lat], height, ellipsoid), ellipsoid);
                    let off = (back[0] - lon).abs().max((back[1] - lat).abs());
                    assert!(off < 3.0 * NOTHING, "{lon} {lat} at {height}: {off}");
                }
            }
        }
    }

    #[test]
    fn the_two_ways_undo_each_other_within_a_fifth_of_a_millimetre() {
        for lat in 50..=56 {
            for lon in 2..=8 {
                let lonlat = [f64::from(lon), f64::from(lat)];
                let back = bessel_to_etrs89(etrs89_to_bessel(lonlat));
                let off = (back[0] - lonlat[0]).abs().max((back[1] - lonlat[1]).abs());
                assert!(off * 111_300.0 < 2e-4, "{off} degrees at {lonlat:?}");
            }
        }
    }
}
