import { describe, expect, onTestFinished, test } from 'vitest';
import { startMockGem } from '../../mock-server/server.ts';
import { mayDoWithoutBrowser } from '../support/browser.ts';
import { expectGood, withConsole } from './support.ts';

describe.skipIf(mayDoWithoutBrowser())('the console and its worlds', () => {
  const { gem, open } = withConsole();

  test('its first page lists the worlds', async () => {
    const opened = await open('');
    const { page } = opened;
    await page.getByRole('link', { name: gem().world.company.name, exact: true }).waitFor();
    await expect.poll(() => page.title()).toBe('Worlds · mock-gem');
    await expectGood(opened, 'worlds');
    await opened.close();
  });

  test('all is done by keyboard: the keys are listed, and lead to pages', async () => {
    const opened = await open('/world/default/requests');
    const { page } = opened;
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: 'Keys' });
    await keys.getByText('Requests').waitFor();
    await expectGood(opened, 'keys', { isDialog: true });
    await page.keyboard.press('Escape');
    await expect.poll(() => keys.count()).toBe(0);
    await page.keyboard.press('g');
    await page.keyboard.press('w');
    await page.getByRole('heading', { name: 'Worlds', level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/_console/worlds');
    await opened.close();
  });

  test('a scenario with its parameters becomes a world, which is forked, reset, saved, opened and dropped', async () => {
    const opened = await open('/worlds');
    const { page } = opened;
    await page.getByRole('link', { name: gem().world.company.name, exact: true }).first().waitFor();
    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog', { name: 'New world' });
    await dialog.getByLabel('Scenario').selectOption('large');
    await dialog.getByLabel('candidates').fill('30');
    await dialog.getByLabel('frozen').check();
    await expectGood(opened, 'new-world', { isDialog: true });
    expect(new URL(page.url()).search).toBe('?new=large');
    await dialog.getByRole('button', { name: 'Make the world' }).click();
    await page.getByRole('status').getByText('A world of “large” is open.').waitFor();
    const [, id = ''] = /\/world\/([^/]+)\//.exec(page.url()) ?? [];
    const { control } = gem();
    const made = await control.world(id);
    await expect
      .poll(() => made.state())
      .toMatchObject({
        recipe: { scenario: 'large', parameters: { candidates: 30 } },
        clock: { state: 'frozen' },
        records: { candidates: 30 },
      });

    await made.edit({ do: 'create', resource: 'offices' });
    const { offices = 0 } = (await made.state()).records;
    const row = page.getByRole('row', { name: id.slice(0, 12) });
    const choose = async (action: string) => {
      await page.getByRole('link', { name: 'Worlds', exact: true }).click();
      await row.getByRole('button', { name: 'Actions of' }).click();
      await row.getByRole('button', { name: action }).click();
    };
    await choose('Save as a snapshot…');
    await page.getByLabel('Name').fill('with-an-office');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved as “with-an-office”.').waitFor();
    await choose('Fork');
    await page.getByText('A fork of').waitFor();
    const [, fork = ''] = /\/world\/([^/]+)\//.exec(page.url()) ?? [];
    expect((await (await control.world(fork)).state()).records['offices']).toBe(offices);
    await choose('Reset…');
    await page.getByRole('dialog').getByRole('button', { name: 'Reset' }).click();
    await page.getByText('The world began anew.').waitFor();
    expect((await made.state()).records['offices']).toBe(offices - 1);
    await page.getByRole('button', { name: 'Open with-an-office' }).click();
    await page.getByText('“with-an-office” is open').waitFor();
    await choose('Drop…');
    await page.getByRole('dialog').getByRole('button', { name: 'Drop' }).click();
    await row.waitFor({ state: 'detached' });
    await expectGood(opened, 'worlds-and-snapshots');
    await opened.close();
  });

  test('a world that was exported comes back by its file, and a file that is none is refused in words', async () => {
    const opened = await open('/worlds');
    const { page } = opened;
    await page.getByRole('button', { name: /^Actions of .*, default$/ }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export as a file' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('world-default.json');
    await page.getByLabel('Import…').setInputFiles(await file.path());
    await page.getByText('is a world now.').waitFor();
    expect(page.url()).toMatch(/\/world\/[\da-f]+\/requests$/);

    await page.keyboard.press('g');
    await page.keyboard.press('w');
    const drop = `(text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'dropped.json'));
      for (const type of ['dragover', 'drop'])
        document.querySelector('.page').dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true }));
    }`;
    await page.evaluate(`(${drop})('{"format":"a poem"}')`);
    await page.getByRole('alert').getByText('body.format').waitFor();
    await page.evaluate(`(${drop})('no JSON')`);
    await page.getByRole('alert').getByText('dropped.json is not JSON').waitFor();
    await opened.close();
  });

  test('whatever it did can be copied as curl, and does the same in a terminal', async () => {
    const { page, close } = await open('/worlds');
    await page.getByRole('button', { name: /^Actions of .*, default$/ }).click();
    await page.getByRole('button', { name: 'Fork' }).click();
    const count = (await gem().control.worlds()).length;
    await page.getByRole('status').getByRole('button', { name: 'Copy as curl' }).click();
    const copied = await page.evaluate('navigator.clipboard.readText()');
    expect(copied).toBe(
      `curl -X POST '${gem().url}/_control/worlds/${gem().world.id}/fork' -H "Content-Type: application/json" -d '{}'`,
    );
    expect(count).toBeGreaterThan(1);
    await close();
  });

  test('the theme can be chosen, and stays', async () => {
    const { page, close } = await open('/worlds');
    await page.getByLabel('Theme').selectOption('dark');
    await page.reload();
    const background = 'getComputedStyle(document.body).backgroundColor';
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expect.poll(() => page.evaluate(background)).toBe('rgb(17, 21, 28)');
    await page.getByLabel('Theme').selectOption('light');
    await expect.poll(() => page.evaluate(background)).toBe('rgb(246, 247, 249)');
    await close();
  });

  test('a server that goes away is told of, and so is that it is back', async () => {
    const first = await startMockGem({ port: 0 });
    const port = Number(new URL(first.url).port);
    const { page, close } = await open('/worlds');
    await page.goto(`${first.url}/_console/worlds`);
    await page.getByRole('link', { name: first.world.company.name, exact: true }).waitFor();
    await first.close();
    await page.getByText('The server does not answer.').waitFor();
    const second = await startMockGem({ port });
    onTestFinished(() => second.close());
    await page.getByText('The server does not answer.').waitFor({ state: 'detached' });
    await expect
      .poll(() => page.getByRole('link', { name: second.world.company.name, exact: true }).count())
      .toBe(1);
    await close();
  });

  test('a control token is asked for once', async () => {
    const locked = await startMockGem({ port: 0, controlToken: 'let-me-in' });
    onTestFinished(() => locked.close());
    const { page, close } = await open('/worlds');
    await page.goto(`${locked.url}/_console/worlds`);
    await page.getByRole('textbox', { name: 'Control token' }).fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Control token' }).fill('let-me-in');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: locked.world.company.name, exact: true }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: locked.world.company.name, exact: true }).waitFor();
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await close();
  });
});
