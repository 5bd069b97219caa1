//! The columns of PBXware as the fields of Asterisk.

use super::map::PBXWARE;

/// Writes the fields of an event, joined by pipes.
///
/// The meaning of most columns was found by comparing with the same calls in
/// Asterisk's own shape. That of the key of `EXITWITHKEY` is a guess, as no row with
/// one was seen.
pub(super) fn fields(event: &[u8], cells: [&[u8]; PBXWARE.len()], out: &mut Vec<u8>) {
    let [param1, param2, param3, entered_at, left_at, hold, talk] = cells;
    let none: &[u8] = b"";
    let fields: &[&[u8]] = match event {
        b"ENTERQUEUE" => &[none, param1, entered_at],
        b"CONNECT" => &[hold, param2, param3],
        b"COMPLETEAGENT" | b"COMPLETECALLER" => &[hold, talk, entered_at],
        b"ABANDON" | b"EXITWITHTIMEOUT" | b"EXITEMPTY" => &[left_at, entered_at, hold],
        b"EXITWITHKEY" => &[param2, left_at, entered_at, hold],
        b"RINGNOANSWER" | b"RINGCANCELED" => &[hold],
        b"TRANSFER" | b"BLINDTRANSFER" => &[param2, param3, hold, talk, entered_at],
        // The method is lost in the table.
        b"ATTENDEDTRANSFER" => &[b"BRIDGE", none, hold, talk, entered_at],
        event if event.starts_with(b"OUT") => &[param1, param2, hold, talk],
        _ => &[param1, param2, param3],
    };
    for (number, field) in fields.iter().enumerate() {
        if number > 0 {
            out.push(b'|');
        }
        out.extend_from_slice(field);
    }
}
