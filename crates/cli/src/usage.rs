//! Help and faults of the command line, in Dutch.

use crate::arguments::Cli;
use crate::error::CliError;
use crate::show::{paragraph_with, tame};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory, FromArgMatches};
use serde_json::json;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

const TEMPLATE: &str = "{about-with-newline}\nGebruik: {usage}\n\n{all-args}{after-help}\n";

/// Reads the command line; on help or a fault prints it and gives the exit code.
pub(crate) fn parse() -> Result<Cli, ExitCode> {
    // It looks for places itself.
    let command = Cli::command().mut_subcommand("geschikt", |geschikt| {
        geschikt
            .mut_arg("gebied", |gebied| gebied.hide(true))
            .mut_arg("gebied_onbekend", |gebied| gebied.hide(true))
    });
    let mut command = dutch(command);
    let result = command
        .try_get_matches_from_mut(std::env::args_os())
        .and_then(|matches| Cli::from_arg_matches(&matches));
    result.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let _ = write!(anstream::stdout(), "{}", help(&error));
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand if !wants_json() => {
            let _ = write!(anstream::stderr(), "{}", help(&error));
            ExitCode::from(2)
        }
        _ => {
            report(&CliError::Usage(describe(&error)), wants_json());
            ExitCode::from(2)
        }
    })
}

/// The help, with the words clap has of its own in Dutch.
fn help(error: &clap::Error) -> String {
    let text = error.render().ansi().to_string();
    let text = text.replace("[OPTIONS]", "[OPTIES]").replace("[default: ", "[standaard: ");
    text.replace("[possible values:", "[kies uit:")
}

/// Whether a command line that could not be read asks for JSON.
fn wants_json() -> bool {
    std::env::args_os().take_while(|argument| argument != "--").any(|argument| argument == "--json")
}

/// Prints a fault: for people, or as JSON.
pub(crate) fn report(error: &CliError, as_json: bool) {
    // When nobody reads this either, the exit code has to do.
    let _ = if as_json {
        writeln!(anstream::stdout(), "{}", json!({ "fout": error.to_json() }))
    } else {
        let text = format!("fout: {error}");
        // A log keeps its lines as they are.
        let fit = if std::io::stderr().is_terminal() { wrapped } else { whole };
        write!(anstream::stderr(), "{}", text.lines().map(fit).collect::<String>())
    };
}

fn whole(line: &str) -> String {
    format!("{}\n", tame(line))
}

/// A line as wide as the terminal; what goes on is indented a little more than where it began.
fn wrapped(line: &str) -> String {
    let text = tame(line.trim_start());
    let indent = " ".repeat(line.len() - line.trim_start().len());
    paragraph_with(&text, &indent, &format!("{indent}  "))
}

/// Headings and built-in options in Dutch, on every level.
fn dutch(command: Command) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let has_version = command.get_version().is_some();
    let mut command = command
        .help_template(TEMPLATE)
        .subcommand_help_heading("Opdrachten")
        .subcommand_value_name("OPDRACHT")
        .next_help_heading("Opties")
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(
            clap::Arg::new("hulp")
                .long("help")
                .short('h')
                .visible_alias("hulp")
                .action(clap::ArgAction::Help)
                .display_order(998)
                .help("Toont deze uitleg")
                .help_heading("Opties"),
        );
    if has_version {
        command = command.arg(
            clap::Arg::new("versie")
                .long("version")
                .short('V')
                .action(clap::ArgAction::Version)
                .display_order(999)
                .help("Toont de versie")
                .help_heading("Opties"),
        );
    }
    command = command.mut_args(|argument| {
        let heading = if argument.is_positional() { "Argumenten" } else { "Opties" };
        argument.help_heading(heading).hide_env(true).hide_possible_values(false)
    });
    for name in names {
        command = command.mut_subcommand(name, dutch);
    }
    command
}

fn describe(error: &clap::Error) -> String {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let near = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => format!("\n  bedoeld: `{text}`?"),
        Some(ContextValue::Strings(texts)) if !texts.is_empty() => {
            format!("\n  bedoeld: {}?", texts.join(", "))
        }
        _ => String::new(),
    };
    let more = "\n  `brink --help` en `brink OPDRACHT --help` geven uitleg";
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!(
                "opdracht `{}` bestaat niet{}{more}",
                text(ContextKind::InvalidSubcommand),
                near(ContextKind::SuggestedSubcommand)
            )
        }
        ErrorKind::UnknownArgument => {
            format!(
                "`{}` hoort hier niet{}{more}",
                text(ContextKind::InvalidArg),
                near(ContextKind::SuggestedArg)
            )
        }
        ErrorKind::MissingRequiredArgument => {
            format!("er ontbreekt: {}{more}", text(ContextKind::InvalidArg))
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            format!("er ontbreekt een opdracht{more}")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let valid = match error.get(ContextKind::ValidValue) {
                Some(ContextValue::Strings(values)) if !values.is_empty() => {
                    format!("\n  kies uit: {}", values.join(", "))
                }
                _ => String::new(),
            };
            let value = text(ContextKind::InvalidValue);
            if value.is_empty() {
                format!("{} vraagt een waarde{valid}", text(ContextKind::InvalidArg))
            } else {
                format!("`{value}` kan niet bij {}{valid}", text(ContextKind::InvalidArg))
            }
        }
        ErrorKind::ArgumentConflict if text(ContextKind::InvalidArg) == text(ContextKind::PriorArg) => {
            format!("{} kan maar één keer", text(ContextKind::InvalidArg))
        }
        ErrorKind::ArgumentConflict => {
            format!("{} en {} gaan niet samen", text(ContextKind::InvalidArg), text(ContextKind::PriorArg))
        }
        ErrorKind::TooManyValues
        | ErrorKind::WrongNumberOfValues
        | ErrorKind::NoEquals
        | ErrorKind::TooFewValues => {
            format!("{} heeft niet het juiste aantal waarden{more}", text(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidUtf8 => "een argument is geen leesbare tekst".to_owned(),
        _ => format!("de opdracht is niet te lezen{more}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::width;

    #[test]
    fn a_long_line_is_wrapped_and_indented_a_little_more() {
        let lines = wrapped(&format!("  {}", "woord ".repeat(60)));
        let lines: Vec<&str> = lines.lines().collect();
        assert!(lines.len() > 1);
        assert!(lines.iter().all(|line| line.chars().count() <= width()), "{lines:?}");
        assert!(lines[0].starts_with("  woord"), "{lines:?}");
        assert!(lines[1..].iter().all(|line| line.starts_with("    woord")), "{lines:?}");
    }

    #[test]
    fn whatever_could_steer_a_terminal_is_taken_out() {
        assert_eq!(wrapped("  a\u{1b}[2Jb"), "  a [2Jb\n");
    }
}
