//! The words a plan can use, the package and its maps.

use super::call::{Call, absent, sorted};
use super::operation::{Doing, Example, GEOJSON, Kind, Operation, Parameter, Source};
use super::schema::of;
use crate::error::Problem;
use crate::world::World;
use brink_reply::{
    ActivityReply, AreaReply, FactReply, InterestReply, LayerReply, PackageReply, Search, TermReply, Unknown,
};
use serde::Serialize;
use serde_json::{Value, json};

const WORDS: &str = "Woordenlijst";
const PACKAGE: &str = "Pakket";
const SAME: &str = "De lijst is gelijk aan die van `brink woordenlijst --json`.";

/// The operations for a list and for one entry of it.
macro_rules! word_list {
    ($list:literal, $one:literal, $path:literal, $title:literal, $single:literal, $what:literal, $reply:ident, $all:path, $example:expr) => {
        [
            Operation::get(
                $list,
                concat!("/woordenlijst/", $path),
                WORDS,
                $title,
                of::<Vec<$reply<'static>>>(),
                |call| Box::pin(async { call.reply(|world, _| sorted(&$all(&world.package))).await }),
            )
            .about(SAME),
            Operation::get(
                $one,
                concat!("/woordenlijst/", $path, "/{id}"),
                WORDS,
                $single,
                of::<$reply<'static>>(),
                |call| {
                    Box::pin(async {
                        call.reply(|world, call| {
                            let all = $all(&world.package);
                            one($what, &all, call.path("id"), |entry| entry.id)
                        })
                        .await
                    })
                },
            )
            .with(Parameter::path("id", "Id uit de lijst.").example($example)),
        ]
    };
}

pub(super) fn operations() -> Vec<Operation> {
    let mut all = Vec::new();
    all.extend(word_list!(
        "leesActiviteiten",
        "leesActiviteit",
        "activiteiten",
        "De activiteiten",
        "Een activiteit",
        "activiteit",
        ActivityReply,
        brink_reply::activities,
        Example::Activity
    ));
    all.extend(word_list!(
        "leesGebieden",
        "leesGebied",
        "gebieden",
        "De gebieden",
        "Een gebied",
        "gebied",
        AreaReply,
        brink_reply::areas,
        Example::Area
    ));
    all.extend(word_list!(
        "leesGegevens",
        "leesGegeven",
        "gegevens",
        "De gegevens: wat over een plan te weten valt",
        "Een gegeven",
        "gegeven",
        FactReply,
        brink_reply::facts,
        Example::Fact
    ));
    all.extend(word_list!(
        "leesBelangen",
        "leesBelang",
        "belangen",
        "De belangen",
        "Een belang",
        "belang",
        InterestReply,
        brink_reply::interests,
        Example::Interest
    ));
    all.extend(word_list!(
        "leesTermen",
        "leesTerm",
        "termen",
        "De partijen, documenten en instrumenten",
        "Een partij, document of instrument",
        "term",
        TermReply,
        brink_reply::terms,
        Example::Term
    ));
    all.push(
        Operation::get("zoekActiviteiten", "/zoek", WORDS, "Zoekt activiteiten met gewone woorden", of::<Search<'static>>(), |call| {
            Box::pin(async {
                call.reply(|world, call| {
                    sorted(&brink_reply::search(&world.package, call.query.one("q").unwrap_or_default()))
                })
                .await
            })
        })
        .about(
            "Geeft hooguit acht activiteiten, wat het best past eerst. `gevonden` is onwaar als geen activiteit zo heet; \
             dan zijn het de activiteiten die er het dichtst bij komen. Het antwoord is gelijk aan dat van `brink \
             woordenlijst zoek --json`.",
        )
        .with(
            Parameter::query("q", Kind::Text(200), "Wat iemand wil, in gewone woorden.")
                .required()
                .example(Example::Text("zonnepanelen in het weiland")),
        ),
    );
    all.push(
        Operation::get("leesPakket", "/pakket", PACKAGE, "Het pakket", of::<PackageReply<'static>>(), |call| {
            Box::pin(async {
                call.reply(|world, _| sorted(&brink_reply::package(&world.package, &world.written))).await
            })
        })
        .about("Versie en herkomst, hoeveel van de visie is verwerkt, en waar de visie botst of meer lezingen toelaat."),
    );
    all.push(
        Operation::get("leesLagen", "/lagen", PACKAGE, "De kaartlagen", of::<Vec<LayerReply<'static>>>(), |call| {
            Box::pin(async {
                call.reply(|world, _| sorted(&brink_reply::layers(&world.package, &world.ground))).await
            })
        })
        .about(
            "Van elk gebied de kaart met bron, datum en licentie, of dat die er niet is. De lijst is gelijk aan die van \
             `brink kaarten lijst --json`. De vormen zelf staan onder `/ogc/v1`. Oppervlakten zijn in hectare.",
        ),
    );
    let mut places = Operation::get(
        "leesPlaatsen",
        "/plaatsen",
        PACKAGE,
        "Plaatsnamen",
        Source::Named("Plaatsen"),
        places,
    )
    .about("De plaatsen die het pakket noemt, als punten: lengte- en breedtegraad in WGS84 (CRS84).");
    for answer in &mut places.answers {
        answer.forms = vec![(GEOJSON, Source::Named("Plaatsen"))];
    }
    all.push(places);
    all
}

/// One entry of a list.
fn one<T: Serialize>(
    what: &'static str,
    all: &[T],
    id: &str,
    name: impl Fn(&T) -> &str,
) -> Result<Vec<u8>, Problem> {
    match all.iter().find(|entry| name(entry) == id) {
        Some(entry) => sorted(entry),
        None => Err(absent(&Unknown::new(what, id, all.iter().map(name)))),
    }
}

fn places(call: Call) -> Doing {
    Box::pin(async { call.reply(|world, _| sorted(&points(world))).await })
}

fn points(world: &World) -> Value {
    let features: Vec<Value> = world
        .places
        .iter()
        .map(|place| {
            json!({
                "type": "Feature",
                "geometry": { "type": "Point", "coordinates": place.at },
                "properties": {
                    "naam": place.name, "gemeente": place.municipality, "inwoners": place.inhabitants,
                },
            })
        })
        .collect();
    json!({ "type": "FeatureCollection", "features": features })
}
