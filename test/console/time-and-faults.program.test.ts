import { describe, expect, test } from 'vitest';
import { mayDoWithoutBrowser } from '../support/browser.ts';
import { expectGood, withConsole } from './support.ts';

describe.skipIf(mayDoWithoutBrowser())('time and faults of a world in the console', () => {
  const { gem, open } = withConsole();

  test('the clock is frozen, moved and set; what was planned happens, and shows as what changed', async () => {
    const world = await gem().openWorld({ scenario: 'hiring-week' });
    await world.clock.freeze();
    const opened = await open(`/world/${world.id}/time`);
    const { page } = opened;
    await page.getByRole('heading', { name: 'Still to come' }).waitFor();
    await expectGood(opened, 'time');
    const before = Date.parse((await world.clock.read()).now);
    await page.getByLabel('Name of the mark').fill('before');
    await page.getByRole('button', { name: 'Mark this moment' }).click();
    const { waiting } = await world.timeline.read();
    await page.getByRole('button', { name: '+ 1 day' }).click();
    await page.getByText('1 day went by.').waitFor();
    expect(Date.parse((await world.clock.read()).now) - before).toBe(86_400_000);
    expect((await world.timeline.read()).waiting.length).toBeLessThan(waiting.length);
    const past = page.getByRole('region', { name: 'What happened' });
    await past.getByText('timeline').first().waitFor();
    await past.getByRole('link', { name: 'candidates' }).first().waitFor();
    await expectGood(opened, 'past');
    await page.getByRole('button', { name: 'Since before' }).click();
    await page.getByRole('dialog').getByText('created').first().waitFor();
    await expectGood(opened, 'what-changed', { isDialog: true });
    await page.keyboard.press('Escape');

    // Another moment is marked, and what comes after it is not between the two.
    await page.getByLabel('Name of the mark').fill('after');
    await page.getByRole('button', { name: 'Mark this moment' }).click();
    await page.getByRole('button', { name: 'Since after' }).waitFor();
    await world.edit({ do: 'create', resource: 'offices', as: 'late' });
    await page.getByLabel('From', { exact: true }).selectOption('before');
    await page.getByLabel('To', { exact: true }).selectOption('after');
    await page.getByRole('button', { name: 'Compare' }).click();
    const between = page.getByRole('dialog', { name: 'From before to after' });
    await between.getByText('created').first().waitFor();
    await expect.poll(() => between.getByRole('link', { name: 'late' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Since after' }).click();
    await page.getByRole('dialog', { name: 'Since after' }).getByRole('link', { name: 'late' }).waitFor();
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Let it run' }).click();
    await page.getByText('running', { exact: true }).waitFor();
    expect((await world.clock.read()).state).toBe('running');
    await page.getByLabel('A length of time, or an instant').fill('sometime');
    await page.getByRole('button', { name: 'Go', exact: true }).click();
    await page.getByRole('alert').getByText('sometime').waitFor();
    await opened.close();
  });

  test('recruiters go to work, and home', async () => {
    const world = await gem().openWorld();
    const { page, close } = await open(`/world/${world.id}/time`);
    await page.getByLabel('Events an hour').fill('600');
    await page.getByRole('button', { name: 'let them work' }).click();
    await page.getByText('At work: 600').waitFor();
    await page.getByRole('button', { name: '20 events now' }).click();
    await page.getByText('Twenty things happened.').waitFor();
    await page.getByRole('button', { name: 'Send them home' }).click();
    await page.getByText('Nobody is at work').waitFor();
    await expect.poll(() => world.simulation.read()).toMatchObject({ running: false });
    await close();
  });

  test('a ready-made fault is armed, counts what it struck, and is over when it is disarmed', async () => {
    const world = await gem().openWorld();
    const opened = await open(`/world/${world.id}/faults`);
    const { page } = opened;
    await page.getByText('Nothing goes wrong.').waitFor();
    await page.getByRole('button', { name: 'Arm “429 until I say so”' }).click();
    const row = page.getByRole('row', { name: 'status 429' });
    await row.waitFor();
    expect((await world.fetch('/ats/v0/jobs/')).status).toBe(429);
    await row.getByRole('cell', { name: '1' }).first().waitFor();
    await expectGood(opened, 'faults');
    await page.getByRole('button', { name: 'Disarm all' }).click();
    await page.getByText('Nothing goes wrong.').waitFor();
    expect((await world.fetch('/ats/v0/jobs/')).status).toBe(200);
    await opened.close();
  });

  test('every kind is told of and has a form; what does not fit is refused at its place', async () => {
    const world = await gem().openWorld();
    const opened = await open(`/world/${world.id}/faults`);
    const { page } = opened;
    await page.getByText(/^All \d+ kinds$/).click();
    await page.getByRole('button', { name: 'Arm latency…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Arm a fault' });
    await dialog.getByLabel('milliseconds').fill('1');
    await dialog.getByLabel('times').fill('always');
    await dialog.getByLabel('operation').fill('listJob');
    await expectGood(opened, 'fault-form', { isDialog: true });
    await dialog.getByRole('button', { name: 'Arm it' }).click();
    await page.getByRole('alert').getByText('did you mean "listJobs"').waitFor();
    await dialog.getByLabel('operation').fill('listJobs');
    await dialog.getByRole('button', { name: 'Arm it' }).click();
    await page.getByRole('row', { name: 'latency' }).first().waitFor();
    await expect
      .poll(() => world.faults.list())
      .toMatchObject([
        { fault: { fault: 'latency', milliseconds: 1, times: 'always', match: { operation: 'listJobs' } } },
      ]);
    await opened.close();
  });

  test('two windows on one world see each other’s changes within a second of being told', async () => {
    const world = await gem().openWorld();
    const [one, other] = [await open(`/world/${world.id}/faults`), await open(`/world/${world.id}/faults`)];
    // The second of this window is its own: it does not pass while the machine is busy with something else.
    await other.page.clock.install();
    await other.page.addInitScript(countTold);
    await other.page.reload();
    await other.page.getByText('Nothing goes wrong.').waitFor();
    await other.page.clock.pauseAt(Date.now() + 20_000);
    const told = await other.page.evaluate<number>('told');
    await one.page.getByRole('button', { name: 'Arm “The key is revoked”' }).click();
    await expect.poll(() => other.page.evaluate<number>('told')).toBeGreaterThan(told);
    await other.page.clock.runFor(1000);
    await other.page.getByRole('row', { name: 'key revoked' }).waitFor();
    await expect.poll(() => world.faults.list()).toHaveLength(1);
    // And as long as nothing is told, it asks for nothing.
    const asked: string[] = [];
    other.page.on('request', (request) => asked.push(request.url()));
    await other.page.clock.runFor(20_000);
    expect(asked).toEqual([]);
    await other.page.clock.resume();

    await other.page.goto(`${gem().url}/_console/world/${world.id}/requests?from=no-world`);
    await other.page.getByText('Every request so far opened a world.').waitFor();
    await fetch(`${gem().url}/ats/v0/jobs/`);
    await other.page.getByRole('link', { name: '/ats/v0/jobs/' }).waitFor();
    await one.page.goto(`${gem().url}/_console/world/${world.id}/requests?from=no-world`);
    await one.page.getByRole('button', { name: 'Clear…' }).click();
    await one.page.getByRole('dialog').getByRole('button', { name: 'Forget them' }).click();
    await other.page.getByText('Every request so far opened a world.').waitFor();
    await one.close();
    await other.close();
  });
});

/** Counts in a page what the stream of events tells it. */
const countTold = `{
  window.told = 0;
  const ask = fetch;
  window.fetch = async (url, init) => {
    const answer = await ask(url, init);
    if (url !== '/_control/events') return answer;
    const [own, shown] = answer.body.tee();
    void (async () => {
      for await (const bytes of own) if (/^data:/m.test(new TextDecoder().decode(bytes))) window.told += 1;
    })();
    return new Response(shown, answer);
  };
}`;
