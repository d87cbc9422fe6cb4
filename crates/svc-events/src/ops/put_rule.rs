//! PutRule: makes a rule, or replaces what it says; targets and tags stay.

use api::events::{PutRuleRequest, PutRuleResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use std::collections::BTreeMap;

use store::Scan;

use crate::error;
use crate::events::{Events, bus_in};
use crate::keys;
use crate::limits::RULES_MAX;
use crate::model::Rule;
use crate::names;
use crate::schedule::Schedule;
use crate::tags;

pub struct PutRule;

impl Operation for PutRule {
    type Service = Events;
    type Input = PutRuleRequest;
    type Output = PutRuleResponse;
    const SPEC: &'static OperationSpec = &api::events::PUT_RULE;

    async fn access(_: &Events, cx: &Context, input: &PutRuleRequest) -> Result<Vec<Access>, ApiError> {
        names::rule_access(cx, "events:PutRule", input.event_bus_name.as_deref(), &input.name)
    }

    async fn run(
        events: &Events,
        cx: &Context,
        input: PutRuleRequest,
    ) -> Result<Reply<PutRuleResponse>, ApiError> {
        let rule = checked(cx, &input)?;
        let (rule, bus) = (&rule, &rule.bus);
        events
            .change(|tx| async move {
                bus_in(&tx, cx, bus).await?;
                let key = keys::rule(cx.account, &cx.region, bus, &rule.name);
                let mut rule = rule.clone();
                match tx.get_record::<Rule>(&key).await? {
                    Some(before) => rule.tags = before.tags,
                    None => {
                        let rules = Scan::prefix(keys::rules(cx.account, &cx.region, bus)).limit(RULES_MAX);
                        if tx.scan(rules).await?.len() >= RULES_MAX {
                            return Err(error::too_many().into());
                        }
                    }
                }
                tx.put_record(key, &rule);
                Ok(())
            })
            .await?;
        let rule_arn = Some(names::rule_arn(cx.account, &cx.region, bus, &rule.name));
        Ok(PutRuleResponse { rule_arn }.into())
    }
}

fn checked(cx: &Context, input: &PutRuleRequest) -> Result<Rule, ApiError> {
    let bus = names::bus(cx, input.event_bus_name.as_deref())?;
    let pattern = input.event_pattern.clone().filter(|pattern| !pattern.is_empty());
    let schedule = input.schedule_expression.clone().filter(|schedule| !schedule.is_empty());
    if pattern.is_none() && schedule.is_none() {
        return Err(error::invalid("Parameter(s) EventPattern or ScheduleExpression must be specified."));
    }
    if let Some(pattern) = &pattern {
        pattern::Pattern::parse(pattern).map_err(|problem| error::invalid_pattern(&problem))?;
    }
    let enabled = match input.state.as_deref() {
        None | Some("ENABLED") => true,
        Some("DISABLED") => false,
        Some(other) => return Err(error::unsupported(&format!("State {other}"))),
    };
    if let Some(schedule) = &schedule {
        if Schedule::parse(schedule).is_none() {
            return Err(error::invalid("Parameter ScheduleExpression is not valid."));
        }
        if bus != names::DEFAULT {
            return Err(error::invalid("ScheduleExpression is supported only on the default event bus."));
        }
        if enabled {
            return Err(error::schedules_do_not_run());
        }
    }
    let mut tags = BTreeMap::new();
    tags::add(&mut tags, input.tags.clone().unwrap_or_default())?;
    Ok(Rule {
        name: input.name.clone(),
        bus,
        pattern,
        schedule,
        enabled,
        description: input.description.clone(),
        role_arn: input.role_arn.clone(),
        created_by: cx.account.as_str().to_owned(),
        tags,
    })
}
