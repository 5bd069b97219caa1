//! Where the pipes of a line are.

/// How many pipes of a line are of interest: in front of callid, queue, agent, event
/// and data, and between the fields of the data.
pub(crate) const MOST_PIPES: usize = 12;

/// The places of the first pipes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pipes {
    at: [u32; MOST_PIPES],
    count: usize,
}

impl Pipes {
    pub(crate) fn find(line: &[u8]) -> Self {
        let mut pipes = Self {
            at: [0; MOST_PIPES],
            count: 0,
        };
        for (place, pipe) in pipes.at.iter_mut().zip(memchr::memchr_iter(b'|', line)) {
            *place = pipe as u32;
            pipes.count += 1;
        }
        pipes
    }

    pub(crate) fn as_slice(&self) -> &[u32] {
        &self.at[..self.count]
    }
}
