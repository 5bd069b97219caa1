//! Presence classes: how a planned shift was kept.

use crate::terms::terms;

terms! {
    /// How a planned shift was kept, or what work without one was (classe di presenza).
    ///
    /// One class for each shift; where several fit, the first of: expected,
    /// no show and authorised (nobody was there), incomplete, partial absence,
    /// late and early leave, remote, on time. The measures (lateness, gaps)
    /// stand beside the class and are never hidden by it.
    PresenceClass ("presence class") {
        /// Not due yet, or not late enough to be missed.
        Expected = "expected",
        /// There from start to end, within the grace (in orario).
        OnTime = "on_time",
        /// As on time, away from the site (lavoro agile).
        Remote = "remote",
        /// Came after the grace (ritardo).
        Late = "late",
        /// Went before the grace (uscita anticipata).
        EarlyLeave = "early_leave",
        /// Both.
        LateAndEarly = "late_and_early",
        /// Away in between for longer than the grace.
        PartialAbsence = "partial_absence",
        /// Never came, and no absence excuses it (assenza ingiustificata).
        NoShow = "no_show",
        /// An absence excuses all of it (assenza autorizzata).
        Authorised = "authorised",
        /// Work without a shift.
        UnplannedWork = "unplanned_work",
        /// Work without a shift on a weekly rest day or a public holiday.
        OnRestDayOrHoliday = "on_rest_day_or_holiday",
        /// A punch is missing, and nothing reliable replaces it.
        Incomplete = "incomplete",
    }
}

/// How many classes there are.
pub(super) const CLASSES: usize = PresenceClass::ALL.len();

terms! {
    /// What else is to be known about a day of presence.
    Flag ("presence flag") {
        /// Beyond the working time of full-time staff (straordinario).
        Overtime = "overtime",
        /// Beyond the agreed part time (lavoro supplementare).
        Supplementary = "supplementary",
        /// In the night window (notturno).
        Night = "night",
        /// On a Sunday (domenicale).
        Sunday = "sunday",
        /// On a public holiday (festivo).
        PublicHoliday = "public_holiday",
        /// Away from the site (lavoro agile).
        Remote = "remote",
        /// Something about the punches was repaired.
        Repaired = "repaired",
        /// Still going on.
        InProgress = "in_progress",
        /// An absence excuses a part of the shift.
        PartlyAuthorised = "partly_authorised",
        /// Worked although an absence excuses all of it.
        WorkedThroughAbsence = "worked_through_absence",
    }
}
