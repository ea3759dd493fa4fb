// Runs `mock-gem watch` in this process, and a Gem to watch.
import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Command } from 'commander';
import { onTestFinished } from 'vitest';
import { addWatchCommand } from '../../../mock-server/cli/watch/watch.ts';
import type { MockGem } from '../../../mock-server/server.ts';

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

export type Change = (reply: Reply, path: string, method: string) => void;

/**
 * A Gem that answers as the emulator does, but for one thing.
 *
 * @param wantsKey whether it refuses who sends no key; otherwise everybody is given that of the emulator
 */
export async function departingGem(
  emulator: Pick<MockGem, 'url' | 'apiKey'>,
  change: Change = () => {},
  { wantsKey = false } = {},
): Promise<string> {
  const server = createServer((request, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const { method = 'GET', url = '/' } = request;
      if (url === '/_control') return void response.writeHead(404).end();
      const key = wantsKey ? String(request.headers['x-api-key'] ?? '') : emulator.apiKey;
      const answer = await fetch(emulator.url + url, {
        method,
        headers: { ...(key && { 'X-API-Key': key }), 'Content-Type': 'application/json' },
        ...(method !== 'GET' && { body: Buffer.concat(parts) }),
      });
      const reply: Reply = {
        status: answer.status,
        headers: Object.fromEntries(
          ['content-type', 'x-pagination'].flatMap((name) => [[name, answer.headers.get(name) ?? '']]),
        ),
        body: readJson(await answer.text()),
      };
      change(reply, url, method);
      const { 'x-pagination': pages, ...rest } = reply.headers;
      response.writeHead(reply.status, { ...rest, ...(pages && { 'x-pagination': pages }) });
      response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function readJson(text: string): unknown {
  return text === '' ? undefined : JSON.parse(text);
}

export interface Watched {
  url: string;
  lines: string[];
  /** Ends it as Ctrl-C does, and gives all that it printed. */
  stop: () => Promise<{ stdout: string; stderr: string; code: number | undefined }>;
}

/** Runs `mock-gem watch` in this process. */
export async function watch(gemUrl: string, ...flags: string[]): Promise<Watched> {
  const told = { stdout: '', stderr: '', code: undefined as number | undefined };
  const signals = new EventEmitter();
  const program = new Command();
  const started = Promise.withResolvers<string>();
  addWatchCommand(program, {
    stdout: { write: (text) => (told.stdout += text) },
    stderr: {
      write: (text) => {
        told.stderr += text;
        const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
        if (url) started.resolve(url);
      },
    },
    env: {},
    signals,
    end: (code) => (told.code = code),
  });
  const ended = program.parseAsync(['watch', '--gem-url', gemUrl, '--port', '0', ...flags], { from: 'user' });
  const stop = async () => {
    signals.emit('SIGINT');
    await ended;
    return told;
  };
  onTestFinished(async () => void (await stop()));
  const url = await Promise.race([started.promise, ended.then(() => 'it ended')]);
  return {
    url,
    get lines() {
      return told.stdout.split('\n').filter((line) => line !== '');
    },
    stop,
  };
}

/** What is sent: JSON where there is a body. */
export function sending(method: string, body?: object): RequestInit {
  return {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  };
}
