//! Cuts what a process prints into log records. Pure.

/// Longest record; longer ones are split. CloudWatch's limit for one event.
pub const RECORD_BYTES_MAX: usize = 256 * 1024;
/// Starts a line that stands for several, see `runtimes/PROTOCOL.md`.
const RECORD_START: u8 = 0x1e;
const RECORD_LINE_FEED: u8 = 0x1f;

/// The part of a line that has arrived so far.
#[derive(Debug, Default)]
pub struct Splitter {
    partial: Vec<u8>,
    /// The line began with [`RECORD_START`], perhaps in a piece that has been given out already.
    is_record: bool,
    /// A piece of this line has been given out because the line is too long.
    is_continued: bool,
}

impl Splitter {
    /// Takes bytes; gives out every record completed by them.
    pub fn push(&mut self, mut bytes: &[u8], record: &mut dyn FnMut(String)) {
        while !bytes.is_empty() {
            // Standard output and standard error share a pipe: a record may come while the other has written part of
            // a line, which then ends there.
            if !self.is_record && self.is_inside() && bytes[0] == RECORD_START {
                self.end_line(record);
                continue;
            }
            let end = match self.is_record || bytes[0] == RECORD_START {
                true => memchr::memchr(b'\n', bytes),
                false => memchr::memchr2(b'\n', RECORD_START, bytes),
            };
            self.extend(&bytes[..end.unwrap_or(bytes.len())], record);
            let Some(end) = end else { return };
            bytes = &bytes[end..];
            if bytes[0] == b'\n' {
                self.end_line(record);
                bytes = &bytes[1..];
            }
        }
    }

    /// Gives out a line that has no end yet.
    pub fn flush(&mut self, record: &mut dyn FnMut(String)) {
        if !self.partial.is_empty() {
            self.end_line(record);
        }
    }

    /// Part of a line has been taken.
    fn is_inside(&self) -> bool {
        !self.partial.is_empty() || self.is_continued || self.is_record
    }

    fn extend(&mut self, mut piece: &[u8], record: &mut dyn FnMut(String)) {
        if !self.is_inside() && piece.first() == Some(&RECORD_START) {
            self.is_record = true;
            piece = &piece[1..];
        }
        self.partial.extend_from_slice(piece);
        while self.partial.len() > RECORD_BYTES_MAX {
            self.give_out(boundary(&self.partial, RECORD_BYTES_MAX), record);
            self.is_continued = true;
        }
    }

    fn end_line(&mut self, record: &mut dyn FnMut(String)) {
        // A line that was split exactly at its end has nothing left to say.
        if !(self.is_continued && self.partial.is_empty()) {
            self.give_out(self.partial.len(), record);
        }
        self.is_record = false;
        self.is_continued = false;
    }

    fn give_out(&mut self, len: usize, record: &mut dyn FnMut(String)) {
        let rest = self.partial.split_off(len);
        let mut bytes = std::mem::replace(&mut self.partial, rest);
        if self.is_record {
            bytes.iter_mut().filter(|byte| **byte == RECORD_LINE_FEED).for_each(|byte| *byte = b'\n');
        }
        record(
            String::from_utf8(bytes)
                .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
        );
    }
}

/// The last place at or before `at` that does not cut a UTF-8 character.
fn boundary(bytes: &[u8], at: usize) -> usize {
    let is_inside = |index: usize| bytes[index] & 0b1100_0000 == 0b1000_0000;
    // A character has at most three continuation bytes; more is not UTF-8 and may be cut anywhere.
    (at.saturating_sub(3)..=at).rev().find(|index| !is_inside(*index)).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(pieces: &[&[u8]]) -> Vec<String> {
        let mut splitter = Splitter::default();
        let mut records = Vec::new();
        for piece in pieces {
            splitter.push(piece, &mut |record| records.push(record));
        }
        splitter.flush(&mut |record| records.push(record));
        records
    }

    #[test]
    fn lines_become_records() {
        let cases: [(&[&[u8]], &[&str]); 10] = [
            (&[b"a\nb\n"], &["a", "b"]),
            (&[b"a", b"b", b"\nc"], &["ab", "c"]),
            (&[b"\n\n"], &["", ""]),
            (&[b"\x1eone\x1ftwo\nthree\x1f\n"], &["one\ntwo", "three\x1f"]),
            (&[b"\x1eone", b"\x1ftwo\n"], &["one\ntwo"]),
            (&[b"begun, \x1eone\x1ftwo\nrest\n"], &["begun, ", "one\ntwo", "rest"]),
            (&[b"begun", b"\x1eone\x1ftwo\n"], &["begun", "one\ntwo"]),
            (&[b"\x1ea\x1eb", b"\x1ec\x1fd\n"], &["a\x1eb\x1ec\nd"]),
            (&[b"bad \xff utf-8\n"], &["bad \u{fffd} utf-8"]),
            (&[b""], &[]),
        ];
        for (pieces, expected) in cases {
            assert_eq!(records(pieces), expected, "{pieces:?}");
        }
    }

    #[test]
    fn long_lines_are_split_without_loss_and_not_inside_a_character() {
        let long = "ä".repeat(RECORD_BYTES_MAX);
        let mut text = long.clone().into_bytes();
        text.insert(0, b'x');
        text.push(b'\n');
        for size in [1000, 65_536, text.len()] {
            let pieces: Vec<&[u8]> = text.chunks(size).collect();
            let records = records(&pieces);
            assert!(records.iter().all(|record| record.len() <= RECORD_BYTES_MAX));
            assert_eq!(records.concat(), format!("x{long}"));
            assert_eq!(records.len(), 3);
        }
    }

    #[test]
    fn a_line_of_exactly_the_limit_is_one_record() {
        let text = [&vec![b'a'; RECORD_BYTES_MAX][..], b"\n"].concat();
        assert_eq!(records(&[&text]).len(), 1);
    }
}
