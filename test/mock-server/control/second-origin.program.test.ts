// A page from elsewhere, in a real browser: it can neither read nor steer anything, whatever it tries.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startMockGem, type MockGem } from '../../../mock-server/server.ts';
import { mayDoWithoutBrowser, startBrowser } from '../../support/browser.ts';

let browser: Browser;
beforeAll(async () => {
  // A name that its owner has pointed at this machine (DNS rebinding).
  if (!mayDoWithoutBrowser())
    browser = await startBrowser(['--host-resolver-rules=MAP rebound.example 127.0.0.1']);
});
afterAll(() => browser?.close());

test.skipIf(mayDoWithoutBrowser())('a page of another origin reads nothing and steers nothing', async () => {
  const gem = await open();
  for (const host of ['localhost', '127.0.0.1']) {
    const page = await pageAt(await serveElsewhere(host));
    expect(await page.evaluate(`(${tryAll})(${JSON.stringify(gem.url)})`)).toEqual(refusedAll);
  }
  expectUntouched(gem);
});

test.skipIf(mayDoWithoutBrowser())(
  'a page whose own name leads here reads nothing and steers nothing',
  async () => {
    const gem = await open();
    const { port } = new URL(gem.url);
    const rebound = `http://rebound.example:${port}`;
    const page = await pageAt(`${rebound}/openapi.json`);
    for (const path of [
      '/_control/worlds',
      '/_console',
      '/_console/settings',
      '/_control/events?wait=false',
    ]) {
      const status = await page.evaluate(async (address) => (await fetch(address)).status, path);
      expect([path, status]).toEqual([path, 403]);
    }
    const reset = () =>
      fetch('/_control/worlds/default/reset', { method: 'POST' }).then(({ status }) => status);
    expect(await page.evaluate(reset)).toBe(403);
    expectUntouched(gem);
  },
);

test.skipIf(mayDoWithoutBrowser())(
  'the console and the docs go on asking from their own origin',
  async () => {
    const gem = await open();
    const page = await pageAt(`${gem.url}/_console`);
    const own = async () => (await fetch('/_control/worlds')).status;
    expect(await page.evaluate(own)).toBe(200);
    const streams = async () => {
      const source = new EventSource('/_control/events');
      const isOpen = await new Promise((resolve) => {
        source.addEventListener('open', () => resolve(true));
        source.addEventListener('error', () => resolve(false));
      });
      source.close();
      return isOpen;
    };
    expect(await page.evaluate(streams)).toBe(true);
  },
);

/** An emulator whose first world shows whether anybody has touched it. */
async function open(): Promise<MockGem> {
  const gem = await startMockGem({ port: 0, notify: () => undefined });
  onTestFinished(() => gem.close());
  gem.world.faults.arm({ fault: 'status', status: 503 });
  return gem;
}

function expectUntouched(gem: MockGem): void {
  expect(gem.world.faults.list()).toHaveLength(1);
  expect(gem.world.clock.state).toBe('running');
}

/** A server of somebody else. */
async function serveElsewhere(host: string): Promise<string> {
  const server = createServer((_request, response) => {
    response
      .writeHead(200, { 'Content-Type': 'text/html' })
      .end('<!doctype html><title>elsewhere</title><body>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://${host}:${(server.address() as AddressInfo).port}/`;
}

async function pageAt(url: string): Promise<Page> {
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  await page.goto(url);
  return page;
}

const refusedAll = {
  read: 'refused',
  stream: 'refused',
  script: 'refused',
  picture: 'refused',
  frame: 'nothing to see',
  json: 'refused',
  console: 'refused',
};

/** What a page may try, in the browser: to read, to listen, to take in, and to steer with what needs no leave. */
const tryAll = String.raw`async (gem) => {
  const control = gem + '/_control/worlds';
  const outcome = (attempt) =>
    attempt.then(
      () => 'done',
      () => 'refused',
    );
  const taking = (name, src) =>
    new Promise((resolve, reject) => {
      const element = document.createElement(name);
      element.addEventListener('load', resolve);
      element.addEventListener('error', reject);
      element.src = src;
      document.body.append(element);
    });
  const listening = new Promise((resolve, reject) => {
    const source = new EventSource(gem + '/_control/events');
    source.addEventListener('open', resolve);
    source.addEventListener('error', () => {
      source.close();
      reject(new Error('closed'));
    });
  });
  // None of these asks beforehand; their answers are kept from the page, so that only the world can tell.
  const steer = ['/default/reset', '/default/clock', '/default/faults'].map((path) => control + path);
  for (const address of steer) {
    await fetch(address, { method: 'POST', mode: 'no-cors', body: '{"freeze":true}' }).catch(() => undefined);
  }
  const frame = document.createElement('iframe');
  frame.src = gem + '/_console';
  const framed = new Promise((resolve) => frame.addEventListener('load', resolve));
  document.body.append(frame);
  await framed;
  let seen = 'nothing to see';
  try {
    if ((frame.contentDocument?.body.textContent ?? '') !== '') seen = 'seen';
  } catch {
    // The browser keeps it from the page.
  }
  return {
    read: await outcome(fetch(control)),
    stream: await outcome(listening),
    script: await outcome(taking('script', control)),
    picture: await outcome(taking('img', control)),
    frame: seen,
    json: await outcome(
      fetch(control + '/default/clock', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: '{"freeze":true}',
      }),
    ),
    console: await outcome(fetch(gem + '/_console/settings')),
  };
}`;
