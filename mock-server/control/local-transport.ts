import type { AnyCall } from '../../contracts/calls.ts';
import { controlDescription } from '../../contracts/control.ts';
import { mended } from '../../contracts/json.ts';
import { InvalidRequest } from '../../contracts/server/layers.ts';
import type { OperationRequest } from '../../contracts/server/mount.ts';
import { createValidator } from '../../contracts/validator.ts';
import { ControlRefused, type Transport } from './call.ts';
import { endsWhatIsUnderWay, settle, type ControlContext } from './context.ts';
import { controlHandlers } from './handlers/index.ts';
import { translateControlProblem } from './problems.ts';

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
      const { path = {}, query = {}, body } = withWholeTexts(call);
      const asText = Object.entries(query).map(([name, value]) => [name, String(value)]);
      const { valid, violations } = validator.request(operation, {
        path,
        query: Object.fromEntries(asText) as Record<string, string>,
        headers: {},
        body,
      });
      if (violations.length > 0) throw new InvalidRequest(violations);
      // It was held against the description a moment ago.
      const request = { ...valid, files: {} } as OperationRequest<unknown>;
      const handle = () => handlers[operation.id]?.(request, context);
      const answer = endsWhatIsUnderWay(operation.id) ? handle() : settle(context, path['world'], handle);
      return copy((await answer)?.body);
    } catch (error) {
      const { status, body } = translateControlProblem(error, () => undefined);
      if (status === 500) throw error;
      throw new ControlRefused(operation.id, status, body);
    }
  };
}

interface Answer {
  body: unknown;
}

/** A copy as it would come over HTTP. */
function withWholeTexts(call: AnyCall): AnyCall {
  return copy({ ...call, ...(call.body !== undefined && { body: mended(call.body) }) });
}

function copy<Value>(value: Value): Value {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as Value);
}
