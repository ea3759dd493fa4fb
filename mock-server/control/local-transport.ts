import { controlDescription } from '../../contracts/control.ts';
import { InvalidRequest } from '../../contracts/server/layers.ts';
import type { OperationRequest } from '../../contracts/server/mount.ts';
import { createValidator } from '../../contracts/validator.ts';
import { inSlices, type Steps } from '../machine/slices.ts';
import { ControlRefused, type Transport } from './call.ts';
import { endsWhatIsUnderWay, settle, type ControlContext } from './context.ts';
import { controlHandlers } from './handlers/index.ts';
import { translateControlProblem } from './problems.ts';
import { readGiven } from './read-apart.ts';

/**
 * Answers calls of the control API in the same process: the same checks and the same handlers as over HTTP, and what goes
 * in or comes out is a copy.
 */
export function createLocalTransport(context: ControlContext): Transport {
  const validator = createValidator(controlDescription, { unknownFields: 'refuse' });
  // Which handler takes which request is known to the compiler only where both are named.
  const handlers = controlHandlers as unknown as Record<
    string,
    (request: OperationRequest<unknown>, context: ControlContext) => Answer | Promise<Answer>
  >;
  return async (operation, call) => {
    try {
      const { path = {}, query = {} } = copy({ path: call.path, query: call.query });
      const given = call.body === undefined ? undefined : readGiven(operation, call.body);
      const { body, isChecked } = (given instanceof Promise ? await given : given) ?? {};
      const { valid, violations } = validator.request(operation, {
        path: asTexts(path),
        query: asTexts(query),
        headers: {},
        body,
        isBodyChecked: isChecked === true,
      });
      if (violations.length > 0) throw new InvalidRequest(violations);
      // It was held against the description a moment ago.
      const request = { ...valid, files: {} } as OperationRequest<unknown>;
      const handle = () => handlers[operation.id]?.(request, context);
      const answer = endsWhatIsUnderWay(operation.id) ? handle() : settle(context, path['world'], handle);
      return await inSlices(copyInSteps((await answer)?.body));
    } catch (error) {
      const { status, body } = translateControlProblem(error, () => undefined);
      if (status === 500) throw error;
      throw new ControlRefused(operation.id, status, body);
    }
  };
}

/** As they stand in an address. */
function asTexts(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

interface Answer {
  body: unknown;
}

function copy<Value>(value: Value): Value {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as Value);
}

/** The same step by step: an exported world is large. */
function* copyInSteps(value: unknown, depth = 3): Steps<unknown> {
  if (depth === 0 || typeof value !== 'object' || value === null || 'toJSON' in value) return copy(value);
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value as unknown[]) {
      items.push(yield* copyInSteps(item, depth - 1));
      yield;
    }
    return items;
  }
  const members: [string, unknown][] = [];
  for (const [name, member] of Object.entries(value)) {
    if (member !== undefined) members.push([name, yield* copyInSteps(member, depth - 1)]);
    yield;
  }
  return Object.fromEntries(members);
}
