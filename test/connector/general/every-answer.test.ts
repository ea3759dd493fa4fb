// Walks everything that the connector serves: no answer is kept by anybody, and none is taken for another type.
import { describe, expect, test } from 'vitest';
import { unifiedDescription } from '../../../contracts/unified.ts';
import { useBoth } from '../../support/both.ts';
import { askForLink, newConnection } from '../connect/support/link.ts';

const both = useBoth();
const operations = [...unifiedDescription.operations.values()];

/** The status of an answer, and what it says about being kept and about its type. */
async function ask(path: string, init: RequestInit = {}): Promise<[number, string | null, string | null]> {
  const response = await fetch(`${both.connector.url}${path}`, { redirect: 'manual', ...init });
  const { status, headers, body } = response;
  await body?.cancel();
  return [status, headers.get('X-Content-Type-Options'), headers.get('Cache-Control')];
}

const guarded = (status: unknown) => [status, 'nosniff', 'no-store'];

describe.each(operations)('$id', ({ method, path }) => {
  test('answers whatever it does with nosniff and no-store', async () => {
    const ids: Record<string, string> = { integration_id: both.integrationId, category: 'ats' };
    // The integration is needed by the others: it is another one that is deleted or switched off.
    if (method === 'delete' || path.endsWith('enabled')) ids['integration_id'] = 'gem:unknown';
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ids[name] ?? 'x'));
    const init = {
      method: method.toUpperCase(),
      ...(method !== 'get' && { body: '{}', headers: { 'Content-Type': 'application/json' } }),
    };
    const headers = { ...init.headers, Authorization: `Bearer ${both.connector.apiKey}` };
    const admitted = { ...init, headers: { ...headers, 'X-Integration-Id': both.integrationId } };
    expect(await ask(`/v1${filled}`, admitted)).toEqual(guarded(expect.any(Number)));
    expect(await ask(`/v1${filled}`, init)).toEqual(guarded(401));
  });
});

test('so do pages, files, descriptions, and what is not there', async () => {
  const link = new URL(await askForLink(both, '/connect/create-link', newConnection)).pathname;
  const [candidate] = await both.unifiedList<{ id: string }>('/ats/candidates?page_size=1&last_name=Hired');
  const files = await both.unified(`/ats/candidates/${candidate?.id ?? ''}/attachments`);
  const found = (files.body as { data?: { results?: { data_url: string }[] } }).data?.results?.[0]?.data_url;
  const paths = {
    '/health': 200,
    '/docs': 200,
    '/openapi.json': 200,
    '/connect/guide': 200,
    [link]: 200,
    '/connect/unknown': 404,
    '/connect/%zz': 400,
    '/files/unknown': 404,
    '/files/%zz': 400,
    '/nowhere': 404,
    '/v1/nowhere': 401,
    ...(found !== undefined && { [new URL(found).pathname]: 200 }),
  };
  for (const [path, status] of Object.entries(paths)) {
    expect(await ask(path), path).toEqual(guarded(status));
  }
  const form = { method: 'POST', body: new URLSearchParams({}) };
  expect(await ask(`${link}/key`, form)).toEqual(guarded(403));
});
