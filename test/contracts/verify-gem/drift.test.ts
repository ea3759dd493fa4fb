import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { describeDrift, readDrift, type Drift } from '../../../contracts/drift/drift.ts';
import { driftPatch } from '../../../contracts/drift/patch.ts';
import { replaceLines } from '../../../contracts/drift/unified-diff.ts';
import type { GemEntry } from '../../../contracts/drift/entries.ts';
import type { GemReport } from '../../../contracts/harness/gem/verify-gem.ts';

const file = resolve(import.meta.dirname, '../../../contracts/gem.openapi.yaml');
const text = readFileSync(file, 'utf8');

test('a guess that held becomes an observation, in a patch that applies and changes nothing else', () => {
  const patch = driftPatch(
    driftOf([
      entry('listSources', 'assumed', true, '/paths/~1ats~1v0~1sources~1/get'),
      entry('StoredFile.type', 'lineage', true, '/components/schemas/StoredFile/properties/type'),
      entry('Scorecard.deleted_at', 'assumed', true, '/components/schemas/Scorecard/properties/deleted_at'),
      entry(
        'listCandidates.candidate_ids',
        'lineage',
        true,
        '/paths/~1ats~1v0~1candidates~1/get/parameters/9',
      ),
      entry('createNote 201', 'lineage', true, createNote201),
      entry('Job', 'observed', true, '/components/schemas/Job'),
    ]),
  );
  const after = applied(patch);
  const described: unknown = parse(after);
  const seen = { grade: 'observed', source: 'seen on 2026-11-23 at api.gem.com' };
  expect(evidenceAt(described, ['paths', '/ats/v0/sources/', 'get'])).toEqual(seen);
  expect(evidenceAt(described, ['components', 'schemas', 'StoredFile', 'properties', 'type'])).toEqual(seen);
  expect(evidenceAt(described, ['components', 'schemas', 'Scorecard', 'properties', 'deleted_at'])).toEqual(
    seen,
  );
  expect(evidenceAt(described, ['paths', '/ats/v0/candidates/', 'get', 'parameters', 9])).toEqual(seen);
  const path = '/ats/v0/candidates/{candidate_id}/activity_feed/notes';
  expect(evidenceAt(described, ['paths', path, 'post', 'responses', '201'])).toEqual(seen);
  expect(patch.match(/^\+ /gm)).toHaveLength(5);
  const comments = (yaml: string) => yaml.split('\n').filter((line) => line.trim().startsWith('#'));
  expect(comments(after)).toEqual(comments(text));
});

test('refuted guesses are reported, and not patched', () => {
  const drift = driftOf([
    entry('another', 'assumed', false, '/paths/~1ats~1v0~1sources~1/get'),
    entry('listSources', 'assumed', true, '/paths/~1ats~1v0~1sources~1/get'),
    entry('oldest-first', 'assumed', false),
    entry('hire', 'lineage', true),
    entry('create-candidate', 'documented', false),
  ]);
  expect(driftPatch(drift)).toBe('');
  const words = describeDrift(drift);
  expect(words).toContain('1 refuted in the description:\n  listSources: was assumed');
  expect(words).toContain('1 refuted, in no single place:\n  oldest-first: was assumed');
  expect(words).toContain('1 confirmed, in no single place:\n  hire: was lineage');
  expect(words).not.toContain('create-candidate');
});

test('an emulator proves nothing', () => {
  const drift = {
    ...driftOf([entry('listSources', 'assumed', true, '/paths/~1ats~1v0~1sources~1/get')]),
    isEmulator: true,
  };
  expect(driftPatch(drift)).toBe('');
  expect(describeDrift(drift).trim().split('\n')).toEqual([
    expect.stringContaining('proves nothing about Gem'),
  ]);
});

test('changes near each other share a hunk, at both ends of a file too', () => {
  const lines = Array.from({ length: 50 }, (_, index) => `line ${index}`);
  const before = `${lines.join('\n')}\n`;
  const at = (word: string) => ({
    start: before.indexOf(`${word}\n`),
    end: before.indexOf(`${word}\n`) + word.length,
  });
  const whole = { start: before.indexOf('line 20'), end: before.indexOf('line 23') - 1 };
  const patch = replaceLines('file', before, [
    { ...at('line 0'), text: 'first' },
    { ...at('line 5'), text: 'fifth' },
    { ...whole, text: 'one for three' },
    { ...at('line 49'), text: 'last' },
  ]);
  expect(patch.match(/^@@.*/gm)).toEqual(['@@ -1,9 +1,9 @@', '@@ -18,9 +18,7 @@', '@@ -47,4 +45,4 @@']);
  const folder = mkdtempSync(join(tmpdir(), 'drift-'));
  writeFileSync(join(folder, 'file'), before);
  patchIn(folder, patch);
  const expected = lines.with(0, 'first').with(5, 'fifth').with(49, 'last').toSpliced(20, 3, 'one for three');
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe(`${expected.join('\n')}\n`);
  rmSync(folder, { recursive: true });
});

const createNote201 = '/paths/~1ats~1v0~1candidates~1{candidate_id}~1activity_feed~1notes/post/responses/201';

function driftOf(entries: GemEntry[]): Drift {
  const report: GemReport = {
    title: '',
    subject: 'https://api.gem.com',
    startedAt: '2026-11-23T10:00:00.000Z',
    duration: 0,
    entries,
    isEmulator: false,
    left: 0,
  };
  return readDrift(report);
}

function entry(name: string, grade: GemEntry['evidence']['grade'], held: boolean, place?: string): GemEntry {
  return {
    name,
    statement: `what ${name} says`,
    evidence: { grade, source: 'a test' },
    group: 'records',
    state: held ? 'held' : 'broken',
    contradictions: [],
    settles: place === undefined ? [] : [{ place, held }],
  };
}

/** The description after the patch. */
function applied(patch: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'drift-'));
  mkdirSync(join(folder, 'contracts'));
  const copy = join(folder, 'contracts/gem.openapi.yaml');
  writeFileSync(copy, text);
  patchIn(folder, patch);
  const after = readFileSync(copy, 'utf8');
  rmSync(folder, { recursive: true });
  return after;
}

function patchIn(cwd: string, input: string): void {
  const { status, stdout, stderr } = spawnSync('patch', ['-p1'], { cwd, input, encoding: 'utf8' });
  expect(status, `${stdout}${stderr}`).toBe(0);
}

function evidenceAt(document: unknown, path: readonly (string | number)[]): unknown {
  const node = path.reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], document);
  return (node as { 'x-evidence': unknown })['x-evidence'];
}
