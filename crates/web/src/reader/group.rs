//! Statements in groups that a policy officer knows.

use brink_policy::written::{Execution, Statement, StatementKind};

/// What a statement is for its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    /// Judges plans.
    Rule,
    /// Went into a rule: a condition, an exception, the same again.
    Folded,
    /// Announces a rule that is not given.
    Silent,
    /// Says what an area is.
    Area,
    /// What the vision wants to reach.
    Goal,
    /// Who does what.
    Role,
    /// With what.
    Instrument,
    /// What a word means.
    Term,
    /// The rest.
    Background,
}

impl Group {
    pub(crate) const ALL: [Self; 9] = [
        Self::Rule,
        Self::Silent,
        Self::Folded,
        Self::Area,
        Self::Goal,
        Self::Role,
        Self::Instrument,
        Self::Term,
        Self::Background,
    ];

    pub(crate) fn of(statement: &Statement) -> Self {
        match (statement.uitvoering, statement.soort) {
            _ if statement.verwerkt_in.is_some() => Self::Folded,
            (Execution::Norm, _) => Self::Rule,
            (Execution::BronZwijgt, _) => Self::Silent,
            (Execution::Gebied, _) | (_, StatementKind::Gebied) => Self::Area,
            (Execution::Doel, _)
            | (_, StatementKind::Doel | StatementKind::Ambitie | StatementKind::Dienstniveau) => Self::Goal,
            (Execution::Term, _) | (_, StatementKind::Definitie) => Self::Term,
            (_, StatementKind::Rol) => Self::Role,
            (_, StatementKind::Instrument | StatementKind::Programma) => Self::Instrument,
            _ => Self::Background,
        }
    }

    /// The heading of the group.
    pub(crate) fn heading(self) -> &'static str {
        match self {
            Self::Rule => "Regels",
            Self::Silent => "Waar de visie zwijgt",
            Self::Folded => "Opgenomen in een andere regel",
            Self::Area => "Gebieden",
            Self::Goal => "Doelen en ambities",
            Self::Role => "Rollen",
            Self::Instrument => "Instrumenten en programma's",
            Self::Term => "Begrippen",
            Self::Background => "Achtergrond",
        }
    }

    /// What is in the group, in a sentence.
    pub(crate) fn explanation(self) -> &'static str {
        match self {
            Self::Rule => "Met deze uitspraken beoordeelt Brink plannen.",
            Self::Silent => {
                "Hier kondigt de visie een regel aan zonder hem te geven. Brink zegt dan “onbekend” en waar u verder kunt zoeken."
            }
            Self::Folded => {
                "Deze uitspraken tellen mee als voorwaarde, uitzondering of herhaling van een andere regel."
            }
            Self::Area => "Deze uitspraken zeggen welke gebieden er zijn en waar ze liggen.",
            Self::Goal => "Wat de visie wil bereiken.",
            Self::Role => "Wie wat doet.",
            Self::Instrument => "Waarmee de visie wordt uitgevoerd.",
            Self::Term => "Wat woorden in de visie betekenen.",
            Self::Background => "Uitleg, feiten en werkwijze. Brink beoordeelt er geen plannen mee.",
        }
    }

    /// The id of its heading in the page.
    pub(crate) fn anchor(self) -> &'static str {
        match self {
            Self::Rule => "regels",
            Self::Silent => "zwijgt",
            Self::Folded => "opgenomen",
            Self::Area => "gebieden",
            Self::Goal => "doelen",
            Self::Role => "rollen",
            Self::Instrument => "instrumenten",
            Self::Term => "begrippen",
            Self::Background => "achtergrond",
        }
    }
}

/// How many statements there are, by how they work.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub rules: usize,
    pub folded: usize,
    pub silent: usize,
    pub areas: usize,
    pub goals: usize,
    pub background: usize,
}

impl Tally {
    pub(crate) fn of<'s>(statements: impl Iterator<Item = &'s Statement>) -> Self {
        let mut tally = Self::default();
        for statement in statements {
            let count = match Group::of(statement) {
                Group::Rule => &mut tally.rules,
                Group::Folded => &mut tally.folded,
                Group::Silent => &mut tally.silent,
                Group::Area => &mut tally.areas,
                Group::Goal => &mut tally.goals,
                Group::Role | Group::Instrument | Group::Term | Group::Background => &mut tally.background,
            };
            *count += 1;
        }
        tally
    }

    pub(crate) fn all(self) -> usize {
        self.rules + self.folded + self.silent + self.areas + self.goals + self.background
    }

    /// `12 regels, 3 gebieden, 20 keer achtergrond; op 2 plekken zwijgt de visie`
    pub(crate) fn words(self) -> String {
        let parts = [
            (self.rules, "regel", "regels"),
            (self.folded, "deel van een regel", "delen van regels"),
            (self.areas, "gebied", "gebieden"),
            (self.goals, "doel of ambitie", "doelen en ambities"),
            (self.background, "keer achtergrond", "keer achtergrond"),
        ];
        let parts: Vec<String> = parts
            .into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, more)| format!("{count} {}", if count == 1 { one } else { more }))
            .collect();
        let silent = match self.silent {
            0 => None,
            1 => Some("op 1 plek zwijgt de visie".to_owned()),
            more => Some(format!("op {more} plekken zwijgt de visie")),
        };
        let said = Some(parts.join(", ")).filter(|parts| !parts.is_empty());
        let all: Vec<String> = said.into_iter().chain(silent).collect();
        if all.is_empty() { "geen uitspraken".to_owned() } else { all.join("; ") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tallies_in_words() {
        let words =
            |rules, silent, background| Tally { rules, silent, background, ..Tally::default() }.words();
        assert_eq!(words(0, 0, 0), "geen uitspraken");
        assert_eq!(words(1, 0, 0), "1 regel");
        assert_eq!(words(2, 1, 3), "2 regels, 3 keer achtergrond; op 1 plek zwijgt de visie");
        assert_eq!(words(0, 2, 0), "op 2 plekken zwijgt de visie");
    }
}
