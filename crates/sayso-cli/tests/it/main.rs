//! The program as its users run it: a command line in a folder, what it writes and how it ends.

mod address;
mod eval;
mod harness;
mod input;
mod ledger;
mod output;
mod schema;
mod server;
mod wrong;
