//! Where stories go: standard output, or a file that is there whole or not at all.

use crate::exit::{self, Outcome};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Where stories are written.
pub(crate) enum Output {
    Standard,
    /// A file beside the one asked for, which takes its name when all is written.
    File {
        path: PathBuf,
        file: NamedTempFile,
    },
}

impl Output {
    /// Opens standard output, or the file at `path`. Ends the program where that cannot be written.
    pub(crate) fn open(path: Option<&Path>) -> Output {
        let Some(path) = path else { return Output::Standard };
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        match NamedTempFile::new_in(folder) {
            Ok(file) => Output::File { path: path.to_owned(), file },
            Err(error) => failed(path, &error),
        }
    }

    /// Writes one story whole, so that a reader of a pipe has it before the next page is read. Ends the
    /// program where nobody reads, or nothing can be written, any more.
    pub(crate) fn write(&mut self, bytes: &[u8], outcome: Outcome) {
        match self {
            Output::Standard => {
                let mut out = io::stdout().lock();
                match out.write_all(bytes).and_then(|()| out.flush()) {
                    Ok(()) => {}
                    Err(error) if error.kind() == io::ErrorKind::BrokenPipe => exit::leave(outcome),
                    Err(error) => {
                        exit::complain(&format!("cannot write the output: {error}"));
                        exit::leave(Outcome::OutputFailed)
                    }
                }
            }
            Output::File { path, file } => {
                if let Err(error) = file.write_all(bytes) {
                    failed(path, &error);
                }
            }
        }
    }

    /// Gives the file its name.
    pub(crate) fn close(self) {
        if let Output::File { path, file } = self
            && let Err(error) =
                file.as_file().sync_all().and_then(|()| file.persist(&path).map_err(io::Error::from))
        {
            failed(&path, &error);
        }
    }
}

fn failed(path: &Path, error: &io::Error) -> ! {
    exit::complain(&format!("{}: cannot be written: {error}", path.display()));
    exit::leave(Outcome::OutputFailed)
}
