//! Stored answers and places, each under an id nobody can guess.

use crate::settings::Settings;
use crate::unguessable;
use rusqlite::{Connection, OptionalExtension, params};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Why the store does not do what it should.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database.
    #[error("{0}")]
    Database(#[from] rusqlite::Error),
    /// The folder.
    #[error("{0}")]
    Folder(#[from] std::io::Error),
    /// No randomness to be had.
    #[error("het systeem geeft geen willekeurige getallen")]
    Random,
    /// No room.
    #[error("de opslag is vol")]
    Full,
}

/// The store; a clone is a handle.
#[derive(Clone)]
pub struct Store {
    connection: Arc<Mutex<Connection>>,
    /// When what is kept changed last, in seconds since 1970.
    changed: Arc<AtomicU64>,
    days: u32,
    most: u32,
}

/// A stored answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// Its id.
    pub id: String,
    /// When it was made, in seconds since 1970.
    pub made: i64,
    /// Whether its maker lets everybody find it.
    pub public: bool,
    /// The plan, as it stands in an address.
    pub query: String,
    /// The answer of then, as JSON.
    pub answer: String,
    /// Where the plan is (WKT, WGS84), when it has a place on the map.
    pub place: Option<String>,
}

/// What a list shows of a public answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// Its id.
    pub id: String,
    /// When it was made, in seconds since 1970.
    pub made: i64,
    /// The plan, as it stands in an address.
    pub query: String,
    /// The verdict.
    pub verdict: String,
    /// Where the plan is (WKT, WGS84), when it has a place on the map.
    pub place: Option<String>,
}

const SCHEMA: &str = "
    create table if not exists antwoord (
        id text primary key, gemaakt integer not null, openbaar integer not null, vraag text not null,
        antwoord text not null, plek text
    ) strict;
    create index if not exists antwoord_gemaakt on antwoord (gemaakt);
    create index if not exists antwoord_openbaar on antwoord (openbaar, gemaakt);
    create table if not exists plek (id text primary key, gemaakt integer not null, vorm text not null) strict;
    create index if not exists plek_gemaakt on plek (gemaakt);
";

impl Store {
    /// Opens the store of these settings: a file, or memory.
    pub fn open(settings: &Settings) -> Result<Self, StoreError> {
        let connection = match &settings.gegevens {
            Some(folder) => {
                std::fs::create_dir_all(folder)?;
                Connection::open(folder.join("antwoorden.sqlite"))?
            }
            None => Connection::open_in_memory()?,
        };
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        connection.execute_batch(SCHEMA)?;
        let store = Self {
            connection: Arc::new(Mutex::new(connection)),
            changed: Arc::new(AtomicU64::new(now().unsigned_abs())),
            days: settings.bewaardagen,
            most: settings.bewaar_hoogstens,
        };
        store.tidy()?;
        Ok(store)
    }

    /// Keeps an answer; gives its id.
    pub fn keep(
        &self,
        query: &str,
        answer: &str,
        place: Option<&str>,
        public: bool,
    ) -> Result<String, StoreError> {
        self.room("antwoord")?;
        let id = unguessable::id().ok_or(StoreError::Random)?;
        self.with(|connection| {
            connection.execute(
                "insert into antwoord (id, gemaakt, openbaar, vraag, antwoord, plek) values (?, ?, ?, ?, ?, ?)",
                params![id, now(), public, query, answer, place],
            )
        })?;
        self.mark();
        Ok(id)
    }

    /// A stored answer.
    pub fn find(&self, id: &str) -> Result<Option<Stored>, StoreError> {
        let sql =
            "select id, gemaakt, openbaar, vraag, antwoord, plek from antwoord where id = ? and gemaakt >= ?";
        Ok(self.with(|connection| connection.query_row(sql, params![id, self.oldest()], stored).optional())?)
    }

    /// The answers that may be found by everybody, oldest first.
    pub fn public(&self, skip: usize, most: usize) -> Result<Vec<Stored>, StoreError> {
        let sql = "select id, gemaakt, openbaar, vraag, antwoord, plek from antwoord
                   where openbaar = 1 and gemaakt >= ? order by gemaakt, id limit ? offset ?";
        Ok(self.with(|connection| {
            let mut query = connection.prepare_cached(sql)?;
            let (most, skip) =
                (i64::try_from(most).unwrap_or(i64::MAX), i64::try_from(skip).unwrap_or(i64::MAX));
            query.query_map(params![self.oldest(), most, skip], stored)?.collect()
        })?)
    }

    /// What a list shows of the answers that everybody may find, oldest first.
    pub fn summaries(&self, most: usize) -> Result<Vec<Summary>, StoreError> {
        let sql = "select id, gemaakt, vraag, coalesce(iif(json_valid(antwoord), json_extract(antwoord, '$.oordeel'), ''), ''),
                   plek from antwoord where openbaar = 1 and gemaakt >= ? order by gemaakt, id limit ?";
        Ok(self.with(|connection| {
            let mut query = connection.prepare_cached(sql)?;
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            let summary = |row: &rusqlite::Row<'_>| {
                Ok(Summary {
                    id: row.get(0)?,
                    made: row.get(1)?,
                    query: row.get(2)?,
                    verdict: row.get(3)?,
                    place: row.get(4)?,
                })
            };
            query.query_map(params![self.oldest(), most], summary)?.collect()
        })?)
    }

    /// How many answers everybody may find.
    pub fn public_count(&self) -> Result<usize, StoreError> {
        let sql = "select count(*) from antwoord where openbaar = 1 and gemaakt >= ?";
        let count: i64 =
            self.with(|connection| connection.query_row(sql, [self.oldest()], |row| row.get(0)))?;
        Ok(usize::try_from(count).unwrap_or_default())
    }

    /// Takes an answer away; whether there was one.
    pub fn forget(&self, id: &str) -> Result<bool, StoreError> {
        let gone = self.with(|connection| connection.execute("delete from antwoord where id = ?", [id]))? > 0;
        self.mark();
        Ok(gone)
    }

    /// Keeps a place that is too large for an address (WKT, WGS84); gives its id.
    pub fn keep_place(&self, shape: &str) -> Result<String, StoreError> {
        self.room("plek")?;
        let id = unguessable::id().ok_or(StoreError::Random)?;
        self.with(|connection| {
            connection
                .execute("insert into plek (id, gemaakt, vorm) values (?, ?, ?)", params![id, now(), shape])
        })?;
        Ok(id)
    }

    /// A stored place (WKT, WGS84).
    pub fn place(&self, id: &str) -> Result<Option<String>, StoreError> {
        let sql = "select vorm from plek where id = ? and gemaakt >= ?";
        Ok(self.with(|connection| {
            connection.query_row(sql, params![id, self.oldest()], |row| row.get(0)).optional()
        })?)
    }

    /// When what is kept changed last, in seconds since 1970.
    #[must_use]
    pub fn changed(&self) -> u64 {
        self.changed.load(Ordering::Relaxed)
    }

    fn mark(&self) {
        // What was read earlier in this second is of before the change.
        self.changed.store(now().unsigned_abs() + 1, Ordering::Relaxed);
    }

    /// Whether there is room for one more, after what is too old has gone.
    fn room(&self, table: &'static str) -> Result<(), StoreError> {
        let count = |connection: &Connection| {
            connection.query_row(&format!("select count(*) from {table}"), [], |row| row.get::<_, i64>(0))
        };
        if self.with(count)? < i64::from(self.most) {
            return Ok(());
        }
        self.tidy()?;
        if self.with(count)? < i64::from(self.most) { Ok(()) } else { Err(StoreError::Full) }
    }

    fn tidy(&self) -> Result<(), StoreError> {
        let oldest = self.oldest();
        self.with(|connection| {
            connection.execute("delete from antwoord where gemaakt < ?", [oldest])?;
            connection.execute("delete from plek where gemaakt < ?", [oldest])
        })?;
        Ok(())
    }

    fn oldest(&self) -> i64 {
        now() - i64::from(self.days) * 86_400
    }

    fn with<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> rusqlite::Result<T> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        work(&connection)
    }
}

fn stored(row: &rusqlite::Row<'_>) -> rusqlite::Result<Stored> {
    Ok(Stored {
        id: row.get(0)?,
        made: row.get(1)?,
        public: row.get(2)?,
        query: row.get(3)?,
        answer: row.get(4)?,
        place: row.get(5)?,
    })
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store(most: u32) -> Store {
        Store::open(&Settings { bewaar_hoogstens: most, ..Settings::default() }).unwrap()
    }

    #[test]
    fn an_answer_is_found_by_its_id_only() {
        let store = store(10);
        let id = store.keep("activiteit=zonnepark", "{}", None, false).unwrap();
        assert_eq!(id.len(), 32);
        assert_eq!(store.find(&id).unwrap().unwrap().query, "activiteit=zonnepark");
        assert_eq!(store.find("0").unwrap(), None);
        assert_eq!(store.public(0, 10).unwrap(), []);
        let open = store.keep("activiteit=bos-aanleg", "{}", Some("POINT(6.5 52.9)"), true).unwrap();
        assert_eq!(store.public(0, 10).unwrap().first().unwrap().id, open);
        assert_eq!(store.public_count().unwrap(), 1);
        store.keep("activiteit=x", r#"{"oordeel":"past"}"#, None, true).unwrap();
        let verdicts: Vec<String> = store.summaries(9).unwrap().into_iter().map(|one| one.verdict).collect();
        assert!(verdicts.len() == 2 && verdicts.contains(&"past".to_owned()), "{verdicts:?}");
        assert!(store.forget(&id).unwrap());
        assert!(!store.forget(&id).unwrap());
    }

    #[test]
    fn a_full_store_says_so() {
        let store = store(1);
        store.keep("a", "{}", None, false).unwrap();
        assert!(matches!(store.keep("b", "{}", None, false), Err(StoreError::Full)));
    }

    #[test]
    fn what_is_too_old_is_gone() {
        let store =
            Store::open(&Settings { bewaardagen: 1, bewaar_hoogstens: 1, ..Settings::default() }).unwrap();
        let id = store.keep("a", "{}", None, true).unwrap();
        store
            .with(|connection| connection.execute("update antwoord set gemaakt = gemaakt - 90000", []))
            .unwrap();
        assert_eq!(store.find(&id).unwrap(), None);
        assert_eq!(store.public(0, 10).unwrap(), []);
        assert!(store.keep("b", "{}", None, false).is_ok());
    }
}
