// How an account is read: below the limit, patiently, and on from where it was broken off.
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { capture, stagingOf } from '../../../mock-server/capture/capture.ts';
import { captured, captureOptions, folderForTest, quickTime } from '../../support/captured.ts';
import { isDeep } from '../../support/deep.ts';
import { useGem } from '../../support/gem.ts';

const gem = useGem({ scenario: 'every-promise' });

/** After how many calls it is broken off. */
const breaks = [90, 1, 40, 130];

test('it only reads, no faster than agreed', async () => {
  const time = quickTime();
  const sent: { method: string; at: number }[] = [];
  const asked: typeof fetch = async (input, init) => {
    sent.push({ method: init?.method ?? 'GET', at: time.now() });
    return fetch(input, init);
  };
  const { access, ...rest } = captureOptions(gem(), undefined);
  await capture({ ...rest, access: { ...access, time, fetch: asked, perSecond: 18 } });
  expect(new Set(sent.map(({ method }) => method))).toEqual(new Set(['GET']));
  expect(sent.length).toBeGreaterThan(150);
  for (const [index, { at }] of sent.entries()) {
    const within = sent.slice(index).filter((one) => one.at < at + 1000).length;
    // A full bucket, and what it refills with in that second.
    expect(within).toBeLessThanOrEqual(36);
  }
  expect(time.waited()).toBeGreaterThan(1000 * (sent.length / 18 - 3));
});

test('it waits as long as Gem asks for, and gets over failures that pass', async () => {
  const time = quickTime();
  const failures = [
    () => new Response('{"message":"Too Many Requests"}', { status: 429, headers: { 'Retry-After': '17' } }),
    () => new Response('{"message":"Internal server error"}', { status: 502 }),
    () => Promise.reject(new TypeError('fetch failed')),
  ];
  const { access, ...rest } = captureOptions(gem(), undefined);
  const { drift } = await capture({
    ...rest,
    access: {
      ...access,
      time,
      fetch: async (input, init) =>
        String(input).includes('/job_stages/?page=1&')
          ? (failures.shift()?.() ?? fetch(input, init))
          : fetch(input, init),
    },
  });
  expect(failures).toEqual([]);
  expect(time.waited()).toBeGreaterThan(17_000);
  expect(drift.text).toContain('Gem asked 1 times to be left alone');
});

test('broken off at any call and started again, it ends with the same bytes', async () => {
  const whole = filesOf((await captured(gem())).folder);
  for (const calls of isDeep ? breaks : breaks.slice(0, 1)) {
    const folder = join(folderForTest(), 'account');
    const { access, ...rest } = captureOptions(gem(), folder);
    const killed = new AbortController();
    let left = calls;
    const dying: typeof fetch = async (input, init) => {
      left -= 1;
      if (left < 0) killed.abort(new Error('killed'));
      return fetch(input, init);
    };
    const broken = capture({ ...rest, access: { ...access, signal: killed.signal, fetch: dying } });
    await expect(broken).rejects.toThrow('killed');
    expect(existsSync(folder)).toBe(false);
    await capture({ ...rest, access });
    expect(filesOf(folder), `after ${calls} calls`).toEqual(whole);
    expect(existsSync(stagingOf(folder))).toBe(false);
  }
});

test('what lies on the disk meanwhile shows nobody, and the key is nowhere', async () => {
  const folder = join(folderForTest(), 'account');
  const { access, ...rest } = captureOptions(gem(), folder);
  const broken = capture({
    ...rest,
    access: {
      ...access,
      fetch: async (input, init) =>
        String(input).includes('/notes') ? new Response('{}', { status: 400 }) : fetch(input, init),
    },
  });
  await expect(broken).rejects.toThrow(/listNotes with 400/);
  const staged = readdirSync(stagingOf(folder));
  expect(staged).toContain('candidates.jsonl');
  const text = staged.map((name) => readFileSync(join(stagingOf(folder), name), 'latin1')).join('\n');
  const originals = gem()
    .world.store.records()
    .candidates.flatMap(({ last_name, email_addresses }) =>
      [last_name].concat(email_addresses.map(({ value }) => value)),
    )
    .filter((original) => original.length > 5);
  expect(originals.length).toBeGreaterThan(100);
  expect(originals.filter((original) => text.includes(original))).toEqual([]);
  expect(text).not.toContain(gem().apiKey);
});

test('with another salt or another part of the account it does not go on', async () => {
  const folder = join(folderForTest(), 'account');
  const { access, ...rest } = captureOptions(gem(), folder);
  const fetchNothing: typeof fetch = async (input, init) =>
    String(input).includes('/offers/') ? new Response('{}', { status: 400 }) : fetch(input, init);
  await expect(capture({ ...rest, access: { ...access, fetch: fetchNothing } })).rejects.toThrow(
    /listOffers/,
  );
  const other = capture({ ...rest, access, salt: 'another salt that nobody has' });
  await expect(other).rejects.toThrow(/begun with another address, salt or part/);
  await expect(capture({ ...rest, access, scope: { sample: 2 } })).rejects.toThrow(/begun with another/);
});

test('a folder that is there already is left as it is', async () => {
  const folder = join(folderForTest(), 'account');
  mkdirSync(folder);
  await expect(capture(captureOptions(gem(), folder))).rejects.toThrow(/is there already/);
});

test('a sample has so many applications of each job, with all that they refer to', async () => {
  const { snapshot } = await captured(gem(), { scope: { sample: 1 } });
  const { applications, candidates, jobs } = snapshot.records;
  const counts = Map.groupBy(applications, ({ job_id }) => job_id);
  expect([...counts.values()].every((own) => own.length === 1)).toBe(true);
  expect(applications.length).toBeLessThan(gem().world.store.records().applications.length);
  expect(jobs).toHaveLength(gem().world.store.records().jobs.length);
  const wanted = new Set(applications.map(({ candidate_id }) => candidate_id));
  expect(new Set(candidates.map(({ id }) => id))).toEqual(wanted);
});

test('a capture since some day has what happened since', async () => {
  const all = await captured(gem());
  const last = gem()
    .world.store.records()
    .applications.map(({ last_activity_at }) => last_activity_at);
  const since = last.toSorted()[Math.floor(last.length / 2)] ?? '';
  const { snapshot } = await captured(gem(), { scope: { since } });
  expect(snapshot.records.applications.length).toBe(last.filter((at) => at >= since).length);
  expect(snapshot.records.candidates.length).toBeLessThan(all.snapshot.records.candidates.length);
});

test('a key that is refused is told as such', async () => {
  const { access, ...rest } = captureOptions(gem(), undefined);
  const wrong = capture({ ...rest, access: { ...access, apiKey: 'x' } });
  await expect(wrong).rejects.toThrow(/refused the key; put the right one into GEM_API_KEY/);
});

function filesOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}
