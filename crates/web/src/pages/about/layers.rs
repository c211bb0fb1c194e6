//! The maps: which areas have one, of what kind, and from where.

use crate::pages::vision::address;
use crate::world::World;
use brink_geo::layer::Kind;
use brink_policy::AreaId;
use brink_policy::goal_words::number;
use brink_policy::written::Determination;

/// All areas by the map they have.
pub(super) struct Maps {
    pub layers: Vec<Map>,
    pub real: usize,
    pub drawn: usize,
    /// Areas that follow from others.
    pub follows: Vec<(String, &'static str)>,
    /// Areas that are asked for.
    pub without: Vec<(String, &'static str)>,
}

/// The map of one area.
pub(super) struct Map {
    pub address: String,
    pub name: String,
    pub real: bool,
    pub source: String,
    pub date: String,
    pub licence: String,
    pub hectares: String,
}

impl Maps {
    pub(super) fn of(world: &World) -> Self {
        let mut maps =
            Self { layers: Vec::new(), real: 0, drawn: 0, follows: Vec::new(), without: Vec::new() };
        for (n, area) in world.package.vocabulary.areas.iter().enumerate() {
            if let Some(layer) = world.ground.layer(AreaId::from_index(n)) {
                let about = &layer.about;
                let real = about.kind == Kind::Echt;
                maps.real += usize::from(real);
                maps.drawn += usize::from(!real);
                maps.layers.push(Map {
                    address: address::area(&area.id),
                    name: area.name.clone(),
                    real,
                    source: about.source.clone(),
                    date: about.date.clone(),
                    licence: about.licence.clone(),
                    hectares: hectares(about.hectares),
                });
                continue;
            }
            let (list, why) = match area.determination {
                Determination::Overal => (&mut maps.follows, "elke plek ligt erin"),
                Determination::Buiten => (&mut maps.follows, "ligt buiten het gebied van de visie"),
                Determination::Afgeleid => (&mut maps.follows, "volgt uit andere gebieden"),
                Determination::Opgave => {
                    (&mut maps.without, "wordt gevraagd: het hangt van de plek of het plan af")
                }
                Determination::NogTeBepalen => {
                    (&mut maps.without, "de visie zegt dat de grens nog moet komen")
                }
                Determination::Kaart => (&mut maps.without, "staat op een kaart die hier niet is geladen"),
                Determination::Geodata => (&mut maps.without, "staat in gegevens die hier niet zijn geladen"),
            };
            list.push((area.name.clone(), why));
        }
        maps.layers.sort_by_key(|map| !map.real);
        maps
    }
}

fn hectares(value: f64) -> String {
    let whole = value.round();
    if whole >= 1.0 {
        brink_policy::Decimal::try_from(whole).map(number).unwrap_or_default()
    } else {
        String::new()
    }
}
