//! The program: arguments to the library to an exit code.

fn main() {}
