//! A question that says nothing but the form of its answer.

use super::answer::Form;
use super::parameters::Parameters;
use crate::app::App;
use crate::error::Problem;
use crate::origin::origin;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;

/// The question, read; other parameters are refused.
pub(super) struct Asked {
    pub form: Form,
    /// Where the server is for who asks.
    pub origin: String,
}

impl FromRequestParts<App> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let mut parameters = Parameters::read(parts.uri.query())?;
        let form = Form::of(parameters.take("f")?.as_deref(), &parts.headers)?;
        parameters.end()?;
        Ok(Self { form, origin: origin(app, &parts.headers) })
    }
}
