// Walks every operation of the unified API: what it answers without a key, to a bad id, and in general.
import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../contracts/description.ts';
import { unifiedDescription } from '../../../contracts/unified.ts';
import { createValidator } from '../../../contracts/validator.ts';
import { useBoth } from '../../support/both.ts';

const both = useBoth();
const validator = createValidator(unifiedDescription, { unknownFields: 'refuse' });
const operations = [...unifiedDescription.operations.values()];

async function call(
  { method, path }: Operation,
  ids: Record<string, string>,
  headers: Record<string, string>,
) {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ids[name] ?? 'x'));
  const hasBody = method !== 'get';
  const response = await fetch(`${both.connector.apiUrl}${filled}`, {
    method: method.toUpperCase(),
    headers: { ...headers, ...(hasBody && { 'Content-Type': 'application/json' }) },
    ...(hasBody && { body: '{}' }),
  });
  return { status: response.status, body: (await response.json()) as { error?: { code: string | null } } };
}

const authorised = () => ({ Authorization: `Bearer ${both.connector.apiKey}` });
const unknown = 'gem:8d1hpPsbjxUkoCoa1veLZGe5';

describe.each(operations)('$id', (operation) => {
  test('is refused without a key, in the shape that is described', async () => {
    const { status, body } = await call(operation, {}, {});
    expect(status).toBe(401);
    expect(body.error?.code).toBe('PLATFORM.AUTHENTICATION_INVALID');
    expect(validator.answer(operation, status, body)).toEqual([]);
  });

  test('answers about an integration that is not there as described', async () => {
    const headers = { ...authorised(), 'X-Integration-Id': unknown };
    const { status, body } = await call(operation, { integration_id: unknown, category: 'ats' }, headers);
    expect(validator.answer(operation, status, body)).toEqual([]);
  });
});

describe.each(
  operations.filter(({ parameters }) => parameters.some(({ name }) => name === 'X-Integration-Id')),
)('$id', (operation) => {
  test('says which header is missing', async () => {
    const { status, body } = await call(operation, {}, authorised());
    expect([status, body.error?.code]).toEqual([400, 'PLATFORM.INPUT_INVALID']);
    expect(validator.answer(operation, status, body)).toEqual([]);
  });
});

const named = (operation: Operation, name: string) =>
  operation.parameters.some((parameter) => parameter.name === name);

// What is refused for its body or its query does not get as far as to look for an integration in the path.
const isComplete = ({ body, parameters }: Operation) =>
  body?.required !== true && !parameters.some((parameter) => parameter.in === 'query' && parameter.required);
const ofOne = operations.filter(
  (operation) =>
    named(operation, 'X-Integration-Id') || (named(operation, 'integration_id') && isComplete(operation)),
);

describe.each(ofOne)('$id', (operation) => {
  test('does not know an integration that is not there', async () => {
    const headers = { ...authorised(), 'X-Integration-Id': unknown };
    const { status, body } = await call(operation, { integration_id: unknown }, headers);
    expect([status, body.error?.code]).toEqual([404, 'PLATFORM.INTEGRATION_NOT_FOUND']);
  });
});
