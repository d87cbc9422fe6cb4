//! Patterns for messages in columns: `[ip, user, ..., status = 4* && status != 404]`.

use super::InvalidPattern;
use super::value::{Operator, Wanted};

#[derive(Debug)]
pub(super) struct Columns {
    /// Before `...`, or all when there is none.
    head: Vec<Column>,
    /// After `...`; `None`: the number of columns must be exact.
    tail: Option<Vec<Column>>,
}

/// Alternatives of conditions that must all hold; none at all means anything goes.
#[derive(Debug, Default)]
struct Column(Vec<Vec<(Operator, Wanted)>>);

pub(super) fn parse(pattern: &str) -> Result<Columns, InvalidPattern> {
    let mut rest = pattern.strip_prefix('[').ok_or(InvalidPattern::Syntax)?;
    let mut columns = Columns { head: Vec::new(), tail: None };
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("...") {
            if columns.tail.replace(Vec::new()).is_some() {
                return Err(InvalidPattern::Syntax);
            }
            rest = after;
        } else {
            let (column, after) = column(rest)?;
            columns.tail.as_mut().unwrap_or(&mut columns.head).push(column);
            rest = after;
        }
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix(',') {
            rest = after;
            continue;
        }
        return match rest.strip_prefix(']') {
            Some(after) if after.trim().is_empty() => Ok(columns),
            _ => Err(InvalidPattern::Syntax),
        };
    }
}

/// `name`, or `name = value` with more conditions on the same name.
fn column(text: &str) -> Result<(Column, &str), InvalidPattern> {
    let (name, mut rest) = name(text)?;
    let mut column = Column::default();
    let Some((first, after)) = condition(rest)? else { return Ok((column, rest)) };
    column.0.push(vec![first]);
    rest = after;
    loop {
        let trimmed = rest.trim_start();
        let (both, after) = match (trimmed.strip_prefix("&&"), trimmed.strip_prefix("||")) {
            (Some(after), _) => (true, after),
            (None, Some(after)) => (false, after),
            (None, None) => return Ok((column, rest)),
        };
        let (again, after) = self::name(after.trim_start())?;
        if again != name {
            return Err(InvalidPattern::Syntax);
        }
        let (next, after) = condition(after)?.ok_or(InvalidPattern::Syntax)?;
        match column.0.last_mut().filter(|_| both) {
            Some(all) => all.push(next),
            None => column.0.push(vec![next]),
        }
        rest = after;
    }
}

fn name(text: &str) -> Result<(&str, &str), InvalidPattern> {
    let end = text
        .find(|next: char| !(next.is_alphanumeric() || matches!(next, '_' | '-' | '*')))
        .unwrap_or(text.len());
    if end == 0 { Err(InvalidPattern::Syntax) } else { Ok(text.split_at(end)) }
}

type Found<'a> = Option<((Operator, Wanted), &'a str)>;

fn condition(text: &str) -> Result<Found<'_>, InvalidPattern> {
    let Some((operator, rest)) = Operator::take(text.trim_start()) else { return Ok(None) };
    let (wanted, rest) = Wanted::take(rest.trim_start(), &[',', ']', '&', '|'])?;
    operator.check(&wanted)?;
    Ok(Some(((operator, wanted), rest)))
}

impl Columns {
    pub(super) fn matches(&self, message: &str) -> bool {
        let cells = split(message);
        let tail = self.tail.as_deref().unwrap_or_default();
        let least = self.head.len() + tail.len();
        if cells.len() < least || (self.tail.is_none() && cells.len() != least) {
            return false;
        }
        let head = self.head.iter().zip(&cells);
        let tail = tail.iter().zip(&cells[cells.len() - tail.len()..]);
        head.chain(tail).all(|(column, cell)| column.holds(cell))
    }
}

impl Column {
    fn holds(&self, cell: &str) -> bool {
        self.0.is_empty()
            || self.0.iter().any(|all| all.iter().all(|(operator, wanted)| operator.holds(cell, wanted)))
    }
}

/// Splits at white space; what stands in quotes or brackets is one column.
fn split(message: &str) -> Vec<&str> {
    let mut cells = Vec::new();
    let mut rest = message.trim_start();
    while let Some(first) = rest.chars().next() {
        let closing = match first {
            '"' => Some('"'),
            '[' => Some(']'),
            _ => None,
        };
        let enclosed = closing.and_then(|closing| rest[1..].split_once(closing));
        let (cell, after) = match enclosed {
            Some((inside, after)) => (inside, after),
            None => rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len())),
        };
        cells.push(cell);
        rest = after.trim_start();
    }
    cells
}
