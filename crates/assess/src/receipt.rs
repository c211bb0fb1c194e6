//! Which maps an answer was made with.

use crate::answer::{LayerReceipt, PackageReceipt, Receipt};
use crate::assess::ENGINE;
use crate::ground::Ground;
use brink_geo::layer::{Kind, Layer};
use brink_policy::compiled::Compiled;
use sha2::{Digest, Sha256};

/// What an answer is made with; the layers only when the map was used.
#[must_use]
pub fn receipt<'p>(package: &'p Compiled, ground: Option<&Ground>, date: &str) -> Receipt<'p> {
    Receipt {
        pakket: PackageReceipt {
            id: &package.info.id,
            versie: &package.info.version,
            hash: &package.info.hash,
        },
        lagen: ground.map(|ground| ground.receipt().to_vec()).unwrap_or_default(),
        motor: ENGINE,
        peildatum: date.to_owned(),
    }
}

/// The layers, each real one by itself and the drawings together.
pub(crate) fn layers(layers: &[Layer]) -> Vec<LayerReceipt> {
    let (real, drawn): (Vec<&Layer>, Vec<&Layer>) =
        layers.iter().partition(|layer| layer.about.kind == Kind::Echt);
    let mut receipts: Vec<LayerReceipt> = real
        .into_iter()
        .map(|layer| LayerReceipt {
            id: layer.about.area.clone(),
            hash: layer.about.hash.clone(),
            datum: layer.about.date.clone(),
            soort: "echt".to_owned(),
        })
        .collect();
    if let Some(first) = drawn.first() {
        let mut hash = Sha256::new();
        for layer in &drawn {
            hash.update(layer.about.area.as_bytes());
            hash.update(layer.about.hash.as_bytes());
        }
        receipts.push(LayerReceipt {
            id: "schetskaart".to_owned(),
            hash: hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect(),
            datum: first.about.date.clone(),
            soort: "schets".to_owned(),
        });
    }
    receipts
}
