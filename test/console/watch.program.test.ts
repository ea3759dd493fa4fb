import { describe, expect, test } from 'vitest';
import { mayDoWithoutBrowser } from '../support/browser.ts';
import { departingGem, sending, watch } from '../mock-server/watch/watched.ts';
import { expectGood, withConsole } from './support.ts';

/** Milliseconds. Where others are at work as well, it is only sooner than all that would be asked for anyway, now and then. */
const soon = process.env['MEASURE'] ? 1000 : 5000;

describe.skipIf(mayDoWithoutBrowser())('what a watch sees, in the console', () => {
  const { gem, open } = withConsole();

  test('it says how to start one; departures show within a second, by operation, beside the mirror', async () => {
    const opened = await open('/worlds');
    const { page } = opened;
    await page.getByRole('heading', { name: 'Worlds' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('a');
    await page.getByText('Nothing is watched.').waitFor();
    await page.getByRole('button', { name: 'Copy the command', exact: true }).click();
    const copied = () => page.evaluate<string>('navigator.clipboard.readText()');
    expect(await copied()).toBe(`npx mock-gem watch --console ${gem().url}`);
    await expectGood(opened, 'watch-none');

    // A Gem that sends a field too many, and answers a write otherwise than the emulator does.
    const account = await gem().openWorld();
    const mirror = await account.fork();
    const url = await departingGem({ url: gem().url, apiKey: account.key }, ({ body }, path, method) => {
      if (path.startsWith('/ats/v0/jobs/')) Object.assign((body as object[])[0] ?? {}, { zone: 'Bern' });
      if (method === 'PATCH') Object.assign(body as object, { title: null });
    });
    const watched = await watch(url, '--console', gem().url, '--mirror', mirror.id);
    await page.getByText('running', { exact: true }).waitFor();
    await page.getByText('None so far.').waitFor();
    const since = performance.now();
    await (await fetch(`${watched.url}/ats/v0/jobs/`)).text();
    const departures = page.getByRole('region', { name: 'Departures' });
    await departures.getByRole('row', { name: /^listJobs answer zone nothing/ }).waitFor();
    const told = performance.now() - since;

    const [person] = (await account.records('candidates')).records;
    const path = `/ats/v0/candidates/${person?.id ?? ''}`;
    await (await fetch(watched.url + path, sending('PATCH', { title: 'Engineer' }))).text();
    await account.edit({ do: 'create', resource: 'candidates', as: 'new' });
    const { id } = await account.record('candidates', 'new');
    const other = sending('PATCH', { title: 'Boss' });
    await (await fetch(`${watched.url}/ats/v0/candidates/${id}`, other)).text();
    const beside = page.getByRole('region', { name: 'Gem and the mirror' });
    await beside.getByRole('row', { name: 'updateCandidate title null string 1' }).waitFor();
    const left = page.getByRole('region', { name: 'Not compared' });
    await left.getByRole('row', { name: 'updateCandidate the mirror has no such candidate 1' }).waitFor();
    await page.getByText('1 compared, 1 differed, 1 could not be compared').waitFor();
    await expectGood(opened, 'watch');

    await page.getByLabel('Operation', { exact: true }).selectOption('listJobs');
    await expect.poll(() => beside.count()).toBe(0);
    expect(new URL(page.url()).search).toBe('?operation=listJobs');
    await departures.getByRole('row', { name: /^listJobs/ }).waitFor();
    await page.getByText(/^A patch of the evidence/).click();
    await page.getByRole('button', { name: 'Copy the patch' }).click();
    expect(await copied()).toContain('+++ b/contracts/gem.openapi.yaml');
    await expectGood(opened, 'watch-patch');

    await watched.stop();
    await page.getByText('It does not run now.').waitFor();
    await page.getByText('over', { exact: true }).waitFor();
    await opened.close();
    expect(told).toBeLessThan(soon);
  });
});
