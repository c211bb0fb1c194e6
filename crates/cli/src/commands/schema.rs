//! `brink schema`: the JSON Schemas of the package files.

use crate::Status;
use crate::arguments::Schema;
use crate::error::CliError;

pub(crate) fn run(arguments: &Schema) -> Result<Status, CliError> {
    std::fs::create_dir_all(&arguments.folder)?;
    for (name, schema) in brink_policy::schema::all() {
        let mut text = serde_json::to_string_pretty(&schema).map_err(std::io::Error::other)?;
        text.push('\n');
        std::fs::write(arguments.folder.join(format!("{name}.schema.json")), text)?;
    }
    Ok(Status::Answered)
}
