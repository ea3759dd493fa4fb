// What holds for the console as a whole: its size, who may ask through it, and the picture that the README shows.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { mayDoWithoutBrowser } from '../support/browser.ts';
import { root } from '../support/process.ts';
import { withConsole } from './support.ts';

describe.skipIf(mayDoWithoutBrowser())('the console as a whole', () => {
  const { gem, open } = withConsole();

  test('its script is no larger than 150 KB, compressed, until an editor is opened', async () => {
    const page = await (await fetch(`${gem().url}/_console`)).text();
    const files = [...page.matchAll(/(?:src|href)="\/_console\/(assets\/[^"]+)"/g)].map(
      ([, file = '']) => file,
    );
    expect(files.length).toBeGreaterThan(1);
    const bytes = files.map((file) => gzipSync(readFileSync(join(built, file))).length);
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(150 * 1024);
    // All else would be loaded by these.
    const { page: opened, close } = await open('/worlds');
    const asked: string[] = [];
    opened.on('request', (request) => asked.push(new URL(request.url()).origin));
    await opened.reload();
    await opened.getByRole('heading', { name: 'Worlds' }).waitFor();
    expect(new Set(asked)).toEqual(new Set([gem().url]));
    await close();
  });

  test('a page of another origin can neither read nor steer anything, nor show the console in a frame', async () => {
    const server = createServer((_request, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end('<!doctype html><title>Elsewhere</title><link rel="icon" href="data:,"><iframe></iframe>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const world = await gem().openWorld();
    await world.edit({ do: 'create', resource: 'offices' });
    const before = await world.records('offices');
    const { page, close } = await open('/worlds');
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const outcome = await page.evaluate<string[]>(`(async () => {
      const url = ${JSON.stringify(gem().url)};
      const tries = [
        ['/_control/worlds', {}],
        ['/_console/settings', {}],
        ['/_control/worlds/${world.id}', { method: 'DELETE' }],
        ['/_control/worlds/${world.id}/reset', { method: 'POST', mode: 'no-cors' }],
        ['/_control/worlds/${world.id}/fork', { method: 'POST', mode: 'no-cors', body: '{}' }],
      ];
      const told = [];
      for (const [path, init] of tries) {
        try {
          const response = await fetch(url + path, init);
          told.push(response.type + ' ' + response.status);
        } catch (error) { told.push(error.name); }
      }
      return told;
    })()`);
    expect(outcome).toEqual(Array.from({ length: 5 }, () => 'TypeError'));
    // A browser tells a page as little of what was done as of what was refused.
    expect(await world.records('offices')).toEqual(before);
    await expect.poll(() => gem().control.worlds()).toHaveLength(2);
    const [frame] = await Promise.all([
      page.waitForEvent('framenavigated'),
      page.evaluate(`document.querySelector('iframe').src = ${JSON.stringify(`${gem().url}/_console`)}`),
    ]);
    expect(frame.url()).toBe('chrome-error://chromewebdata/');
    await close();
  });

  test('a world full of markup shows it as text on every page', async () => {
    const markup = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    const document = JSON.stringify({
      purpose: markup,
      extends: 'team',
      records: {
        candidates: [
          { as: 'marked', first_name: markup, last_name: '</script>', company: markup, title: markup },
        ],
        applications: [{ as: 'about-marked', candidate_id: 'marked', job_id: 'backend' }],
        offices: [{ name: markup }],
      },
      timeline: [
        {
          after: '1 day',
          do: 'change',
          resource: 'candidates',
          record: 'marked',
          set: { company: `${markup}!` },
        },
      ],
    });
    const world = await gem().control.openWorld({
      document,
      clock: { now: '2026-11-16T09:00:00Z', frozen: true },
    });
    await world.fetch(`/ats/v0/candidates/${encodeURIComponent(markup)}`);
    await world.edit({
      do: 'change',
      resource: 'candidates',
      record: 'marked',
      set: { title: `${markup}?` },
    });
    await world.faults.arm({ fault: 'status', status: 500, body: { markup }, match: { path: `/${markup}` } });
    const places: [path: string, shows: string][] = [
      ['/records/candidates', markup],
      ['/records/candidates/marked', 'onerror'],
      ['/records/applications/about-marked', markup],
      ['/records/offices?q=img', markup],
      ['/requests', 'onerror'],
      ['/requests/1', 'onerror'],
      ['/time', 'onerror'],
      ['/time?since=start', 'onerror'],
      ['/faults', 'onerror'],
    ];
    const opened = await open('/worlds');
    const { page } = opened;
    for (const [path, shows] of places) {
      await page.goto(`${gem().url}/_console/world/${world.id}${path}`);
      await page.getByText(shows).locator('visible=true').first().waitFor();
      await expect
        .poll(() => page.locator('#console img, #console script').count(), { message: path })
        .toBe(0);
      await expect.poll(() => page.title(), { message: path }).toMatch(/ · mock-gem$/);
    }
    expect(opened.complaints).toEqual([]);
    await opened.close();
  });

  test('the picture in the README is of this console, and small', async () => {
    const world = await gem().openWorld({ clock: { now: '2026-11-16T09:12:00Z' } });
    const paths = ['users', 'jobs', 'job_stages', 'candidates', 'applications', 'scheduled_interviews'];
    for (const path of paths) await world.fetch(`/ats/v0/${path}/?page=1&per_page=500&include_deleted=true`);
    await world.fetch('/ats/v0/candidates/nobody');
    await world.faults.arm({ fault: 'status', status: 503, match: { operation: 'listJobs' } });
    await world.fetch('/ats/v0/jobs/?page=2');
    await world.fetch('/ats/v0/jobs/?status=nonsense');
    const { page, close } = await open(`/world/${world.id}/requests/9`);
    await page.getByRole('region', { name: 'Request 9' }).getByText('Must be one of').first().waitFor();
    const picture = await page.screenshot();
    expect(picture.length).toBeLessThan(200 * 1024);
    const shown = join(root, 'contracts/guides/console.png');
    // `PICTURE=1 npx vitest run --config test/vitest.config.ts --project programs test/console/whole -t picture` makes it anew.
    if (process.env['PICTURE'] !== undefined) writeFileSync(shown, picture);
    expect(statSync(shown).size).toBeLessThan(200 * 1024);
    await close();
  });
});

const built = join(root, 'mock-server/console/dist');
