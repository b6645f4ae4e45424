//! Folders: their pages, with those of their sub-folders, in sorted order.

use super::file::{self, Named};
use super::{Error, ErrorKind, Give};
use std::ffi::OsString;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Gives the pages of a folder.
pub(crate) fn each(folder: &Path, give: &mut Give<'_>) -> ControlFlow<()> {
    let mut pages = 0;
    walk(folder, &mut pages, give)?;
    if pages > 0 {
        ControlFlow::Continue(())
    } else {
        give(Err(Error::new(&folder.display().to_string(), ErrorKind::NoPages)))
    }
}

/// Gives the pages of one folder and of those in it; counts them in `pages`, with the folders that
/// could not be read, which have been told of.
fn walk(folder: &Path, pages: &mut usize, give: &mut Give<'_>) -> ControlFlow<()> {
    let (files, folders) = match entries(folder) {
        Ok(entries) => entries,
        Err(error) => {
            *pages += 1;
            return give(Err(Error::io(&folder.display().to_string(), error)));
        }
    };
    let mut all: Vec<(PathBuf, bool)> = files.into_iter().map(|f| (f, false)).collect();
    all.extend(folders.into_iter().map(|f| (f, true)));
    all.sort();
    for (path, is_folder) in all {
        if is_folder {
            walk(&path, pages, give)?;
        } else {
            *pages += 1;
            file::each(&path, give)?;
        }
    }
    ControlFlow::Continue(())
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
    matches!(file::named(path), Named::Page(_) | Named::Lines)
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
