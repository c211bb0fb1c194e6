//! Which elements of a document are features, and what is written about them.

use super::geometry::{self, Frame};
use super::stream::{Element, Item, Stream};
use crate::crs::Crs;
use crate::read::ReadOptions;
use crate::read::error::ReadFault;
use crate::read::reference;
use crate::read::shape::{Place, Raw, RawFeature, Shape};
use std::collections::BTreeMap;

/// Elements that hold features.
const MEMBERS: [&str; 4] = ["featureMember", "featureMembers", "member", "locaties"];

/// Elements that hold what does not belong to the asked features, or no shape of one.
const PASSED: [&str; 1] = ["additionalObjects"];

/// Collections within a member.
const COLLECTIONS: [&str; 3] = ["FeatureCollection", "SimpleFeatureCollection", "SpatialDataSet"];

struct Reader<'a> {
    stream: Stream<'a>,
    options: &'a ReadOptions,
    features: Vec<RawFeature>,
    /// How many vertices there are yet.
    vertices: usize,
    /// The system of the box round it all, for shapes that name none.
    envelope: Option<Crs>,
}

pub(super) fn read(text: &str, options: &ReadOptions) -> Result<Raw, ReadFault> {
    let mut reader = Reader {
        stream: Stream::new(text, options.limits.depth),
        options,
        features: Vec::new(),
        vertices: 0,
        envelope: None,
    };
    let mut empty = true;
    loop {
        match reader.stream.next()? {
            Item::Open(root) => {
                empty = false;
                if root.name.starts_with("ExceptionReport") || root.name == "ServiceExceptionReport" {
                    let text = reader.stream.text()?;
                    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                    return Err(ReadFault::Service(text.chars().take(200).collect()));
                }
                reader.element(&root, false)?;
            }
            Item::Text(text) if !text.trim().is_empty() => {
                return Err(reader.stream.syntax("er staat tekst buiten het document"));
            }
            Item::Text(_) | Item::Close => {}
            Item::End if empty => return Err(reader.stream.cut()),
            Item::End => break,
        }
    }
    Ok(Raw { features: reader.features, remarks: Vec::new(), anticlockwise: true })
}

impl Reader<'_> {
    /// An element outside features, which has just opened. `member`: it is in one of [`MEMBERS`].
    fn element(&mut self, element: &Element, member: bool) -> Result<(), ReadFault> {
        let name = element.name.as_str();
        if PASSED.contains(&name) {
            return self.stream.skip();
        }
        if name == "boundedBy" {
            return self.bounded_by();
        }
        // A shape by itself is a feature too.
        if geometry::is_geometry(element) || (member && !COLLECTIONS.contains(&name)) {
            return self.feature(element);
        }
        let members = MEMBERS.contains(&name);
        while let Some(child) = self.stream.child()? {
            self.element(&child, members)?;
        }
        Ok(())
    }

    /// The box round a collection or a feature is no shape, but may be all that names the system.
    fn bounded_by(&mut self) -> Result<(), ReadFault> {
        let mut depth = 0;
        loop {
            match self.stream.next()? {
                Item::Open(element) => {
                    depth += 1;
                    if let (Some(name), None) = (element.attribute("srsName"), self.options.crs) {
                        self.envelope = geometry::named(name).ok().map(|(crs, _)| crs).or(self.envelope);
                    }
                }
                Item::Close if depth == 0 => return Ok(()),
                Item::Close => depth -= 1,
                Item::Text(_) => {}
                Item::End => return Err(self.stream.syntax("het bestand houdt te vroeg op")),
            }
        }
    }

    fn feature(&mut self, element: &Element) -> Result<(), ReadFault> {
        if self.features.len() >= self.options.limits.features {
            return Err(ReadFault::TooManyFeatures { limit: self.options.limits.features });
        }
        let number = self.features.len() + 1;
        let place = Place::Line(self.stream.line());
        let named = element.attribute("id").or_else(|| element.attribute("fid")).map(str::to_owned);
        let mut found = Found { shape: None, crs: None, properties: BTreeMap::new(), identifier: None };
        let told = named.clone().unwrap_or_else(|| number.to_string());
        if geometry::is_geometry(element) {
            self.shape(element, &mut found, &told, place)?;
        } else {
            self.properties(&mut found, &told, place)?;
        }
        let id = named.or(found.identifier).unwrap_or_else(|| number.to_string());
        let crs = match (self.options.crs.or(found.crs).or(self.envelope), &found.shape) {
            (Some(crs), _) => crs,
            // Nothing to be placed.
            (None, None) => Crs::RdNew,
            (None, Some(shape)) if shape.vertices() == 0 => Crs::RdNew,
            (None, Some(shape)) => return Err(reference::nameless(&[shape])),
        };
        self.features.push(RawFeature { id, place, crs, shape: found.shape, properties: found.properties });
        Ok(())
    }

    /// The elements within a feature: shapes, and text that is a property by the name of its element.
    fn properties(&mut self, found: &mut Found, id: &str, place: Place) -> Result<(), ReadFault> {
        // The elements that are open, each with its text, and whether others are in it.
        let mut open: Vec<(String, String, bool)> = Vec::new();
        loop {
            match self.stream.next()? {
                Item::Open(element) => {
                    if let Some((_, _, has_children)) = open.last_mut() {
                        *has_children = true;
                    }
                    if element.name == "boundedBy" {
                        self.bounded_by()?;
                    } else if geometry::is_geometry(&element) {
                        self.shape(&element, found, id, place)?;
                    } else {
                        open.push((element.name, String::new(), false));
                    }
                }
                Item::Text(text) => {
                    if let Some((_, known, _)) = open.last_mut() {
                        known.push_str(&text);
                    }
                }
                Item::Close => match open.pop() {
                    None => return Ok(()),
                    Some((_, _, true)) => {}
                    Some((name, text, false)) => found.property(name, text.trim()),
                },
                Item::End => return Err(self.stream.syntax("het bestand houdt te vroeg op")),
            }
        }
    }

    fn shape(
        &mut self,
        element: &Element,
        found: &mut Found,
        id: &str,
        place: Place,
    ) -> Result<(), ReadFault> {
        let mut frame = Frame::new(self.options.crs);
        let mut shape = Shape::default();
        geometry::read(&mut self.stream, element, &mut frame, &mut shape)
            .map_err(|fault| fault.about(id, place))?;
        self.vertices += shape.vertices();
        if self.vertices > self.options.limits.vertices {
            return Err(ReadFault::TooManyVertices { limit: self.options.limits.vertices });
        }
        if let (Some(one), Some(other)) = (found.crs, frame.crs)
            && one != other
        {
            return Err(RawFeature::fault(id, place, "heeft vormen in verschillende stelsels"));
        }
        found.crs = found.crs.or(frame.crs);
        found.shape.get_or_insert_default().append(shape);
        Ok(())
    }
}

struct Found {
    shape: Option<Shape>,
    crs: Option<Crs>,
    properties: BTreeMap<String, String>,
    /// What STOP calls a location by, in an element of its own.
    identifier: Option<String>,
}

impl Found {
    fn property(&mut self, name: String, text: &str) {
        if text.is_empty() {
            return;
        }
        if name == "id" || name == "identificatie" {
            self.identifier.get_or_insert_with(|| text.to_owned());
        }
        match self.properties.get_mut(&name) {
            Some(known) => {
                known.push_str("; ");
                known.push_str(text);
            }
            None => {
                self.properties.insert(name, text.to_owned());
            }
        }
    }
}
