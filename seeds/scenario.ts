import type { ControlSchemas } from '../contracts/control.ts';
import type { Identifiers } from './identifiers.ts';
import { type Company, type Records, type ResourceName, recordsOf } from './records.ts';
import type { Parameter } from './parameters.ts';

/** A named recipe for a world. The same seed and anchor give the same records, byte for byte. */
export interface Scenario {
  name: string;
  /** One line: what the scenario is for. */
  purpose: string;
  /** The values that a user may choose. */
  parameters: readonly Parameter[];
  /** The rules of mapping (`contracts/rules`) that it gives examples of. */
  rules: readonly string[];
  build(options: ScenarioOptions): WorldSeed;
}

export interface ScenarioOptions {
  /** Any text; names, ids and choices follow from it. */
  seed: string;
  /** The instant that the scenario calls now (ISO-8601): all its history lies before, planned interviews after. */
  anchor: string;
  /** Values for the scenario's own parameters; what is missing takes its default. */
  parameters?: Readonly<Record<string, unknown>>;
}

/** The anchor that is used where none is given: fixed, so that a scenario never changes with the calendar. */
export const defaultAnchor = '2026-11-16T09:00:00.000Z';

/** What a world starts from. */
export interface WorldSeed {
  company: Company;
  records: Records;
  /** Stands where the scenario stopped, so that the world's next ids are new ones. */
  identifiers: Identifiers;
  /** The names by which edits, faults and tests speak of records. */
  labels: Labels;
  /** What recruiters will do as the world's clock goes on, in the order of time. */
  timeline: TimelineEntry[];
}

/** What a label stands for. */
export type Labels = Record<string, { resource: ResourceName; id: string }>;

/** One thing that a recruiter does in Gem's own app. */
export type Edit = ControlSchemas['Edit'];

/** An edit that waits for its time. */
export interface TimelineEntry {
  /** An ISO-8601 instant of the world's clock. */
  at: string;
  edit: Edit;
}

/** A set of records with nothing in it. */
export function noRecords(): Records {
  return recordsOf(() => []);
}

/**
 * Makes derived times follow from what happened: a person's last activity is the newest of their applications,
 * interviews and notes, and so is the last change (gem-ats-api §14 #14).
 */
export function settleActivity(records: Records): Records {
  const newest = new Map<string, string>();
  const note = (id: string, instant: string | null) => {
    const known = newest.get(id);
    if (instant !== null && (known === undefined || known < instant)) newest.set(id, instant);
  };
  for (const interview of records.scheduled_interviews) note(interview.application_id, interview.updated_at);
  for (const written of records.notes) note(written.candidate_id, written.created_at);
  for (const application of records.applications) {
    note(application.id, application.last_activity_at);
    application.last_activity_at = newest.get(application.id) ?? application.last_activity_at;
    note(application.candidate_id, application.last_activity_at);
  }
  for (const candidate of records.candidates) {
    note(candidate.id, candidate.updated_at);
    candidate.updated_at = newest.get(candidate.id) ?? candidate.updated_at;
    candidate.last_activity = newest.get(candidate.id) ?? candidate.last_activity;
  }
  return records;
}

/** Labels records by their own names: `Company career site` is `company-career-site`. */
export function labelByName(
  resource: ResourceName,
  records: readonly ({ id: string } & ({ name: string } | { public_name: string }))[],
): Labels {
  return Object.fromEntries(
    records.map((record) => {
      const name = 'name' in record ? record.name : record.public_name;
      return [name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'), { resource, id: record.id }];
    }),
  );
}
