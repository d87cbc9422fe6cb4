//! redb under the same idea: one writer thread that commits everything that waits with one sync. It does not
//! even check for conflicts, so the comparison favours it.

use std::path::Path;
use std::sync::{Arc, mpsc};

use bytes::Bytes;
use redb::{Database, ReadableDatabase, TableDefinition};
use tokio::sync::oneshot;

use crate::load::{Engine, Failure};

pub const NAME: &str = "redb + group commit";

const TABLE: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("rows");

type Request = (Vec<(Bytes, Bytes)>, oneshot::Sender<Result<(), String>>);

#[derive(Clone)]
pub struct RedbGroup {
    database: Arc<Database>,
    requests: mpsc::Sender<Request>,
}

impl RedbGroup {
    pub fn open(dir: &Path) -> Result<RedbGroup, Failure> {
        let database = Arc::new(Database::create(dir.join("redb"))?);
        let (requests, inbox) = mpsc::channel();
        // The first reader must find the table.
        write(&database, &[])?;
        let writer = Arc::clone(&database);
        std::thread::Builder::new().name("redb-writer".to_owned()).spawn(move || run(&writer, &inbox))?;
        Ok(RedbGroup { database, requests })
    }
}

fn run(database: &Database, inbox: &mpsc::Receiver<Request>) {
    while let Ok(first) = inbox.recv() {
        let requests: Vec<Request> = std::iter::once(first).chain(inbox.try_iter()).collect();
        let outcome = write(database, &requests).map_err(|error| error.to_string());
        for (_, reply) in requests {
            // A client that went away does not matter to the others.
            let _ = reply.send(outcome.clone());
        }
    }
}

fn write(database: &Database, requests: &[Request]) -> Result<(), redb::Error> {
    let transaction = database.begin_write()?;
    {
        let mut table = transaction.open_table(TABLE)?;
        for (key, value) in requests.iter().flat_map(|(writes, _)| writes) {
            table.insert(&key[..], &value[..])?;
        }
    }
    transaction.commit()?;
    Ok(())
}

impl Engine for RedbGroup {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn transact(&self, read: Option<Bytes>, writes: Vec<(Bytes, Bytes)>) -> Result<(), Failure> {
        if let Some(read) = read {
            let table = self.database.begin_read()?.open_table(TABLE)?;
            table.get(&read[..])?;
        }
        let (reply, answer) = oneshot::channel();
        self.requests.send((writes, reply))?;
        Ok(answer.await??)
    }
}
