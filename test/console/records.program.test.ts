import { describe, expect, test } from 'vitest';
import { mayDoWithoutBrowser } from '../support/browser.ts';
import { expectGood, withConsole } from './support.ts';

describe.skipIf(mayDoWithoutBrowser())('the records of a world in the console', () => {
  const { gem, open } = withConsole();

  test('a list is searched, shows deleted ones on request, and has its state in its address', async () => {
    const world = await gem().openWorld();
    const opened = await open(`/world/${world.id}/records/candidates`);
    const { page } = opened;
    await page.getByRole('link', { name: 'Zoë Großmann' }).waitFor();
    await expectGood(opened, 'records');
    // None of them is the one that is looked at.
    expect(await page.locator('ul.all [aria-current]').count()).toBe(0);
    const { total } = await world.records('candidates', { deleted: 'left_out' });
    await expect.poll(() => page.getByRole('status').first().innerText()).toBe(`${total} and 1 deleted`);
    await page.getByRole('button', { name: 'Name', exact: true }).click();
    await page.getByRole('button', { name: 'Name ↑' }).click();
    await page.getByRole('button', { name: 'Name ↓' }).waitFor();
    expect(new URL(page.url()).searchParams.get('sort')).toBe('-last_name');
    const sorted = await world.records('candidates', {
      sort: '-last_name',
      deleted: 'left_out',
      per_page: 1,
    });
    const { last_name: last } = sorted.records[0]?.record ?? {};
    await page.locator('ul.all a').first().getByText(String(last)).waitFor();
    await page.getByRole('button', { name: 'Name ↓' }).click();
    await page.getByLabel('Deleted').check();
    await page.getByText(String((await world.records('candidates')).total), { exact: true }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('last_name:groß');
    await page.getByText('1', { exact: true }).waitFor();
    expect(new URL(page.url()).search).toBe('?deleted=shown&q=last_name%3Agro%C3%9F');
    await page.getByRole('searchbox').fill('lastname:x');
    await page.getByText('did you mean "last_name"').waitFor();
    await opened.close();
  });

  test('a record leads to those that it hangs together with', async () => {
    const world = await gem().openWorld();
    const opened = await open(`/world/${world.id}/records/applications/zoe-backend`);
    const { page } = opened;
    const record = page.getByRole('region').first();
    await record.getByRole('link', { name: 'Zoë Großmann' }).waitFor();
    await expectGood(opened, 'record');
    await record.getByRole('link', { name: 'Zoë Großmann' }).click();
    const applications = page.getByRole('link', { name: /^Applications \d/ });
    await applications.click();
    expect(new URL(page.url()).searchParams.get('q')).toMatch(/^candidate_id:/);
    await page.getByRole('link', { name: 'zoe-backend' }).waitFor();
    await opened.close();
  });

  test('a recruiter’s verbs are forms, made from the description', async () => {
    const world = await gem().openWorld();
    const opened = await open(`/world/${world.id}/records/applications/zoe-backend`);
    const { page } = opened;
    await page.getByRole('button', { name: 'More to do with this record' }).click();
    await page.getByRole('button', { name: 'Reject…', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: /^Reject/ });
    await dialog.getByLabel('note').fill('not this time');
    await expectGood(opened, 'reject', { isDialog: true });
    await dialog.getByRole('button', { name: 'Reject', exact: true }).click();
    await page.getByRole('status').getByText('Reject').waitFor();
    expect((await world.record('applications', 'zoe-backend')).record).toMatchObject({ status: 'rejected' });
    const history = page.getByRole('region', { name: 'History' });
    await history.getByText('by an edit over the control API').first().waitFor();
    await history.getByText('"rejected"').waitFor();
    await expectGood(opened, 'history');
    await opened.close();
  });

  test('a record is changed as JSON; only what differs is sent', async () => {
    const world = await gem().openWorld();
    const opened = await open(`/world/${world.id}/records/candidates/zoe`);
    const { page } = opened;
    await page.getByRole('button', { name: 'Edit as JSON…' }).click();
    const editor = page.getByRole('textbox', { name: 'The record as JSON' });
    await editor.waitFor();
    const { id: _id, ...fields } = (await world.record('candidates', 'zoe')).record;
    await editor.fill(JSON.stringify({ ...fields, first_name: '<b>Zoë</b>' }, null, 2));
    await page.getByText('Changes first_name.').waitFor();
    await expectGood(opened, 'edit-as-json', { isDialog: true });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Changed: first_name.').waitFor();
    // Markup is data.
    await page.getByRole('heading', { name: '<b>Zoë</b> Großmann' }).waitFor();
    expect((await world.record('candidates', 'zoe')).record).toMatchObject({ first_name: '<b>Zoë</b>' });
    await opened.close();
  });

  test('a record is made, and what Gem sends of it is a call away', async () => {
    const world = await gem().openWorld();
    const opened = await open(`/world/${world.id}/records/candidates`);
    const { page } = opened;
    await page.getByRole('link', { name: 'Zoë Großmann' }).waitFor();
    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog', { name: 'Create' });
    await dialog.getByLabel('first name').fill('Ada');
    await dialog.getByLabel('last name').fill('Lovelace');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'Ada Lovelace' }).waitFor();
    await page.getByRole('button', { name: 'Ask Gem’s API' }).click();
    await page.getByText('"last_activity"').last().waitFor();
    await expect
      .poll(async () => (await world.requests.list()).at(-1))
      .toMatchObject({ operation: 'getCandidate', status: 200 });
    await opened.close();
  });

  test('a long list is scrolled without waiting: a screen full of rows is there, however many there are', async () => {
    const world = await gem().openWorld({ scenario: 'large', parameters: { candidates: 3000 } });
    const opened = await open(`/world/${world.id}/records/candidates`);
    const { page } = opened;
    await page.locator('ul.all a').first().waitFor();
    const measured = await page.evaluate<{ rows: number; milliseconds: number }>(`(async () => {
      const box = document.querySelector('.scroll');
      const start = performance.now();
      box.scrollTop = box.scrollHeight / 2;
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      return { rows: document.querySelectorAll('ul.all > li').length, milliseconds: performance.now() - start };
    })()`);
    expect(measured.rows).toBeLessThan(80);
    expect(measured.milliseconds).toBeLessThan(1000);
    await page.locator('ul.all a').nth(10).waitFor();
    await opened.close();
  });
});
