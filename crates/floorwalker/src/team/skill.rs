//! Skills: what an operator can serve, how well, and since when.

use serde::{Deserialize, Serialize};

use super::Validity;
use crate::error::{Error, Result};
use crate::id::SkillId;

/// How well somebody masters a skill: 1 has just begun, 5 can teach it.
///
/// Invariant: between 1 and 5.
///
/// ```
/// use floorwalker::team::SkillLevel;
///
/// assert!(SkillLevel::new(3)? < SkillLevel::HIGHEST);
/// assert!(SkillLevel::new(0).is_err());
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct SkillLevel(u8);

impl SkillLevel {
    /// The lowest level.
    pub const LOWEST: Self = Self(1);
    /// The highest level.
    pub const HIGHEST: Self = Self(5);

    /// The level `level`.
    ///
    /// # Errors
    /// `value.out_of_range` unless it is between 1 and 5.
    pub fn new(level: u8) -> Result<Self> {
        if (Self::LOWEST.0..=Self::HIGHEST.0).contains(&level) {
            Ok(Self(level))
        } else {
            Err(Error::range("skill level", 1, 5, level))
        }
    }

    /// The level as a number.
    #[must_use]
    pub fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for SkillLevel {
    type Error = Error;
    fn try_from(level: u8) -> Result<Self> {
        Self::new(level)
    }
}

impl From<SkillLevel> for u8 {
    fn from(level: SkillLevel) -> Self {
        level.0
    }
}

/// A skill that an operator has, at a level, for some time.
///
/// A certificate that expires has an end; a language spoken from childhood has not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skill {
    /// Which skill.
    pub skill: SkillId,
    /// How well.
    pub level: SkillLevel,
    /// From when to when.
    #[serde(default)]
    pub valid: Validity,
}
