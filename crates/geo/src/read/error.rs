//! What can go wrong while reading a map, said in the language of the reader.

use thiserror::Error;

/// A map that cannot be read. Messages are in Dutch: they are shown to users.
#[derive(Debug, Error)]
#[error("{file}: {fault}")]
pub struct ReadError {
    /// The file, as it was named.
    pub file: String,
    /// What is wrong.
    pub fault: ReadFault,
}

impl ReadError {
    pub(super) fn new(file: &str, fault: ReadFault) -> Self {
        Self { file: file.to_owned(), fault }
    }
}

/// What is wrong with a file.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadFault {
    /// The file cannot be opened or read.
    #[error("het bestand kan niet worden gelezen: {}", refusal(.0))]
    Open(#[from] std::io::Error),
    /// There is nothing in it.
    #[error("het bestand is leeg; haal het opnieuw op")]
    Empty,
    /// More bytes than the limit.
    #[error("het bestand is te groot: {size} bytes, en {limit} mag; knip er de plaats uit die u nodig hebt")]
    TooLarge {
        /// Its size in bytes.
        size: u64,
        /// The most that is allowed.
        limit: u64,
    },
    /// More features than the limit.
    #[error("er staan te veel vormen in: meer dan {limit}; splits het bestand")]
    TooManyFeatures {
        /// The most that is allowed.
        limit: usize,
    },
    /// More vertices than the limit.
    #[error("er staan te veel punten in: meer dan {limit}; vereenvoudig of splits het bestand")]
    TooManyVertices {
        /// The most that is allowed.
        limit: usize,
    },
    /// Elements or collections nested deeper than the limit.
    #[error("{place}: dieper genest dan {limit} lagen; dit is geen gewone kaart")]
    TooDeep {
        /// Where.
        place: String,
        /// The most that is allowed.
        limit: usize,
    },
    /// None of the formats that can be read.
    #[error(
        "dit is geen kaart die te lezen is; geef GeoJSON, GeoPackage, FlatGeobuf, GML of een shapefile in een zip"
    )]
    UnknownFormat,
    /// The name promises one format, the content is none.
    #[error("dit is geen {format}, ook al heet het zo; haal het bestand opnieuw op")]
    NotThatFormat {
        /// What the name promises.
        format: &'static str,
    },
    /// HTML instead of a map.
    #[error("dit is een webpagina (HTML), geen kaart; controleer het adres waar het vandaan komt")]
    WebPage,
    /// A service answered with an error.
    #[error("dit is een foutmelding van een dienst, geen kaart: {0}")]
    Service(String),
    /// The file stops half-way.
    #[error("{format} houdt midden in op ({place}); het bestand is afgebroken, haal het opnieuw op")]
    Cut {
        /// The format.
        format: &'static str,
        /// Where.
        place: String,
    },
    /// The file does not follow its format.
    #[error("geen geldige {format}, {place}: {detail}")]
    Syntax {
        /// The format.
        format: &'static str,
        /// Where.
        place: String,
        /// What is wrong there.
        detail: String,
    },
    /// Text that is not UTF-8.
    #[error(
        "regel {line} is geen geldige UTF-8 (byte {offset} van het bestand); bewaar het bestand als UTF-8"
    )]
    NotUtf8 {
        /// The line, from 1.
        line: usize,
        /// Where the first wrong byte is, from 0.
        offset: usize,
    },
    /// A document type or an entity of its own in XML.
    #[error("{place}: het bestand heeft een DTD of eigen entiteiten; om veiligheid wordt dat niet gelezen")]
    Dtd {
        /// Where.
        place: String,
    },
    /// A feature whose shape cannot be understood.
    #[error("vorm {feature} ({place}): {detail}")]
    Feature {
        /// Its id.
        feature: String,
        /// Where it is in the file.
        place: String,
        /// What is wrong with it.
        detail: String,
    },
    /// A fault in the shape of a plan.
    #[error("vorm {feature} ({place}): {source}")]
    Shape {
        /// Its id.
        feature: String,
        /// Where it is in the file.
        place: String,
        /// What is wrong with it.
        source: ShapeError,
    },
    /// Several layers, and none was chosen.
    #[error("het bestand heeft meer lagen: {}; kies er een", .layers.join(", "))]
    ChooseLayer {
        /// Their names.
        layers: Vec<String>,
    },
    /// The layer that was asked is not there.
    #[error("er is geen laag `{asked}`; er is: {}", .layers.join(", "))]
    NoSuchLayer {
        /// The asked name.
        asked: String,
        /// The names there are.
        layers: Vec<String>,
    },
    /// No table or file with shapes.
    #[error("er staan geen vormen in: {0}")]
    NoLayer(String),
    /// The file names no coordinate system.
    #[error(
        "het bestand zegt niet in welk coördinatenstelsel het staat{hint}; geef het stelsel op, bijvoorbeeld EPSG:28992"
    )]
    NoCrs {
        /// What the numbers look like.
        hint: String,
    },
    /// The file names a coordinate system that is not known.
    #[error("{0}")]
    Crs(String),
    /// Coordinates that cannot be right.
    #[error("vorm {feature} ({place}): {detail}")]
    Coordinates {
        /// The feature's id.
        feature: String,
        /// Where it is in the file.
        place: String,
        /// What is wrong, and what it looks like.
        detail: String,
    },
    /// A zip that unpacks to far more than it is.
    #[error("`{entry}` in de zip pakt uit tot meer dan {limit} keer zijn grootte; dit is geen gewone kaart")]
    ZipRatio {
        /// The file in the zip.
        entry: String,
        /// The most that is allowed.
        limit: u64,
    },
    /// A zip in a zip.
    #[error("er zit een zip in de zip; pak de buitenste eerst uit")]
    ZipInZip,
}

/// What is wrong with the shape of a plan.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum ShapeError {
    /// There is nothing.
    #[error("de vorm is leeg; teken ten minste een punt")]
    Empty,
    /// A coordinate is not a number.
    #[error("een van de coördinaten is geen getal")]
    NotFinite,
    /// More vertices than a plan may have.
    #[error("de vorm heeft {count} punten, en {limit} mag; vereenvoudig de tekening")]
    TooManyVertices {
        /// How many there are.
        count: usize,
        /// The most that is allowed.
        limit: usize,
    },
    /// A ring with fewer than three different points, or without area.
    #[error("een vlak heeft geen oppervlakte{}: er zijn drie punten nodig die niet op één lijn liggen", near(.place))]
    NoArea {
        /// A point of it, in RD.
        place: Option<[f64; 2]>,
    },
    /// A line with fewer than two different points.
    #[error("een lijn heeft geen lengte{}: er zijn twee verschillende punten nodig", near(.place))]
    NoLength {
        /// A point of it, in RD.
        place: Option<[f64; 2]>,
    },
    /// A ring that does not end where it starts.
    #[error("een vlak is niet gesloten{}: de rand eindigt {gap:.2} m van het begin", near(.place))]
    Unclosed {
        /// Where it ends, in RD.
        place: Option<[f64; 2]>,
        /// How far that is from its start.
        gap: f64,
    },
    /// The boundary crosses or touches itself, or two parts overlap.
    #[error("de rand van het vlak kruist zichzelf{}; teken het opnieuw, of teken twee vlakken", near(.place))]
    Crosses {
        /// Where, in RD.
        place: Option<[f64; 2]>,
    },
    /// A hole that is not inside its polygon.
    #[error("een gat ligt buiten het vlak{}", near(.place))]
    HoleOutside {
        /// A point of it, in RD.
        place: Option<[f64; 2]>,
    },
    /// Checking it would take too long.
    #[error("de vorm is te ingewikkeld om na te gaan; vereenvoudig de tekening")]
    TooComplex,
}

/// Why the system refuses, in Dutch.
fn refusal(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "het bestaat niet".to_owned(),
        std::io::ErrorKind::PermissionDenied => "geen toegang".to_owned(),
        std::io::ErrorKind::IsADirectory => "het is een map".to_owned(),
        _ => error.to_string(),
    }
}

/// A place for a message: in RD, and in degrees when it can be told.
fn near(place: &Option<[f64; 2]>) -> String {
    match place {
        Some(place) => format!(" bij {}", super::reference::describe(*place)),
        None => String::new(),
    }
}
