//! Personal data, which lie beside a case and can be erased.

use std::hash::{DefaultHasher, Hash, Hasher};

use floorwalker::complaint::Personal;
use pyo3::prelude::*;

use crate::errors::Failure;
use crate::given::{Given, Words, optional};
use crate::output::AnyDict;
use crate::record;

/// Personal data of a complaint, such as the text of a letter.
///
/// The events of a case hold only a checksum of it, made with ``salt``; the data lie beside them
/// and can be erased without breaking the chain. Give it wherever an act has a text or a person.
/// Without a ``salt`` sixteen random bytes are taken.
///
/// >>> import floorwalker as fw
/// >>> letter = fw.Personal("R-1/letter", "My bill is wrong", salt="sixteen random bytes")
/// >>> letter.key, letter.text, sorted(letter.seal())
/// ('R-1/letter', 'My bill is wrong', ['digest', 'key'])
#[pyclass(frozen, name = "Personal", module = "floorwalker")]
pub(crate) struct PyPersonal(pub(crate) Personal);

#[pymethods]
impl PyPersonal {
    #[new]
    #[pyo3(signature = (key, text, *, salt = None))]
    fn new(
        py: Python<'_>,
        key: Given<'_, Words>,
        text: Given<'_, Words>,
        salt: Option<Given<'_, Words>>,
    ) -> PyResult<Self> {
        let (Words(key), Words(text)) = (key.read("key")?, text.read("text")?);
        let salt = match optional("salt", salt.as_ref())? {
            Some(Words(salt)) => salt,
            None => py
                .import("secrets")?
                .call_method1("token_hex", (16,))?
                .extract()?,
        };
        let personal = Personal::new(&key, &salt, &text);
        Ok(Self(personal.map_err(Failure::from)?))
    }

    /// Its name, by which it is erased.
    #[getter]
    fn key(&self) -> &str {
        self.0.key().as_str()
    }

    /// What it says.
    #[getter]
    fn text(&self) -> &str {
        self.0.text()
    }

    /// What the events of a case hold of it.
    fn seal<'py>(&self, py: Python<'py>) -> PyResult<AnyDict<'py>> {
        record::dict(py, &self.0.seal())
    }

    fn __repr__(&self) -> String {
        format!("<Personal {}>", self.key())
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other
            .cast::<Self>()
            .is_ok_and(|other| other.get().0 == self.0)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.key().hash(&mut hasher);
        hasher.finish()
    }
}
