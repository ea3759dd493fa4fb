// The connection page in a real browser, once through, with the keyboard and without scripts too.
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { listen } from '../../../contracts/listen.ts';
import { startConnector, type Connector } from '../../../connector/server.ts';
import { startMockGem, type MockGem } from '../../../mock-server/server.ts';
import { mayDoWithoutBrowser, startBrowser } from '../../support/browser.ts';
import { placeOnPostgres } from '../../support/databases.ts';
import { askForLink, newConnection } from './support/link.ts';

const shots = process.env['SCREENSHOTS'];

describe.skipIf(mayDoWithoutBrowser())(
  'the connection page (skipped where there is no chromium and no Debian)',
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

    /** Whatever is entered has a name, nothing is wider than the screen, and texts stand out from what is behind them. */
    async function expectReadable(page: Page): Promise<void> {
      const nameless = await page.evaluate<string[]>(namelessFields);
      expect(nameless).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBe(0);
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await page.evaluate(leastContrast), colorScheme).toBeGreaterThanOrEqual(4.5);
      }
    }

    test('leads from a key to the first sync with the keyboard alone', async () => {
      const link = await newLink();
      const { page, complaints, close } = await newPage();
      await page.goto(link);
      await shoot(page, '1-key');
      await expectReadable(page);
      // The field has the focus: typing and the enter key are enough.
      await page.keyboard.type('no key of Gem');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').waitFor();
      expect(await page.getByRole('alert').innerText()).toContain('does not accept this key');
      expect(await page.getByLabel('Shareable access key').inputValue()).toBe('');
      await shoot(page, '2-refused');
      await expectReadable(page);

      await page.keyboard.type(started(gem).apiKey);
      await page.keyboard.press('Enter');
      await page.getByLabel('User to write as').waitFor();
      await shoot(page, '3-choices');
      await expectReadable(page);
      expect(await page.evaluate('document.activeElement.id')).toBe('user');
      await page.keyboard.press('ArrowDown');
      for (const _ of ['source', 'link', 'button']) await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Gem is connected' }).waitFor();
      await shoot(page, '4-done');
      await expectReadable(page);
      // A status of 422 is all that the browser may complain of.
      expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
      await close();
    });

    test('does the same on a phone, without scripts', async () => {
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

    describe('in the frame of the official @kombo-api/connect', () => {
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
      const press = (page: Page) =>
        page.frameLocator('iframe').getByRole('button', { name: 'Close' }).click();
      const escape = async (page: Page) => {
        await page.frameLocator('iframe').getByRole('heading', { level: 1 }).click();
        // The key goes down and the frame is gone: the browser never tells that it came up again.
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

/** Fields that a screen reader could not name. */
const namelessFields = `[...document.querySelectorAll('input:not([type=hidden]), select, progress')]
  .filter((field) => field.labels.length === 0 && !field.ariaLabel)
  .map((field) => field.outerHTML)`;

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

/** The least contrast of any text with what is behind it, by the formula of the WCAG. */
const leastContrast = `(() => {
  const luminance = (colour) => {
    const [red, green, blue] = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    if (element === null) return 'rgb(255, 255, 255)';
    const colour = getComputedStyle(element).backgroundColor;
    return colour === 'rgba(0, 0, 0, 0)' ? behind(element.parentElement) : colour;
  };
  const ratios = [...document.body.querySelectorAll('*')]
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
    .filter((element) => element.getClientRects().length > 0)
    .map((element) => {
      const [one, other] = [luminance(getComputedStyle(element).color), luminance(behind(element))];
      return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    });
  return Math.min(...ratios);
})()`;
