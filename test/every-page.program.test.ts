// Every page in a real browser: those of the descriptions, the report of the harness, and the connection page, once through,
// with the keyboard and without scripts too.
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { sampleReport } from './contracts/verify-connector/support/sample-report.ts';
import { listen } from '../contracts/server/listen.ts';
import { startConnector, type Connector } from '../connector/server.ts';
import { startMockGem, type MockGem } from '../mock-server/server.ts';
import { toHtml } from '../contracts/harness/report/html.ts';
import { expectAccessible } from './support/axe.ts';
import { isDeep } from './support/deep.ts';
import { mayDoWithoutBrowser, startBrowser } from './support/browser.ts';
import { placeOnPostgres } from './support/databases.ts';
import { askForLink, newConnection } from './connector/connect/support/link.ts';

const shots = process.env['SCREENSHOTS'];

describe.skipIf(mayDoWithoutBrowser())(
  'every page (skipped where there is no chromium and no Debian)',
  () => {
    let [browser, gem, connector]: [Browser?, MockGem?, Connector?] = [];
    const started = <Thing>(thing: Thing | undefined): Thing => {
      if (thing === undefined) throw new Error('it did not start');
      return thing;
    };

    beforeAll(async () => {
      gem = await startMockGem({ port: 0, switches: { rate_limit: 'off' } });
      connector = await startConnector({
        ...(await placeOnPostgres()),
        port: 0,
        limits: 'off',
        isWorker: true,
        environmentName: 'Acme Sourcing',
        connections: { gemUrl: gem.url, applicationSecret: gem.applicationSecret },
      });
      browser = await startBrowser();
    });
    afterAll(async () => {
      await browser?.close();
      await connector?.close();
      await gem?.close();
    });

    async function newLink(): Promise<string> {
      const { apiUrl, apiKey } = started(connector);
      const unified = async (path: string, init?: RequestInit) => {
        const headers = { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' };
        const response = await fetch(`${apiUrl}${path}`, { ...init, headers });
        return { status: response.status, body: await response.json() };
      };
      return askForLink({ unified }, '/connect/create-link', newConnection);
    }

    /** A page that fails on any error of its own: a refused style or script, a missing file. */
    async function newPage(options: { width?: number; javaScriptEnabled?: boolean } = {}) {
      const { width = 1100, javaScriptEnabled = true } = options;
      const context = await started(browser).newContext({
        viewport: { width, height: 900 },
        javaScriptEnabled,
      });
      context.setDefaultTimeout(20_000);
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      return { page, complaints, close: () => context.close() };
    }

    async function shoot(page: Page, name: string): Promise<void> {
      if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
    }

    test.each([
      ['Gem’s API', () => `${started(gem).url}/docs`],
      ['the control API', () => `${started(gem).url}/_control/docs`],
      ['the unified API', () => `${started(connector).url}/docs`],
      ['the guide for customers', () => `${started(connector).url}/connect/guide`],
      ['a link that leads nowhere', () => `${started(connector).url}/connect/unknown`],
    ])('can be read by everybody: %s', { timeout: isDeep ? 900_000 : 60_000 }, async (_name, url) => {
      const { page, complaints, close } = await newPage();
      await page.goto(url());
      await page.evaluate(isDeep ? openAll : openSome);
      await expectAccessible(page);
      expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
      await close();
    });

    test('can be read by everybody: a report', async () => {
      const { page, complaints, close } = await newPage();
      await page.setContent(toHtml(sampleReport));
      await page.evaluate(openAll);
      await expectAccessible(page);
      expect(complaints).toEqual([]);
      await close();
    });

    test('each operation can be tried with the key filled in, as it stands or changed', async () => {
      const { page, complaints, close } = await newPage();
      const open = async (url: string, operation: string) => {
        await page.goto(`${url}#${operation}`);
        const box = page.locator(`.inside#${operation}`);
        // Side by side: neither lies on the other.
        await box.getByRole('button', { name: 'Copy' }).click();
        await box.getByRole('button', { name: 'Try it' }).click();
        return box.getByRole('form', { name: `Try ${operation}` });
      };
      const list = await open(`${started(gem).url}/docs`, 'listJobs');
      await list.getByLabel('GET').fill('/ats/v0/jobs/?per_page=1');
      await page.keyboard.press('Enter');
      await list.getByRole('status').getByText('200 OK').waitFor();
      expect(JSON.parse((await list.getByRole('status').innerText()).replace(/^.*\n/, ''))).toHaveLength(1);

      const create = await open(`${started(gem).url}/docs`, 'createCandidate');
      await create.getByRole('button', { name: 'Send' }).click();
      await create.getByRole('status').getByText(/^201 /).waitFor();
      const body = create.getByLabel('Body, application/json');
      const { email: _email, ...rest } = JSON.parse(await body.inputValue()) as Record<string, unknown>;
      await body.fill(JSON.stringify({ ...rest, first_name: 7 }));
      await create.getByRole('button', { name: 'Send' }).click();
      await create
        .getByRole('status')
        .getByText(/^4\d\d /)
        .waitFor();
      await expectAccessible(page);

      const worlds = await open(`${started(gem).url}/_control/docs`, 'listWorlds');
      await worlds.getByRole('button', { name: 'Send' }).click();
      await worlds.getByRole('status').getByText('"worlds"').waitFor();

      const unified = await open(`${started(connector).url}/docs`, 'checkApiKey');
      await unified.getByLabel('Authorization').fill(`Bearer ${started(connector).apiKey}`);
      await unified.getByRole('button', { name: 'Send' }).click();
      await unified.getByRole('status').getByText('"environment_id"').waitFor();
      await unified.getByLabel('GET').fill('https://example.com/');
      await unified.getByRole('button', { name: 'Send' }).click();
      await unified.getByRole('status').getByText('Only this server can be asked from here.').waitFor();
      expect(complaints.filter((text) => !/status of 4\d\d/.test(text))).toEqual([]);
      await close();
    });

    test('a link opens its box, and the filter leaves what has all of its words', async () => {
      const { page, complaints, close } = await newPage();
      await page.goto(`${started(gem).url}/docs#hireApplication`);
      const box = page.locator('.inside#hireApplication');
      await box.getByRole('link', { name: 'HireApplicationBody' }).click();
      await page.locator('#schema-HireApplicationBody').waitFor();
      // A link that was followed empties the filter where it hides what the link leads to: nothing is typed before that is over.
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
      await page.keyboard.press('/');
      await page.keyboard.type('post offer');
      await expect.poll(() => page.locator('#found').innerText()).toBe('0 found');
      await page.getByLabel('Filter').fill('PATCH current_offer');
      await expect.poll(() => page.locator('details.box:visible').count()).toBe(1);
      expect(await page.locator('.contents li:visible').allInnerTexts()).toEqual([
        expect.stringContaining('Offers'),
      ]);
      await page.goto(`${started(gem).url}/docs#listJobs`);
      await page.locator('.inside#listJobs').waitFor();
      expect(complaints).toEqual([]);
      await close();
    });

    test('a link opens its box without scripts too', async () => {
      const { page, close } = await newPage({ javaScriptEnabled: false });
      await page.goto(`${started(gem).url}/docs#hireApplication`);
      expect(await page.locator('.inside#hireApplication').isVisible()).toBe(true);
      expect(await page.locator('#filter').isVisible()).toBe(false);
      await close();
    });

    test('the connection page leads from a key to the first sync with the keyboard alone', async () => {
      const link = await newLink();
      const { page, complaints, close } = await newPage();
      await page.goto(link);
      await shoot(page, '1-key');
      await expectAccessible(page);
      // The field has the focus: typing and the enter key are enough.
      await page.keyboard.type('no key of Gem');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').waitFor();
      expect(await page.getByRole('alert').innerText()).toContain('does not accept this key');
      expect(await page.getByLabel('Shareable access key').inputValue()).toBe('');
      await shoot(page, '2-refused');
      await expectAccessible(page);

      await page.keyboard.type(started(gem).apiKey);
      await page.keyboard.press('Enter');
      await page.getByLabel('User to write as').waitFor();
      await shoot(page, '3-choices');
      await expectAccessible(page);
      expect(await page.evaluate('document.activeElement.id')).toBe('user');
      await page.keyboard.press('ArrowDown');
      for (const _ of ['source', 'link', 'button']) await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Gem is connected' }).waitFor();
      await shoot(page, '4-done');
      await expectAccessible(page);
      // A status of 422 is all that the browser may complain of.
      expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
      await close();
    });

    test('the connection page does the same on a phone, without scripts', async () => {
      const link = await newLink();
      const { page, close } = await newPage({ width: 375, javaScriptEnabled: false });
      await page.goto(link);
      await shoot(page, '5-key-phone');
      await page.getByLabel('Shareable access key').fill(started(gem).apiKey);
      await page.getByRole('button', { name: 'Check the key' }).click();
      await page.getByText('What this connection may do').click();
      await shoot(page, '6-choices-phone');
      await page.getByRole('button', { name: 'Connect and start the first sync' }).click();
      await page.getByRole('heading', { name: /connected/i }).waitFor();
      await shoot(page, '7-progress-phone');
      await page.getByRole('heading', { name: 'Gem is connected' }).waitFor();
      expect(page.url()).toBe(link);
      await close();
    });

    describe('the connection page in the frame of the official @kombo-api/connect', () => {
      /** A page of the customer's application, at another origin, that has called the library's one function. */
      async function openFrame(link: string) {
        const { url, close: closeHost } = await listen({ host: '127.0.0.1', port: 0 }, () => serveHost);
        const { page, complaints, close } = await newPage({ width: 375 });
        await page.goto(url.replace('127.0.0.1', 'localhost'));
        const show = () => page.evaluate(`(${callLibrary})(${JSON.stringify(link)})`);
        await show();
        onTestFinished(async () => {
          await close();
          await closeHost();
        });
        const inner = page.frameLocator('iframe');
        return {
          page,
          complaints,
          show,
          inner,
          enterKey: async (key: string) => {
            await inner.getByLabel('Shareable access key').fill(key);
            await inner.getByRole('button', { name: 'Check the key' }).click();
          },
          /** What the promise came to, once the library has taken the frame away. */
          outcome: async (): Promise<Outcome> => {
            await page.waitForFunction(`outcome !== undefined && document.querySelector('iframe') === null`);
            return page.evaluate<Outcome>('outcome');
          },
        };
      }

      test('a wrong key is told and mended, and the end is a token that names the integration', async () => {
        const { page, inner, enterKey, outcome } = await openFrame(await newLink());
        await enterKey('no key of Gem');
        expect(await inner.getByRole('alert').innerText()).toContain('does not accept this key');
        await shoot(page, '8-refused-in-a-frame');
        await enterKey(started(gem).apiKey);
        await inner.getByRole('button', { name: 'Connect and start the first sync' }).click();
        const { token } = await outcome();
        const { apiUrl, apiKey } = started(connector);
        const answer = await fetch(`${apiUrl}/connect/integration-by-token/${token}`, {
          headers: { Authorization: `Bearer ${apiKey}` },
        });
        expect(answer.status).toBe(200);
      });

      const cancelled = { error: 'KomboConnectCancelledError' };
      // The frame is gone before the browser tells that button or key came up again, so nothing waits for
      // that: what came of it is asked for by `outcome`.
      const press = async (page: Page) => {
        const button = page.frameLocator('iframe').getByRole('button', { name: 'Close' });
        await button.click({ trial: true });
        button.click().catch(() => {});
      };
      const escape = async (page: Page) => {
        await page.frameLocator('iframe').getByRole('heading', { level: 1 }).click();
        page.keyboard.press('Escape').catch(() => {});
      };
      const steps = ['the key', 'a key that was refused', 'the choices'] as const;

      test.each([
        ['the button', press],
        ['the escape key', escape],
      ])('closing it with %s cancels at every step, and it can be opened again', async (_, end) => {
        const { page, inner, show, enterKey, outcome } = await openFrame(await newLink());
        for (const step of steps) {
          if (step !== 'the key') await show();
          if (step === 'a key that was refused') {
            await enterKey('no key of Gem');
            await inner.getByRole('alert').waitFor();
          }
          if (step === 'the choices') {
            await enterKey(started(gem).apiKey);
            await inner.getByLabel('User to write as').waitFor();
          }
          await inner.getByRole('button', { name: 'Close' }).waitFor();
          await end(page);
          expect(await outcome(), step).toEqual(cancelled);
        }
      });

      test('a link that does not work can be closed too', async () => {
        const { page, inner, outcome } = await openFrame(`${started(connector).url}/connect/unknown`);
        await inner.getByRole('heading', { name: 'This link does not work' }).waitFor();
        await press(page);
        expect(await outcome()).toEqual(cancelled);
      });
    });
  },
);

// What runs in the page is text: the types of this project know no browser.

/** Unfolds all that there is. */
const openAll = `for (const box of document.querySelectorAll('details')) box.open = true`;

/** Unfolds one box of each kind and takes the others away, as they are built alike. */
const openSome = `for (const section of document.querySelectorAll('section')) {
  const [first, ...others] = section.querySelectorAll('details');
  if (first) first.open = true;
  for (const other of others) other.remove();
}`;

/** What became of the library's promise. */
interface Outcome {
  token?: string;
  error?: string;
}

/** Calls the library, and keeps what its promise comes to. */
const callLibrary = `(link) => {
  window.outcome = undefined;
  KomboConnect.showKomboConnect(link).then(
    (token) => { window.outcome = { token }; },
    (error) => { window.outcome = { error: error.name }; },
  );
}`;

/** The page of an application that loads the library as it is published. */
const serveHost: RequestListener = (request, response) => {
  const isPage = request.url === '/';
  response.setHeader('Content-Type', isPage ? 'text/html' : 'text/javascript');
  response.end(
    isPage
      ? '<!doctype html><title>Host</title><link rel="icon" href="data:,"><script src="/library.js"></script>'
      : readFileSync(fileURLToPath(import.meta.resolve('@kombo-api/connect/dist/index.js'))),
  );
};
