// What is refused of every call of the unified API, though its operation's description says nothing of it.
import type { Operation } from '../../contracts/description.ts';
import type { Exchange } from '../../contracts/server/layers.ts';
import { invalidInput } from '../errors.ts';

/**
 * Refuses a call that fits its description and that nothing good can come of: a filter whose name is written as other
 * frameworks do, which would be ignored; a required body that is missing; a text that no database holds.
 *
 * @throws UnifiedProblem that says what to send instead
 */
export function checkRequest({ request, operation, query, body }: Exchange<unknown>): void {
  if (!operation) return;
  refuseBrackets(operation, query);
  if (operation.body?.required === true && body === undefined) {
    throw invalidInput('The body is missing; send a JSON object, with the header Content-Type.');
  }
  // What is passed on to Gem is Gem's to judge, and is not stored.
  if (operation.id === 'sendPassthroughRequest') return;
  refuseNul('path', request.params);
  refuseNul('query', query);
  refuseNul('body', body);
}

function refuseBrackets({ parameters }: Operation, query: Exchange<unknown>['query']): void {
  for (const sent of Object.keys(query)) {
    const name = /^(\w+)\[\d*\]$/.exec(sent)?.[1];
    if (!parameters.some((parameter) => parameter.in === 'query' && parameter.name === name)) continue;
    throw invalidInput(`query ${sent} must be called ${name}; several values stand in one, between commas.`);
  }
}

function refuseNul(place: string, value: unknown): void {
  if (holdsNul(value)) {
    throw invalidInput(`The ${place} must not contain the character U+0000, in no name and no value.`);
  }
}

/** Bodies are no deeper than the reader lets them be. */
function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsNul);
  return Object.entries(value).some(([name, inner]) => name.includes('\0') || holdsNul(inner));
}
