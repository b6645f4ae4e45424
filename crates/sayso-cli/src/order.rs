//! Work shared among the cores, its results in the order in which it came.

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;

/// Items in hand for each worker: enough that a slow page does not leave the others idle, few
/// enough that an archive does not pile up in memory.
const AHEAD: usize = 4;

/// Stack of a worker: what the main thread of a program usually has. Parsers of nested pages
/// recurse, and a spawned thread has a quarter of that by default.
const STACK: usize = 8 << 20;

/// Takes items from `source`, gives each to one of `workers` threads, and hands the results to
/// `finish` in the items' order. At most [`AHEAD`] items a worker are in hand at once.
///
/// `source` is asked for no more items after `finish` has broken.
pub(crate) fn in_order<I: Send, O: Send>(
    workers: usize,
    source: impl Iterator<Item = I> + Send,
    work: impl Fn(I) -> O + Sync,
    mut finish: impl FnMut(O) -> ControlFlow<()>,
) {
    let (job_in, job_out) = sync_channel::<(I, SyncSender<O>)>(workers);
    let (queue_in, queue_out) = sync_channel::<Receiver<O>>(workers * AHEAD);
    // Owned by the workers alone: when all have ended, by a panic too, `source` is not left waiting.
    let jobs = Arc::new(Mutex::new(job_out));
    let (work, handles) = (&work, vec![jobs; workers]);
    thread::scope(|scope| {
        scope.spawn(move || {
            for item in source {
                let (result_in, result_out) = sync_channel(1);
                if queue_in.send(result_out).is_err() || job_in.send((item, result_in)).is_err() {
                    break;
                }
            }
        });
        for jobs in handles {
            let worker = move || {
                while let Some((item, result)) = next(&jobs) {
                    // Fails when `finish` has broken and nobody waits for the result.
                    let _ = result.send(work(item));
                }
            };
            let spawned = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker);
            spawned.expect("the system gives a thread");
        }
        for result in queue_out {
            // No result means that the worker panicked; the scope passes the panic on.
            let Ok(result) = result.recv() else { break };
            if finish(result).is_break() {
                break;
            }
        }
    });
}

fn next<J>(jobs: &Mutex<Receiver<J>>) -> Option<J> {
    jobs.lock().expect("no thread panics while it waits").recv().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn squares(workers: usize, limit: u64) -> Vec<u64> {
        let mut results = Vec::new();
        in_order(
            workers,
            0..,
            |n: u64| {
                // Later items finish first.
                thread::sleep(Duration::from_micros(300 * (7 - n % 7)));
                n * n
            },
            |square| {
                results.push(square);
                if results.len() as u64 == limit { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        results
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_ends_the_run() {
        in_order(2, std::iter::repeat(0), |_| panic!("on purpose"), |()| ControlFlow::Continue(()));
    }

    #[test]
    fn results_keep_the_order_of_the_items() {
        let expected: Vec<u64> = (0..100).map(|n| n * n).collect();
        assert_eq!(squares(1, 100), expected);
        assert_eq!(squares(8, 100), expected);
    }
}
