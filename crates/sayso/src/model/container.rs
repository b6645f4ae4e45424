//! The file in which a model's weights are kept.
//!
//! Little-endian: the magic [`MAGIC`], a 32-bit version, the 32-bit length of the header, the header
//! (JSON, padded with spaces so that the data begin at a multiple of 64 bytes), the data. The header
//! holds the model's name and settings, and for each tensor its type, shape and offset in the data.
//! Written by `train/export.py`.

use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

/// First bytes of a model file.
pub(super) const MAGIC: &[u8; 8] = b"SAYSOMDL";

/// The one version that this build reads.
pub(super) const VERSION: u32 = 1;

/// Why a model file could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The file does not begin with the magic.
    NotAModel,
    /// The file is of another version.
    Version(u32),
    /// The file ends too early, or its header does not fit its data; says where.
    Damaged(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NotAModel => write!(f, "not a model file: it does not begin with SAYSOMDL"),
            Error::Version(found) => write!(
                f,
                "model file of version {found}, but this build reads version {VERSION}: export the model again with train/export.py"
            ),
            Error::Damaged(what) => write!(f, "damaged model file ({what}): fetch or export it again"),
        }
    }
}

impl std::error::Error for Error {}

/// An opened model file.
pub(super) struct Container {
    header: Header,
    bytes: Cow<'static, [u8]>,
    data: usize,
}

#[derive(Deserialize)]
struct Header {
    model: String,
    #[serde(default = "first_version")]
    version: String,
    tensors: BTreeMap<String, Tensor>,
    #[serde(flatten)]
    settings: serde_json::Map<String, serde_json::Value>,
}

/// Of weights whose header names no version.
fn first_version() -> String {
    "1".to_owned()
}

#[derive(Deserialize)]
struct Tensor {
    dtype: String,
    shape: Vec<usize>,
    offset: usize,
}

impl Container {
    /// Opens a model file. Tensors are looked at only when they are asked for.
    pub(super) fn open(bytes: Cow<'static, [u8]>) -> Result<Container, Error> {
        if !bytes.starts_with(MAGIC) {
            return Err(Error::NotAModel);
        }
        let number = |at: usize| {
            let four = bytes.get(at..at + 4).and_then(|b| b.try_into().ok());
            four.map(u32::from_le_bytes).ok_or_else(|| Error::Damaged("no header".to_owned()))
        };
        match number(8)? {
            VERSION => {}
            other => return Err(Error::Version(other)),
        }
        let data = 16 + number(12)? as usize;
        let header = bytes.get(16..data).ok_or_else(|| Error::Damaged("header cut off".to_owned()))?;
        let header = serde_json::from_slice(header).map_err(|e| Error::Damaged(format!("header: {e}")))?;
        Ok(Container { header, bytes, data })
    }

    /// Name of the model.
    pub(super) fn model(&self) -> &str {
        &self.header.model
    }

    /// Version of the weights, as its card names it.
    pub(super) fn version(&self) -> &str {
        &self.header.version
    }

    /// A setting that the model's shape depends on.
    pub(super) fn setting<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<T, Error> {
        let value = self.header.settings.get(name).cloned().unwrap_or(serde_json::Value::Null);
        serde_json::from_value(value).map_err(|e| Error::Damaged(format!("setting {name}: {e}")))
    }

    /// A tensor of floats.
    pub(super) fn floats(&self, name: &str) -> Result<Vec<f32>, Error> {
        let bytes = &self.bytes[self.place(name, "f32", 4)?];
        Ok(bytes.as_chunks().0.iter().map(|b| f32::from_le_bytes(*b)).collect())
    }

    /// A tensor of signed bytes.
    pub(super) fn signed(&self, name: &str) -> Result<Vec<i8>, Error> {
        Ok(self.bytes[self.place(name, "i8", 1)?].iter().map(|b| b.cast_signed()).collect())
    }

    /// A large tensor of signed bytes, left where it lies.
    pub(super) fn table(&self, name: &str) -> Result<Table, Error> {
        let shape = &self.tensor(name)?.shape;
        let (rows, width) = (shape[0], shape[1..].iter().product());
        let place = self.place(name, "i8", 1)?;
        let scales = self.floats(&format!("{name}.scale"))?;
        if scales.len() != 1 && scales.len() != rows {
            return Err(Error::Damaged(format!("{name}: {} scales for {rows} rows", scales.len())));
        }
        let bytes = match &self.bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[place]),
            Cow::Owned(bytes) => Cow::Owned(bytes[place].to_vec()),
        };
        Ok(Table { bytes, width, scales })
    }

    /// A tensor of text.
    pub(super) fn text(&self, name: &str) -> Result<&str, Error> {
        let bytes = &self.bytes[self.place(name, "u8", 1)?];
        std::str::from_utf8(bytes).map_err(|_| Error::Damaged(format!("{name} is not UTF-8")))
    }

    fn tensor(&self, name: &str) -> Result<&Tensor, Error> {
        let found = self.header.tensors.get(name).filter(|t| !t.shape.is_empty());
        found.ok_or_else(|| Error::Damaged(format!("no tensor {name}")))
    }

    fn place(&self, name: &str, dtype: &str, size: usize) -> Result<Range<usize>, Error> {
        let tensor = self.tensor(name)?;
        let length = tensor.shape.iter().try_fold(size, |n, &d| n.checked_mul(d));
        let start = self.data.checked_add(tensor.offset);
        let end = start.zip(length).and_then(|(s, l)| s.checked_add(l)).filter(|&e| e <= self.bytes.len());
        match (start, end) {
            (Some(start), Some(end)) if tensor.dtype == dtype => Ok(start..end),
            _ => Err(Error::Damaged(format!("tensor {name} is not {dtype} or does not fit the file"))),
        }
    }
}

/// Rows of signed bytes with a scale for each or one for all: an embedding.
pub(super) struct Table {
    bytes: Cow<'static, [u8]>,
    width: usize,
    scales: Vec<f32>,
}

impl Table {
    /// Adds a row's values to `sum`.
    ///
    /// # Panics
    /// When there is no such row.
    pub(super) fn add_row(&self, row: usize, sum: &mut [f32]) {
        let scale = self.scales[if self.scales.len() == 1 { 0 } else { row }];
        let bytes = &self.bytes[row * self.width..(row + 1) * self.width];
        for (s, &b) in sum.iter_mut().zip(bytes) {
            *s += f32::from(b.cast_signed()) * scale;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(header: &str, data: &[u8]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend((header.len() as u32).to_le_bytes());
        bytes.extend(header.as_bytes());
        bytes.extend(data);
        bytes
    }

    fn open(bytes: Vec<u8>) -> Result<Container, Error> {
        Container::open(Cow::Owned(bytes))
    }

    const HEADER: &str = r#"{"model": "small", "size": 3, "tensors": {"a": {"dtype": "f32", "shape": [2], "offset": 0},
        "w": {"dtype": "i8", "shape": [2, 2], "offset": 8}, "w.scale": {"dtype": "f32", "shape": [1], "offset": 0}}}"#;

    #[test]
    fn settings_and_tensors_are_read() {
        let mut data = [1.5f32.to_le_bytes(), (-2.0f32).to_le_bytes()].concat();
        data.extend([1, 2, 255, 4]);
        let container = open(file(HEADER, &data)).unwrap();
        assert_eq!((container.model(), container.setting("size")), ("small", Ok(3)));
        assert_eq!(container.floats("a"), Ok(vec![1.5, -2.0]));
        assert_eq!(container.signed("w"), Ok(vec![1, 2, -1, 4]));
        let table = container.table("w").unwrap();
        let mut sum = [10.0, 10.0];
        table.add_row(1, &mut sum);
        assert_eq!(sum, [8.5, 16.0]);
    }

    #[test]
    fn bad_files_are_named() {
        assert_eq!(open(b"PK".to_vec()).err(), Some(Error::NotAModel));
        let mut newer = file(HEADER, &[]);
        newer[8] = 9;
        assert_eq!(open(newer).err(), Some(Error::Version(9)));
        assert!(matches!(open(MAGIC.to_vec()).err(), Some(Error::Damaged(_))));
        let short = open(file(HEADER, &[0; 7])).unwrap();
        assert!(matches!(short.floats("a"), Err(Error::Damaged(_))));
        assert!(matches!(short.signed("a"), Err(Error::Damaged(_))));
        assert!(matches!(short.signed("b"), Err(Error::Damaged(_))));
        assert!(matches!(short.setting::<Vec<u8>>("size"), Err(Error::Damaged(_))));
    }
}
