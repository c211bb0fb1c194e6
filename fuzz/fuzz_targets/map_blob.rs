//! The binary shape of a GeoPackage, whatever it says.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = brink_geo::read::blob_reads(data);
});
