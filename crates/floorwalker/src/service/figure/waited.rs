//! Counts by category at a threshold that was not counted for, from the kept waits.

use crate::service::rule::{CATEGORIES, Category, Class, ServiceLevel, Timing, Verdict};
use crate::service::tally::{Tally, WaitClass};

type Cut = [u64; CATEGORIES];

/// The counts at `(threshold, short)`; `hopeful` takes waits that the histogram
/// cannot place as within.
pub(super) fn waited_cut(
    tally: &Tally,
    rule: &ServiceLevel,
    limits: (i64, i64),
    hopeful: bool,
) -> Cut {
    let mut cut = [0; CATEGORIES];
    put_timed(&mut cut, tally, limits.0, hopeful);
    put_abandons(&mut cut, tally, limits, hopeful);
    for class in [
        Class::Answered,
        Class::Abandoned,
        Class::Callback,
        Class::FlowOut,
    ] {
        put(
            &mut cut,
            class,
            Timing::Unknown,
            tally.legs(class, Timing::Unknown),
        );
    }
    for class in [Class::Unfinished, Class::Blocked, Class::Closed] {
        put(
            &mut cut,
            class,
            Timing::Within,
            tally.legs(class, Timing::Within),
        );
    }
    put_callbacks(&mut cut, tally, rule);
    cut
}

fn put(cut: &mut Cut, class: Class, timing: Timing, legs: u64) {
    cut[Category::timed(class, timing).index()] = legs;
}

fn within(tally: &Tally, class: WaitClass, limit: i64, hopeful: bool) -> u64 {
    let bounds = tally.waits().within(class, limit);
    if hopeful {
        bounds.at_most
    } else {
        bounds.at_least
    }
}

fn put_timed(cut: &mut Cut, tally: &Tally, threshold: i64, hopeful: bool) {
    let classes = [
        (WaitClass::Answered, Class::Answered),
        (WaitClass::Callback, Class::Callback),
        (WaitClass::FlowOut, Class::FlowOut),
    ];
    for (waited, class) in classes {
        let inside = within(tally, waited, threshold, hopeful);
        put(cut, class, Timing::Within, inside);
        put(
            cut,
            class,
            Timing::Late,
            tally.waits().count(waited) - inside,
        );
    }
}

fn put_abandons(cut: &mut Cut, tally: &Tally, (threshold, short): (i64, i64), hopeful: bool) {
    let brief = within(tally, WaitClass::Abandoned, short, hopeful);
    let inside = within(tally, WaitClass::Abandoned, threshold, hopeful);
    let all = tally.waits().count(WaitClass::Abandoned);
    put(
        cut,
        Class::AbandonedShort,
        Timing::Within,
        brief.min(inside),
    );
    put(
        cut,
        Class::AbandonedShort,
        Timing::Late,
        brief.saturating_sub(inside),
    );
    put(
        cut,
        Class::Abandoned,
        Timing::Within,
        inside.saturating_sub(brief),
    );
    put(cut, Class::Abandoned, Timing::Late, all - inside.max(brief));
}

/// Kept waits do not tell done call-backs from others. A rule asks either for
/// the wait of a call-back or for its being done, so one of the two is enough.
fn put_callbacks(cut: &mut Cut, tally: &Tally, rule: &ServiceLevel) {
    let done = Category::timed(Class::CallbackDone, Timing::Late);
    if rule.judge(done) == Verdict::For {
        put(cut, Class::Callback, Timing::Within, 0);
        put(cut, Class::Callback, Timing::Unknown, 0);
        put(
            cut,
            Class::Callback,
            Timing::Late,
            tally.callback_requested() - tally.callback_done(),
        );
        put(
            cut,
            Class::CallbackDone,
            Timing::Late,
            tally.callback_done(),
        );
    } else {
        let unknown = tally.legs(Class::CallbackDone, Timing::Unknown);
        put(cut, Class::CallbackDone, Timing::Unknown, unknown);
    }
}
