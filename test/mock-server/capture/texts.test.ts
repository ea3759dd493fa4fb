// What stands beside a captured world, for people, passes the gate as all else does.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { capture, stagingOf, type Capture } from '../../../mock-server/capture/capture.ts';
import { commentsOf, gatherOwnTexts } from '../../../mock-server/capture/texts.ts';
import { wordsOf } from '../../../mock-server/capture/words.ts';
import { captured, captureOptions, folderForTest } from '../../support/captured.ts';
import { useGem } from '../../support/gem.ts';
import { departingGem } from '../watch/watched.ts';

const gem = useGem({ scenario: 'offers-in-every-status' });

/** A Gem that is none of ours to look at, and has a field that nobody knows. */
async function strangeGem(field: string): Promise<{ url: string; apiKey: string }> {
  const url = await departingGem(
    gem(),
    ({ body }, path) => {
      if (path.startsWith('/ats/v0/jobs/') && Array.isArray(body))
        for (const job of body as Record<string, unknown>[]) job[field] = 1;
    },
    { wantsKey: true },
  );
  return { url, apiKey: gem().apiKey };
}

/** Each text, and how a name comes into it. */
const planted: Readonly<Record<string, (name: string) => Promise<Partial<Capture>>>> = {
  'README.md': async (name) => ({ keepUntil: `asked ${name}` }),
  'drift.txt': async (name) => ({ access: { ...options().access, ...(await strangeGem(name)) } }),
  'drift.json': async (name) => ({ access: { ...options().access, ...(await strangeGem(name)) } }),
  'drift.patch': async (name) => {
    const { url } = await strangeGem('zone');
    const host = `https://${name}.example`;
    const fetchThere: typeof fetch = async (input, init) => fetch(String(input).replace(host, url), init);
    return { access: { ...options().access, url: host, fetch: fetchThere } };
  },
};

const options = () => captureOptions(gem(), undefined);

test.each(Object.entries(planted))('a name in %s stops a capture', async (file, plant) => {
  const [person] = gem().world.store.records().candidates;
  const name = person?.last_name.toLowerCase() ?? '';
  const out = join(folderForTest(), 'account');
  const failed: unknown = await capture({ ...options(), ...(await plant(name)), out }).catch(
    (error: unknown) => error,
  );
  expect(failed).toMatchObject({ name: 'Leaked' });
  const { places } = failed as { places: string[] };
  expect(places.filter((place) => place.startsWith(`${file} line `)).join('\n')).toMatch(
    /line \d+ \((?:names|full names)\)/,
  );
  expect(places.join('\n')).not.toContain(name);
  expect([out, stagingOf(out)].filter((path) => existsSync(path))).toEqual([]);
});

test('a name that only a label shows stops a capture', async () => {
  const world = await gem().control.openWorld({ scenario: 'offers-in-every-status' });
  const { jobs, candidates } = (await world.export()).records;
  // A label leaves out what is no letter of the alphabet, so that it can show a word that the name has not.
  const name = `\u0416${candidates[0]?.last_name}`;
  const id = String(jobs.flatMap(({ department_ids }) => department_ids)[0]);
  await world.edit({ do: 'change', resource: 'departments', record: id, set: { name } });
  const failed: unknown = await capture({
    ...captureOptions({ url: gem().url, apiKey: world.key }, join(folderForTest(), 'account')),
    decisions: { keep: { department: [name] } },
  }).catch((error: unknown) => error);
  expect(failed).toMatchObject({ name: 'Leaked' });
  const { places } = failed as { places: string[] };
  expect(places).toContainEqual(expect.stringMatching(/^snapshot\.json labels\.\d+ \(names\)$/));
});

test('what a scenario says beside its values is looked at as well', () => {
  const comments = commentsOf(
    '# asked one\npurpose: "# none" # asked two\ntext: |\n  a\n\n  # none\nend: 1\n#three',
  );
  expect(comments).toEqual([
    { line: ' asked one', place: 1 },
    { line: ' asked two', place: 2 },
    { line: 'three', place: 8 },
  ]);
});

test('no word of ours in them is taken for a name, only what comes from Gem', async () => {
  const access = { ...options().access, ...(await strangeGem('quillmail')) };
  const { folder } = await captured(gem(), { access });
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const names = readdirSync(folder).filter((name) => /^(?:README|drift)/.test(name));
  expect(names).toHaveLength(4);
  const own = new Set(gatherOwnTexts().texts.flatMap((text) => wordsOf(text)));
  const comments = commentsOf(read('scenario.yaml')).map(({ line }) => line);
  expect(comments).not.toEqual([]);
  const words = [...names.map(read), ...comments]
    .flatMap((text) => wordsOf(text))
    .filter((word) => /^\p{L}+$/u.test(word) && !own.has(word));
  expect([...new Set(words)]).toEqual(['quillmail']);
});

test('nor are two of them beside each other, but they are where they come from elsewhere', () => {
  const { othersIn } = gatherOwnTexts();
  const foreign = (line: string) => othersIn(line).flatMap((part) => wordsOf(part));
  expect(foreign('        "name": "Application.deleted_at",')).toEqual(['name']);
  expect(foreign('a person called Application Deleted')).toContain('deleted');
});
