// A capture holds little of an account, however large that is.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultApiKey } from '../../../mock-server/server.ts';
import { folderForTest } from '../../support/captured.ts';
import { isDeep } from '../../support/deep.ts';
import { root, run } from '../../support/process.ts';
import type { Taken } from './capture-quickly.ts';

const candidates = isDeep ? 100_000 : 500;
/** Bytes. */
const most = 500_000_000;
/** Calls a second, as somebody agreed on with Gem. */
const perSecond = 18;

test(
  `${candidates} candidates are captured below the limit in under ${most / 1_000_000} MB`,
  { timeout: 3_600_000 },
  async () => {
    const flags = `serve --port 0 --scenario large --set candidates=${candidates} --switch rate_limit=off`;
    const gem = run('node', [join(root, 'mock-server/mock-gem.js'), ...flags.split(' ')]);
    const url = /http:\/\/[\d.]+:\d+/.exec(await gem.line((line) => line.includes('http://')))?.[0] ?? '';
    const out = join(folderForTest(), 'account');
    const capture = run(
      'node',
      `${join(import.meta.dirname, 'capture-quickly.ts')} --yes --per-second ${perSecond} --gem-url ${url} --out ${out}`.split(
        ' ',
      ),
      { env: { GEM_API_KEY: defaultApiKey } },
    );
    const { code, stdout, stderr } = await capture.ended;
    expect(stderr).not.toContain('mock-gem:');
    expect(code).toBe(0);
    const { memory, waited } = JSON.parse(stdout.slice(stdout.lastIndexOf('\n'))) as Taken;
    expect(memory).toBeLessThan(most);
    // A call for the notes of each of them is most of it.
    expect(waited / 1000).toBeGreaterThan(candidates / perSecond);
    expect(stdout).toMatch(new RegExp(`candidates +${candidates}\n`));
    expect(readFileSync(join(out, 'README.md'), 'utf8')).toContain(`| candidates | ${candidates} |`);
  },
);
