//! One file, unpacked on the way if it is packed.

use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Seek};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use crate::error::{Error, Result};

/// How much is read at once.
pub(crate) const BLOCK: usize = 256 * 1024;

/// With what gzip begins.
const GZIP: &[u8] = b"\x1f\x8b";

pub(crate) fn is_packed(start: &[u8]) -> bool {
    start.starts_with(GZIP)
}

/// Whether an error of reading says that a packed file is damaged or cut off.
pub(crate) fn is_damage(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::UnexpectedEof | ErrorKind::InvalidData | ErrorKind::InvalidInput
    )
}

/// The bytes of a file, unpacked.
#[derive(Debug)]
pub(crate) enum Input {
    Plain(BufReader<File>),
    Packed(Box<MultiGzDecoder<BufReader<File>>>),
}

impl Input {
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let failed = |why: io::Error| Error::read(path.display(), why);
        let file = File::open(path).map_err(failed)?;
        // Plain bytes go straight into the block that is read; only unpacking uses this.
        let mut reader = BufReader::with_capacity(16 * 1024, file);
        let packed = is_packed(reader.fill_buf().map_err(failed)?);
        Ok(if packed {
            Self::Packed(Box::new(MultiGzDecoder::new(reader)))
        } else {
            Self::Plain(reader)
        })
    }

    /// How many bytes of the file have been read, as they are on the disk.
    pub(crate) fn position(&self) -> u64 {
        let mut file: &File = match self {
            Self::Plain(reader) => reader.get_ref(),
            Self::Packed(reader) => reader.get_ref().get_ref(),
        };
        // Pipes have no position; they are read without a bar.
        file.stream_position().unwrap_or(0)
    }

    /// Fills the buffer as far as there is something.
    pub(crate) fn fill(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while filled < buffer.len() {
            match self.read(&mut buffer[filled..]) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                // What came before the damage is handed over first.
                Err(_) if filled > 0 => break,
                Err(error) => return Err(error),
            }
        }
        Ok(filled)
    }
}

impl Read for Input {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(reader) => reader.read(buffer),
            Self::Packed(reader) => reader.read(buffer),
        }
    }
}

/// Unpacks bytes in memory chunk by chunk, up to where they are damaged.
pub(crate) fn unpack(bytes: &[u8], mut each: impl FnMut(&[u8])) -> io::Result<()> {
    let mut decoder = MultiGzDecoder::new(bytes);
    let mut buffer = vec![0; BLOCK];
    loop {
        match decoder.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(count) => each(&buffer[..count]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
