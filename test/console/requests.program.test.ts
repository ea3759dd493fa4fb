import { describe, expect, test } from 'vitest';
import { mayDoWithoutBrowser } from '../support/browser.ts';
import { expectGood, withConsole } from './support.ts';

describe.skipIf(mayDoWithoutBrowser())('the requests of a world in the console', () => {
  const { gem, open } = withConsole();

  test('a world that nobody asked says what to do', async () => {
    const { key, id } = await gem().openWorld();
    const opened = await open(`/world/${id}/requests`);
    await opened.page.getByText('Nobody has asked this world anything yet.').waitFor();
    await expectGood(opened, 'requests-empty');
    await fetch(`${gem().url}/ats/v0/jobs/`, { headers: { 'X-API-Key': key } });
    await opened.page.getByRole('link', { name: '/ats/v0/jobs/' }).waitFor();
    await expect.poll(() => opened.page.getByRole('status').first().innerText()).toBe('1 remembered');
    await opened.close();
  });

  test('a call shows as it comes, is found, and tells why it was refused', async () => {
    const world = await gem().openWorld();
    await world.fetch('/ats/v0/jobs/?status=nonsense');
    const opened = await open(`/world/${world.id}/requests`);
    const { page } = opened;
    await page.getByRole('link', { name: 'status=nonsense' }).waitFor();
    await world.fetch('/ats/v0/candidates/?per_page=2');
    await page.getByRole('link', { name: 'listCandidates' }).waitFor();
    await expectGood(opened, 'requests');

    await page.keyboard.press('/');
    await page.keyboard.type('status:4xx op:listJobs');
    await page.getByText('1 found').waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('status:4xx op:listJobs');
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const detail = page.getByRole('region', { name: 'Request 1' });
    await detail.getByText('Must be one of: approved').first().waitFor();
    await expectGood(opened, 'request');
    await detail.getByRole('button', { name: 'Copy as curl' }).click();
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toContain('$GEM_KEY');

    await page.getByRole('searchbox').fill('stauts:404');
    await page.getByText('stauts').last().waitFor();
    await opened.close();
  });

  test('a call without a key is found from every world, with what to do about it', async () => {
    const world = await gem().openWorld();
    const opened = await open(`/world/${world.id}/requests`);
    const { page } = opened;
    await fetch(`${gem().url}/ats/v0/jobs/?page=7`);
    await page.getByText('Did you expect something here?').waitFor();
    await page.getByRole('link', { name: 'Without a known key' }).click();
    const row = page.getByRole('link', { name: '/ats/v0/jobs/?page=7' });
    await row.waitFor();
    await expectGood(opened, 'requests-without-key');
    await row.click();
    const detail = page.getByRole('region', { name: /^Request \d+$/ });
    await detail.getByText('What to do.').waitFor();
    await detail.getByText('Send the key of a world as').waitFor();
    await expectGood(opened, 'request-without-key');
    await detail.getByRole('link', { name: 'Close' }).click();
    await page.getByRole('searchbox').fill('status:2xx');
    await page.getByText('No request is like that.').waitFor();
    await page.getByRole('link', { name: 'Of this world' }).click();
    await page.getByRole('link', { name: 'See why' }).waitFor();
    expect(new URL(page.url()).search).toBe('');
    await opened.close();
  });

  test('a call is sent again, edited, into a fork, and leaves the world as it is', async () => {
    const world = await gem().openWorld();
    const [job] = (await world.records('jobs', { q: 'status:open', deleted: 'left_out' })).records;
    const person = { first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.org', job_id: job?.id };
    await world.fetch('/ats/v0/candidates/', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(person),
    });
    const opened = await open(`/world/${world.id}/requests/1`);
    const { page } = opened;
    await page.getByRole('button', { name: 'Send again…' }).click();
    await page
      .getByLabel('Body')
      .fill(JSON.stringify({ ...person, first_name: 'Grace', email: 'grace@example.org' }));
    await page.getByLabel('a fork of it').check();
    await expectGood(opened, 'send-again', { isDialog: true });
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('Grace').first().waitFor();
    expect(page.url()).not.toContain(world.id);
    expect((await world.requests.list()).length).toBe(1);
    await page.getByRole('button', { name: 'What did it change?' }).click();
    await page.getByRole('dialog').getByText('created').first().waitFor();
    await expectGood(opened, 'what-a-call-changed', { isDialog: true });
    await opened.close();
  });

  test('a world that there is not is told of once, with a way back', async () => {
    const { page, close } = await open('/world/nonsense/requests');
    let asked = 0;
    page.on('request', () => (asked += 1));
    await page.getByText('There is no such world.').waitFor();
    asked = 0;
    await page.evaluate(`(async () => {
      for (let frame = 0; frame < 60; frame += 1) await new Promise(requestAnimationFrame);
    })()`);
    expect(asked).toBeLessThan(6);
    await page.getByRole('main').getByRole('link', { name: 'To the worlds' }).click();
    await page.getByRole('heading', { name: 'Worlds', level: 1 }).waitFor();
    await close();
  });

  test('the next call like one can be broken', async () => {
    const world = await gem().openWorld();
    await world.fetch('/ats/v0/jobs/');
    const opened = await open(`/world/${world.id}/requests/1`);
    const { page } = opened;
    await page.getByRole('button', { name: 'Break the next one…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Arm a fault' });
    await dialog.getByLabel('status', { exact: true }).fill('503');
    await expect.poll(() => dialog.getByLabel('operation').inputValue()).toBe('listJobs');
    await expectGood(opened, 'arm-a-fault', { isDialog: true });
    await dialog.getByRole('button', { name: 'Arm it' }).click();
    await page.getByRole('status').getByText('The fault is armed.').waitFor();
    expect((await world.fetch('/ats/v0/jobs/')).status).toBe(503);
    await page.getByRole('link', { name: '503' }).waitFor();
    await opened.close();
  });

  test('what a caller sent is shown as text, never as markup', async () => {
    const world = await gem().openWorld();
    const markup = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    await world.fetch(`/ats/v0/jobs/?status=${encodeURIComponent(markup)}`);
    const opened = await open(`/world/${world.id}/requests/1`);
    const { page } = opened;
    await page.getByRole('region', { name: 'Request 1' }).getByText(markup).first().waitFor();
    await expect.poll(() => page.title()).toBe('Requests · mock-gem');
    await expect.poll(() => page.locator('main img, main script').count()).toBe(0);
    expect(opened.complaints).toEqual([]);
    await opened.close();
  });
});
