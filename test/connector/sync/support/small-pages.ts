import type { GemClient } from '../../../../connector/gem/client.ts';

/** A client whose pages hold only so many records, so that a small world has many of them. */
export function smallPages(gem: GemClient, size: number): GemClient {
  return {
    ...gem,
    ask: (id, call, signal) => {
      const isPaged = call.query?.['per_page'] !== undefined;
      const query = isPaged ? { ...call.query, per_page: size } : call.query;
      return gem.ask(id, { ...call, query }, signal);
    },
  };
}

/** A client that lets something happen before it asks for a page of a list. */
export function beforePage(gem: GemClient, operation: string, page: number, happen: () => void): GemClient {
  let hasHappened = false;
  return {
    ...gem,
    ask: async (id, call, signal) => {
      if (!hasHappened && id === operation && call.query?.['page'] === page) {
        hasHappened = true;
        happen();
      }
      return gem.ask(id, call, signal);
    },
  };
}
