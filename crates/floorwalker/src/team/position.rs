//! Positions: the desks, what stands on them, and whom they suit.

use serde::{Deserialize, Serialize};

use super::Operator;
use crate::id::{GroupId, PositionId, SiteId};
use crate::terms::terms;

terms! {
    /// What a position is equipped with (dotazione).
    Equipment ("equipment") {
        /// A telephone as a program on the computer.
        Softphone = "softphone",
        /// A telephone on the desk.
        DeskPhone = "desk_phone",
        /// A headset.
        Headset = "headset",
        /// A second screen.
        SecondScreen = "second_screen",
        /// A camera for video calls.
        Camera = "camera",
        /// A way to take card payments that the operator does not hear or see.
        PaymentTerminal = "payment_terminal",
        /// A computer that may be taken home.
        Laptop = "laptop",
    }
}

terms! {
    /// What makes a position usable for somebody who needs it (accessibilità).
    Accessibility ("accessibility feature") {
        /// Reached without steps.
        StepFree = "step_free",
        /// A desk whose height can be changed.
        AdjustableDesk = "adjustable_desk",
        /// A program that reads the screen aloud.
        ScreenReader = "screen_reader",
        /// A Braille display.
        BrailleDisplay = "braille_display",
        /// A program that magnifies the screen.
        Magnifier = "magnifier",
        /// Sound coupled into a hearing aid.
        HearingLoop = "hearing_loop",
        /// Away from the noise of the floor.
        QuietPlace = "quiet_place",
    }
}

/// A position (postazione): a place where one operator at a time can work.
///
/// ```
/// use floorwalker::team::Position;
///
/// let desk: Position = serde_json::from_str(r#"{"id": "A-12", "equipment": ["headset"], "offers": ["step_free"]}"#).unwrap();
/// assert_eq!(desk.equipment.len(), 1);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// Its name.
    pub id: PositionId,
    /// The site it stands in; none for a place at home.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteId>,
    /// The group that it is kept for, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupId>,
    /// What it is equipped with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub equipment: Vec<Equipment>,
    /// What it offers to those who need it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offers: Vec<Accessibility>,
}

impl Position {
    /// What `operator` needs and this position does not offer, in their order.
    #[must_use]
    pub fn lacks_for(&self, operator: &Operator) -> Vec<Accessibility> {
        let needs = operator.record().needs.iter().copied();
        needs.filter(|need| !self.offers.contains(need)).collect()
    }

    /// Whether `operator` can work here: it is at their site or has none, is not kept
    /// for another group, and offers what they need.
    #[must_use]
    pub fn suits(&self, operator: &Operator) -> bool {
        let record = operator.record();
        let at_site = self.site.is_none() || self.site == record.site;
        let for_them = |group: &GroupId| record.groups.contains(group);
        at_site && self.group.as_ref().is_none_or(for_them) && self.lacks_for(operator).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_suits_whom_it_is_made_for() {
        let operator: Operator = serde_json::from_str(
            r#"{"id":"a","zone":"UTC","contracts":[],"site":"rome","groups":["blue"],
                "needs":["step_free","screen_reader"]}"#,
        )
        .unwrap();
        let position = |json: &str| serde_json::from_str::<Position>(json).unwrap();
        let good =
            r#"{"id":"1","site":"rome","group":"blue","offers":["screen_reader","step_free"]}"#;
        assert!(position(good).suits(&operator));
        assert!(!position(&good.replace("rome", "bari")).suits(&operator));
        assert!(!position(&good.replace("blue", "red")).suits(&operator));
        let steps = position(&good.replace(r#","step_free""#, ""));
        assert_eq!(steps.lacks_for(&operator), [Accessibility::StepFree]);
        assert!(!steps.suits(&operator));
    }
}
