//! How large a source may be.

/// Upper bounds on a source. Whatever is larger is refused with a clear error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Size of the whole file in bytes.
    pub bytes: usize,
    /// Number of lines.
    pub lines: usize,
    /// Length of one line in bytes.
    pub line_bytes: usize,
}

impl Default for Limits {
    /// 32 MiB, 1,000,000 lines, 64 KiB a line: some seventy times the largest vision known to us.
    fn default() -> Self {
        Self { bytes: 32 * 1024 * 1024, lines: 1_000_000, line_bytes: 64 * 1024 }
    }
}
