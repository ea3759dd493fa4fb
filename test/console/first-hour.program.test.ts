// The guide `contracts/guides/first-hour.md`, step by step as a person follows it: each of its sections has a walk here, which uses
// every name that the section has in bold, and no others.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startConnector, type Connector } from '../../connector/server.ts';
import { mayDoWithoutBrowser } from '../support/browser.ts';
import { placeOnPostgres } from '../support/databases.ts';
import { root } from '../support/process.ts';
import { withConsole } from './support.ts';

/** The sections of the guide with the names that stand in bold in each. */
const sections = new Map(
  readFileSync(join(root, 'contracts/guides/first-hour.md'), 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((text) => {
      const [title = ''] = text.split('\n');
      return [title, new Set([...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, name = '']) => name))] as const;
    }),
);

/** Says a name that the guide has, and notes that it was used. */
type Named = (name: string) => string;

describe.skipIf(mayDoWithoutBrowser())('a QA engineer’s first hour', () => {
  const running: { connector?: Connector; integrationId?: string } = {};
  const { gem, open } = withConsole({
    worldClock: { state: 'frozen' },
    consoleConnector: () =>
      running.connector && {
        url: running.connector.apiUrl,
        apiKey: running.connector.apiKey,
        ...(running.integrationId !== undefined && { integrationId: running.integrationId }),
      },
  });
  beforeAll(async () => {
    const place = await placeOnPostgres();
    const connector = await startConnector({ ...place, port: 0, limits: 'off', isWorker: true });
    running.connector = connector;
    const { url, apiKey, applicationSecret, world } = gem();
    const account = { url, apiKey, applicationSecret };
    const { id } = await connector.connect({
      gem: account,
      jobBoardVanity: world.company.vanity,
      isRemoteDataEnabled: true,
    });
    running.integrationId = id;
    await connector.sync(id);
  });
  afterAll(() => running.connector?.close());

  const pageOf = (page: Page, name: string) =>
    page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true });

  const application = async (page: Page, named: Named): Promise<void> => {
    await pageOf(page, named('Records')).click();
    await page.getByLabel('Resource').selectOption('applications');
    await page.getByRole('searchbox').fill('zoe-backend');
    await page.getByRole('link', { name: 'zoe-backend' }).click();
  };

  const sync = async (page: Page, named: Named): Promise<void> => {
    await pageOf(page, named('Connector')).click();
    const syncs = page.getByRole('region', { name: 'Syncs' }).getByRole('row');
    await syncs.nth(1).waitFor();
    const before = await syncs.count();
    await page.getByRole('button', { name: named('Sync now') }).click();
    await syncs.nth(before).waitFor();
    await syncs.nth(1).getByText('succeeded').waitFor();
  };

  const walks: Record<string, (page: Page, named: Named) => Promise<void>> = {
    'See a case': async (page, named) => {
      named('Resource');
      await application(page, named);
      await page.getByRole('region', { name: 'History' }).waitFor();
      await page.getByRole('link', { name: 'Zoë Großmann' }).last().waitFor();
    },
    'Change it by hand': async (page, named) => {
      await page.getByRole('button', { name: named('More to do with this record') }).click();
      await page.getByRole('button', { name: named('Reject…'), exact: true }).click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: named('Reject'), exact: true })
        .click();
      await page.getByRole('region', { name: 'History' }).getByText('"rejected"').waitFor();
    },
    'Let time go by': async (page, named) => {
      await pageOf(page, named('Time')).click();
      await page.getByText('frozen').waitFor();
      const before = Date.parse(gem().world.now());
      await page.getByLabel(named('Name of the mark')).fill('before');
      await page.getByRole('button', { name: named('Mark this moment') }).click();
      await page.getByRole('button', { name: named('+ 1 day') }).click();
      await page.getByText('1 day went by.').waitFor();
      expect(Date.parse(gem().world.now()) - before).toBe(86_400_000);
      await page.getByRole('button', { name: named('20 events now') }).click();
      await page.getByText('Twenty things happened.').waitFor();
      await page.getByRole('button', { name: named('Since before') }).click();
      await page.getByRole('dialog').locator('.changes li').first().waitFor();
      await page.keyboard.press('Escape');
    },
    Sync: sync,
    'Compare both sides': async (page, named) => {
      await application(page, named);
      const detail = page.getByRole('main');
      await detail.getByRole('link', { name: named('Both sides'), exact: true }).click();
      await page.getByRole('region', { name: 'Gem' }).waitFor();
      await page.getByRole('region', { name: 'Unified' }).getByText('"REJECTED"').waitFor();
    },
    'Break a request': async (page, named) => {
      await pageOf(page, named('Requests')).click();
      await page.getByRole('link', { name: 'listJobs' }).first().click();
      await page.getByRole('button', { name: named('Break the next one…') }).click();
      await page.getByLabel(named('status'), { exact: true }).fill('503');
      await page.getByRole('button', { name: named('Arm it') }).click();
      await page.getByText('The fault is armed.').waitFor();
      await sync(page, named);
      await pageOf(page, 'Requests').click();
      await page.getByRole('searchbox').fill('fault:');
      await page.getByText('1 found').waitFor();
      await page.getByRole('link', { name: '503' }).waitFor();
    },
    'Save it, and hand it on': async (page, named) => {
      await pageOf(page, named('Worlds')).click();
      const actions = page.getByRole('button', { name: /^Actions of .*, default$/ });
      await actions.click();
      await page.getByRole('button', { name: named('Save as a snapshot…') }).click();
      await page.getByLabel(named('Name'), { exact: true }).fill('rejected');
      await page.getByRole('button', { name: named('Save'), exact: true }).click();
      await page.getByText('Saved as “rejected”.').waitFor();
      await actions.click();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: named('Export as a file') }).click(),
      ]);
      await page.getByLabel(named('Import…')).setInputFiles(await file.path());
      await page.getByText('is a world now.').waitFor();
      const worlds = await gem().control.worlds();
      const copied = await worlds.at(-1)?.record('applications', 'zoe-backend');
      expect(copied?.record).toMatchObject({ status: 'rejected' });
    },
    'Write a case of your own': async (page, named) => {
      await pageOf(page, named('Scenarios')).click();
      await page.getByRole('link', { name: named('Write one') }).click();
      await page.getByText('Nothing is wrong with it.').waitFor();
      await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: named('Download') }).click(),
      ]);
      await page.getByRole('button', { name: named('Start a world') }).click();
      await page.getByText('A world of it is open.').waitFor();
    },
  };

  test('goes as the guide tells it, section by section', async () => {
    expect([...sections.keys()]).toEqual(Object.keys(walks));
    const { page, complaints, close } = await open('');
    for (const [title, names] of sections) {
      const used = new Set<string>();
      await walks[title]?.(page, (name) => {
        expect([...names], title).toContain(name);
        used.add(name);
        return name;
      });
      expect(
        [...names].filter((name) => !used.has(name)),
        title,
      ).toEqual([]);
    }
    expect(complaints).toEqual([]);
    await close();
  });
});
