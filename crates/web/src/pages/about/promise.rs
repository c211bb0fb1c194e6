//! What the site promises its visitors: that everybody can use it, and what is kept of them.

use crate::app::App;
use crate::pages::shell::Shell;
use crate::pages::{Page, page};
use askama::Template;
use axum::extract::State;

#[derive(Template)]
#[template(path = "toegankelijkheid.html")]
struct Promise {
    shell: Shell,
    authority: String,
    /// How many days a stored answer is kept.
    days: u32,
    /// Whether stored answers outlive the server.
    kept: bool,
    /// Who sends the base map; nobody when there is none.
    base: Option<String>,
}

pub(super) async fn accessibility(State(app): State<App>) -> Page {
    let settings = app.settings();
    let world = app.world();
    let origin = settings.base_map_origin();
    page(&Promise {
        shell: Shell::new(&world, ""),
        authority: world.package.info.authority.clone(),
        days: settings.bewaardagen,
        kept: settings.gegevens.is_some(),
        base: origin.as_deref().and_then(|origin| origin.split_once("://")).map(|(_, host)| host.to_owned()),
    })
}
