//! Running a child: its output goes to the terminal as it comes, and to a listener line by line.

use std::io::{self, Read, Write};
use std::process::{Command, Stdio};

use crate::closing::{Counter, Runner};
use crate::outcome::Outcome;

/// Runs a command and counts what its closing lines say.
pub(crate) fn run(command: &mut Command, runner: Runner) -> Outcome {
    let mut counter = Counter::new(runner);
    match stream(command, |line| counter.line(line)) {
        Ok(success) => counter.finish(success),
        Err(error) => {
            println!("cannot run {:?}: {error}", command.get_program());
            Outcome::check(false)
        }
    }
}

/// Whether the command starts and exits with success; its output is dropped.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn stream(command: &mut Command, mut line: impl FnMut(&str)) -> io::Result<bool> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()?;
    let output = child.stdout.take().expect("the standard output is piped");
    copy_lines(output, io::stdout(), &mut line)?;
    Ok(child.wait()?.success())
}

/// Copies `from` to `to` as it comes, and hands every line to `line` without its end.
fn copy_lines(
    mut from: impl Read,
    mut to: impl Write,
    mut line: impl FnMut(&str),
) -> io::Result<()> {
    let mut chunk = [0; 8192];
    let mut open = Vec::new();
    loop {
        let count = from.read(&mut chunk)?;
        if count == 0 {
            break;
        }
        let chunk = &chunk[..count];
        to.write_all(chunk)?;
        to.flush()?;
        for part in chunk.split_inclusive(|&byte| byte == b'\n') {
            open.extend_from_slice(part);
            if part.ends_with(b"\n") {
                line(String::from_utf8_lossy(&open).trim_end_matches(['\n', '\r']));
                open.clear();
            }
        }
    }
    if !open.is_empty() {
        line(&String::from_utf8_lossy(&open));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives three bytes at a time, so that lines are cut anywhere.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.0.len().min(3);
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    #[test]
    fn lines_cut_anywhere_arrive_whole() {
        let text = "first line\r\n\nthird, with è\nlast without end";
        let (mut copy, mut lines) = (Vec::new(), Vec::new());
        copy_lines(Slow(text.as_bytes()), &mut copy, |line| {
            lines.push(line.to_owned());
        })
        .unwrap();
        assert_eq!(copy, text.as_bytes());
        assert_eq!(
            lines,
            ["first line", "", "third, with è", "last without end"]
        );
    }

    #[test]
    fn a_program_that_cannot_start_fails() {
        let outcome = run(&mut Command::new("no-such-program-here"), Runner::ExitCode);
        assert_eq!(outcome, Outcome::check(false));
        assert!(!succeeds(&mut Command::new("no-such-program-here")));
    }
}
