//! Numbers that stand for the ids of a package once it is compiled.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub struct $name(pub u16);

        impl $name {
            /// The place in the list it numbers.
            #[must_use]
            pub fn index(self) -> usize {
                usize::from(self.0)
            }

            /// The id of the `index`th of its kind; packages hold at most 65,535 of each.
            #[must_use]
            pub fn from_index(index: usize) -> Self {
                Self(u16::try_from(index).unwrap_or(u16::MAX))
            }
        }
    )*};
}

id!(
    /// A fact (*gegeven*).
    FactId,
    /// An area (*gebied*).
    AreaId,
    /// An activity (*activiteit*).
    ActivityId,
    /// An interest (*belang*).
    InterestId,
    /// An executable statement (*norm*).
    NormId,
    /// A section of the source (*onderdeel*).
    SectionId,
    /// A reading of the source that can be chosen (*lezing*).
    ReadingId
);
