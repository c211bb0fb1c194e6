//! `schets/plaatsen.yaml`

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Een plaats bij naam: om te zoeken, en om de schetskaart mee te tekenen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KnownPlace {
    /// Lengte en breedte (WGS84) van het midden.
    pub op: [f64; 2],
    /// Het gebied van de gemeente; leeg: buiten het grondgebied.
    #[serde(default)]
    pub gemeente: Option<String>,
    /// Inwoners, ongeveer.
    #[serde(default)]
    pub inwoners: Option<f64>,
}
