//! What can go wrong, said in the language of the reader.

use std::path::PathBuf;

use brink_geo::read::ReadError;

/// One thing wrong with the description of a source.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {text}")]
pub struct SourceError {
    /// The field, such as `url`.
    pub field: &'static str,
    /// What is wrong and what to do, in Dutch.
    pub text: String,
}

/// Why a layer was not fetched. Nothing of it came in.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// The description is not right.
    #[error("de bron is niet goed beschreven: {}", list(.0, "; "))]
    Source(Vec<SourceError>),

    /// An answer with an error status.
    #[error("{url} antwoordt met {status}{}", told(.detail))]
    Status {
        /// The address asked.
        url: String,
        /// The HTTP status.
        status: u16,
        /// What the server said about it; empty when nothing.
        detail: String,
    },

    /// No connection, or one that broke.
    #[error("geen verbinding met {url}: {reason} (keer geprobeerd: {attempts})")]
    Connection {
        /// The address asked.
        url: String,
        /// What went wrong.
        reason: String,
        /// How often it was tried.
        attempts: u32,
    },

    /// The answer stopped before its end.
    #[error("het antwoord van {url} is afgebroken: {reason}; probeer het later opnieuw")]
    Truncated {
        /// The address asked.
        url: String,
        /// How that shows.
        reason: String,
    },

    /// The server takes too long.
    #[error("{url} antwoordt te langzaam ({what}; keer geprobeerd: {attempts})")]
    Timeout {
        /// The address asked.
        url: String,
        /// Which limit was met.
        what: String,
        /// How often it was tried.
        attempts: u32,
    },

    /// The whole layer takes too long.
    #[error("de laag is na {seconds} seconden nog niet binnen; het ophalen is gestopt")]
    LayerTimeout {
        /// The limit.
        seconds: u64,
    },

    /// Sent on and on.
    #[error("{url} stuurt steeds door naar een ander adres; controleer het adres")]
    Redirects {
        /// The address asked.
        url: String,
    },

    /// Sent to something that is not the web, or from https to http.
    #[error("{url} verwijst naar {to}: alleen https (of http, als de bron zelf http is) wordt gevolgd")]
    Unsafe {
        /// The address asked.
        url: String,
        /// Where it sends us.
        to: String,
    },

    /// A page for people where data was asked.
    #[error("{url} geeft een webpagina in plaats van gegevens{}; controleer adres en laag", told(.title))]
    Html {
        /// The address asked.
        url: String,
        /// The title of the page; empty when it has none.
        title: String,
    },

    /// The service says it can't, with status 200 or another.
    #[error("de dienst meldt een fout: {text} ({url})")]
    Service {
        /// The address asked.
        url: String,
        /// In the words of the service.
        text: String,
        /// The number it gives the error, in the manner of HTTP, when it does.
        code: Option<u16>,
    },

    /// An answer that is not what the protocol says.
    #[error("het antwoord van {url} is niet te lezen: {reason}")]
    Malformed {
        /// The address asked.
        url: String,
        /// What is wrong with it.
        reason: String,
    },

    /// More bytes than allowed.
    #[error("de laag is groter dan {limit} bytes; vraag minder (filter) of verhoog de grens")]
    TooLarge {
        /// The limit.
        limit: u64,
    },

    /// More pages than allowed.
    #[error("de laag heeft meer dan {limit} pagina's; vraag minder (filter) of verhoog de grens")]
    TooManyPages {
        /// The limit.
        limit: usize,
    },

    /// Paging that gives the same again.
    #[error("de dienst bladert in een kring: pagina {page} herhaalt een eerdere ({url})")]
    EndlessPaging {
        /// The address asked.
        url: String,
        /// The page that repeats, from 1.
        page: usize,
    },

    /// One feature on two pages, so that another may be on none.
    #[error(
        "de dienst bladert slordig: object {id} staat op meer dan een pagina, dus een ander kan ontbreken"
    )]
    OverlappingPages {
        /// The feature.
        id: String,
    },

    /// Not as many features as promised.
    #[error(
        "de dienst zegt {expected} objecten te hebben en geeft er {received}; de laag is niet overgenomen"
    )]
    Count {
        /// What the service said.
        expected: u64,
        /// What came.
        received: u64,
    },

    /// A coordinate system that is not known here.
    #[error(
        "de coördinaten zijn in een stelsel dat niet te lezen is: {reason}; zet het juiste stelsel bij `crs`"
    )]
    WrongCrs {
        /// Which.
        reason: String,
    },

    /// The service has no such layer.
    #[error("de dienst heeft geen laag `{layer}`; wel: {}", some(.offered))]
    NoLayer {
        /// The layer asked.
        layer: String,
        /// What there is.
        offered: Vec<String>,
    },

    /// More than one thing to choose from.
    #[error("kies met `{field}` een van: {}", some(.offered))]
    Choose {
        /// The field to choose with.
        field: &'static str,
        /// What there is.
        offered: Vec<String>,
    },

    /// Nothing in a format that can be read.
    #[error("de dienst geeft geen formaat dat te lezen is ({wanted}); wel: {}", some(.offered))]
    NoFormat {
        /// What can be read.
        wanted: &'static str,
        /// What there is.
        offered: Vec<String>,
    },

    /// A layer without features would say "nowhere", and that is not known.
    #[error("de dienst geeft geen enkel object; controleer laag en filter")]
    Empty,

    /// No feature has the attribute.
    #[error("geen object heeft een kenmerk `{name}`; wel: {}", some(.present))]
    NoAttribute {
        /// The attribute asked.
        name: String,
        /// The attributes there are.
        present: Vec<String>,
    },

    /// No feature has the value.
    #[error("geen object heeft kenmerk `{name}` met waarde `{value}`; wel: {}", some(.present))]
    NoMatch {
        /// The attribute asked.
        name: String,
        /// The value asked.
        value: String,
        /// Values there are.
        present: Vec<String>,
    },

    /// What came can't be read as features.
    #[error("{what} is niet te lezen: {}", error.fault)]
    Read {
        /// Which file or page.
        what: String,
        /// Why.
        error: Box<ReadError>,
    },

    /// A file of this machine can't be read or written.
    #[error("{}: {error}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
}

fn list(faults: &[SourceError], between: &str) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join(between)
}

fn told(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(": \u{201c}{text}\u{201d}") }
}

/// The first few names, and how many more there are.
fn some(names: &[String]) -> String {
    const SHOWN: usize = 12;
    if names.is_empty() {
        return "niets".to_owned();
    }
    let shown = names.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    match names.len().checked_sub(SHOWN) {
        Some(more) if more > 0 => format!("{shown} en nog {more}"),
        _ => shown,
    }
}
