//! The verdict everywhere as a picture.

use super::{Finding, spot};
use crate::numbers::thousands;
use brink_assess::Outcome;
use brink_geo::write::{Class, Colour, Mark, Picture, WriteError};

/// The colour of stripes over what is not known.
pub const STRIPES: Colour = [110, 110, 110];

/// The colour of a verdict on a map, from mild to strict. What fits is blue, what asks for something yellow to orange, what is in the way red; darker as
/// it gets stricter within each, so that who sees few colours can tell them apart. Not known is no step in that order to
/// the eye: it is grey, with stripes.
#[must_use]
pub fn colour(outcome: Outcome) -> Colour {
    match outcome {
        Outcome::GeenBelang => [0xee, 0xf5, 0xfa],
        Outcome::Elders => [0xb9, 0xdb, 0xee],
        Outcome::Gewenst => [0x7f, 0xb9, 0xde],
        Outcome::Past => [0x3f, 0x87, 0xc0],
        Outcome::Aandacht => [0xff, 0xf2, 0xa8],
        Outcome::JaMits => [0xf5, 0xc2, 0x42],
        Outcome::Onwenselijk => [0xe5, 0x83, 0x2a],
        Outcome::Onbekend => [0xdc, 0xdc, 0xdc],
        Outcome::NeeTenzij => [0xb8, 0x34, 0x1f],
        Outcome::Strijdig => [0x56, 0x0d, 0x1c],
    }
}

/// What a verdict means, in a few words.
#[must_use]
pub fn meaning(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::GeenBelang => "de visie zegt er niets over",
        Outcome::Elders => "een ander gaat erover",
        Outcome::Gewenst => "de visie wil het hier",
        Outcome::Past => "het past in de visie",
        Outcome::Aandacht => "kan, er is iets om op te letten",
        Outcome::JaMits => "kan, onder voorwaarden",
        Outcome::Onwenselijk => "de visie wil het hier liever niet",
        Outcome::Onbekend => "kaart of regel ontbreekt",
        Outcome::NeeTenzij => "alleen bij uitzondering",
        Outcome::Strijdig => "in strijd met de visie",
    }
}

/// The map, with the zones found numbered on it.
pub(super) fn png(answer: &Finding<'_>) -> Result<Vec<u8>, WriteError> {
    let found = &answer.hectares;
    let outcomes: Vec<Outcome> = found.keys().copied().collect();
    let classes: Vec<Class> = found
        .iter()
        .map(|(outcome, hectares)| Class {
            label: outcome.word().to_owned(),
            remark: format!("{}; {} ha", meaning(*outcome), thousands(*hectares)),
            colour: colour(*outcome),
            hatch: (*outcome == Outcome::Onbekend).then_some(STRIPES),
        })
        .collect();
    let marks: Vec<Mark> = answer
        .zones
        .iter()
        .enumerate()
        .filter_map(|(n, zone)| Some(Mark { at: spot(zone)?, label: (n + 1).to_string() }))
        .collect();
    let title = format!("Waar past {}?", answer.activity());
    let lines = [answer.made_with()];
    let mut notes: Vec<String> = answer.remarks().iter().map(|remark| (*remark).to_owned()).collect();
    if !marks.is_empty() {
        notes.push("De nummers zijn de zones van de lijst.".to_owned());
    }
    notes.push(answer.package.info.disclaimer.clone());
    let picture = Picture {
        title: &title,
        lines: &lines,
        notes: &notes,
        classes: &classes,
        marks: &marks,
        grid: *answer.suitability.grid(),
    };
    picture.png(|row, column| {
        let verdict = answer.suitability.at(row, column)?;
        outcomes.iter().position(|outcome| *outcome == verdict.oordeel)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linear(colour: Colour) -> [f64; 3] {
        colour.map(|value| {
            let value = f64::from(value) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// CIE L*a*b*, in which distance is what the eye sees.
    fn lab([red, green, blue]: [f64; 3]) -> [f64; 3] {
        let f = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
        let x = f((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505);
        let y = f(0.2126 * red + 0.7152 * green + 0.0722 * blue);
        let z = f((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    /// How colours look to eyes without one of the three cones (Machado, Oliveira and Fernandes 2009), and to others.
    const EYES: [[[f64; 3]; 3]; 4] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ];

    #[test]
    fn all_eyes_can_tell_the_colours_apart() {
        for eye in EYES {
            let seen = |outcome: Outcome| {
                let light = linear(colour(outcome));
                lab(eye.map(|row| row.iter().zip(light).map(|(a, b)| a * b).sum::<f64>().clamp(0.0, 1.0)))
            };
            for (n, one) in Outcome::ALL.into_iter().enumerate() {
                // Not known is told by its stripes.
                for other in Outcome::ALL.into_iter().skip(n + 1) {
                    if one == Outcome::Onbekend || other == Outcome::Onbekend {
                        continue;
                    }
                    let (a, b) = (seen(one), seen(other));
                    let apart = a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                    assert!(apart > 12.0, "{one} and {other}: {apart}");
                }
            }
        }
    }

    #[test]
    fn what_is_stricter_is_darker_within_a_hue() {
        let light = |outcome: Outcome| lab(linear(colour(outcome)))[0];
        for hue in [
            &[Outcome::GeenBelang, Outcome::Elders, Outcome::Gewenst, Outcome::Past][..],
            &[
                Outcome::Aandacht,
                Outcome::JaMits,
                Outcome::Onwenselijk,
                Outcome::NeeTenzij,
                Outcome::Strijdig,
            ],
        ] {
            assert!(hue.is_sorted_by(|a, b| light(*a) > light(*b) + 5.0), "{hue:?}");
        }
    }
}
