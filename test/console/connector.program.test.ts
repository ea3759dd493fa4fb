import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startConnector, type Connector } from '../../connector/server.ts';
import { mayDoWithoutBrowser } from '../support/browser.ts';
import { placeOnPostgres } from '../support/databases.ts';
import { userRecord } from '../support/gem-records.ts';
import { startStubGem } from '../support/stub-gem.ts';
import { startReceiver } from '../connector/webhooks/support/receiver.ts';
import { expectGood, withConsole } from './support.ts';

function neverStarted(): never {
  throw new Error('the connector did not start');
}

describe.skipIf(mayDoWithoutBrowser())('the connector and the evidence in the console', () => {
  const running: { connector?: Connector; integrationId?: string } = {};
  const { gem, open } = withConsole({
    consoleConnector: () =>
      running.connector && {
        url: running.connector.apiUrl,
        apiKey: running.connector.apiKey,
        ...(running.integrationId !== undefined && { integrationId: running.integrationId }),
      },
  });
  afterAll(() => running.connector?.close());

  test('an emulator that runs alone says how to give it a connector', async () => {
    const opened = await open('/connector');
    await opened.page.getByText('This emulator runs alone.').waitFor();
    await expect.poll(() => opened.page.getByText('npx mock-gem dev').count()).toBe(1);
    await expectGood(opened, 'no-connector');
    await opened.close();
  });

  describe('beside a connector', () => {
    beforeAll(async () => {
      const connector = await startConnector({
        ...(await placeOnPostgres()),
        port: 0,
        limits: 'off',
        isWorker: true,
        allowPrivateAddresses: true,
        work: { checkEverySeconds: 1 },
      });
      running.connector = connector;
      const { url, apiKey, applicationSecret, world } = gem();
      const { id } = await connector.connect({
        gem: { url, apiKey, applicationSecret },
        jobBoardVanity: world.company.vanity,
      });
      running.integrationId = id;
      await connector.sync(id);
    });

    test('syncs are listed with what they read, and one is asked for', async () => {
      const opened = await open('/connector');
      const { page } = opened;
      await page.getByRole('button', { name: 'Sync now' }).click();
      await page.getByText('A sync of what changed is under way.').waitFor();
      const syncs = page.getByRole('region', { name: 'Syncs' });
      await syncs.getByText('succeeded').first().waitFor();
      await syncs.getByText('candidates').first().waitFor();
      await expectGood(opened, 'syncs');
      expect(await page.evaluate('document.body.innerText')).not.toContain(running.connector?.apiKey);
      await opened.close();
    });

    test('what the scope config switches off is shown, and what a customer may choose', async () => {
      const { apiUrl, apiKey } = running.connector ?? neverStarted();
      const setScope = (settings: Record<string, string>) =>
        fetch(`${apiUrl}/scope-config`, {
          method: 'PUT',
          headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
          body: JSON.stringify({ settings }),
        });
      await setScope({ ats_interviews: 'DISABLED', 'ats_candidates.title': 'OPTIONAL' });
      const opened = await open('/connector');
      const { page } = opened;
      await page.getByText('1 off', { exact: true }).click();
      const part = (name: string) => page.getByRole('listitem').filter({ hasText: name });
      await part('ats_interviews').getByText('off', { exact: true }).waitFor();
      await part('ats_candidates.title').getByText('the customer may opt out').waitFor();
      await expectGood(opened, 'scope');
      await setScope({});
      await expect.poll(() => page.getByText('nothing off').count()).toBe(1);
      await opened.close();
    });

    test('what is wrong with the account is told until it is over', async () => {
      const world = await gem().control.world();
      await world.faults.arm({ fault: 'key_revoked', times: 'always' });
      await running.connector?.sync(running.integrationId ?? '');
      const opened = await open('/connector?show=issues');
      const { page } = opened;
      await page.getByText('Authentication failed').waitFor();
      await page.getByRole('button', { name: 'Issues 1' }).waitFor();
      await expectGood(opened, 'issues');
      await world.faults.clear();
      await running.connector?.sync(running.integrationId ?? '');
      await page.getByText('resolved', { exact: true }).waitFor();
      await expect.poll(() => page.getByRole('button', { name: 'Issues 1' }).count()).toBe(0);
      await opened.close();
    });

    test('what Gem sent in a form that cannot be used is told with the reason, and tried again', async () => {
      const opened = await open('/connector?show=rejected');
      await opened.page.getByText('Every record could be used.').waitFor();
      await expect.poll(() => opened.page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
      await expectGood(opened, 'rejected-records');
      await opened.close();
    });

    test('what an action takes is a form down to its last field, and lists grow by entries', async () => {
      const opened = await open('/connector?show=actions&action=createAtsCandidate');
      const { page } = opened;
      const person = page.getByRole('group', { name: 'candidate', exact: true });
      await person.getByLabel('first name').fill('Grace');
      await person.getByLabel('last name').fill('Nested');
      await person.getByLabel('email address', { exact: true }).fill('grace.nested@example.org');
      await person.locator('summary').filter({ hasText: 'social links' }).click();
      await person.getByRole('button', { name: 'Add to social links' }).click();
      await person.getByLabel('url').fill('https://github.com/grace-nested');
      await expectGood(opened, 'action-nested');
      await page.getByRole('button', { name: 'Do it' }).click();
      await page.getByText('The connector has answered.').waitFor();
      const found = async () => {
        const { records } = await (await gem().control.world()).records('candidates', { q: 'grace.nested' });
        return records.map(({ record }) => [record['first_name'], record['last_name']]);
      };
      await expect.poll(found).toEqual([['Grace', 'Nested']]);
      await page.getByRole('region', { name: 'What came of it' }).getByText('POST').first().waitFor();
      await page.getByRole('button', { name: 'Remove social links 1' }).click();
      await expect.poll(() => person.getByLabel('url').count()).toBe(0);
      await opened.close();
    });

    test('a record that could not be used is shown with its shape, tried again with all others, and forgotten', async () => {
      const nobody = { first_name: 'Nobody', nickname: 'Umlaut' };
      const stub = await startStubGem({ listUsers: [nobody, userRecord('user-1')] });
      const connector = running.connector ?? neverStarted();
      const { id } = await connector.connect({
        gem: { url: stub.url, apiKey: 'a-key' },
        endUserOrganizationName: 'Halden Robotics',
      });
      expect((await connector.sync(id)).state).toBe('PARTIALLY_FAILED');
      const opened = await open(`/connector?show=rejected&integration=${id}`);
      const { page } = opened;
      const rejected = page.getByRole('list', { name: 'Rejected records' });
      await rejected.getByText('the record has no id that can be used').waitFor();
      await rejected.getByText('Its shape, without what it holds').click();
      await rejected.getByText('nickname').first().waitFor();
      await expectGood(opened, 'rejected-record');
      expect(await rejected.getByText('Umlaut').isVisible()).toBe(false);
      await page.getByRole('button', { name: 'Try all again' }).click();
      await page.getByText('0 are used now, 0 are gone, 1 cannot be used.').waitFor();
      await page.getByRole('button', { name: 'Forget it' }).click();
      await page.getByText('Every record could be used.').waitFor();

      await page.goto(`${gem().url}/_console/connector?show=syncs&integration=${id}`);
      await page.getByText('Departures from Gem’s description').click();
      await page.getByText('unknown field').first().waitFor();
      await page.getByText('Models').first().click();
      await page.getByText('ats_candidates').waitFor();
      await expectGood(opened, 'drift');
      await opened.close();
    });

    test('an action is a form that shows the calls of Gem which it made', async () => {
      const opened = await open('/connector?show=actions&action=addAtsCandidateResultLink');
      const { page } = opened;
      await page.getByRole('region', { name: 'Integration' }).waitFor();
      const option = page.locator('datalist option').first();
      await option.waitFor({ state: 'attached' });
      await page.getByLabel('candidate id').fill((await option.getAttribute('value')) ?? '');
      await page.getByLabel('label').fill('Assessment of Ada');
      await page.getByRole('button', { name: 'Do it' }).click();
      const outcome = page.getByRole('region', { name: 'What came of it' });
      await outcome.getByText('POST').first().waitFor();
      await expectGood(opened, 'action');
      const notes = await (await gem().control.world()).records('notes', { q: '"Assessment of Ada"' });
      expect(notes.total).toBe(1);
      await opened.close();
    });

    test('webhooks and their deliveries are told of', async () => {
      const opened = await open('/connector?show=webhooks');
      await opened.page.getByText('Events are sent nowhere').waitFor();
      await expect.poll(() => opened.page.getByRole('button', { name: 'Send again' }).count()).toBe(0);
      await expectGood(opened, 'webhooks');
      await opened.close();
    });

    test(
      'an event is sent again from its page, and a webhook switched off and on',
      { timeout: 150_000 },
      async () => {
        const receiver = await startReceiver();
        const { apiUrl, apiKey } = running.connector ?? neverStarted();
        const call = (path: string, body: object) =>
          fetch(`${apiUrl}${path}`, {
            method: 'PUT',
            headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
            body: JSON.stringify(body),
          });
        const event_types = ['integration-state-changed'];
        await call('/webhooks', { url: receiver.url, secret: 'a secret of the receiver', event_types });
        await call(`/integrations/${running.integrationId}/enabled`, { value: false });
        await call(`/integrations/${running.integrationId}/enabled`, { value: true });
        await receiver.reached(2);
        const opened = await open('/connector?show=webhooks');
        const { page } = opened;
        const deliveries = page.getByRole('list', { name: 'Deliveries' });
        await deliveries.getByText('delivered').first().waitFor();
        await deliveries.getByText('integration-state-changed').first().click();
        await expectGood(opened, 'deliveries');
        await deliveries.getByRole('button', { name: 'Send again' }).first().click();
        await receiver.reached(3);
        expect(receiver.received[2]?.body).toBe(receiver.received[1]?.body);

        await page.getByRole('button', { name: 'Switch off' }).click();
        await page.getByText('switched off', { exact: true }).waitFor();
        await call(`/integrations/${running.integrationId}/enabled`, { value: false });
        await call(`/integrations/${running.integrationId}/enabled`, { value: true });
        await page.getByRole('button', { name: 'Switch on' }).click();
        await page.getByRole('button', { name: 'Send what did not arrive' }).click();
        await receiver.reached(5);
        await opened.close();
      },
    );
  });

  test('the evidence is seen at a glance, and a switch is chosen', async () => {
    const world = await gem().openWorld();
    const opened = await open(`/world/${world.id}/evidence`);
    const { page } = opened;
    await page.getByRole('button', { name: /observed/ }).click();
    await page.getByRole('region', { name: 'Operations that are observed' }).waitFor();
    await expectGood(opened, 'evidence');
    await page.getByLabel('same_person').selectOption('"create"');
    await page.getByText('same_person is create.').waitFor();
    expect((await world.state()).switches.same_person).toBe('create');
    await opened.close();
  });
});
