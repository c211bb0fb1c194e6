//! Where a plan would fit.

mod picture;
mod refused;
mod table;

pub use picture::{STRIPES, colour, meaning};
pub use refused::{LEAST_STEP, MOST_STEP, Refused, check};

use crate::error::ReplyError;
use crate::geojson::{Feature, FeatureCollection};
use brink_assess::Lines;
use brink_assess::{
    Canvas, Ground, Options, Outcome, Part, Plan, Range, Receipt, Suitability, Verdict, Verdicts, Wanted,
    Zone, rests_on, zones,
};
use brink_geo::crs::rd_to_lonlat;
use brink_geo::layer::Kind;
use brink_policy::NormId;
use brink_policy::compiled::{Compiled, Norm};
use brink_policy::feel::Truth;
use geo::{Centroid, InteriorPoint};
use geo_types::Geometry;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What was found, with what it takes to show it as a list, as shapes, as a table or as a picture.
#[derive(Debug)]
pub struct Finding<'a> {
    package: &'a Compiled,
    ground: &'a Ground,
    plan: &'a Plan,
    /// The facts as a reader typed them, as `id=value`.
    given: &'a [String],
    /// The date of judgement.
    date: String,
    /// The least of the maps it rests on.
    kind: Option<Kind>,
    suitability: Suitability<'a>,
    zones: Arc<Vec<Zone>>,
    /// Up to and with which verdict was looked.
    at_most: Outcome,
    /// Hectares of the territory per verdict.
    hectares: BTreeMap<Outcome, f64>,
    /// What was left out since it holds everywhere, when it was.
    everywhere: Option<Everywhere>,
}

/// Norms that say the same of a plan wherever it lies.
#[derive(Debug, Clone)]
struct Everywhere {
    verdict: Verdict,
    /// How many can apply.
    count: usize,
}

/// Where a plan would fit.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Geschikt")]
pub struct Suitable<'a> {
    /// Zijde van een cel van het raster, in meter.
    pub raster: f64,
    /// Hoeveel hectare onder elk oordeel valt, van mild naar streng.
    pub verdeling: Vec<Share>,
    /// Wat overal hetzelfde is en niet is meegeteld; alleen bij een vraag naar wat per plek verschilt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overal: Option<EverywhereReply<'a>>,
    /// De zones met het mildste oordeel, en van die de grootste eerst.
    pub zones: Vec<ZoneReply<'a>>,
    /// Wat een lezer erbij moet weten.
    pub meldingen: Vec<&'static str>,
    /// Dat dit geen besluit is.
    pub voorbehoud: &'a str,
    /// Waarmee het antwoord is gemaakt.
    pub bewijs: Receipt<'a>,
}

/// What holds everywhere.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Overal")]
pub struct EverywhereReply<'a> {
    /// Het oordeel van deze normen samen.
    pub oordeel: Outcome,
    /// Wat het nog kan worden.
    pub bereik: Range,
    /// Hoeveel normen het zijn.
    pub aantal: usize,
    /// De normen die daarvan de doorslag geven.
    pub redenen: Vec<Reason<'a>>,
}

/// The ground under one verdict.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[schemars(rename = "Aandeel")]
pub struct Share {
    /// Het oordeel.
    pub oordeel: Outcome,
    /// Oppervlakte in hectare.
    pub hectare: f64,
}

/// Ground with one verdict.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Zone")]
pub struct ZoneReply<'a> {
    /// Plaats in de lijst, vanaf 1.
    pub rang: usize,
    /// Het oordeel.
    pub oordeel: Outcome,
    /// Oppervlakte in hectare.
    pub hectare: f64,
    /// Een plek in de zone: lengte- en breedtegraad in WGS84 (CRS84).
    pub plek: Option<[f64; 2]>,
    /// Of de grens die van de gebieden is (exact), of die van de cellen (raster).
    #[schemars(extend("enum" = ["exact", "raster"]))]
    pub grens: &'static str,
    /// Of het antwoord op echte kaarten rust, of op een schets.
    #[schemars(extend("enum" = ["echt", "schets"]))]
    pub kaartsoort: &'static str,
    /// De normen die er de doorslag geven, die van het grootste deel eerst.
    pub redenen: Vec<Reason<'a>>,
}

/// A norm that decides a zone.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Reden")]
pub struct Reason<'a> {
    /// Id van de norm.
    pub id: &'a str,
    /// Onderdeel van de visie.
    pub onderdeel: Option<&'a str>,
    /// Wat de norm zegt.
    pub samenvatting: &'a str,
    /// Waar het staat.
    pub bron: Lines,
}

/// What is known of a zone on the map.
pub type ZoneProperties<'a> = ZoneReply<'a>;

/// The zones on the map.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "GeschiktVormen")]
pub struct ZoneShapes<'a> {
    /// De zones.
    #[serde(flatten)]
    pub shapes: FeatureCollection<ZoneProperties<'a>>,
    /// Dat dit geen besluit is.
    pub voorbehoud: &'a str,
    /// Waarmee het antwoord is gemaakt.
    pub bewijs: Receipt<'a>,
}

impl<'a> Finding<'a> {
    /// Judges a plan on every cell of `canvas` and looks for zones. `given` are the facts as a reader typed them, for
    /// tables and pictures.
    #[must_use]
    pub fn new(
        package: &'a Compiled,
        ground: &'a Ground,
        canvas: &'a Canvas,
        plan: &'a Plan,
        given: &'a [String],
        options: &Options<'_>,
        wanted: &Wanted,
    ) -> Self {
        let suitability = canvas.judge(package, plan, options);
        let zones = Arc::new(zones(package, ground, plan, options, &suitability, wanted));
        Self::of(package, ground, plan, given, options, wanted, suitability, zones)
    }

    /// Of a plan that was judged, and the zones that were found, before.
    #[must_use]
    #[allow(clippy::too_many_arguments)]
    pub fn of(
        package: &'a Compiled,
        ground: &'a Ground,
        plan: &'a Plan,
        given: &'a [String],
        options: &Options<'_>,
        wanted: &Wanted,
        suitability: Suitability<'a>,
        zones: Arc<Vec<Zone>>,
    ) -> Self {
        Self {
            package,
            ground,
            plan,
            given,
            date: plan.date.clone().unwrap_or_else(|| options.today.clone()),
            kind: rests_on(package, ground, plan, options, &wanted.within),
            zones,
            hectares: hectares(&suitability),
            everywhere: (options.part == Part::ByPlace).then(|| {
                let options = Options { part: Part::Everywhere, ..options.clone() };
                let mut judge = Verdicts::new(package, plan, &options);
                Everywhere { verdict: judge.verdict(|_| Truth::Unknown), count: judge.norms().len() }
            }),
            at_most: wanted.at_most,
            suitability,
        }
    }

    /// The norms that most ground owes a verdict to that is stricter than what was looked for, with its hectares: why
    /// not elsewhere. Ground where several norms decide counts with each.
    #[must_use]
    pub fn why_not(&self) -> Vec<(&'a Norm, f64)> {
        let step = self.suitability.grid().step;
        let mut hectares: BTreeMap<NormId, f64> = BTreeMap::new();
        let judged = self.suitability.verdicts().iter().zip(self.suitability.cells());
        for (verdict, cells) in judged.filter(|(verdict, _)| verdict.oordeel > self.at_most) {
            for norm in &verdict.normen {
                *hectares.entry(*norm).or_default() += cells as f64 * step * step / 10_000.0;
            }
        }
        let mut norms: Vec<(&Norm, f64)> = hectares
            .into_iter()
            .filter_map(|(id, hectares)| Some((self.package.norm(id)?, hectares)))
            .collect();
        norms.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.id.cmp(&b.0.id)));
        norms
    }

    /// The verdict for every cell.
    #[must_use]
    pub fn suitability(&self) -> &Suitability<'a> {
        &self.suitability
    }

    /// The zones, with their shapes in RD New.
    #[must_use]
    pub fn zones(&self) -> &[Zone] {
        &self.zones
    }

    /// For a program.
    pub fn reply(&self) -> Result<Suitable<'_>, ReplyError> {
        let zones = self.zones.iter().enumerate();
        Ok(Suitable {
            raster: self.suitability.grid().step,
            verdeling: self
                .hectares
                .iter()
                .map(|(outcome, hectares)| Share { oordeel: *outcome, hectare: hectares.round() })
                .collect(),
            overal: self.everywhere.as_ref().map(|everywhere| EverywhereReply {
                oordeel: everywhere.verdict.oordeel,
                bereik: everywhere.verdict.bereik,
                aantal: everywhere.count,
                redenen: everywhere.verdict.normen.iter().filter_map(|id| self.reason(*id)).collect(),
            }),
            zones: zones.map(|(n, zone)| self.zone(n, zone)).collect::<Result<_, _>>()?,
            meldingen: self.remarks(),
            voorbehoud: &self.package.info.disclaimer,
            bewijs: brink_assess::receipt(self.package, Some(self.ground), &self.date),
        })
    }

    /// The zones as shapes.
    pub fn shapes(&self) -> Result<ZoneShapes<'_>, ReplyError> {
        let all = self.reply()?;
        let features = self
            .zones
            .iter()
            .zip(all.zones)
            .map(|(zone, about)| Feature::new(&Geometry::MultiPolygon(zone.shape.clone()), about))
            .collect::<Result<_, _>>()?;
        Ok(ZoneShapes {
            shapes: FeatureCollection::new(features),
            voorbehoud: all.voorbehoud,
            bewijs: all.bewijs,
        })
    }

    /// The zones as a GeoPackage.
    pub fn geopackage(&self) -> Result<Vec<u8>, ReplyError> {
        Ok(table::geopackage(self)?)
    }

    /// The verdict everywhere as a picture, with the zones numbered on it.
    pub fn png(&self) -> Result<Vec<u8>, ReplyError> {
        Ok(picture::png(self)?)
    }

    fn zone(&self, n: usize, zone: &Zone) -> Result<ZoneReply<'_>, ReplyError> {
        let plek = match spot(zone) {
            Some([x, y]) => Some(rd_to_lonlat(x, y)?.map(|degrees| (degrees * 1e5).round() / 1e5)),
            None => None,
        };
        Ok(ZoneReply {
            rang: n + 1,
            oordeel: zone.oordeel,
            hectare: (zone.hectares * 100.0).round() / 100.0,
            plek,
            grens: border(zone),
            kaartsoort: self.sort(),
            redenen: self.deciding(zone).into_iter().filter_map(|id| self.reason(id)).collect(),
        })
    }

    /// The norms that decide a zone, those of its largest part first.
    fn deciding(&self, zone: &Zone) -> Vec<NormId> {
        let mut seen = Vec::new();
        for verdict in zone.verdicts.iter().filter_map(|n| self.suitability.verdicts().get(*n as usize)) {
            for id in &verdict.normen {
                if !seen.contains(id) {
                    seen.push(*id);
                }
            }
        }
        seen
    }

    fn reason(&self, id: NormId) -> Option<Reason<'a>> {
        let norm = self.package.norm(id)?;
        let section = self.package.vocabulary.section(norm.section);
        Some(Reason {
            id: &norm.id,
            onderdeel: section.map(|section| section.number.as_str()),
            samenvatting: &norm.summary,
            bron: Lines { regels: norm.lines },
        })
    }

    /// What a reader must know besides.
    fn remarks(&self) -> Vec<&'static str> {
        let mut remarks = Vec::new();
        if self.kind == Some(Kind::Schets) {
            remarks.push("Indicatief: de kaart is voor een deel een schetskaart. Die is ongeveer goed en heeft geen juridische waarde.");
        }
        remarks
    }

    /// The name of the plan's activity.
    fn activity(&self) -> String {
        let activity = self.package.vocabulary.activity(self.plan.activity);
        let name = activity.map_or("", |activity| activity.name.as_str());
        format!("\"{name}\"")
    }

    /// With which package, and when.
    fn made_with(&self) -> String {
        let info = &self.package.info;
        let facts =
            if self.given.is_empty() { "geen".to_owned() } else { self.given.join(", ").replace('=', " = ") };
        let part = if self.everywhere.is_some() { format!("; {ONLY_BY_PLACE}") } else { String::new() };
        format!("{}, versie {}; peildatum {}; gegevens: {facts}{part}", info.title, info.version, self.date)
    }

    /// Echt or schets.
    fn sort(&self) -> &'static str {
        if self.kind == Some(Kind::Schets) { "schets" } else { "echt" }
    }
}

/// What is left out, for readers.
const ONLY_BY_PLACE: &str = "alleen normen die per plek verschillen";

fn border(zone: &Zone) -> &'static str {
    if zone.exact { "exact" } else { "raster" }
}

/// A place in a zone: its middle when that lies in it.
fn spot(zone: &Zone) -> Option<[f64; 2]> {
    let middle = zone.shape.centroid().filter(|point| geo::Intersects::intersects(&zone.shape, point));
    middle.or_else(|| zone.shape.interior_point()).map(|point| [point.x(), point.y()])
}

/// Hectares of the territory per verdict.
fn hectares(suitability: &Suitability<'_>) -> BTreeMap<Outcome, f64> {
    let step = suitability.grid().step;
    let mut hectares = BTreeMap::new();
    for (verdict, cells) in suitability.verdicts().iter().zip(suitability.cells()) {
        *hectares.entry(verdict.oordeel).or_insert(0.0) += cells as f64 * step * step / 10_000.0;
    }
    hectares
}
