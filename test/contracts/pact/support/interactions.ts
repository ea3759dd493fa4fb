import { readFileSync } from 'node:fs';
import { committedPact, type Parties } from './use-pact.ts';

/** An interaction as a committed pact has it. */
export interface Interaction {
  description: string;
  providerStates?: { name: string; params?: object }[];
  request: {
    method: string;
    path: string;
    query?: Record<string, string[]>;
    headers?: Record<string, string>;
    body?: unknown;
  };
  response: { status: number; headers?: Record<string, string>; body?: unknown };
}

/** A message as a committed pact has it. */
export interface Message {
  description: string;
  contents: { type: string };
}

/** The interactions of a committed pact. */
export function interactionsOf(parties: Parties): Interaction[] {
  return read<{ interactions: Interaction[] }>(parties).interactions;
}

/** The messages of a committed pact. */
export function messagesOf(parties: Parties): Message[] {
  return read<{ messages: Message[] }>(parties).messages;
}

function read<Pact>(parties: Parties): Pact {
  return JSON.parse(readFileSync(committedPact(parties), 'utf8')) as Pact;
}
