//! `brink server`: the whole of it in a browser, and as an API.

use crate::Status;
use crate::arguments::{Cli, Server};
use crate::commands::bron;
use crate::error::CliError;
use crate::{embedded, ground, input};
use brink_source::Index;
use brink_web::{Example, Parts, PlaceName, ServeError, Settings, SourceText, Supply};
use std::io::Write;
use std::path::PathBuf;

/// Most bytes of a settings file.
const LONGEST_SETTINGS: usize = 1 << 20;

pub(crate) fn run(cli: &Cli, arguments: &Server) -> Result<Status, CliError> {
    let settings = settings(arguments)?;
    let folder = ground::folder_of_layers(cli)?;
    let watch: Vec<PathBuf> =
        [cli.pakket.clone(), arguments.bron.clone(), folder].into_iter().flatten().collect();
    let (own, text) = (cli.clone(), arguments.bron.clone());
    let load = move || parts(&own, text.clone()).map_err(|error| error.to_string());
    let supply = Supply { load: Box::new(load), watch };
    let example = example(cli)?;
    let public = settings.openbaar_adres.as_deref().map(|address| address.trim_end_matches('/').to_owned());
    let open = arguments.open;
    brink_web::serve(settings, supply, |address| {
        let address = public.unwrap_or_else(|| format!("http://{address}"));
        let mut out = anstream::stdout().lock();
        // Nobody may be reading this: the server runs all the same.
        let _ = writeln!(out, "Brink staat klaar op {address}/");
        if let Some(example) = &example {
            let _ = writeln!(out, "Een voorbeeld: {address}{example}");
        }
        let _ = writeln!(out, "Stoppen gaat met Ctrl+C.");
        let _ = out.flush();
        if open {
            let page = format!("{address}{}", example.as_deref().unwrap_or("/"));
            if opener::open_browser(&page).is_err() {
                let _ = writeln!(out, "Er is hier geen browser om te openen; ga zelf naar het adres.");
            }
        }
    })
    .map_err(|error| match error {
        ServeError::Supply(text) => CliError::Usage(text),
        other => CliError::Usage(other.to_string()),
    })?;
    Ok(Status::Answered)
}

/// The address of the page of an example: one with a place on the map, when there is.
fn example(cli: &Cli) -> Result<Option<String>, CliError> {
    let plans = examples(cli)?;
    let placed = plans.iter().find(|example| example.plan.get("locatie").is_some());
    Ok(placed.or(plans.first()).and_then(Example::address))
}

fn examples(cli: &Cli) -> Result<Vec<Example>, CliError> {
    let mut examples = Vec::new();
    for (name, text) in embedded::examples(cli)? {
        let plan = serde_json::from_str(&text).map_err(|error| {
            CliError::Usage(format!(
                "voorbeeld `{name}` is geen JSON: regel {}, kolom {}",
                error.line(),
                error.column()
            ))
        })?;
        examples.push(Example { name, plan });
    }
    Ok(examples)
}

/// The settings file, over it the environment, and over that the flags.
fn settings(arguments: &Server) -> Result<Settings, CliError> {
    let (text, name) = match &arguments.instellingen {
        Some(path) => (input::text(path, LONGEST_SETTINGS)?, input::name(path)),
        None => (String::new(), "de omgeving".to_owned()),
    };
    let wrong = |error: String| {
        CliError::Usage(format!("{name} deugt niet: {error}\n  docs/server.md noemt alle instellingen"))
    };
    let mut settings = Settings::read(&text, |variable| std::env::var(variable).ok()).map_err(wrong)?;
    let Server { adres, gegevens, openbaar_adres, achtergrondkaart, verzoeken_per_seconde, .. } =
        arguments.clone();
    settings.adres = adres.unwrap_or(settings.adres);
    settings.gegevens = gegevens.or(settings.gegevens);
    settings.openbaar_adres = openbaar_adres.or(settings.openbaar_adres);
    settings.achtergrondkaart = achtergrondkaart.unwrap_or(settings.achtergrondkaart);
    settings.verzoeken_per_seconde = verzoeken_per_seconde.unwrap_or(settings.verzoeken_per_seconde);
    settings.achter_proxy |= arguments.achter_proxy;
    settings.hsts |= arguments.hsts;
    for (field, word) in [("logvorm", &arguments.logvorm), ("logniveau", &arguments.logniveau)] {
        if let Some(word) = word {
            settings = settings
                .with(field, word)
                .map_err(|error| CliError::Usage(format!("`--{field} {word}`: {error}")))?;
        }
    }
    settings.check().map_err(CliError::Usage)?;
    Ok(settings)
}

/// Reads package, layers, places, examples and text.
fn parts(cli: &Cli, text: Option<PathBuf>) -> Result<Parts, CliError> {
    let package = embedded::package(cli)?;
    let written = embedded::loaded(cli)?.written;
    let layers = ground::layers(cli, &package)?;
    let places = written.places.as_ref().map(|places| {
        let named = places.iter().map(|(name, place)| PlaceName {
            name: name.clone(),
            at: place.op,
            municipality: place.gemeente.clone(),
            inhabitants: place.inwoners,
        });
        named.collect()
    });
    let examples = examples(cli)?;
    let text = text
        .map(|path| {
            let document = bron::read(&path)?;
            let what = input::name(&path);
            let index = Index::build(&document).map_err(|error| CliError::Source { what, error })?;
            Ok::<_, CliError>(SourceText { document, index })
        })
        .transpose()?;
    Ok(Parts { package, written, layers, places: places.unwrap_or_default(), examples, text })
}
