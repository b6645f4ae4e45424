//! Folders: their pages, with those of their sub-folders, in sorted order.

use crate::file::{self, Named};
use crate::{Error, ErrorKind, Inputs, failure};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The pages of a folder.
pub(crate) fn read(folder: &Path) -> Inputs {
    let mut walk = Walk { left: vec![(folder.to_owned(), true)] };
    match walk.next() {
        Some(first) => Box::new(std::iter::once(first).chain(walk).flatten()),
        None => failure(Error::new(&folder.display().to_string(), ErrorKind::NoPages)),
    }
}

/// A walk through a folder and those in it, file by file; a folder that cannot be read counts as one.
struct Walk {
    /// Files and folders (`true`) not yet visited, the next one last.
    left: Vec<(PathBuf, bool)>,
}

impl Iterator for Walk {
    type Item = Inputs;

    fn next(&mut self) -> Option<Inputs> {
        loop {
            let (path, is_folder) = self.left.pop()?;
            if !is_folder {
                return Some(file::read(&path));
            }
            match entries(&path) {
                Ok((files, folders)) => {
                    let from = self.left.len();
                    self.left.extend(files.into_iter().map(|file| (file, false)));
                    self.left.extend(folders.into_iter().map(|folder| (folder, true)));
                    self.left[from..].sort_by(|a, b| b.cmp(a));
                }
                Err(error) => return Some(failure(Error::io(&path.display().to_string(), error))),
            }
        }
    }
}

/// The files of a folder that are pages by their name, and its sub-folders. Hidden ones are left
/// out, so are links to folders (they may lead in a circle) and the pictures and frames that a
/// browser saves beside `NAME.html` in `NAME_files`.
fn entries(folder: &Path) -> io::Result<(Vec<PathBuf>, Vec<PathBuf>)> {
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            folders.push(path);
        } else if is_page(&path) {
            files.push(path);
        }
    }
    folders.retain(|folder| !files.iter().any(|file| is_beside(folder, file)));
    Ok((files, folders))
}

/// Whether the name is that of a page, and no folder's or device's. A link that leads nowhere counts,
/// so that it is told of.
fn is_page(path: &Path) -> bool {
    matches!(file::named(path), Named::Page(_) | Named::Lines | Named::Archive)
        && path.metadata().map_or(true, |target| target.is_file())
}

/// Whether a browser saved `folder` beside `page`.
fn is_beside(folder: &Path, page: &Path) -> bool {
    let saved = page.file_stem().map(|stem| {
        let mut name = OsString::from(stem);
        name.push("_files");
        name
    });
    saved.as_deref() == folder.file_name()
}
