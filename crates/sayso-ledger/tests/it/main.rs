//! The ledger as a library: what is added, and what comes out.

mod answers;
mod broken;
mod correct;
mod forget;
mod house;
mod order;
mod pool;
mod sample;
