import { describe, expect, test } from 'vitest';
import { mayDoWithoutBrowser } from '../support/browser.ts';
import { expectGood, withConsole } from './support.ts';

describe.skipIf(mayDoWithoutBrowser())('the scenarios in the console', () => {
  const { gem, open } = withConsole();

  test('the catalogue is found through by purpose and by rule; each is there as YAML and starts a world', async () => {
    const opened = await open('/scenarios');
    const { page } = opened;
    await page.getByRole('link', { name: 'hired', exact: false }).first().waitFor();
    await expectGood(opened, 'scenarios');
    await page.keyboard.press('/');
    await page.keyboard.type('filled opening');
    await page.getByRole('link', { name: /^hired / }).click();
    const detail = page.getByRole('region', { name: 'hired' });
    await detail.getByText('extends: team').waitFor();
    await expectGood(opened, 'scenario');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      detail.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('hired.yaml');
    await detail.getByRole('link', { name: 'Start a world' }).click();
    await expect.poll(() => page.getByLabel('Scenario').inputValue()).toBe('hired');
    await opened.close();
  });

  test('what is wrong with a text stands at its line as one types, and a good one starts a world', async () => {
    const opened = await open('/scenarios/edit');
    const { page } = opened;
    const editor = page.getByRole('textbox', { name: 'The scenario as YAML' });
    await editor.fill('purpose: mine\nextends: empty\nrecords:\n  jobbs:\n    - { name: Welder }\n');
    const findings = page.getByRole('status').filter({ hasText: 'line 4' });
    await findings.getByText('did you mean "jobs"').waitFor();
    await page.locator('.cm-lint-marker-error').waitFor();
    // Where Chromium moves text by itself it writes a style beside it; the policy takes that away, and the editor its text.
    const own = opened.complaints.filter((text) => !text.startsWith('Applying inline style'));
    await expectGood({ ...opened, complaints: own }, 'scenario-editor');
    await expect.poll(() => page.getByRole('button', { name: 'Start a world' }).isDisabled()).toBe(true);
    await editor.fill(
      'purpose: mine\nextends: empty\nrecords:\n  jobs:\n    - { as: welder, name: Welder }\n',
    );
    await page.getByText('Nothing is wrong with it.').waitFor();
    // Whoever comes back finds what was written.
    await page.reload();
    await page.getByText('Welder').waitFor();
    await page.getByText('Nothing is wrong with it.').waitFor();
    await page.getByRole('button', { name: 'Start a world' }).click();
    await page.getByText('A world of it is open.').waitFor();
    const [, id = ''] = /\/world\/([^/]+)\//.exec(page.url()) ?? [];
    const world = await gem().control.world(id);
    expect((await world.record('jobs', 'welder')).record).toMatchObject({ name: 'Welder' });
    await opened.close();
  });

  test('what may stand there is offered there, and nothing else', async () => {
    const { page, close } = await open('/scenarios/edit?from=hired');
    const editor = page.getByRole('textbox', { name: 'The scenario as YAML' });
    await editor.fill('purpose: mine\nrecords:\n  candidates:\n    - { as: ada, ');
    await page.keyboard.press('Control+End');
    await page.keyboard.type('fi');
    const offered = page.getByRole('listbox').getByRole('option');
    await offered.first().waitFor();
    await expect.poll(() => offered.allInnerTexts()).toEqual(['first_name']);
    await close();
  });

  test('words are completed', async () => {
    const { page, close } = await open('/scenarios/edit?from=hired');
    const editor = page.getByRole('textbox', { name: 'The scenario as YAML' });
    await editor.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('timel');
    const option = page.getByRole('option', { name: 'timeline' });
    await option.waitFor();
    // The editor takes no choice in the first moments of a list, so that nobody picks what has just moved there.
    await expect
      .poll(async () => {
        await option.click({ timeout: 1000 }).catch(() => undefined);
        return editor.innerText();
      })
      .toContain('timeline: ');
    await close();
  });
});
