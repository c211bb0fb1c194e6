//! What an operator can set. docs/server.md lists the same, in Dutch.

use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::PathBuf;

/// The settings of a server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Address and port to listen at.
    pub adres: SocketAddr,
    /// The address visitors use, when a proxy stands before the server: `https://brink.example.nl`.
    pub openbaar_adres: Option<String>,
    /// Folder for stored answers; without it they live as long as the server.
    pub gegevens: Option<PathBuf>,
    /// How many days a stored answer is kept.
    pub bewaardagen: u32,
    /// Most stored answers.
    pub bewaar_hoogstens: u32,
    /// Base map: a tile address with {z}, {x} and {y}; empty for the own base layer only.
    pub achtergrondkaart: String,
    /// Attribution of the base map.
    pub achtergrondkaart_bron: String,
    /// Requests a second for one client; 0 is no limit.
    pub verzoeken_per_seconde: u32,
    /// How many requests one client may save up.
    pub verzoeken_ineens: u32,
    /// Most connections at once.
    pub verbindingen: usize,
    /// Most connections at once of one client; 0 is no limit.
    pub verbindingen_per_bezoeker: usize,
    /// Most bytes of a request body.
    pub grootste_verzoek: usize,
    /// Most seconds a request may take.
    pub tijdslimiet: u64,
    /// Whether the client's address is read from X-Forwarded-For: only behind a proxy that sets it.
    pub achter_proxy: bool,
    /// Whether browsers are told to use HTTPS from now on.
    pub hsts: bool,
    /// Whether changed files are taken in without a restart.
    pub herladen: bool,
    /// Who can be asked about this server, as the API says it.
    pub contact_naam: String,
    /// The e-mail address to ask at.
    pub contact_email: String,
    /// The page about who runs this server; without it the page about the package.
    pub contact_adres: Option<String>,
    /// Whether `/metrics` answers.
    pub metrieken: bool,
    /// `tekst` or `json`.
    pub logvorm: LogForm,
    /// What is logged: `fout`, `let-op`, `info` or `alles`.
    pub logniveau: LogLevel,
}

/// The names of all settings.
const NAMES: [&str; 22] = [
    "adres",
    "openbaar_adres",
    "gegevens",
    "bewaardagen",
    "bewaar_hoogstens",
    "achtergrondkaart",
    "achtergrondkaart_bron",
    "verzoeken_per_seconde",
    "verzoeken_ineens",
    "verbindingen",
    "verbindingen_per_bezoeker",
    "grootste_verzoek",
    "tijdslimiet",
    "achter_proxy",
    "hsts",
    "herladen",
    "contact_naam",
    "contact_email",
    "contact_adres",
    "metrieken",
    "logvorm",
    "logniveau",
];

/// A map to draw upon, of somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BaseMap {
    /// Address of its tiles, with `{z}`, `{x}` and `{y}`.
    pub tiles: String,
    /// Whom it is of.
    pub source: String,
}

/// The form of log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogForm {
    /// For people.
    Tekst,
    /// For programs.
    Json,
}

/// How much is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogLevel {
    /// Faults.
    Fout,
    /// And what deserves attention.
    LetOp,
    /// And every request.
    Info,
    /// Everything.
    Alles,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            adres: SocketAddr::from(([127, 0, 0, 1], 8080)),
            openbaar_adres: None,
            gegevens: None,
            bewaardagen: 365,
            bewaar_hoogstens: 100_000,
            achtergrondkaart:
                "https://service.pdok.nl/brt/achtergrondkaart/wmts/v2_0/grijs/EPSG:3857/{z}/{x}/{y}.png"
                    .to_owned(),
            achtergrondkaart_bron: "Kaartgegevens © Kadaster".to_owned(),
            verzoeken_per_seconde: 50,
            verzoeken_ineens: 600,
            verbindingen: 1024,
            verbindingen_per_bezoeker: 128,
            grootste_verzoek: 8 << 20,
            tijdslimiet: 20,
            achter_proxy: false,
            hsts: false,
            herladen: true,
            contact_naam: "Beheer van deze server".to_owned(),
            contact_email: "beheer@brink.example".to_owned(),
            contact_adres: None,
            metrieken: true,
            logvorm: LogForm::Tekst,
            logniveau: LogLevel::LetOp,
        }
    }
}

impl Settings {
    /// Reads a settings file (TOML), and over it the environment: `BRINK_` with the name of a setting in capitals. The
    /// message says where and what.
    pub fn read(text: &str, variable: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let mut settings: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        for name in NAMES {
            let variable_name = format!("BRINK_{}", name.to_uppercase());
            let Some(word) = variable(&variable_name) else {
                continue;
            };
            settings =
                settings.with(name, &word).map_err(|error| format!("`{variable_name}={word}`: {error}"))?;
        }
        Ok(settings)
    }

    /// The same with another value for one setting, as it is typed.
    pub fn with(&self, name: &str, word: &str) -> Result<Self, String> {
        let mut all = toml::Table::try_from(self).map_err(|error| error.to_string())?;
        // A number or yes or no as it is; everything else is text.
        let value = match word {
            "ja" => toml::Value::Boolean(true),
            "nee" => toml::Value::Boolean(false),
            word => word.parse().unwrap_or_else(|_| toml::Value::String(word.to_owned())),
        };
        all.insert(name.to_owned(), value);
        all.try_into().map_err(|error: toml::de::Error| error.message().to_owned())
    }

    /// Whether the settings make sense together.
    pub fn check(&self) -> Result<(), String> {
        if !self.achtergrondkaart.is_empty() && self.base_map_origin().is_none() {
            return Err(format!(
                "`achtergrondkaart` is geen tegeladres: {}\n  schrijf https://… met {{z}}, {{x}} en {{y}}, of laat het leeg",
                self.achtergrondkaart
            ));
        }
        if let Some(address) = &self.openbaar_adres
            && !(address.starts_with("https://") || address.starts_with("http://"))
        {
            return Err(format!(
                "`openbaar_adres` is geen webadres: {address}\n  schrijf het zoals https://brink.example.nl"
            ));
        }
        Ok(())
    }

    /// The base map, when there is one.
    pub(crate) fn base_map(&self) -> Option<BaseMap> {
        self.base_map_origin().map(|_| BaseMap {
            tiles: self.achtergrondkaart.clone(),
            source: self.achtergrondkaart_bron.clone(),
        })
    }

    /// The scheme and host of the base map, for the content security policy.
    #[must_use]
    pub fn base_map_origin(&self) -> Option<String> {
        let (scheme, rest) = self.achtergrondkaart.split_once("://")?;
        let host = rest.split('/').next().filter(|host| !host.is_empty())?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
        (host.chars().all(plain) && (scheme == "https" || scheme == "http"))
            .then(|| format!("{scheme}://{host}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_from_a_file() {
        let none = |_: &str| None;
        let settings = Settings::read("adres = \"0.0.0.0:9000\"\nlogvorm = \"json\"\n", none).unwrap();
        assert_eq!(settings.adres.port(), 9000);
        assert_eq!(settings.logvorm, LogForm::Json);
        assert_eq!(settings.tijdslimiet, Settings::default().tijdslimiet);
        let error = Settings::read("adress = \"x\"\n", none).unwrap_err();
        assert!(error.contains("adress"), "{error}");
    }

    #[test]
    fn the_environment_goes_before_the_file() {
        let variable = |name: &str| match name {
            "BRINK_TIJDSLIMIET" => Some("7".to_owned()),
            "BRINK_HSTS" => Some("ja".to_owned()),
            "BRINK_LOGNIVEAU" => Some("alles".to_owned()),
            "BRINK_GEGEVENS" => Some("gegevens/brink".to_owned()),
            _ => None,
        };
        let settings = Settings::read("tijdslimiet = 3\nmetrieken = false\n", variable).unwrap();
        assert_eq!((settings.tijdslimiet, settings.hsts, settings.metrieken), (7, true, false));
        assert_eq!(settings.logniveau, LogLevel::Alles);
        assert_eq!(settings.gegevens, Some(PathBuf::from("gegevens/brink")));
        let error =
            Settings::read("", |name| (name == "BRINK_VERBINDINGEN").then(|| "veel".to_owned())).unwrap_err();
        assert!(error.contains("BRINK_VERBINDINGEN=veel"), "{error}");
    }

    #[test]
    fn every_setting_has_a_name() {
        let all = Settings {
            openbaar_adres: Some(String::new()),
            gegevens: Some(PathBuf::new()),
            contact_adres: Some(String::new()),
            ..Settings::default()
        };
        let table = toml::Table::try_from(&all).unwrap();
        let mut names: Vec<&str> = NAMES.to_vec();
        names.sort_unstable();
        let mut fields: Vec<&str> = table.keys().map(String::as_str).collect();
        fields.sort_unstable();
        assert_eq!(names, fields);
    }

    #[test]
    fn the_policy_gets_an_origin_and_nothing_else() {
        let of = |address: &str| {
            Settings { achtergrondkaart: address.to_owned(), ..Settings::default() }.base_map_origin()
        };
        assert_eq!(
            of("https://tegels.example.nl:8443/a/{z}").as_deref(),
            Some("https://tegels.example.nl:8443")
        );
        assert_eq!(of(""), None);
        assert_eq!(of("https://x; script-src *//{z}"), None);
    }
}
