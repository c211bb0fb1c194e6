//! Pages become one layer, or none.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use brink_geo::crs::Crs;
use brink_geo::feature::{Feature, Features};
use brink_geo::read::{self, ReadOptions};
use geo::CoordsIter;
use url::Url;

use crate::error::FetchError;
use crate::http::{Client, Head};
use crate::source::Source;

/// A whole layer.
pub(crate) struct Layer {
    pub features: Features,
    pub received: u64,
    pub pages: usize,
    /// The address asked for the first data, and what stood above the answer.
    pub head: Option<(Url, Head)>,
}

/// A page as it came, with what it says about itself.
pub(crate) struct Sheet<'p> {
    pub url: &'p Url,
    /// A name that tells the format.
    pub name: &'static str,
    pub body: &'p [u8],
    pub crs: Option<Crs>,
    pub count: u64,
    pub ids: Vec<String>,
}

/// The pages so far.
pub(crate) struct Collected {
    features: Features,
    pages_seen: HashSet<u64>,
    /// Ids the service gave, with a hash of the feature.
    given: HashMap<String, u64>,
    pub received: u64,
    pub pages: usize,
    expected: Option<u64>,
    head: Option<(Url, Head)>,
}

impl Collected {
    pub(crate) fn new() -> Self {
        Self {
            features: Features::default(),
            pages_seen: HashSet::new(),
            given: HashMap::new(),
            received: 0,
            pages: 0,
            expected: None,
            head: None,
        }
    }

    /// How many there will be, as the service says.
    pub(crate) fn expect(&mut self, client: &mut Client<'_>, expected: Option<u64>) {
        if let Some(expected) = expected {
            client.progress.expected(expected);
        }
        self.expected = expected;
    }

    /// Whether the service said how many there will be.
    pub(crate) fn expects(&self) -> bool {
        self.expected.is_some()
    }

    /// Whether everything that was promised is in.
    pub(crate) fn complete(&self) -> bool {
        self.expected.is_some_and(|expected| self.received >= expected)
    }

    /// What stood above the first answer with data.
    pub(crate) fn first(&mut self, url: &Url, head: &Head) {
        if self.head.is_none() {
            self.head = Some((url.clone(), head.clone()));
        }
    }

    /// Adds a page.
    pub(crate) fn add(&mut self, client: &mut Client<'_>, sheet: Sheet<'_>) -> Result<(), FetchError> {
        let limit = client.options.limits.pages;
        if self.pages >= limit {
            return Err(FetchError::TooManyPages { limit });
        }
        self.pages += 1;
        let options =
            ReadOptions { crs: sheet.crs, limits: client.options.read_limits, ..Default::default() };
        // A page without features is a fine last page.
        let mut read = if sheet.count == 0 {
            Features::default()
        } else {
            read::read_bytes(sheet.name, sheet.body, &options)
                .map_err(|error| FetchError::Read { what: sheet.url.to_string(), error: Box::new(error) })?
        };
        self.check_repeats(&sheet, &read)?;
        let ids: HashSet<String> = sheet.ids.into_iter().collect();
        // A page numbers its features from one; the layer goes on counting.
        let renumber = |id: &mut String| {
            if !ids.contains(id)
                && let Ok(number) = id.parse::<u64>()
            {
                *id = (self.received + number).to_string();
            }
        };
        read.features.iter_mut().map(|feature| &mut feature.id).for_each(renumber);
        read.remarks.iter_mut().map(|remark| &mut remark.feature).for_each(renumber);
        read.remarks.retain(|remark| !remark.feature.is_empty() || !self.features.remarks.contains(remark));
        self.received += sheet.count;
        self.features.features.append(&mut read.features);
        self.features.remarks.append(&mut read.remarks);
        client.progress.features(self.received, self.pages);
        match self.expected {
            Some(expected) if self.received > expected => {
                Err(FetchError::Count { expected, received: self.received })
            }
            _ => Ok(()),
        }
    }

    /// A page that came before, or a feature on two pages.
    fn check_repeats(&mut self, sheet: &Sheet<'_>, read: &Features) -> Result<(), FetchError> {
        if read.features.is_empty() && sheet.ids.is_empty() {
            return Ok(());
        }
        let contents: Vec<u64> = read.features.iter().map(content).collect();
        let mut page = DefaultHasher::new();
        contents.hash(&mut page);
        if contents.is_empty() {
            sheet.ids.hash(&mut page);
        }
        if !self.pages_seen.insert(page.finish()) {
            return Err(FetchError::EndlessPaging { url: sheet.url.to_string(), page: self.pages });
        }
        let ids: HashSet<&str> = sheet.ids.iter().map(String::as_str).collect();
        let given: Vec<(&Feature, u64)> = read
            .features
            .iter()
            .zip(contents)
            .filter(|(feature, _)| ids.contains(feature.id.as_str()))
            .collect();
        // Some services number the features of each page anew: the same id is then another feature.
        if let Some((twice, _)) =
            given.iter().find(|(feature, content)| self.given.get(&feature.id) == Some(content))
        {
            return Err(FetchError::OverlappingPages { id: twice.id.clone() });
        }
        self.given.extend(given.into_iter().map(|(feature, content)| (feature.id.clone(), content)));
        Ok(())
    }

    /// The whole layer, when it is whole.
    pub(crate) fn finish(self) -> Result<Layer, FetchError> {
        let Self { features, received, pages, expected, head, .. } = self;
        match expected {
            Some(expected) if expected != received => Err(FetchError::Count { expected, received }),
            _ if received == 0 => Err(FetchError::Empty),
            _ => Ok(Layer { features, received, pages, head }),
        }
    }
}

/// What a feature is, apart from its id.
fn content(feature: &Feature) -> u64 {
    let mut hash = DefaultHasher::new();
    for coord in feature.geometry.coords_iter() {
        (coord.x.to_bits(), coord.y.to_bits()).hash(&mut hash);
    }
    feature.properties.hash(&mut hash);
    hash.finish()
}

/// The system a description or an answer names.
pub(crate) fn named_crs(name: &str) -> Result<Crs, FetchError> {
    Crs::parse(name).map_err(|error| FetchError::WrongCrs { reason: error.to_string() })
}

/// The system of the description, when it names one.
pub(crate) fn said_crs(source: &Source) -> Result<Option<Crs>, FetchError> {
    source.crs.as_deref().map(named_crs).transpose()
}
