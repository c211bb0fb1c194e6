//! Fetches area layers from the services that publish them.
