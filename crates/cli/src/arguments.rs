//! The command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Everything after `brink`.
#[derive(Debug, Clone, Parser)]
#[command(
    name = "brink",
    version,
    about = "Legt een plan naast de omgevingsvisie en zegt wat de visie ervan vindt.",
    after_help = "Exitcode: 0 beantwoord, 1 bevindingen, 2 de invoer deugt niet.\nEen antwoord is een aanwijzing, geen besluit.",
    disable_help_subcommand = true
)]
pub(crate) struct Cli {
    /// Antwoord als JSON
    #[arg(long, global = true, display_order = 900)]
    pub json: bool,

    /// Map met een beleidspakket, in plaats van het ingebouwde
    #[arg(long, global = true, value_name = "MAP", env = "BRINK_PAKKET", display_order = 901)]
    pub pakket: Option<PathBuf>,

    /// Map met kaartlagen, in plaats van de gewone map voor gegevens van programma's
    #[arg(long, global = true, value_name = "MAP", env = "BRINK_KAARTEN", display_order = 902)]
    pub kaarten: Option<PathBuf>,

    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Clone, Subcommand)]
pub(crate) enum Command {
    /// Toetst een plan: oordeel, normen, vragen en wat er volgt
    Toets(Toets),
    /// Zegt wat op een plek geldt: belangen, gebieden en normen
    Waar(Waar),
    /// Zoekt waar een plan zou passen
    Geschikt(Geschikt),
    /// Toont de normen van een onderdeel, activiteit of gebied
    Normen(Normen),
    /// Toont de woorden die een plan kan gebruiken, of zoekt erin
    Woordenlijst(Woordenlijst),
    /// Toont de doelen en diensten en rekent hun sommen na
    Doelen,
    /// Controleert een pakket en draait de gevallen
    Controleer(Controleer),
    /// Toont, importeert, haalt en verwijdert de kaartlagen van gebieden
    Kaarten(Kaarten),
    /// Leest, doorzoekt en vergelijkt de tekst van de visie
    Bron(Bron),
    /// Zet Brink in de browser, met een API
    Server(Server),
    /// Schrijft de JSON Schema's van de pakketbestanden
    #[command(hide = true)]
    Schema(Schema),
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Toets {
    /// Een plan (JSON of GeoJSON), een map met plannen, of - voor standaardinvoer
    #[arg(value_name = "PLAN", conflicts_with_all = ["activiteit"])]
    pub plan: Option<PathBuf>,

    /// Per regel een plan erin, per regel een antwoord eruit
    #[arg(long)]
    pub jsonl: bool,

    #[command(flatten)]
    pub typed: Typed,

    /// Een plek als punt: lengte en breedte, zoals 6.56,52.99
    #[arg(long, value_name = "LON,LAT", conflicts_with = "vlak", allow_hyphen_values = true)]
    pub punt: Option<String>,

    /// Een plek als bestand: een vlak, lijn of punt
    #[arg(long, value_name = "BESTAND")]
    pub vlak: Option<PathBuf>,

    /// Veel plekken voor een plan: een kaartbestand of CSV met lon en lat; per plek een regel eruit
    #[arg(long, value_name = "BESTAND", requires = "activiteit", conflicts_with_all = ["plan", "punt", "vlak", "jsonl"])]
    pub lijst: Option<PathBuf>,

    /// Begin bij deze regel of plek, om verder te gaan waar een eerdere ronde ophield
    #[arg(long, value_name = "NR", default_value_t = 1)]
    pub vanaf: u64,

    /// Ook normen tonen die niet gelden, en niets inklappen
    #[arg(long)]
    pub alles: bool,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Waar {
    /// Een plek als punt: lengte en breedte, zoals 6.56,52.99
    #[arg(long, value_name = "LON,LAT", conflicts_with = "vlak", allow_hyphen_values = true)]
    pub punt: Option<String>,

    /// Een plek als bestand: een vlak, lijn of punt
    #[arg(long, value_name = "BESTAND")]
    pub vlak: Option<PathBuf>,

    /// Wat van elk gebied op de plek ligt, als GeoJSON
    #[arg(long, conflicts_with = "json")]
    pub geojson: bool,

    /// Alle gebieden noemen, en niets inklappen
    #[arg(long)]
    pub alles: bool,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Geschikt {
    #[command(flatten)]
    pub plan: Typed,

    /// Alleen zones van ten minste zoveel hectare
    #[arg(long, value_name = "HA", default_value_t = 1.0, allow_negative_numbers = true)]
    pub minimaal: f64,

    /// Alleen in dit gebied of deze gemeente; herhaald voor meer
    #[arg(long, value_name = "ID")]
    pub binnen: Vec<String>,

    /// Alleen zones tot en met dit oordeel, van mild naar streng
    #[arg(long, value_name = "OORDEEL", default_value = "ja-mits")]
    pub tot: String,

    /// Alleen normen meetellen die per plek verschillen; wat overal hetzelfde is, staat apart
    #[arg(long)]
    pub plaatsgebonden: bool,

    /// Hoeveel zones hoogstens
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub aantal: usize,

    /// Zijde van een cel in meters
    #[arg(long, value_name = "M", default_value_t = 25.0, allow_negative_numbers = true)]
    pub raster: f64,

    /// Schrijft de zones (.geojson, .gpkg) of de kaart (.png)
    #[arg(long, value_name = "BESTAND")]
    pub uit: Option<PathBuf>,
}

/// A plan by flags.
#[derive(Debug, Clone, Args)]
pub(crate) struct Typed {
    /// Waar het plan over gaat
    #[arg(long, value_name = "ID")]
    pub activiteit: Option<String>,

    /// Een gegeven; de waarde is ja, nee, onbekend, een getal of een keuze
    #[arg(long, value_name = "ID=WAARDE")]
    pub gegeven: Vec<String>,

    /// Een gebied waar het plan in ligt
    #[arg(long, value_name = "ID")]
    pub gebied: Vec<String>,

    /// Een gebied waarvan onbekend is of het plan erin ligt
    #[arg(long, value_name = "ID")]
    pub gebied_onbekend: Vec<String>,

    /// Alleen toetsen aan dit onderdeel en wat eronder valt
    #[arg(long, value_name = "NR")]
    pub onderdeel: Vec<String>,

    /// Datum van de toets, als jjjj-mm-dd
    #[arg(long, value_name = "DATUM")]
    pub peildatum: Option<String>,
}

#[derive(Debug, Clone, Args)]
#[command(disable_help_subcommand = true)]
pub(crate) struct Kaarten {
    #[command(subcommand)]
    pub command: KaartenCommand,
}

#[derive(Debug, Clone, Subcommand)]
pub(crate) enum KaartenCommand {
    /// Toont per gebied de kaartlaag, of dat er geen is
    Lijst,
    /// Maakt van een bestand de kaartlaag van een gebied
    Importeer(Importeer),
    /// Haalt kaartlagen bij de diensten die het pakket noemt
    Ophalen(Ophalen),
    /// Haalt de kaartlaag van een gebied weg; de schets telt dan weer
    Verwijder {
        /// Het gebied waarvan de laag weg kan
        #[arg(value_name = "GEBIED")]
        area: String,
    },
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Importeer {
    /// GeoJSON, GeoPackage, FlatGeobuf, Shapefile (zip) of GML
    #[arg(value_name = "BESTAND")]
    pub file: PathBuf,

    /// Het gebied waarvan dit de kaart is
    #[arg(long, value_name = "ID", required = true)]
    pub gebied: String,

    /// Alleen vormen met dit kenmerk; herhaald voor meer waarden of kenmerken
    #[arg(long, value_name = "NAAM=WAARDE")]
    pub kenmerk: Vec<String>,

    /// De laag in het bestand, als er meer zijn
    #[arg(long, value_name = "NAAM")]
    pub laag: Option<String>,

    /// Coördinatenstelsel, als het bestand dat niet of verkeerd zegt
    #[arg(long, value_name = "EPSG")]
    pub crs: Option<String>,

    /// Datum van de gegevens, als jjjj-mm-dd
    #[arg(long, value_name = "DATUM")]
    pub datum: Option<String>,

    /// Waar de gegevens vandaan komen, als dat niet het bestand is
    #[arg(long, value_name = "TEKST")]
    pub bron: Option<String>,

    /// Licentie van de gegevens
    #[arg(long, value_name = "TEKST")]
    pub licentie: Option<String>,

    /// Het gebied waarvoor de laag volledig is; zonder dit het grondgebied van de visie
    #[arg(long, value_name = "ID")]
    pub dekking: Option<String>,

    /// Ook als de laag meer dan de helft van haar omvang verliest
    #[arg(long)]
    pub forceer: bool,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Ophalen {
    /// Alleen deze gebieden; zonder deze alle waarvan het pakket een bron noemt
    #[arg(value_name = "GEBIED")]
    pub areas: Vec<String>,

    /// Ook lagen die meer dan de helft van hun omvang verliezen
    #[arg(long)]
    pub forceer: bool,

    /// Ook ophalen als de dienst zegt dat er niets veranderde
    #[arg(long)]
    pub opnieuw: bool,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Normen {
    /// Van dit onderdeel en wat eronder valt
    #[arg(long, value_name = "NR")]
    pub onderdeel: Option<String>,

    /// Die over deze activiteit kunnen oordelen
    #[arg(long, value_name = "ID")]
    pub activiteit: Option<String>,

    /// Die in dit gebied gelden
    #[arg(long, value_name = "ID")]
    pub gebied: Option<String>,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Woordenlijst {
    /// Welke woorden, of zoek
    #[arg(value_name = "LIJST", default_value = "activiteiten")]
    pub list: List,

    /// Wat te zoeken, in gewone woorden
    #[arg(value_name = "WOORDEN")]
    pub words: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum List {
    Activiteiten,
    Gebieden,
    Gegevens,
    Belangen,
    Termen,
    Zoek,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Controleer {
    /// Map met het pakket; zonder map het ingebouwde
    #[arg(value_name = "PAKKET")]
    pub package: Option<PathBuf>,

    /// Per onderdeel: welke regels gedekt zijn, wat voor uitspraken er staan, wat de gevallen bewijzen
    #[arg(long)]
    pub dekking: bool,

    /// De gevallen niet draaien
    #[arg(long)]
    pub zonder_gevallen: bool,
}

#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Server {
    /// Adres en poort om op te luisteren [standaard: 127.0.0.1:8080]
    #[arg(long, value_name = "ADRES:POORT")]
    pub adres: Option<SocketAddr>,

    /// Opent een voorbeeld in de browser
    #[arg(long)]
    pub open: bool,

    /// Bestand met instellingen (TOML); docs/server.md noemt ze allemaal
    #[arg(long, value_name = "BESTAND", env = "BRINK_INSTELLINGEN")]
    pub instellingen: Option<PathBuf>,

    /// Tekst van de visie, om naast de uitspraken te tonen en te doorzoeken
    #[arg(long, value_name = "BESTAND", env = "BRINK_BRON")]
    pub bron: Option<PathBuf>,

    /// Map om gedeelde antwoorden te bewaren; zonder map tot de server stopt
    #[arg(long, value_name = "MAP")]
    pub gegevens: Option<PathBuf>,

    /// Adres dat bezoekers gebruiken, zoals `https://brink.example.nl`
    #[arg(long, value_name = "URL")]
    pub openbaar_adres: Option<String>,

    /// Tegeladres van de achtergrondkaart met {z}, {x} en {y}; leeg voor alleen de eigen kaart
    #[arg(long, value_name = "URL")]
    pub achtergrondkaart: Option<String>,

    /// Verzoeken per seconde van een bezoeker; 0 is geen grens
    #[arg(long, value_name = "N")]
    pub verzoeken_per_seconde: Option<u32>,

    /// Er staat een proxy voor die X-Forwarded-For zet
    #[arg(long)]
    pub achter_proxy: bool,

    /// Browsers zeggen voortaan HTTPS te gebruiken
    #[arg(long)]
    pub hsts: bool,

    /// Vorm van de logregels: tekst of json
    #[arg(long, value_name = "VORM")]
    pub logvorm: Option<String>,

    /// Wat er gelogd wordt: fout, let-op, info of alles
    #[arg(long, value_name = "NIVEAU")]
    pub logniveau: Option<String>,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Schema {
    /// Map waarin de schema's komen
    #[arg(value_name = "MAP")]
    pub folder: PathBuf,
}

#[derive(Debug, Clone, Args)]
#[command(disable_help_subcommand = true)]
pub(crate) struct Bron {
    #[command(subcommand)]
    pub command: BronCommand,
}

#[derive(Debug, Clone, Subcommand)]
pub(crate) enum BronCommand {
    /// Toont de boom van onderdelen
    Lees {
        /// Tekst van de visie, of - voor standaardinvoer
        #[arg(value_name = "BESTAND")]
        file: PathBuf,
    },
    /// Zoekt in de tekst
    Zoek {
        /// Wat te zoeken; tussen aanhalingstekens is een woordgroep
        #[arg(value_name = "WOORDEN", required = true)]
        words: Vec<String>,

        /// Tekst van de visie
        #[arg(long, value_name = "BESTAND", env = "BRINK_BRON")]
        bron: Option<PathBuf>,
    },
    /// Vergelijkt de tekst met het pakket en noemt de uitspraken die het raakt
    Controleer {
        /// Tekst van de visie, of - voor standaardinvoer
        #[arg(value_name = "BESTAND")]
        file: PathBuf,
    },
    /// Schrijft onderdelen.yaml voor een pakket
    Onderdelen {
        /// Tekst van de visie, of - voor standaardinvoer
        #[arg(value_name = "BESTAND")]
        file: PathBuf,
    },
}
