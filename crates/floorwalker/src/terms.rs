//! Closed lists of trade terms.

/// A closed list of trade terms with a stable name each.
macro_rules! terms {
    ($(#[$docs:meta])* $name:ident ($what:literal) {
        $($(#[$vdocs:meta])* $variant:ident = $text:literal,)*
    }) => {
        $(#[$docs])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        #[repr(u8)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$vdocs])* #[serde(rename = $text)] $variant,)*
        }

        impl $name {
            /// All of them, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable name, as in tables and JSON.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::error::Error;

            /// Reads the stable name.
            fn from_str(given: &str) -> Result<Self, crate::error::Error> {
                Self::ALL.iter().copied().find(|one| one.name() == given).ok_or_else(|| {
                    let nearest = crate::error::nearest(given, Self::ALL.iter().map(|one| one.name()));
                    crate::error::ErrorKind::Unknown { what: $what, given: given.to_owned(), nearest }.into()
                })
            }
        }
    };
}
pub(crate) use terms;
