// The console in a real browser, beside an emulator of its own.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { buildConsole } from '../../mock-server/console/build.ts';
import { startMockGem, type MockGem, type MockGemOptions } from '../../mock-server/server.ts';
import { expectAccessible } from '../support/axe.ts';
import { startBrowser } from '../support/browser.ts';

/** A page of the console, and what the browser complained of. */
export interface OpenPage {
  page: Page;
  complaints: string[];
  close: () => Promise<void>;
}

/** Starts an emulator with its console and a browser for the tests of a file. */
export function withConsole(options: MockGemOptions = {}) {
  const running: { browser?: Browser; gem?: MockGem } = {};
  beforeAll(async () => {
    await buildConsole();
    running.gem = await startMockGem({ port: 0, switches: { rate_limit: 'off' }, ...options });
    running.browser = await startBrowser();
  });
  afterAll(async () => {
    await running.browser?.close();
    await running.gem?.close();
  });
  const gem = (): MockGem => running.gem ?? neverStarted();
  return {
    gem,
    browser: () => running.browser ?? neverStarted(),
    /** Opens an address of the console in a window of its own. */
    async open(path: string, context: BrowserContextOptions = {}): Promise<OpenPage> {
      const window = await (running.browser ?? neverStarted()).newContext({
        viewport: { width: 1280, height: 800 },
        // A colour that is on its way to another one has no contrast of its own.
        reducedMotion: 'reduce',
        permissions: ['clipboard-read', 'clipboard-write'],
        ...context,
      });
      window.setDefaultTimeout(20_000);
      const page = await window.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(`${gem().url}/_console${path}`);
      return { page, complaints, close: () => window.close() };
    },
  };
}

function neverStarted(): never {
  throw new Error('it did not start');
}

/** Holds a page against axe by day and by night, wide and narrow, and takes a picture where one is wanted. */
export async function expectGood(
  { page, complaints }: OpenPage,
  name: string,
  { isDialog = false } = {},
): Promise<void> {
  // What lies over a page has the same colours, so two looks stand for all four.
  await (isDialog
    ? expectAccessible(page, [
        [1280, 'dark'],
        [390, 'light'],
      ])
    : expectAccessible(page));
  await expectNothingCutOff(page);
  // What was refused is told on the page; the browser notes it as well.
  expect(complaints.filter((text) => !text.includes('status of 422'))).toEqual([]);
  const folder = process.env['SCREENSHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/console-${name}.png` });
}

/** On the narrowest screen, all that somebody can press or fill in is in reach. */
async function expectNothingCutOff(page: Page): Promise<void> {
  const size = page.viewportSize() ?? { width: 1280, height: 800 };
  await page.setViewportSize({ ...size, width: 390 });
  const cutOff = await page.evaluate<string[]>(`(() => {
    const edge = document.documentElement.clientWidth + 1;
    const all = document.querySelectorAll('#content :is(button, input, select, textarea), #content .table td');
    return [...all].filter((one) => one.getBoundingClientRect().right > edge).map((one) => one.outerHTML.slice(0, 120));
  })()`);
  await page.setViewportSize(size);
  expect(cutOff).toEqual([]);
}
