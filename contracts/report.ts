// The result of a verification, from which every form of report is made.
import type { Evidence } from './description.ts';

/** The result of one verification. */
export interface Report {
  /** A headline: `Rules of the connector`. */
  title: string;
  /** What was verified: an address or a name, without secrets. */
  subject: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  /** Milliseconds. */
  duration: number;
  /** The seed of the made-up worlds; absent where none are made up. */
  seed?: number;
  entries: readonly Entry[];
}

/** The outcome of one rule or promise. */
export interface Entry {
  name: string;
  statement: string;
  evidence: Evidence;
  /** A part of the table, such as `reading` or `paging`. */
  group: string;
  state: 'held' | 'broken' | 'not observed';
  /** How many values were compared; absent where that is not counted. Nothing that compared none is held. */
  compared?: number;
  /** Why it was not observed, or another remark; one sentence. */
  remark?: string;
  /** Where it held, the parts that nothing was seen of, each with the reason. */
  unseen?: readonly string[];
  /** The first few ways in which it was broken. */
  contradictions: readonly Contradiction[];
  /** The smallest world that breaks it. */
  example?: Example;
}

/** A world in which a rule breaks. */
export interface Example {
  /** A scenario's file, as YAML. */
  scenario: string;
  /** The actions that the connector was asked for there, one line each. */
  actions: readonly string[];
  /** The command that shows it again. */
  replay: string;
  /** The file with the scenario, if one was written. */
  file?: string;
}

/** One value that contradicts a rule or a promise. */
export interface Contradiction {
  /** The record, action or request that it is about. */
  about: string;
  what: string;
  expected: unknown;
  got: unknown;
  /** Where in the connector it went wrong: the lines of a stack. */
  trace?: string;
}
