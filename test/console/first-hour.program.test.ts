// The guide "A QA engineer's first hour", done as it is written: each of its lines is read and followed, so a word that
// changes there or in the console is noticed here.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { buildConsole } from '../../mock-server/console/build.ts';
import { mayDoWithoutBrowser, startBrowser } from '../support/browser.ts';
import { stepsOf } from '../support/documents.ts';
import { run } from '../support/process.ts';
import { walkOf, type Deed, type WalkStep } from './walkthrough.ts';

const guide = 'contracts/guides/first-hour.md';

/** What the guide has to walk through, in this order. */
const chapters = [
  'See a case',
  'Change it by hand',
  'Advance the clock',
  'Sync',
  'Compare both sides',
  'Break a request',
  'Save the state',
  'Hand it on as a file',
  'Write a scenario',
];

describe.skipIf(mayDoWithoutBrowser())("a QA engineer's first hour", () => {
  test('goes as the guide says, line by line', { timeout: 120_000 }, async () => {
    const walk = walkOf(guide);
    expect([...new Set(walk.map(({ chapter }) => chapter))]).toEqual(chapters);
    expect(stepsOf(guide)[0]).toEqual({ is: 'commands', text: 'npm ci && npm start\n' });
    const { page, complaints } = await openConsole();
    const folder = mkdtempSync(join(tmpdir(), 'mock-gem-first-hour-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    for (const step of walk) {
      try {
        await follow(page, step, folder);
      } catch (cause) {
        const shown = await page.locator('body').innerText();
        throw new Error(`${step.chapter}: "${step.words}" does not go so. The page says:\n${shown}`, {
          cause,
        });
      }
    }
    // The editor's own, see scenarios.program.test.ts.
    expect(complaints.filter((text) => !text.startsWith('Applying inline style'))).toEqual([]);
  });
});

/** Starts all as the guide does, on free ports, and opens the address that is printed first. */
async function openConsole(): Promise<{ page: Page; complaints: string[] }> {
  await buildConsole();
  const ports = ['gem', 'connector', 'webhook'].flatMap((name) => [`--${name}-port`, '0']);
  const start = run('npm', ['start', '--', ...ports]);
  const browser = await startBrowser();
  onTestFinished(() => browser.close());
  const printed = await start.line((line) => line.startsWith('Console '));
  const window = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
  });
  window.setDefaultTimeout(15_000);
  const page = await window.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(printed.replace(/^Console +/, ''));
  await page.getByRole('heading', { name: 'Worlds', level: 1 }).waitFor();
  return { page, complaints };
}

/** Does what one line says, and sees what it says. */
async function follow(page: Page, step: WalkStep, folder: string): Promise<void> {
  const { deed, gets, sees, misses, mentions } = step;
  await closeNotices(page);
  for (const text of misses) await seen(page, text).waitFor();
  const before = await Promise.all(sees.map((text) => seen(page, text).isVisible()));
  const coming = gets.length > 0 ? page.waitForEvent('download') : undefined;
  await perform(page, deed, folder);
  const file = await coming;
  expect(file ? [file.suggestedFilename()] : []).toEqual(gets);
  await file?.saveAs(join(folder, file.suggestedFilename()));
  for (const text of [...sees, ...mentions]) await seen(page, text).waitFor();
  for (const text of misses) await seen(page, text).waitFor({ state: 'hidden' });
  // What was there before would be seen without doing anything.
  expect(sees.length > misses.length && !before.includes(false), 'all of it stood there before').toBe(false);
}

/** A reader is slower than this test: what was said at the step before is gone by then. */
async function closeNotices(page: Page): Promise<void> {
  if (await page.getByRole('dialog').isVisible()) return;
  const all = await page.getByRole('button', { name: 'Close the notice' }).all();
  // Any of them may go by itself in the meantime.
  for (const button of all.toReversed())
    await button.dispatchEvent('click', {}, { timeout: 1000 }).catch(() => undefined);
}

/** A text on the screen, in these very letters. */
function seen(page: Page, text: string): Locator {
  return page
    .getByText(new RegExp(literally(text)))
    .filter({ visible: true })
    .first();
}

async function perform(page: Page, deed: Deed, folder: string): Promise<void> {
  switch (deed.does) {
    case 'press':
      return (await pressable(page, deed.name, deed.within)).click();
    case 'write':
      return (await field(page, deed.field)).fill(deed.text);
    case 'choose': {
      // How many there are stands behind the name.
      const list = await field(page, deed.field);
      const options = list.locator('option');
      const option = options.filter({ hasText: new RegExp(`^${literally(deed.option)}( \\(\\d+\\))?$`) });
      const label = await option.innerText();
      return void (await list.selectOption({ label }));
    }
    case 'paste':
      return page.getByRole('textbox', { name: 'The scenario as YAML' }).fill(deed.text);
    case 'give':
      return (await field(page, deed.field)).setInputFiles(join(folder, deed.file));
  }
}

/** The one field of a name; more may follow on it, such as that it is optional. */
async function field(page: Page, name: string): Promise<Locator> {
  const found = page.getByLabel(new RegExp(`^${literally(name)}(\\s|$)`));
  const spoken = await found.getAttribute('aria-label');
  // A name that is spoken alone shows when the field is pointed at.
  if (spoken !== null) await found.and(page.getByTitle(spoken, { exact: true })).waitFor();
  return found;
}

/** The one button or link of a name: one that is called so, or else one that begins with it, or else one that has it. */
async function pressable(page: Page, name: string, within: string | undefined): Promise<Locator> {
  const dialog = page.getByRole('dialog');
  const scope = (await dialog.isVisible()) ? dialog : page.locator('body');
  const own = literally(name);
  const all = (text: string) => {
    const buttons = page.locator('button, a[href]').filter({ hasText: new RegExp(text), visible: true });
    if (within === undefined) return scope.locator(buttons);
    return scope.locator('tr, section').filter({ hasText: within, has: buttons }).last().locator(buttons);
  };
  await all(own).first().waitFor();
  for (const form of [`^\\s*${own}\\s*$`, `^\\s*${own}\\s`, own]) {
    const count = await all(form).count();
    if (count === 1) return all(form);
    if (count > 1) throw new Error(`${count} things are called "${name}": which one is to be pressed?`);
  }
  throw new Error(`nothing is called "${name}" any more`);
}

function literally(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
}
