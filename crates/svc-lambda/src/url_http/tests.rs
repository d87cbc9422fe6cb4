//! Function URLs end to end, short of the connection.
