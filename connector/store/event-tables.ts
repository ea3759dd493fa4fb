// The tables of what callers are told of, as types: issues, webhooks, events and their deliveries.
import type { ColumnType as Stored, Generated } from 'kysely';

/** A moment: read as a date, written as an ISO-8601 text. */
export type Moment = Stored<Date, string, string>;
export type NullableMoment = Stored<Date | null, string | null, string | null>;

export interface Issues {
  id: string;
  integration_id: string;
  type: string;
  /** Empty where it is about none. */
  action: string;
  problem: string;
  first_observed_at: Moment;
  last_observed_at: Moment;
  resolved_at: NullableMoment;
}

export interface ActionCallRows {
  integration_id: string;
  action: string;
  at: Moment;
  has_failed: boolean;
}

export interface Webhooks {
  id: string;
  environment_id: string;
  url: string;
  secret: string;
  event_types: unknown;
  is_setting: boolean;
  created_at: Moment;
  previous_secret: string | null;
  previous_secret_until: NullableMoment;
  failing_since: NullableMoment;
  problem: string | null;
  switched_off_at: NullableMoment;
}

export interface WebhookEvents {
  id: string;
  environment_id: string;
  integration_id: string | null;
  type: string;
  body: string;
  created_at: Moment;
  /** The step of a trace in which it came about. */
  traceparent: string | null;
}

export interface WebhookDeliveries {
  number: number;
  event_id: string;
  webhook_id: string;
  channel: string;
  state: string;
  next_try_at: NullableMoment;
  earlier_tries: Generated<number>;
}

export interface WebhookTries {
  event_id: string;
  webhook_id: string;
  number: number;
  at: Moment;
  status: number | null;
  milliseconds: number;
  problem: string | null;
  answer: string | null;
}
