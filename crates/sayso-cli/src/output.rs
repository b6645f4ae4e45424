//! Where stories go: standard output, a device or pipe, or a file that is there whole or not at all.

use crate::exit::{self, Outcome};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Where stories are written.
pub(crate) enum Output {
    Standard,
    /// What is no file of a disk (`/dev/null`, a named pipe): it stays what it is and is written as we go.
    Device {
        path: PathBuf,
        file: File,
    },
    /// A file beside the one asked for, which takes its name when all is written.
    File {
        path: PathBuf,
        file: NamedTempFile,
    },
}

impl Output {
    /// Opens standard output, or what stands at `path`. Ends the program where that cannot be written.
    pub(crate) fn open(path: Option<&Path>) -> Output {
        let Some(path) = path else { return Output::Standard };
        at(path).unwrap_or_else(|error| failed(path, &error))
    }

    /// Writes one story whole, so that a reader of a pipe has it before the next page is read. Ends the
    /// program where nobody reads, or nothing can be written, any more.
    pub(crate) fn write(&mut self, bytes: &[u8], outcome: Outcome) {
        let written = match self {
            Output::Standard => {
                let mut out = io::stdout().lock();
                out.write_all(bytes).and_then(|()| out.flush())
            }
            Output::Device { file, .. } => file.write_all(bytes),
            Output::File { file, .. } => file.write_all(bytes),
        };
        match (written, self) {
            (Ok(()), _) => {}
            (Err(error), Output::File { path, .. }) => failed(path, &error),
            (Err(error), _) if error.kind() == io::ErrorKind::BrokenPipe => exit::leave(outcome),
            (Err(error), Output::Device { path, .. }) => failed(path, &error),
            (Err(error), Output::Standard) => {
                exit::complain(&format!("cannot write the output: {error}"));
                exit::leave(Outcome::OutputFailed)
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

/// The output at `path`. A link is followed, a file that is there keeps its rights, a new one gets those that
/// any new file has.
fn at(path: &Path) -> io::Result<Output> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let there = fs::metadata(&path).ok();
    if there.as_ref().is_some_and(|there| !there.is_file() && !there.is_dir()) {
        let file = OpenOptions::new().write(true).open(&path)?;
        return Ok(Output::Device { path, file });
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = match there {
        Some(there) => {
            let file = NamedTempFile::new_in(folder)?;
            file.as_file().set_permissions(there.permissions())?;
            file
        }
        None => builder().tempfile_in(folder)?,
    };
    Ok(Output::File { path, file })
}

/// Makes files with the rights that the user's mask leaves.
#[cfg(unix)]
fn builder() -> tempfile::Builder<'static, 'static> {
    use std::os::unix::fs::PermissionsExt;
    const ALL_MAY_WRITE: u32 = 0o666;
    let mut builder = tempfile::Builder::new();
    builder.permissions(std::fs::Permissions::from_mode(ALL_MAY_WRITE));
    builder
}

#[cfg(not(unix))]
fn builder() -> tempfile::Builder<'static, 'static> {
    tempfile::Builder::new()
}

fn failed(path: &Path, error: &io::Error) -> ! {
    exit::complain(&format!("{}: cannot be written: {error}", path.display()));
    exit::leave(Outcome::OutputFailed)
}
