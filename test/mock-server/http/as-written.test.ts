// What HTTP and Gem's framework say of requests, to the letter.
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { gemDescription } from '../../../contracts/gem.ts';
import type { MockGem } from '../../../mock-server/server.ts';
import { read, readCandidates, startGem } from '../../support/gem.ts';
import { sendRaw } from '../../support/control.ts';
import { exchange } from '../../support/raw-requests.ts';
import { ask, lastRequest } from '../faults/support.ts';

describe('the method and the path', () => {
  test('405 names the methods of the path, on every path of Gem and of the control API', async () => {
    const gem = await startGem();
    const byPath = new Map<string, Set<string>>();
    for (const { path, method } of gemDescription.operations.values()) {
      const key = path.replaceAll(/\{\w+\}/g, 'x');
      byPath.set(key, new Set([...(byPath.get(key) ?? []), method.toUpperCase()]));
    }
    for (const [path, methods] of byPath) {
      const other = ['PUT', 'PATCH', 'DELETE', 'POST'].find((method) => !methods.has(method)) ?? 'TRACE';
      const { status, headers } = await ask(gem, path, { method: other });
      const allowed = new Set(methods.has('GET') ? [...methods, 'HEAD'] : methods);
      expect({ path, status, allow: new Set(headers.allow?.split(', ')) }).toEqual({
        path,
        status: 405,
        allow: allowed,
      });
    }
    const control = await sendRaw(`${gem.url}/_control/worlds`, { method: 'PUT' });
    expect(control).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD, POST' } });
  });

  test.each([
    '/ats/v0/Jobs/',
    '/ATS/v0/jobs/',
    '/v0/USERS',
    '/OpenAPI.json',
    '/_Control/worlds',
    '/_control/Worlds',
  ])('%s does not exist: paths keep their case', async (path) =>
    expect((await ask(await startGem(), path)).status).toBe(404),
  );

  test('HEAD and OPTIONS can be looked for, and meet faults', async () => {
    const gem = await startGem();
    const world = await gem.control.world();
    for (const method of ['HEAD', 'OPTIONS'] as const) {
      await ask(gem, '/ats/v0/jobs/', { method });
      expect(await world.requests.find({ method })).toMatchObject({ count: 1 });
      await world.faults.arm({ fault: 'status', status: 503, match: { method } });
      expect((await ask(gem, '/ats/v0/jobs/', { method })).status).toBe(503);
    }
  });
});

describe('headers', () => {
  test('of a name are sent once, whatever its case: the fault has the last word', async () => {
    const gem = await startGem();
    for (const headers of [{ 'content-type': 'text/html' }, { 'X-A': '1', 'x-a': '2', dAtE: 'today' }]) {
      gem.world.faults.arm({ fault: 'status', status: 503, headers });
      const raw = await rawHead(gem, '/ats/v0/jobs/');
      const names = raw.map((line) => line.split(':')[0]?.toLowerCase());
      expect(names).toEqual([...new Set(names)]);
      for (const [name, value] of Object.entries(headers).slice(-1))
        expect(raw).toContain(`${name}: ${value}`);
    }
  });

  test('name where links lead: to the address that was asked, unless the server has a public one', async () => {
    const linked = async (gem: MockGem, host: string) => {
      const headers = { 'X-API-Key': gem.apiKey, Host: host };
      const { text } = await sendRaw(`${gem.url}/ats/v0/candidates/?per_page=500`, { headers });
      return new Set([...text.matchAll(/"url":"([^"]*?)\/attachments/g)].map(([, start]) => start));
    };
    const gem = await startGem();
    expect(await linked(gem, 'gem.test:8080')).toEqual(new Set(['http://gem.test:8080']));
    expect(await linked(gem, '[::1]:80')).toEqual(new Set(['http://[::1]:80']));
    expect(await linked(gem, '"><script>')).toEqual(new Set([gem.url]));
    const behind = await startGem({ publicUrl: 'https://gem.example/' });
    expect(await linked(behind, 'gem.test:8080')).toEqual(new Set(['https://gem.example']));
  });

  test('a link leads back to the file, and can be written to another candidate, whatever the server was called', async () => {
    const gem = await startGem();
    const headers = { 'X-API-Key': gem.apiKey, Host: 'gem.test:8080' };
    const { text } = await sendRaw(`${gem.url}/ats/v0/candidates/?per_page=500`, { headers });
    const url = /"url":"([^"]+)"/.exec(text)?.[1] ?? '';
    expect((await ask(gem, url.replace('http://gem.test:8080', ''))).status).toBe(200);
    const [candidate] = await readCandidates(gem);
    const [user] = await read<{ id: string }[]>(gem, '/ats/v0/users/');
    const body = { user_id: user?.id, filename: 'cv.pdf', type: 'resume', url };
    const copied = await ask(gem, `/ats/v0/candidates/${candidate?.id}/attachments`, {
      method: 'POST',
      body,
    });
    expect(copied.status).toBe(201);
  });
});

describe('values', () => {
  test.each([
    [
      '/ats/v0/jobs/?page=',
      ['1', '+1', '1_0', '%201%20', '9'.repeat(400)],
      ['1.0', '1e0', '0x1', '1e400', '', 'Infinity', '1__0', '_1'],
    ],
    ['/v0/candidates?created_after=', ['1', '99999999999999'], ['1.0', '1e3', 'NaN', '-Infinity']],
    [
      '/ats/v0/users/?include_deleted=',
      ['1', 'T', 'yes', 'On', 'false', 'N', '0'],
      ['2', 'tRUE', 'maybe', ''],
    ],
    ['/ats/v0/candidates/?include_deleted=', ['true', 'false'], ['1', 'yes', 'True']],
  ])('%s takes what the framework takes, and nothing else', async (path, right, wrong) => {
    const gem = await startGem();
    for (const value of right) expect([value, (await ask(gem, path + value)).status]).toEqual([value, 200]);
    for (const value of wrong) expect([value, (await ask(gem, path + value)).status]).toEqual([value, 422]);
  });

  test('yes and no in a JSON body are what the framework takes for them, and nothing else', async () => {
    const gem = await startGem();
    const [candidate] = await readCandidates(gem);
    const write = async (value: unknown) => {
      const email_addresses = [{ value: 'ada@example.com', is_primary: value }];
      const body = { is_private: value, email_addresses };
      const path = `/ats/v0/candidates/${candidate?.id}`;
      const { status, text } = await ask(gem, path, { method: 'PATCH', body });
      return [status, JSON.parse(text).is_private];
    };
    for (const value of [true, 1, '1', 't', 'True', 'yes', 'ON'])
      expect([value, await write(value)]).toEqual([value, [200, true]]);
    for (const value of [false, 0, '0', 'F', 'off', 'No'])
      expect([value, await write(value)]).toEqual([value, [200, false]]);
    for (const value of [2, -1, 0.5, '', 'tRUE', 'maybe', ' true', null, [], {}, [true]])
      expect([value, (await write(value))[0]]).toEqual([value, 422]);
  });

  test.each(['cv.constructor', 'cv.__proto__', 'cv.toString', 'pdf', 'cv.'])(
    'a file named %s is no document',
    async (filename) => {
      const gem = await startGem();
      expect(await attach(gem, { filename })).toMatchObject({ status: 422 });
    },
  );

  test('half a surrogate becomes U+FFFD wherever it enters, and every listing can still be read', async () => {
    const gem = await startGem();
    expect(await attach(gem, { filename: 'cv \ud83d.pdf' })).toMatchObject({ status: 201 });
    const world = await gem.control.world();
    const set = { id: 'half-\udc00', name: 'half \ud83d' };
    await world.edit({ do: 'create', resource: 'offices', as: 'half\ud800', set });
    expect(await read(gem, '/ats/v0/offices/half-%EF%BF%BD')).toMatchObject({ name: 'half \ufffd' });
    await world.edit({ do: 'change', resource: 'offices', record: 'half\ufffd', set: { name: 'whole' } });
    await gem.control.openWorld({
      document: 'purpose: a\nrecords:\n  offices: [{ id: a, name: "b \\ud83d" }]\n',
    });
    for (const list of ['candidates', 'offices', 'jobs']) await read(gem, `/ats/v0/${list}/?per_page=500`);
  });
});

describe('what is no request', () => {
  test.each([
    ['nonsense', 'nonsense\r\n\r\n', 400, 'Bad Request'],
    ['a request without a host', 'GET /ats/v0/jobs/ HTTP/1.1\r\n\r\n', 400, 'Bad Request'],
    [
      'too many headers',
      `GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'Request Header Fields Too Large',
    ],
    ['a proxy that is asked for', 'CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'Bad Request'],
  ])('%s is refused as the gateway refuses', async (_what, text, status, message) => {
    const { url } = await startGem();
    const answer = await exchange(url, text, { patience: 5000, hangsUp: true });
    expect(answer).toMatchObject({ status, body: JSON.stringify({ message }) });
    expect(answer.head).toContain('Content-Type: application/json');
  });
});

describe('bodies', () => {
  test.each<[string, string, Buffer, number]>([
    ['plain JSON', 'application/json', Buffer.from('{}'), 422],
    ['JSON whose charset is called anything', 'application/json; charset=latin1', Buffer.from('{}'), 422],
    ['a byte order mark', 'application/json', Buffer.from('\ufeff{}'), 400],
    ['bytes that are not UTF-8', 'application/json', Buffer.from([0x22, 0xff, 0x22]), 400],
    ['UTF-16', 'application/json; charset=utf-16', Buffer.from('{}', 'utf16le'), 400],
    ['twenty thousand levels', 'application/json', Buffer.from('['.repeat(20_000) + ']'.repeat(20_000)), 400],
  ])('%s is answered %s %s with %i', async (_what, type, body, status) => {
    const gem = await startGem();
    const answer = await fetch(`${gem.url}/ats/v0/candidates/`, {
      method: 'POST',
      headers: { 'X-API-Key': gem.apiKey, 'Content-Type': type },
      body: new Uint8Array(body),
    });
    expect(answer.status, await answer.text()).toBe(status);
  });

  test('a missing body is an empty one, on every operation that takes one', async () => {
    const gem = await startGem();
    const { id } = (await readCandidates(gem))[0] ?? {};
    for (const { path, method, body } of gemDescription.operations.values()) {
      if (!body) continue;
      const here = path.replaceAll('{candidate_id}', id ?? '').replaceAll(/\{\w+\}/g, 'x');
      const { status } = await ask(gem, here, { method: method.toUpperCase() });
      expect([path, status]).toEqual([path, status && Math.min(status, 499)]);
    }
  });

  test('a form has plain names, no more than a thousand parts, and the limit of the gateway', async () => {
    const gem = await startGem();
    const send = async (form: FormData) => {
      const path = `/v0/candidates/${(await readCandidates(gem))[0]?.id}/uploaded_resumes/x`;
      const answer = await fetch(gem.url + path, {
        method: 'POST',
        headers: { 'X-API-Key': gem.apiKey },
        body: form,
      });
      return { status: answer.status, text: await answer.text() };
    };
    const form = new FormData();
    form.set('a[50000000]', 'x');
    form.set('__proto__', 'x');
    const { status, text } = await send(form);
    expect(status).toBe(422);
    expect(text).toContain('"a[50000000]":["Unknown field."]');
    expect(text).toContain('"__proto__":["Unknown field."]');
    for (let part = 0; part < 1000; part += 1) form.append('many', String(part));
    expect((await send(form)).status).toBe(413);
    const large = new FormData();
    large.set('note', 'x'.repeat(11 * 1024 * 1024));
    expect((await send(large)).status).toBe(413);
  });

  test.each(['multipart/form-data; boundary=XX', 'application/json'])(
    'one of %s that breaks off is no defect, and is not answered',
    async (type) => {
      const gem = await startGem();
      const path = `/v0/candidates/${(await readCandidates(gem))[0]?.id}/uploaded_resumes/x`;
      const socket = connect(Number(new URL(gem.url).port), '127.0.0.1');
      const head = [
        `POST ${type.startsWith('m') ? path : '/ats/v0/candidates/'} HTTP/1.1`,
        'Host: x',
        `X-API-Key: ${gem.apiKey}`,
        `Content-Type: ${type}`,
        'Content-Length: 5000',
        '',
        'begin',
      ];
      socket.write(head.join('\r\n'), () => socket.destroy());
      await expect.poll(() => lastRequest(gem).method).toBe('POST');
      expect(lastRequest(gem).status).toBeNull();
    },
  );

  test('forty thousand items, each of them wrong, are soon refused', async () => {
    const gem = await startGem();
    const [candidate] = await readCandidates(gem);
    const items = Array.from({ length: 40_000 }, () => ({}));
    const lenient = await gem.control.openWorld({ switches: { checking: 'lenient' } });
    const started = process.cpuUsage();
    const path = `/ats/v0/candidates/${candidate?.id}`;
    const body = { email_addresses: items };
    expect(await ask(gem, path, { method: 'PATCH', body })).toMatchObject({ status: 422 });
    const answer = await lenient.fetch(path, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(422);
    await expect(
      gem.control.call('editRecords', {
        path: { world: 'default' },
        body: { edits: items.slice(0, 10_000) as [] },
      }),
    ).rejects.toThrow('"do" is missing');
    // To compare each of them with all that was found before would take a minute.
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(4000);
  });

  test('a hundred thousand blanks are no base64, and that is soon said', async () => {
    const gem = await startGem();
    const started = process.cpuUsage();
    expect(await attach(gem, { content: `aGk=${' '.repeat(400_000)}!` })).toMatchObject({ status: 422 });
    // The square of their number would take minutes.
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(5000);
  });
});

async function attach(gem: MockGem, file: { filename?: string; content?: string }) {
  const [candidate] = await readCandidates(gem);
  const [user] = await read<{ id: string }[]>(gem, '/ats/v0/users/');
  const body = { user_id: user?.id, type: 'resume', filename: 'cv.pdf', content: 'aGk=', ...file };
  return ask(gem, `/ats/v0/candidates/${candidate?.id}/attachments`, { method: 'POST', body });
}

/** The lines of an answer's head as they came. */
function rawHead(gem: MockGem, path: string): Promise<string[]> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(gem.url).port), '127.0.0.1');
    let text = '';
    socket
      .on('data', (bytes) => (text += bytes.toString()))
      .on('end', () => resolve(text.split('\r\n\r\n')[0]?.split('\r\n') ?? []));
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nX-API-Key: ${gem.apiKey}\r\nConnection: close\r\n\r\n`);
  });
}
