//! A file that is written whole: who reads it meanwhile, or after a failure, finds the old one or the new one.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Makes `content` the content of the file at `path`, by way of a file beside it.
pub(super) fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    let old = path.symlink_metadata().ok();
    // A pipe or a device cannot be replaced, and a link shall not be: what it leads to is written.
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        return fs::write(path, content);
    }
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    let temporary = tempfile::Builder::new()
        .prefix(".pmctl-")
        // Opened here and not by the crate, whose files nobody else may read.
        .make_in(folder.unwrap_or(Path::new(".")), |path| {
            OpenOptions::new().write(true).create_new(true).open(path)
        });
    let mut temporary = match (temporary, &old) {
        (Ok(temporary), _) => temporary,
        // The file may be written though its folder may not.
        (Err(_), Some(_)) => return fs::write(path, content),
        (Err(error), None) => return Err(error),
    };
    if let Some(old) = old {
        temporary.as_file().set_permissions(old.permissions())?;
    }
    temporary.write_all(content)?;
    temporary.persist(path).map_err(|error| error.error)?;
    Ok(())
}
