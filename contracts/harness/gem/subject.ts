import type { AnswerOf } from '../../calls.ts';
import type { GemOperations } from '../../gem.ts';
import type { Caller } from './caller.ts';
import type { List } from './lists.ts';
import { NothingToCheck } from './outcome.ts';
import type { People } from './people.ts';
import type { Seen } from '../../drift/seen.ts';

/** The server that is verified, as the promises see it. */
export interface Subject extends Caller {
  /** The lists that it has, if they were not chosen from. */
  lists(which?: { api?: List['api']; takes?: string }): readonly List[];
  /** All lists that it has, chosen or not. */
  everyList(): readonly List[];
  /** @throws NothingToCheck when it does not have the list */
  list(operation: string): List;
  /** The first records of a list, as the description types them. @throws NothingToCheck */
  records<Id extends ListId>(operation: Id): readonly ListRecord<Id>[];
  /** The job board's word. @throws NothingToCheck when it was not given */
  vanity(): string;
  hasSecret: boolean;
  /** What all answers so far have in common. */
  seen: Seen;
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
  /** The lists that `lists()` gives; all of them when left out. */
  chosen?: readonly string[] | undefined;
  vanity?: string | undefined;
  hasSecret: boolean;
  seen: Seen;
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
        (one) =>
          (api === undefined || one.api === api) &&
          (takes === undefined || one.takes(takes)) &&
          (parts.chosen?.includes(one.operation.id) ?? true),
      ),
    everyList: () => [...parts.lists.values()],
    list,
    // The promises about the form of answers say where a record is not what its type says.
    records: <Id extends ListId>(operation: Id) =>
      list(operation).rows as unknown as readonly ListRecord<Id>[],
    vanity: () => {
      if (parts.vanity === undefined) throw new NothingToCheck('no job board was named');
      return parts.vanity;
    },
    hasSecret: parts.hasSecret,
    seen: parts.seen,
    people: parts.people,
  };
}
