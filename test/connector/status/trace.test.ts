import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGemClient } from '../../../connector/gem/client.ts';
import { logUrl, presentFields, traced } from '../../../connector/observe/trace.ts';
import { startTelemetry, type Telemetry } from '../../../connector/observe/telemetry.ts';
import { impatient } from '../../support/connected.ts';
import { answer, startStubGem } from '../../support/stub-gem.ts';

let telemetry: Telemetry | undefined;
beforeAll(async () => {
  telemetry = await startTelemetry({ env: {}, needsTraces: true, role: 'api', log: () => {} });
});
afterAll(() => telemetry?.close());

test('Gem is told the trace with each attempt, each of which is a step of its own', async () => {
  const stub = await startStubGem();
  stub.intercept = (_, response) => stub.requests.length === 1 && answer(response, 503, {});
  const gem = createGemClient({ url: stub.url, apiKey: 'key', retry: impatient });
  const trace = await traced('work', {}, async (span) => {
    await gem.ask('listJobs', {});
    return span.spanContext();
  });
  const told = stub.requests.map(({ headers }) => String(headers['traceparent']).split('-'));
  expect(told.map(([, traceId]) => traceId)).toEqual([trace.traceId, trace.traceId]);
  expect(new Set([trace.spanId, ...told.map(([, , spanId]) => spanId)]).size).toBe(3);
});

test('fields and trace go along with the work over every await, and end with it', async () => {
  const step = { fields: { integration_id: 'gem:1', sync_id: 's1' } };
  const within = await traced('work', step, async (span) => {
    await new Promise(setImmediate);
    const { traceId } = span.spanContext();
    return { fields: presentFields(), url: logUrl('https://logs/{trace_id}/{sync_id}'), traceId };
  });
  expect(within.fields).toMatchObject({ ...step.fields, trace_id: within.traceId });
  expect(within.url).toBe(`https://logs/${within.traceId}/s1`);
  expect(presentFields()).toEqual({});
  expect(logUrl('https://logs/{trace_id}')).toBeNull();
});
