//! The server dies at random points, again and again; what was accepted ends all the same.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use courier::{NewDelivery, Outcome};

use crate::life::{Scripted, drained, open, quick, rows, send, to};

#[test]
fn accepted_deliveries_survive_any_number_of_crashes() {
    let dir = tempfile::tempdir().unwrap();
    let accepted = Arc::new(Mutex::new(BTreeSet::new()));
    let delivered = Arc::new(Mutex::new(BTreeSet::new()));
    let number = Arc::new(AtomicU64::new(0));
    for life in 0..12_u64 {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let (accepted, delivered, number) = (accepted.clone(), delivered.clone(), number.clone());
        runtime.block_on(async {
            let (store, courier) = open(dir.path(), quick());
            let calls = AtomicU64::new(life);
            let done = delivered.clone();
            let handler = Arc::new(Scripted::new(move |attempt| {
                // It fails now and then, but never three times for one delivery.
                let fails =
                    attempt.delivery.attempts == 0 && calls.fetch_add(1, Ordering::SeqCst).is_multiple_of(3);
                let text = String::from_utf8_lossy(&attempt.payload).into_owned();
                let done = done.clone();
                async move {
                    tokio::task::yield_now().await;
                    if fails {
                        return Outcome::Failed { error: "now and then".into() }.into();
                    }
                    done.lock().unwrap().insert(text);
                    Outcome::Done.into()
                }
            }));
            courier.register("test", handler.clone());
            courier.start();
            if life == 11 {
                return drained(&store).await;
            }
            let mut senders = tokio::task::JoinSet::new();
            for sender in 0..4 {
                let (store, courier) = (store.clone(), courier.clone());
                let (accepted, number) = (accepted.clone(), number.clone());
                senders.spawn(async move {
                    loop {
                        let text = number.fetch_add(1, Ordering::SeqCst).to_string();
                        let delay = (sender == 0).then(|| {
                            base::Clock::now(&base::SystemClock::new())
                                .saturating_add(Duration::from_millis(5))
                        });
                        let new = NewDelivery { not_before: delay, ..to(&format!("lane-{sender}"), &text) };
                        send(&store, &courier, new).await;
                        accepted.lock().unwrap().insert(text);
                    }
                });
            }
            // A different number of attempts in each life, then everything ends in the middle of what it does.
            let enough = 20 + 37 * life as usize;
            handler.seen.subscribe().wait_for(|seen| seen.len() >= enough).await.unwrap();
            senders.abort_all();
        });
        // Everything that was running ends in the middle of what it did.
        drop(runtime);
    }
    let (accepted, delivered) = (accepted.lock().unwrap(), delivered.lock().unwrap());
    assert!(accepted.len() > 100, "{}", accepted.len());
    assert_eq!(accepted.difference(&delivered).collect::<Vec<_>>(), Vec::<&String>::new());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (store, _courier) = open(dir.path(), quick());
    assert_eq!(runtime.block_on(rows(&store)), [0; 4]);
}
