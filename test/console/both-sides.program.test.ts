import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startConnector, type Connector } from '../../connector/server.ts';
import { mayDoWithoutBrowser } from '../support/browser.ts';
import { placeOnPostgres } from '../support/databases.ts';
import { expectGood, withConsole } from './support.ts';

describe.skipIf(mayDoWithoutBrowser())('a record on both sides in the console', () => {
  const running: { connector?: Connector; integrationId?: string } = {};
  const { gem, open } = withConsole({
    consoleConnector: () =>
      running.connector && {
        url: running.connector.apiUrl,
        apiKey: running.connector.apiKey,
        ...(running.integrationId !== undefined && { integrationId: running.integrationId }),
      },
  });
  beforeAll(async () => {
    const connector = await startConnector({ port: 0, limits: 'off', ...(await placeOnPostgres()) });
    running.connector = connector;
    const { url, apiKey, applicationSecret, world } = gem();
    const account = { url, apiKey, applicationSecret };
    const options = { gem: account, jobBoardVanity: world.company.vanity, isRemoteDataEnabled: true };
    const { id } = await connector.connect(options);
    running.integrationId = id;
    await connector.sync(id);
  });
  afterAll(() => running.connector?.close());

  test('a value shows where it comes from, by which rule, and what differs since the last sync', async () => {
    const opened = await open('/world/default/records/jobs?q=name:%22Product%20Designer%22');
    const { page } = opened;
    await page.getByRole('link', { name: 'Product Designer' }).first().click();
    const record = page.getByRole('region', { name: 'Product Designer' });
    await record.getByRole('link', { name: 'Both sides' }).click();
    const both = page.getByRole('region', { name: 'Jobs: Product Designer' });
    await both.waitFor();
    const unified = page.getByRole('region', { name: 'Unified' });
    const department = unified.getByRole('button', { name: 'department' });
    await department.focus();
    await expect.poll(() => page.locator('.lines path').count()).toBe(1);
    await page.keyboard.press('Enter');
    await unified.getByText("a job's department is the first of Gem's departments").waitFor();
    await unified.getByText('rule first-department').waitFor();
    expect(new URL(page.url()).searchParams.get('value')).toBe('department');
    await expect.poll(() => page.locator('.gem .lit .path').allTextContents()).toEqual(['name']);
    await unified
      .getByRole('button', { name: 'weekly_hours' })
      .getByText('It is not covered for Gem.')
      .waitFor();
    await expectGood(opened, 'both-sides');
    await expect.poll(() => page.locator('.gem .lit').isVisible()).toBe(true);

    const [job] = [new URL(page.url()).pathname.split('/').at(-1) ?? ''];
    const edits = [
      { do: 'change' as const, resource: 'jobs' as const, record: job, set: { name: 'Designer' } },
    ];
    const changed = await fetch(`${gem().url}/_control/worlds/default/edits`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ edits }),
    });
    expect(changed.status).toBe(200);
    await page.getByText('3 differ since the last sync').waitFor();
    await unified.getByRole('button', { name: /^name/ }).first().getByText('now "Designer"').waitFor();
    await page.getByRole('region', { name: 'Gem' }).getByText('now "Designer"').waitFor();
    // Looking asks Gem, and must not be a reason to look again.
    const { count } = await gem().world.log.find({ operation: 'getJob' });
    expect(count).toBeLessThan(8);
    await opened.close();
  });

  test('a place at Gem leads to what was made of it', async () => {
    const opened = await open('/both-sides/candidates/Q2FuZGlkYXRlOjEwMDAwMDAx');
    const { page } = opened;
    const gemSide = page.getByRole('region', { name: 'Gem' });
    await gemSide.getByRole('button', { name: 'public_name' }).first().click();
    await page
      .getByText("a candidate's source is the source of the candidate's initial application")
      .waitFor();
    expect(new URL(page.url()).searchParams.get('value')).toMatch(/source$/);
    await expectGood(opened, 'both-sides-candidate');
    await opened.close();
  });

  test('records are found by model and id, and what there is not is told of', async () => {
    const opened = await open('/both-sides');
    const { page } = opened;
    await page.getByRole('link', { name: 'Senior Backend Engineer' }).waitFor();
    await expectGood(opened, 'both-sides-choose');
    await page.getByLabel('Model').selectOption('users');
    await page.getByLabel('Id, of either side').fill('nobody');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByRole('alert').getByText('No record of users has this id').waitFor();
    expect(new URL(page.url()).pathname).toBe('/_console/both-sides/users/nobody');
    await opened.close();
  });
});
