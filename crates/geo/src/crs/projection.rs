//! The map projection of RD: from Bessel's ellipsoid conformally to Gauss's sphere, and from there by an oblique
//! stereographic projection, with Amersfoort in the middle, to the plane.

/// The eccentricity of Bessel's ellipsoid.
const E: f64 = 0.081_696_831_222_527_51;
/// The longitude of Amersfoort, 5° 23' 15.5", in degrees.
const LON0: f64 = 5.387_638_888_888_889;
/// The sine and cosine of the latitude of Amersfoort on the sphere.
const SIN0: f64 = 0.789_310_221_255_377_5;
const COS0: f64 = 0.613_994_604_717_164_4;
/// Isometric latitude on the sphere is `N` times that on the ellipsoid, plus `M`.
const N: f64 = 1.000_475_856_684_244_7;
const M: f64 = 0.003_773_953_831_934_491;
/// Twice the radius of the sphere times the scale, in metres.
const DOUBLE_RADIUS: f64 = 12_764_113.458_940_746;
/// Amersfoort in the plane.
const X0: f64 = 155_000.0;
const Y0: f64 = 463_000.0;

/// From longitude and latitude, in degrees, on Bessel's ellipsoid to the plane.
pub fn project([lon, lat]: [f64; 2]) -> [f64; 2] {
    let sin_lat = lat.to_radians().sin();
    // Twice the isometric latitude on the ellipsoid.
    let double_isometric =
        ((1.0 + sin_lat) / (1.0 - sin_lat)).ln() - E * ((1.0 + E * sin_lat) / (1.0 - E * sin_lat)).ln();
    let exp = (0.5 * N * double_isometric + M).exp();
    let (sin, cos) = ((exp * exp - 1.0) / (exp * exp + 1.0), 2.0 * exp / (exp * exp + 1.0));
    let (sin_lon, cos_lon) = (N * (lon - LON0).to_radians()).sin_cos();
    let scale = DOUBLE_RADIUS / (1.0 + SIN0 * sin + COS0 * cos * cos_lon);
    [X0 + scale * cos * sin_lon, Y0 + scale * (COS0 * sin - SIN0 * cos * cos_lon)]
}

/// From the plane to longitude and latitude, in degrees, on Bessel's ellipsoid.
pub fn unproject([x, y]: [f64; 2]) -> [f64; 2] {
    let (east, north) = ((x - X0) / DOUBLE_RADIUS, (y - Y0) / DOUBLE_RADIUS);
    // The squared tangent of half the arc from Amersfoort.
    let tan2 = east * east + north * north;
    let (cos_arc, east, north) =
        ((1.0 - tan2) / (1.0 + tan2), 2.0 * east / (1.0 + tan2), 2.0 * north / (1.0 + tan2));
    let sin = cos_arc * SIN0 + north * COS0;
    let lon = LON0 + (east.atan2(cos_arc * COS0 - north * SIN0) / N).to_degrees();
    let isometric = (sin.atanh() - M) / N;
    // Each round leaves a quarter of a hundredth of the error; the first is a few thousandths.
    let mut sin_lat = isometric.tanh();
    for _ in 0..6 {
        sin_lat = (isometric + E * (E * sin_lat).atanh()).tanh();
    }
    [lon, sin_lat.asin().to_degrees()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_constants_follow_from_the_ellipsoid_and_amersfoort() {
        let (a, f) = (6_377_397.155_f64, 1.0 / 299.152_812_8_f64);
        let e2 = f * (2.0 - f);
        let lat0 = (52.0 + 9.0 / 60.0 + 22.178 / 3600.0_f64).to_radians();
        let (sin, cos) = lat0.sin_cos();
        let n = (1.0 + e2 * cos.powi(4) / (1.0 - e2)).sqrt();
        let prime = a / (1.0 - e2 * sin * sin).sqrt();
        let meridian = prime * (1.0 - e2) / (1.0 - e2 * sin * sin);
        let on_sphere = ((meridian / prime).sqrt() * lat0.tan()).atan();
        let m = on_sphere.sin().atanh() - n * (sin.atanh() - e2.sqrt() * (e2.sqrt() * sin).atanh());
        let close = |constant: f64, derived: f64| (constant / derived - 1.0).abs() < 1e-15;
        assert!(close(E, e2.sqrt()));
        assert!(close(LON0, 5.0 + 23.0 / 60.0 + 15.5 / 3600.0));
        assert!(close(SIN0, on_sphere.sin()) && close(COS0, on_sphere.cos()));
        assert!(close(N, n) && (M - m).abs() < 1e-15);
        assert!(close(DOUBLE_RADIUS, 2.0 * 0.999_907_9 * (meridian * prime).sqrt()));
    }

    #[test]
    fn amersfoort_is_the_middle() {
        let lat0 = 52.0 + 9.0 / 60.0 + 22.178 / 3600.0;
        let [x, y] = project([LON0, lat0]);
        assert!((x - X0).abs() < 1e-8 && (y - Y0).abs() < 1e-8, "{x} {y}");
        let [lon, lat] = unproject([X0, Y0]);
        assert!((lat - lat0).abs() < 1e-13 && (lon - LON0).abs() < 1e-13);
    }

    #[test]
    fn the_two_ways_undo_each_other() {
        for x in (-100..=400).step_by(50) {
            for y in (200..=900).step_by(50) {
                let (x, y) = (f64::from(x) * 1e3, f64::from(y) * 1e3);
                let [back_x, back_y] = project(unproject([x, y]));
                assert!((back_x - x).abs() < 1e-7 && (back_y - y).abs() < 1e-7, "{x} {y}: {back_x} {back_y}");
            }
        }
    }
}
