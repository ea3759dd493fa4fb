import { HTTPError } from 'ky';
import { expect, test } from 'vitest';
import { createLog, type LogOptions } from '../../../connector/observe/create-log.ts';

async function write(options: Pick<LogOptions, 'form' | 'level'>) {
  const lines: string[] = [];
  const log = await createLog({ ...options, output: { write: (line) => lines.push(line) } });
  return { log, lines, parsed: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

test('people get the message and what is behind it, programs every field', async () => {
  const text = await write({ form: 'text', level: 'warn' });
  const json = await write({ form: 'json', level: 'info' });
  for (const { log } of [text, json]) {
    log('the database is away');
    log('a call failed', new TypeError('it is none', { cause: new Error('there was nothing') }));
    log('a sync has ended', undefined, { level: 'info', state: 'SUCCEEDED' });
    log('GET /v1/ats/jobs 200', undefined, { level: 'debug' });
  }
  expect(text.lines).toEqual(['the database is away\n', 'a call failed: it is none\n']);
  const error = { type: 'TypeError', message: 'it is none', stack: expect.stringMatching(/\n +at /) };
  const cause = { type: 'Error', message: 'there was nothing' };
  expect(json.parsed()).toEqual([
    { ...frame, level: 'warn', message: 'the database is away' },
    { ...frame, level: 'error', message: 'a call failed', error: { ...error, cause } },
    { ...frame, level: 'info', message: 'a sync has ended', state: 'SUCCEEDED' },
  ]);
});

const frame = { event: 'log', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) };

test('an error that carries a whole request tells neither its headers nor its body', async () => {
  const { log, lines } = await write({ form: 'json', level: 'info' });
  const headers = { 'X-API-Key': 'planted-key' };
  const request = new Request('https://gem.example/planted-path', {
    method: 'POST',
    headers,
    body: 'planted-body',
  });
  const options = { headers: new Headers(headers), json: { name: 'planted-person' } };
  const error = new HTTPError(new Response('planted-answer', { status: 500 }), request, options as never);
  log('work failed', Object.assign(error, { message: 'Gem failed', config: headers, stack: '' }));
  log('work failed', undefined, {
    api_key: 'planted-field',
    password: 'planted-field',
    secret: 'planted-field',
  });
  expect(lines.join('')).not.toContain('planted');
  expect(lines).toHaveLength(2);
});
