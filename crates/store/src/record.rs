//! Stored values: one version byte, then JSON. JSON keeps old records readable when a field is added, and a
//! human can read what a disk holds.

use std::sync::Arc;

use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{StoreError, printable};

/// A type that is stored. Bump `VERSION` when old bytes can no longer be read as the new type, and convert
/// in `upgrade`.
pub trait Record: Serialize + DeserializeOwned {
    const VERSION: u8;

    /// Reads the JSON of an older version; `None` when that version was never written.
    fn upgrade(_version: u8, _json: &[u8]) -> Option<Self> {
        None
    }
}

pub(crate) fn encode<R: Record>(record: &R) -> Result<Bytes, StoreError> {
    let mut bytes = vec![R::VERSION];
    match serde_json::to_writer(&mut bytes, record) {
        Ok(()) => Ok(Bytes::from(bytes)),
        Err(error) => {
            Err(StoreError::Encode { type_name: std::any::type_name::<R>(), source: Arc::new(error) })
        }
    }
}

pub(crate) fn decode<R: Record>(key: &[u8], bytes: &[u8]) -> Result<R, StoreError> {
    let corrupt =
        |detail: String| StoreError::Corrupt { what: format!("the record at {}", printable(key)), detail };
    match bytes.split_first() {
        None => Err(corrupt("it is empty".to_owned())),
        Some((version, json)) if *version == R::VERSION => {
            serde_json::from_slice(json).map_err(|error| corrupt(error.to_string()))
        }
        Some((version, json)) => R::upgrade(*version, json)
            .ok_or_else(|| StoreError::UnknownRecordVersion { key: printable(key), version: *version }),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use serde::Deserialize;

    use super::*;

    #[derive(Serialize, Deserialize)]
    struct Sample {
        name: String,
        count: Option<u32>,
    }

    impl Record for Sample {
        const VERSION: u8 = 3;
    }

    /// Records are on disk: a change here needs a new format version.
    #[test]
    fn stored_bytes() {
        let sample = Sample { name: "é\n".to_owned(), count: Some(1) };
        let bytes = encode(&sample).expect("it can be written as JSON");
        expect![[r#"\x03{\"name\":\"\xc3\xa9\\n\",\"count\":1}"#]]
            .assert_eq(&bytes.escape_ascii().to_string());
    }

    #[test]
    fn fields_that_old_records_lack_do_not_matter() {
        let sample: Sample = decode(b"key", b"\x03{\"name\":\"a\",\"later\":true}").expect("it is readable");
        assert_eq!((sample.name.as_str(), sample.count), ("a", None));
    }

    #[test]
    fn what_json_cannot_express_is_refused() {
        struct Odd;
        impl Serialize for Odd {
            fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
                Err(serde::ser::Error::custom("odd"))
            }
        }
        impl<'de> Deserialize<'de> for Odd {
            fn deserialize<D: serde::Deserializer<'de>>(_: D) -> Result<Odd, D::Error> {
                Ok(Odd)
            }
        }
        impl Record for Odd {
            const VERSION: u8 = 1;
        }
        assert!(matches!(encode(&Odd), Err(StoreError::Encode { .. })));
    }
}
