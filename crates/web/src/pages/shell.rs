//! What stands around every page.

use crate::assets;
use crate::settings::BaseMap;
use crate::world::World;

/// What the base template needs.
#[derive(Debug, Clone)]
pub(crate) struct Shell {
    /// Which part of the menu this page belongs to.
    pub current: &'static str,
    /// Title of the package.
    pub package: String,
    /// Its version.
    pub version: String,
    /// That an answer is no decision, in the words of the package.
    pub disclaimer: String,
    /// What maps are drawn upon, when it is not the own layer.
    pub base_map: Option<BaseMap>,
}

impl Shell {
    pub(crate) fn new(world: &World, current: &'static str) -> Self {
        let info = &world.package.info;
        Self {
            current,
            package: info.title.clone(),
            version: info.version.clone(),
            disclaimer: info.disclaimer.clone(),
            base_map: world.base_map.clone(),
        }
    }

    /// Of a page that is made without a world: a failure.
    pub(crate) fn bare() -> Self {
        Self {
            current: "",
            package: "Brink".to_owned(),
            version: String::new(),
            disclaimer: String::new(),
            base_map: None,
        }
    }

    /// The address of an asset.
    pub(crate) fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// The menu: which part, its address, its name.
    pub(crate) fn menu(&self) -> [(&'static str, &'static str, &'static str); 6] {
        [
            ("toets", "/toets", "Toets"),
            ("kaart", "/kaart", "Kaart"),
            ("geschikt", "/geschikt", "Geschikt"),
            ("visie", "/visie", "Visie"),
            ("doelen", "/doelen", "Doelen"),
            ("over", "/over", "Over dit pakket"),
        ]
    }
}
