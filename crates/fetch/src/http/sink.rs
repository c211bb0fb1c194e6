//! Where a body goes: memory for pages, a temporary file for downloads.

use std::fs::File;
use std::io::{self, Seek, Write};
use std::path::Path;

use tempfile::NamedTempFile;

/// Takes a body; begins anew with every attempt.
pub(crate) trait Sink {
    fn clear(&mut self) -> io::Result<()>;
    fn take(&mut self, bytes: &[u8]) -> io::Result<()>;
}

impl Sink for Vec<u8> {
    fn clear(&mut self) -> io::Result<()> {
        self.truncate(0);
        Ok(())
    }

    fn take(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.extend_from_slice(bytes);
        Ok(())
    }
}

/// A download in a temporary file, that goes away with it.
#[derive(Debug)]
pub(crate) struct Download {
    file: NamedTempFile,
}

impl Download {
    /// An empty file whose name ends so that a reader knows the format.
    pub(crate) fn new(suffix: &str) -> io::Result<Self> {
        Ok(Self { file: tempfile::Builder::new().prefix("brink-").suffix(suffix).tempfile()? })
    }

    pub(crate) fn path(&self) -> &Path {
        self.file.path()
    }

    pub(crate) fn file(&mut self) -> &mut File {
        self.file.as_file_mut()
    }
}

impl Sink for Download {
    fn clear(&mut self) -> io::Result<()> {
        self.file().set_len(0)?;
        self.file().rewind()
    }

    fn take(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file().write_all(bytes)
    }
}
