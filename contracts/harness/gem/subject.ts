import type { AnswerOf } from '../../calls.ts';
import type { GemOperations } from '../../gem.ts';
import type { Caller } from './caller.ts';
import type { List } from './lists.ts';
import { NothingToCheck } from './outcome.ts';
import type { People } from './people.ts';

/** The server that is verified, as the promises see it. */
export interface Subject extends Caller {
  /** The lists that it has. */
  lists(which?: { api?: List['api']; takes?: string }): readonly List[];
  /** @throws NothingToCheck when it does not have the list */
  list(operation: string): List;
  /** The first records of a list, as the description types them. @throws NothingToCheck */
  records<Id extends ListId>(operation: Id): readonly ListRecord<Id>[];
  /** The job board's word. @throws NothingToCheck when it was not given */
  vanity(): string;
  hasSecret: boolean;
  /** The names of all headers that came so far. */
  headersSeen(): ReadonlySet<string>;
  people: People;
}

/** The operations that answer with a list. */
export type ListId = {
  [Id in keyof GemOperations]: Body<Id> extends readonly unknown[] ? Id : never;
}[keyof GemOperations];

/** A record of a list. */
export type ListRecord<Id extends ListId> = Body<Id> extends readonly (infer One)[] ? One : never;

type Body<Id extends keyof GemOperations> = AnswerOf<GemOperations[Id], 200>;

/** Puts a subject together. */
export function createSubject(parts: {
  caller: Caller;
  lists: ReadonlyMap<string, List>;
  vanity?: string | undefined;
  hasSecret: boolean;
  headersSeen: ReadonlySet<string>;
  people: People;
}): Subject {
  const list = (operation: string): List => {
    const found = parts.lists.get(operation);
    if (!found) throw new NothingToCheck(`${operation} did not answer with a list`);
    return found;
  };
  return {
    ...parts.caller,
    lists: ({ api, takes } = {}) =>
      [...parts.lists.values()].filter(
        (one) => (api === undefined || one.api === api) && (takes === undefined || one.takes(takes)),
      ),
    list,
    // The promises about the form of answers say where a record is not what its type says.
    records: <Id extends ListId>(operation: Id) =>
      list(operation).rows as unknown as readonly ListRecord<Id>[],
    vanity: () => {
      if (parts.vanity === undefined) throw new NothingToCheck('no job board was named');
      return parts.vanity;
    },
    hasSecret: parts.hasSecret,
    headersSeen: () => parts.headersSeen,
    people: parts.people,
  };
}
