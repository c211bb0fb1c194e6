//! Programs of others that tests and benchmarks compare with, from the packages of Debian.

use crate::project;
use std::path::Path;
use std::process::Command;

/// Whether PostgreSQL with PostGIS is here; it is installed when this machine allows that.
pub fn postgis() -> bool {
    let found = || {
        std::fs::read_dir("/usr/share/postgresql")
            .into_iter()
            .flatten()
            .flatten()
            .any(|version| version.path().join("extension/postgis.control").is_file())
    };
    found() || (install(&["postgresql", "postgresql-15-postgis-3"]) && found())
}

/// Whether MapServer is here; it is installed when this machine allows that.
pub fn mapserver() -> bool {
    let found = || Path::new("/usr/lib/cgi-bin/mapserv").is_file();
    found() || (install(&["cgi-mapserver"]) && found())
}

/// Whether GDAL's programs are here; they are installed when this machine allows that.
pub fn gdal() -> bool {
    let found = || project::succeeds(Command::new("ogrinfo").arg("--version"));
    found() || (install(&["gdal-bin"]) && found())
}

/// Installs packages; not possible for those who are not root, or have another system.
fn install(packages: &[&str]) -> bool {
    let root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    if !root || !project::succeeds(Command::new("apt-get").arg("--version")) {
        return false;
    }
    println!("installing {} (once)", packages.join(", "));
    let mut install = Command::new("apt-get");
    install.args(["install", "--yes", "--quiet", "--no-install-recommends"]).args(packages);
    install.env("DEBIAN_FRONTEND", "noninteractive");
    project::succeeds(&mut install)
        || (project::succeeds(Command::new("apt-get").arg("update")) && project::succeeds(&mut install))
}
