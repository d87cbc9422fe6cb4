//! Freehold's own HTTP endpoints, beside AWS's APIs: health, metrics, the ledger, the pools.

pub mod pools;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use base::{BoxFuture, RequestId, Timestamp};
use serde_json::{Value, json};
use svc_lambda::model::{PriceSheet, Receipt, ReceiptTotal};
use svc_lambda::{Lambda, ReceiptFilter};
use wire::{Body, HttpHandler, HttpRequest};

/// Receipts in one answer at most.
const RECEIPTS_MAX: usize = 1000;

/// `/health`: 200 as long as requests are answered; and in which mode functions are kept apart.
pub struct Health {
    pub isolation: Isolation,
    /// Whom the server runs as; `false`: it has kept root's rights.
    pub unprivileged: bool,
}

/// How functions are kept apart.
pub struct Isolation {
    pub mode: &'static str,
    /// What functions reach unless a rule says otherwise.
    pub egress: warden::Egress,
    /// What is lacking and was accepted.
    pub weaknesses: Vec<warden::Weakness>,
}

impl HttpHandler for Health {
    fn handle(&self, _request: HttpRequest) -> BoxFuture<'_, http::Response<Body>> {
        let Isolation { mode, egress, weaknesses } = &self.isolation;
        let document = json!({
            "status": "ok",
            "version": env!("CARGO_PKG_VERSION"),
            "isolation": {
                "mode": mode,
                "egress": egress,
                "weaknesses": weaknesses,
                "serverUnprivileged": self.unprivileged,
            },
        });
        Box::pin(async move { answer(200, &document) })
    }
}

/// `/metrics` in Prometheus's text format.
pub struct Metrics {
    pub wire: wire::Metrics,
    pub fleet: fleet::Fleet,
    pub courier: courier::Courier,
}

impl HttpHandler for Metrics {
    fn handle(&self, _request: HttpRequest) -> BoxFuture<'_, http::Response<Body>> {
        Box::pin(async {
            let mut text = self.wire.render();
            let stats = self.fleet.stats();
            text.push_str(&fleet_metrics(&stats));
            text.push_str(&pools::metrics(&stats.pools));
            text.push_str(&courier_metrics(&self.courier.metrics()));
            let mut response = http::Response::new(Body::from(text));
            let kind = http::HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
            response.headers_mut().insert(http::header::CONTENT_TYPE, kind);
            response
        })
    }
}

fn fleet_metrics(stats: &fleet::Stats) -> String {
    use std::fmt::Write;
    let mut text = String::new();
    let mut put = |name: &str, kind: &str, help: &str, value: u64| {
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "# HELP freehold_{name} {help}\n# TYPE freehold_{name} {kind}\nfreehold_{name} {value}\n"
        );
    };
    let sum = |count: fn(&fleet::FunctionStats) -> u32| {
        stats.functions.values().map(|one| u64::from(count(one))).sum()
    };
    put("environments_idle", "gauge", "Execution environments that wait for work.", sum(|one| one.idle));
    put(
        "environments_busy",
        "gauge",
        "Execution environments that serve an invocation.",
        sum(|one| one.busy),
    );
    put("environments_starting", "gauge", "Execution environments that initialise.", sum(|one| one.starting));
    put("environments_frozen", "gauge", "Idle environments that are frozen.", stats.frozen.into());
    put("invocations_waiting", "gauge", "Invocations that wait for an environment.", sum(|one| one.waiting));
    put("workers_prestarted", "gauge", "Workers started ahead of demand.", stats.prestarted as u64);
    put("cold_starts_total", "counter", "Environments started.", stats.cold_starts);
    put("invocations_total", "counter", "Invocations admitted.", stats.invocations);
    put(
        "memory_reserved_bytes",
        "gauge",
        "Configured memory of all environments.",
        stats.memory_reserved.as_bytes(),
    );
    put(
        "memory_expected_bytes",
        "gauge",
        "Memory that all environments are expected to use, by what was seen of their functions.",
        stats.memory_expected.as_bytes(),
    );
    text
}

fn courier_metrics(metrics: &courier::Metrics) -> String {
    use std::fmt::Write;
    let mut text = String::new();
    let mut put = |name: &str, kind: &str, help: &str, values: &[(&str, u64)]| {
        // Writing to a string cannot fail.
        let _ = write!(text, "# HELP freehold_{name} {help}\n# TYPE freehold_{name} {kind}\n");
        for (label, value) in values {
            let _ = writeln!(text, "freehold_{name}{label} {value}");
        }
    };
    let courier::Metrics { attempts, throttled, put_off, endings, running, lanes, waiting, timers } = metrics;
    put("delivery_attempts_total", "counter", "Attempts at deliveries.", &[("", *attempts)]);
    put(
        "deliveries_throttled_total",
        "counter",
        "Attempts that the target had no room for.",
        &[("", *throttled)],
    );
    put("deliveries_put_off_total", "counter", "Attempts that are made again later.", &[("", *put_off)]);
    let labels: Vec<(String, u64)> = endings
        .iter()
        .map(|(ending, count)| (format!("{{ending=\"{}\"}}", format!("{ending:?}").to_lowercase()), *count))
        .collect();
    let labels: Vec<(&str, u64)> = labels.iter().map(|(label, count)| (label.as_str(), *count)).collect();
    put("deliveries_ended_total", "counter", "Deliveries that have ended.", &labels);
    put("deliveries_running", "gauge", "Attempts under way.", &[("", *running)]);
    put("delivery_lanes", "gauge", "Targets with deliveries to attempt.", &[("", *lanes)]);
    put(
        "deliveries_in_memory",
        "gauge",
        "Due deliveries that are in memory; more may be on disk.",
        &[("", *waiting)],
    );
    put(
        "delivery_timers_in_memory",
        "gauge",
        "Deliveries in memory that wait for an instant.",
        &[("", *timers)],
    );
    text
}

/// `/_freehold/cost?since=&until=&function=`: totals per function version and their sum, of the caller's account.
/// Times are milliseconds since the epoch; totals are kept by the hour, so the hours that the range touches count.
pub struct Cost(pub Arc<Lambda>, pub PriceSheet);

impl HttpHandler for Cost {
    fn handle(&self, request: HttpRequest) -> BoxFuture<'_, http::Response<Body>> {
        Box::pin(async move {
            let query = match Query::of(&request) {
                Ok(query) => query,
                Err(problem) => return refuse(problem),
            };
            let _ = self.0.flush().await;
            match self.0.totals(query.range.clone()).await {
                Ok(rows) => answer(200, &self.report(&query, rows)),
                Err(problem) => unavailable(&problem),
            }
        })
    }
}

impl Cost {
    fn report(&self, query: &Query, rows: Vec<svc_lambda::TotalRow>) -> Value {
        let mut versions: BTreeMap<(String, String), ReceiptTotal> = BTreeMap::new();
        let mut sum = ReceiptTotal::default();
        for row in rows {
            let mine = query.filter.account.is_none_or(|account| account == row.account);
            if mine && query.filter.function.as_ref().is_none_or(|function| *function == row.function) {
                add(versions.entry((row.function, row.version)).or_default(), &row.total);
                add(&mut sum, &row.total);
            }
        }
        let functions = versions.iter().map(|((function, version), total)| {
            let mut row = figures(total);
            row["function"] = function.as_str().into();
            row["version"] = version.as_str().into();
            row
        });
        json!({ "currency": self.1.currency, "functions": functions.collect::<Vec<_>>(), "total": figures(&sum) })
    }
}

/// `/_freehold/receipts?since=&until=&function=` or `?request_id=`: receipts, oldest first; the newest 1,000 of the
/// range.
pub struct Receipts(pub Arc<Lambda>, pub PriceSheet);

impl HttpHandler for Receipts {
    fn handle(&self, request: HttpRequest) -> BoxFuture<'_, http::Response<Body>> {
        Box::pin(async move {
            let query = match Query::of(&request) {
                Ok(query) => query,
                Err(problem) => return refuse(problem),
            };
            let _ = self.0.flush().await;
            let found = match query.request_id {
                Some(id) => self.0.receipt(id).await.map(|receipt| receipt.into_iter().collect::<Vec<_>>()),
                None => self.0.receipts(query.range.clone(), &query.filter, RECEIPTS_MAX).await,
            };
            match found {
                Ok(receipts) => {
                    let mine =
                        |receipt: &&Receipt| query.filter.account.is_none_or(|own| own == receipt.account);
                    let shown =
                        receipts.iter().rev().filter(mine).map(|receipt| show(receipt, &self.1.currency));
                    answer(200, &json!({ "receipts": shown.collect::<Vec<_>>() }))
                }
                Err(problem) => unavailable(&problem),
            }
        })
    }
}

/// What a request for the ledger asks.
struct Query {
    range: Range<Timestamp>,
    filter: ReceiptFilter,
    request_id: Option<RequestId>,
}

impl Query {
    fn of(request: &HttpRequest) -> Result<Query, String> {
        let end = request.received_at.saturating_add(std::time::Duration::from_secs(1));
        let mut query = Query {
            range: Timestamp::from_millis(0)..end,
            filter: ReceiptFilter {
                account: request.caller.as_ref().map(|caller| caller.account),
                ..ReceiptFilter::default()
            },
            request_id: None,
        };
        for (name, value) in wire::protocol::uri::pairs(request.parts.uri.query().unwrap_or_default()) {
            let wrong = || format!("{name}={value} is not understood");
            match &*name {
                "since" => query.range.start = Timestamp::from_millis(value.parse().map_err(|_| wrong())?),
                "until" => query.range.end = Timestamp::from_millis(value.parse().map_err(|_| wrong())?),
                "function" => query.filter.function = Some(value.into_owned()),
                "request_id" => query.request_id = Some(value.parse().map_err(|_| wrong())?),
                _ => return Err(wrong()),
            }
        }
        Ok(query)
    }
}

fn add(sum: &mut ReceiptTotal, part: &ReceiptTotal) {
    sum.invocations += part.invocations;
    sum.errors += part.errors;
    sum.cold_starts += part.cold_starts;
    sum.billed_ms += part.billed_ms;
    sum.mib_ms += part.mib_ms;
    sum.cost_nano += part.cost_nano;
}

fn figures(total: &ReceiptTotal) -> Value {
    json!({
        "invocations": total.invocations, "errors": total.errors, "coldStarts": total.cold_starts,
        "billedMs": total.billed_ms, "mibMs": total.mib_ms, "costNano": total.cost_nano,
    })
}

fn show(receipt: &Receipt, currency: &str) -> Value {
    json!({
        "requestId": receipt.request_id.to_string(), "function": receipt.function, "version": receipt.version,
        "region": receipt.region.as_str(), "at": receipt.at.as_millis(), "cold": receipt.cold,
        "outcome": receipt.outcome, "initUs": receipt.init_us, "durationUs": receipt.duration_us,
        "billedMs": receipt.billed_ms, "memoryMib": receipt.memory_mib,
        "memoryPeakBytes": receipt.memory_peak_bytes, "cpuUs": receipt.cpu_us,
        "queuedUs": receipt.queued_us, "memoryWaitUs": receipt.memory_wait_us, "isolation": receipt.isolation, "mibMs": receipt.mib_ms,
        "costNano": receipt.cost_nano, "currency": currency,
    })
}

fn refuse(problem: String) -> http::Response<Body> {
    answer(400, &json!({ "__type": "InvalidParameterValueException", "message": problem }))
}

fn unavailable(problem: &dyn std::fmt::Display) -> http::Response<Body> {
    tracing::error!(%problem, "the ledger cannot be read");
    answer(500, &json!({ "__type": "ServiceException", "message": "The ledger cannot be read." }))
}

fn answer(status: u16, body: &Value) -> http::Response<Body> {
    let mut response = http::Response::new(Body::from(body.to_string()));
    *response.status_mut() =
        http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
    let kind = http::HeaderValue::from_static("application/json");
    response.headers_mut().insert(http::header::CONTENT_TYPE, kind);
    response
}
