// What a verification found, whatever was verified: every form of report is made of it.
import type { Evidence } from '../../description.ts';

/** All that one verification found. */
export interface Report {
  /** What was done, in words for a headline: `Rules of the connector`. */
  title: string;
  /** What was verified, in words: an address or a name. No secret. */
  subject: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  /** Milliseconds. */
  duration: number;
  /** What the made-up worlds follow from; absent where nothing is made up. */
  seed?: number;
  entries: readonly Entry[];
}

/** What was found of one rule or promise. */
export interface Entry {
  name: string;
  statement: string;
  evidence: Evidence;
  /** A part of the table, such as `reading` or `paging`. */
  group: string;
  state: 'held' | 'broken' | 'not observed';
  /** Why it was not observed, or another remark; one sentence. */
  remark?: string;
  /** The first few ways in which it was broken. */
  contradictions: readonly Contradiction[];
  /** The smallest world that breaks it. */
  example?: Example;
}

/** One value that is not as it was promised. */
export interface Contradiction {
  /** The record, action or request that it is about. */
  about: string;
  what: string;
  expected: unknown;
  got: unknown;
  /** Where in the connector it went wrong: the lines of a stack. */
  trace?: string;
}

/** A world in which a rule breaks. */
export interface Example {
  /** A scenario's file, as YAML. */
  scenario: string;
  /** What was asked of the connector there, one line each. */
  actions: readonly string[];
  /** The command that shows it again. */
  replay: string;
  /** Where the scenario was written, if it was. */
  file?: string;
}
