// Every reference to a fact, such as "gem-ats-api §1.5" or "gem-ats-api §14 #8", leads to a section, or a row, that is there.
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readChoices } from '../../contracts/choices.ts';
import { controlDescription } from '../../contracts/control.ts';
import { root } from '../support/process.ts';

const facts = new Map(
  readdirSync(join(root, 'contracts/facts')).map((file) => {
    const text = readFileSync(join(root, 'contracts/facts', file), 'utf8');
    return [basename(file, '.md'), readSections(text)] as const;
  }),
);
const names = [...facts.keys()].join('|');

const generated = ['contracts/generated', 'contracts/pacts'];
const files = ['.github', 'connector', 'contracts', 'mock-server', 'seeds', 'test']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8', withFileTypes: true }),
  )
  .filter((entry) => entry.isFile())
  .map((entry) =>
    join(entry.parentPath, entry.name)
      .slice(root.length + 1)
      .replaceAll('\\', '/'),
  )
  .concat('README.md', 'CHANGELOG.md')
  .filter((file) => !generated.some((folder) => file.startsWith(folder)))
  .filter((file) => file !== 'test/house/references.test.ts');

test('every reference to a fact leads to a section that is there', () => {
  const wrong = files.flatMap((file) => {
    const page = /^contracts\/facts\/(.+)\.md$/.exec(file)?.[1];
    return wrongReferences(readFileSync(join(root, file), 'utf8'), page).map((one) => `${file}: ${one}`);
  });
  expect(wrong).toEqual([]);
});

test('every switch that the facts name is there', () => {
  const text = readFileSync(join(root, 'contracts/facts/gem-ats-api.md'), 'utf8');
  const named = [...text.matchAll(/\bswitch `(\w+)`/g)].map(([, name = '']) => name);
  expect(named.length).toBeGreaterThan(20);
  const known = new Set(readChoices(controlDescription.document).map(({ name }) => name));
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

test('the check finds the references', () => {
  const texts = files.map((file) => readFileSync(join(root, file), 'utf8'));
  expect(texts.join('').split('§').length).toBeGreaterThan(900);
});

describe('a wrong reference is found', () => {
  test.each([
    ['to a section that is not there', 'gem-ats-api §1.99', ['gem-ats-api §1.99']],
    ['in the middle of a list', 'gem-ats-api §1.5, §77 and §14', ['gem-ats-api §77']],
    ['to a row that is not there', 'gem-ats-api §14 #8, #400', ['gem-ats-api §14 #400']],
    [
      'over two lines of a comment',
      '/**\n * As in (kombo-unified-api\n * §99).\n */',
      ['kombo-unified-api §99'],
    ],
    ['without the name of a page', 'as in §1.5', ['§1.5 without the name of a page']],
    ['under a name that is no page', 'facts §1.5', ['§1.5 without the name of a page']],
  ])('%s', (_what, text, found) => {
    expect(wrongReferences(text)).toEqual(found);
  });

  test.each(['gem-ats-api §1.5, §14 #8; kombo-unified-api §8 #6, #7', 'RFC 9110 §15.5.6'])(
    '"%s" is none',
    (text) => {
      expect(wrongReferences(text)).toEqual([]);
    },
  );
});

/**
 * What leads nowhere among the references of a text. A reference without the name of a page belongs to the page that was named
 * last, which is not further away than a sentence or two; on a page of facts, to that page itself.
 */
function wrongReferences(text: string, page?: string): string[] {
  const line = text.replaceAll(/\s*\n\s*(?:\*(?!\*)|\/\/|#(?=\s))?\s*/g, ' ');
  return [...line.matchAll(/§(\d+(?:\.\d+)*)((?:,? (?:and )?#\d+)*)/g)].flatMap(
    ({ index, 1: section = '', 2: rows = '' }) => {
      const before = line.slice(Math.max(0, index - 300), index);
      if (/RFC \d+ $/.test(before)) return [];
      const direct = new RegExp(`(${names})(?:\\.md\\))? $`).exec(before)?.[1];
      const last = [...before.matchAll(new RegExp(`\\b(${names})\\b`, 'g'))].at(-1)?.[1];
      const name = direct ?? page ?? last;
      if (name === undefined) return [`§${section} without the name of a page`];
      const known = facts.get(name)?.get(section);
      if (known === undefined) return [`${name} §${section}`];
      const numbers = [...rows.matchAll(/#(\d+)/g)].map(([, number = '']) => number);
      return numbers.filter((number) => !known.has(number)).map((number) => `${name} §${section} #${number}`);
    },
  );
}

/** The sections of a page by their numbers, each with the numbers of the rows of its table. */
function readSections(text: string): Map<string, Set<string>> {
  const sections = text.split(/^#{2,3} (?=\d)/m).slice(1);
  return new Map(
    sections.map((section) => {
      const [number = ''] = /^\d+(?:\.\d+)*/.exec(section) ?? [];
      return [number, new Set([...section.matchAll(/^\| (\d+) \|/gm)].map(([, row = '']) => row))];
    }),
  );
}
