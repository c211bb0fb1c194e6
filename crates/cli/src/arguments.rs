//! The command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Everything after `brink`.
#[derive(Debug, Parser)]
#[command(
    name = "brink",
    version,
    about = "Legt een plan naast de omgevingsvisie en zegt wat de visie ervan vindt.",
    after_help = "Exitcode: 0 beantwoord, 1 bevindingen, 2 de invoer deugt niet.\nEen antwoord is een aanwijzing, geen besluit.",
    disable_help_subcommand = true
)]
pub(crate) struct Cli {
    /// Antwoord als JSON
    #[arg(long, global = true)]
    pub json: bool,

    /// Map met een beleidspakket, in plaats van het ingebouwde
    #[arg(long, global = true, value_name = "MAP", env = "BRINK_PAKKET")]
    pub pakket: Option<PathBuf>,

    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Toetst een plan: oordeel, normen, vragen en wat er volgt
    Toets(Toets),
    /// Toont de normen van een onderdeel, activiteit of gebied
    Normen(Normen),
    /// Toont de woorden die een plan kan gebruiken, of zoekt erin
    Woordenlijst(Woordenlijst),
    /// Toont de doelen en diensten en rekent hun sommen na
    Doelen,
    /// Controleert een pakket en draait de gevallen
    Controleer(Controleer),
    /// Leest, doorzoekt en vergelijkt de tekst van de visie
    Bron(Bron),
    /// Schrijft de JSON Schema's van de pakketbestanden
    #[command(hide = true)]
    Schema(Schema),
}

#[derive(Debug, Args)]
pub(crate) struct Toets {
    /// Een plan (JSON of GeoJSON), een map met plannen, of - voor standaardinvoer
    #[arg(value_name = "PLAN", conflicts_with_all = ["activiteit"])]
    pub plan: Option<PathBuf>,

    /// Per regel een plan erin, per regel een antwoord eruit
    #[arg(long)]
    pub jsonl: bool,

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

    /// Een punt op de kaart
    #[arg(long, value_name = "LON,LAT")]
    pub punt: Option<String>,

    /// Een bestand met een vlak
    #[arg(long, value_name = "BESTAND")]
    pub vlak: Option<PathBuf>,

    /// Ook normen tonen die niet gelden, en niets inklappen
    #[arg(long)]
    pub alles: bool,
}

#[derive(Debug, Args)]
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

#[derive(Debug, Args)]
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

#[derive(Debug, Args)]
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

#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// Map waarin de schema's komen
    #[arg(value_name = "MAP")]
    pub folder: PathBuf,
}

#[derive(Debug, Args)]
#[command(disable_help_subcommand = true)]
pub(crate) struct Bron {
    #[command(subcommand)]
    pub command: BronCommand,
}

#[derive(Debug, Subcommand)]
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
