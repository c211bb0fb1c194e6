//! GeoJSON, whatever it says: what is read is finite and has an id; a plan that is not refused passes its check.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| brink_fuzz::read_map("x.geojson", data));
