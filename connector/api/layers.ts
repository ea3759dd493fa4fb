// What a call of the unified API goes through on its way to its handler.
import type { Layer } from '../../contracts/server/layers.ts';
import type { Store } from '../store/open-store.ts';
import { admit, type Caller } from './admission.ts';
import type { Limits } from './limits/limits.ts';
import type { WithinTime } from './limits/time-limit.ts';
import { checkRequest } from './request-checks.ts';

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

/** Refuses calls that fit the description and still cannot work. */
export const checkRequests: Layer<Caller> = (exchange, next) => {
  checkRequest(exchange);
  return next();
};

/** Lets only so many actions of an integration run at once, and lets no caller wait for ever. */
export function limitActions(limits: Limits, withinTime: WithinTime): Layer<Caller> {
  return ({ request, operation, context }, next) => {
    if (!operation?.tags.includes('actions')) return next();
    const { id } = context.integration();
    return withinTime(`${operation.id} of ${id}`, () => limits.during(request, id, next));
  };
}
