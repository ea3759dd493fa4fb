// What a call of the unified API goes through on its way to its handler.
import { answerOf, type Layer, type Exchange } from '../../contracts/server/layers.ts';
import type { AnyAnswer } from '../../contracts/server/send-answer.ts';
import type { UnifiedSchemas } from '../../contracts/unified.ts';
import { instruments } from '../observe/instruments.ts';
import type { Operation } from '../../contracts/description.ts';
import type { Store } from '../store/open-store.ts';
import { actionOf } from '../actions/coverage.ts';
import { actionDisabled, invalidInput, modelDisabled, UnifiedProblem } from '../errors.ts';
import { isOff } from '../policy/scope.ts';
import type { NoteActionCall } from '../webhooks/issues.ts';
import { admit, type Caller } from './admission.ts';
import { listedModels } from './lists/index.ts';
import type { Limits } from './limits.ts';
import type { WithinTime } from './time-limit.ts';

/** Puts the state of the caller's limits into the headers of every answer. */
export function tellLimits(limits: Limits): Layer<unknown> {
  return async (exchange, next) => {
    try {
      return await next();
    } finally {
      exchange.headers = limits.headersOf(exchange.request);
    }
  };
}

/** Lets in who has a key, and an integration where the call is about one. */
export function admitCaller(
  store: Pick<Store, 'database' | 'vault'>,
  options: { limits: Limits; publicUrl: string | undefined },
): Layer<Caller> {
  return async (exchange, next) => {
    exchange.context = await admit(store, exchange.request, exchange.operation, options);
    return next();
  };
}

/**
 * Refuses a call that fits its description and that nothing good can come of: a filter whose name is written as other
 * frameworks do, which would be ignored; a required body that is missing; a text that no database holds.
 *
 * @throws UnifiedProblem that says what to send instead
 */
export const checkRequests: Layer<Caller> = ({ request, operation, query, body }, next) => {
  if (!operation) return next();
  refuseBrackets(operation, query);
  if (operation.body?.required === true && body === undefined) {
    throw invalidInput('The body is missing; send a JSON object, with the header Content-Type.');
  }
  // What is passed on to Gem is Gem's to judge, and is not stored.
  if (operation.id === 'sendPassthroughRequest') return next();
  refuseNul('path', request.params);
  refuseNul('query', query);
  refuseNul('body', body);
  return next();
};

/** Counts how each action ends, those included that are refused. */
export const countActions: Layer<Caller> = async (exchange, next) => {
  const { operation } = exchange;
  if (!operation?.tags.includes('actions')) return next();
  const answer = await answerOf(exchange, next);
  instruments.actions.add(1, { action: operation.id, outcome: codeOf(answer) ?? 'succeeded' });
  return answer;
};

/** The code of a problem. */
function codeOf({ status, body }: AnyAnswer): string | undefined {
  if (status < 400) return undefined;
  const { error } = body as UnifiedSchemas['Problem'];
  return error.code ?? `${status}`;
}

/**
 * Refuses what is switched off (kombo-unified-api §4.9).
 *
 * @throws UnifiedProblem
 */
export const keepToScope: Layer<Caller> = ({ operation, context }, next) => {
  const model = operation && listedModels[operation.id];
  if (model && isOff(context.integration().scope, model)) throw modelDisabled(model);
  const action = operation && actionOf(operation);
  if (action && isOff(context.integration().scope, action)) throw actionDisabled(action);
  return next();
};

/** Lets only so many actions of an integration run at once, lets no caller wait for ever, and notes how each ends. */
export function limitActions(limits: Limits, withinTime: WithinTime, note: NoteActionCall): Layer<Caller> {
  return ({ request, operation, context }, next) => {
    if (!operation?.tags.includes('actions')) return next();
    const { id: integrationId } = context.integration();
    const action = actionOf(operation);
    const noted = (hasFailed: boolean) =>
      action === undefined ? undefined : note({ integrationId, action, hasFailed });
    return withinTime(`${operation.id} of ${integrationId}`, () =>
      limits.during(request, integrationId, async () => {
        try {
          const answer = await next();
          await noted(false);
          return answer;
        } catch (error) {
          const said = saysOfAction(error);
          if (said !== undefined) await noted(said === 'fails');
          throw error;
        }
      }),
    );
  };
}

/**
 * What an error says of an action: nothing where the caller is wrong, and that it works where Gem's records are why it is
 * refused, such as a job that is closed.
 */
function saysOfAction(error: unknown): 'fails' | 'works' | undefined {
  const code = error instanceof UnifiedProblem ? error.code : null;
  if (code?.startsWith('ATS.')) return 'works';
  return code?.startsWith('PLATFORM.') && code !== 'PLATFORM.UNKNOWN_ERROR' ? undefined : 'fails';
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
