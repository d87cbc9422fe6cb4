//! What the courier relies on: the store tells of each row that is written.

use bytes::Bytes;
use store::{Fed, Key, Options, Space, Store, StoreError};

async fn put(store: &Store, key: &Bytes) {
    let done = store.transact(|tx| async move {
        tx.put(key.clone(), "x");
        tx.delete(Key::new(Space::Delivery).text("deleted"));
        Ok::<_, StoreError>(())
    });
    done.await.unwrap();
}

#[tokio::test]
async fn a_feed_tells_of_puts_under_its_prefixes_in_order_and_says_when_it_missed_some() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), Options::default()).unwrap();
    let key = |space, text: &str| Bytes::from(Key::new(space).text(text));
    put(&store, &key(Space::Delivery, "before")).await;
    let prefixes = [Bytes::from(Key::new(Space::Delivery)), Bytes::from(Key::new(Space::DeliveryTimer))];
    let mut feed = store.feed(prefixes, 3);
    assert_eq!(feed.take(), Fed::default());
    let keys = [key(Space::DeliveryTimer, "z"), key(Space::Delivery, "b"), key(Space::Delivery, "a")];
    put(&store, &key(Space::Meta, "other")).await;
    for key in &keys {
        put(&store, key).await;
    }
    feed.ready().await;
    assert_eq!(feed.take(), Fed { keys: keys.to_vec(), missed: false });
    for key in keys.iter().chain(&keys) {
        put(&store, key).await;
    }
    feed.ready().await;
    assert_eq!(feed.take(), Fed { keys: keys.to_vec(), missed: true });
    assert_eq!(feed.take(), Fed::default());
}
