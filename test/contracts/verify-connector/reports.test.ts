import { stripVTControlCharacters } from 'node:util';
import { marked } from 'marked';
import { describe, expect, test } from 'vitest';
import { forms } from '../../../contracts/harness/report/forms.ts';
import { toHtml } from '../../../contracts/harness/report/html.ts';
import { toJson } from '../../../contracts/harness/report/json.ts';
import { toJunit } from '../../../contracts/harness/report/junit.ts';
import { toMarkdown } from '../../../contracts/harness/report/markdown.ts';
import { isColored } from '../../../contracts/harness/report/paint.ts';
import type { Report } from '../../../contracts/report.ts';
import { showValue } from '../../../contracts/harness/report/show-value.ts';
import { toTable } from '../../../contracts/harness/report/table.ts';
import { widthOf, wrapLines, wrapWords } from '../../../contracts/harness/report/text-width.ts';
import { sampleReport } from './support/sample-report.ts';
import { readXml, type Element } from './support/strict-xml.ts';

const nothing: Report = {
  title: 'Nothing',
  subject: 'nobody',
  startedAt: '2026-01-01T00:00:00.000Z',
  duration: 0,
  entries: [],
};

describe.each(Object.entries(forms))('as %s', (_name, { write }) => {
  // What breaks lines, marks and escapes text differs from form to form.
  const plain = (text: string) => text.replaceAll(/&#39;|&quot;|&amp;|&[lg]t;|<\/?code>|[\\`\s"'&<>]/g, '');
  const text = plain(write(sampleReport));

  test('every entry is there with its name and statement', () => {
    for (const { name, statement } of sampleReport.entries) {
      expect(text).toContain(plain(name));
      expect(text).toContain(plain(statement));
    }
  });

  test('a broken entry has both values, its world, its actions and its replay', () => {
    const { example } = sampleReport.entries[1] ?? {};
    for (const part of [
      'Zürich',
      'location.raw',
      '東京',
      '現場エンジニア',
      example?.replay ?? '?',
      'ada@example.com',
      'office-1',
    ]) {
      expect(text).toContain(plain(part));
    }
  });

  test('control characters are made visible, all of them', () => {
    // oxlint-disable-next-line no-control-regex -- control characters are what it is about
    expect(write(sampleReport)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  test('an entry that was held says how much was looked at', () => {
    expect(text).toMatch(/1,204compared|compared:1204/);
  });

  test('an entry that was not observed says why', () => {
    expect(text).toContain(plain('the connector does not cover applications.custom_fields'));
  });

  test('says where the connector failed, if that is known', () => {
    expect(write(sampleReport)).toContain('adapter.ts:3:5');
  });

  test('a report without entries has its title, and ends with a line break', () => {
    expect(write(nothing)).toMatch(/Nothing|<testsuites\/>/);
    expect(write(nothing).endsWith('\n')).toBe(true);
  });
});

describe('the table', () => {
  test.each([40, 80, 110])('of %i columns has no wider line, whatever the names and values', (columns) => {
    for (const line of toTable(sampleReport, { columns }).split('\n'))
      expect(widthOf(line), line).toBeLessThanOrEqual(columns);
  });

  test('shows the expected value beside the actual one', () => {
    const lines = toTable(sampleReport).split('\n');
    expect(lines).toContain(`  ${'expected'.padEnd(37)} │ got`);
    expect(lines).toContain(`  ${'"Zürich"'.padEnd(37)} │ (absent)`);
  });

  test('cuts a very long value, and says how much is left out', () => {
    expect(toTable(sampleReport)).toMatch(/│ … \d+ more lines/);
  });

  test('shows the smallest world as in its file, and ends with the totals', () => {
    const table = toTable(sampleReport);
    expect(table).toContain('\n    records:\n      offices:\n        - as: office-1\n');
    expect(table).toMatch(/\n1 held, 1 broken, 1 not observed, in 4\.2 s, seed 7\n$/);
  });

  test('says where a world is that is too large to read, and how to see it again', () => {
    const scenario = Array.from({ length: 251 }, (_, line) => `- as: office-${line}`).join('\n');
    const entries = sampleReport.entries.map((entry) =>
      entry.example === undefined
        ? entry
        : Object.assign({}, entry, { example: { ...entry.example, scenario } }),
    );
    const table = toTable({ ...sampleReport, entries });
    expect(table).not.toContain('office-7');
    expect(table).toContain('    251 lines, too many to read here');
    expect(table).toContain(`    ${entries.find(({ example }) => example)?.example?.replay}`);
  });

  test('is coloured on request, with the same text', () => {
    const colored = toTable(sampleReport, { isColored: true });
    expect(colored).toContain('\u001b[31m✗ first-office\u001b[39m');
    expect(
      stripVTControlCharacters(colored)
        .split('\n')
        .map((line) => line.trimEnd()),
    ).toEqual(toTable(sampleReport).split('\n'));
    expect(isColored({ isTTY: true }, {})).toBe(true);
    expect(isColored({ isTTY: true }, { NO_COLOR: '' })).toBe(true);
    expect(isColored({ isTTY: true }, { NO_COLOR: '1' })).toBe(false);
    expect(isColored({}, {})).toBe(false);
  });
});

describe('text on a terminal', () => {
  test('has the width that a terminal shows', () => {
    const widths = { abc: 3, Zürich: 6, 東京: 4, '👩‍🔧': 2, 'e\u0301': 1, '✓ │ – …': 7, ｶﾅ: 2, '': 0 };
    for (const [text, width] of Object.entries(widths)) expect(widthOf(text), text).toBe(width);
  });

  test('is broken between words, and inside a word only when that is too long', () => {
    expect(wrapWords('to be or not to be', 8)).toEqual(['to be or', 'not to', 'be']);
    expect(wrapWords('an office-in-the-west', 12)).toEqual(['an', 'office-in-', 'the-west']);
    expect(wrapWords('東京東京 x', 6)).toEqual(['東京東', '京 x']);
    expect(wrapLines('  key: a value that goes on', 16)).toEqual(['  key: a value', '  that goes on']);
  });
});

test.each([
  { shown: '(absent)', value: undefined },
  { shown: 'null', value: null },
  { shown: '""', value: '' },
  { shown: '{\n  "a": (absent),\n  "b": 1\n}', value: { b: 1, a: undefined } },
  { shown: '[\n  NaN,\n  -Infinity,\n  5\n]', value: [Number.NaN, -Infinity, 5n] },
  { shown: String.raw`"\u001b[31m\u0007\u202e"`, value: '\u001b[31m\u0007\u202e' },
  { shown: '"(absent)"', value: '(absent)' },
])('a value is shown as $shown', ({ shown, value }) => {
  expect(showValue(value)).toBe(shown);
});

describe('the JUnit file', () => {
  const root = readXml(toJunit(sampleReport));
  const [reading, writing] = root.children;

  test('follows the schemas of Jenkins and Ant, element by element', () => {
    const problems: string[] = [];
    const walk = (element: Element): void => {
      const form = junitForm[element.name];
      if (!form) return void problems.push(`<${element.name}> is unknown`);
      for (const name of form.required)
        if (!(name in element.attributes)) problems.push(`<${element.name}> lacks ${name}`);
      for (const [name, value] of Object.entries(element.attributes)) {
        const wanted =
          [...form.required, ...(form.optional ?? [])].includes(name) && (attributeForms[name] ?? /./s);
        if (!wanted || !wanted.test(value)) problems.push(`<${element.name} ${name}="${value}">`);
      }
      const inner = element.children.map(({ name }) => name).join(' ');
      if (!form.children.test(inner)) problems.push(`<${element.name}> holds ${inner}`);
      if (!form.hasText && element.text.trim() !== '') problems.push(`<${element.name}> holds text`);
      element.children.forEach(walk);
    };
    walk(root);
    expect(problems).toEqual([]);
  });

  test('has a suite for each group, with its counts, and times that add up', () => {
    expect(reading?.attributes).toMatchObject({
      name: 'reading',
      tests: '2',
      failures: '1',
      skipped: '0',
      time: '2.800',
    });
    expect(writing?.attributes).toMatchObject({
      name: 'writing | more',
      tests: '1',
      failures: '0',
      skipped: '1',
      time: '1.400',
    });
  });

  test('has a failure with all details, and a skipped case with the reason', () => {
    const cases = root.children.flatMap(({ children }) => children.filter(({ name }) => name === 'testcase'));
    expect(cases.map(({ children: [outcome] }) => outcome?.name)).toEqual([undefined, 'failure', 'skipped']);
    const failure = cases[1]?.children[0];
    expect(failure?.attributes['message']).toContain('jobs am9iOjEy (Field & "Lab" Engineer): location.raw');
    expect(failure?.text).toContain('expected: "Zürich"\n     got: (absent)');
    expect(failure?.text).toContain('Zürich </pre>]]> very');
    expect(cases[2]?.children[0]?.attributes['message']).toContain('does not cover');
  });

  test('escapes characters that XML cannot hold', () => {
    const wild = { ...sampleReport, subject: 'a\u0000\u001b\ud800\n"<&' };
    const [suite] = readXml(toJunit(wild)).children;
    const properties = suite?.children[0]?.children.map(({ attributes }) => attributes['value']);
    expect(properties).toContain('a\\u0000\\u001b\ufffd\n"<&');
  });
});

/** What both common schemas allow: junit-10.xsd of Jenkins' xUnit plugin, and Ant's JUnit.xsd. */
const junitForm: Readonly<
  Record<string, { required: string[]; optional?: string[]; children: RegExp; hasText?: boolean }>
> = {
  testsuites: { required: [], children: /^(testsuite ?)*$/ },
  testsuite: {
    required: ['name', 'package', 'id', 'timestamp', 'hostname', 'tests', 'failures', 'errors', 'time'],
    optional: ['skipped'],
    children: /^properties (testcase )*system-out system-err$/,
  },
  properties: { required: [], children: /^(property ?)*$/ },
  property: { required: ['name', 'value'], children: /^$/ },
  testcase: { required: ['name', 'classname', 'time'], children: /^(failure|skipped|)$/ },
  failure: { required: ['message', 'type'], children: /^$/, hasText: true },
  skipped: { required: ['message'], children: /^$/ },
  'system-out': { required: [], children: /^$/, hasText: true },
  'system-err': { required: [], children: /^$/, hasText: true },
};

const attributeForms: Readonly<Record<string, RegExp>> = {
  time: /^\d{1,3}\.\d{3}$/,
  timestamp: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/,
  tests: /^\d+$/,
  failures: /^\d+$/,
  errors: /^\d+$/,
  skipped: /^\d+$/,
  id: /^\d+$/,
};

describe('the JSON', () => {
  const json: unknown = JSON.parse(toJson(sampleReport));

  test('has the form of version 1', () => {
    expect(json).toMatchObject({
      format: 'mock-gem-report',
      version: 1,
      duration_ms: 4200,
      seed: 7,
      summary: { held: 1, broken: 1, not_observed: 1 },
      entries: [
        {
          name: 'first-department',
          group: 'reading',
          state: 'held',
          remark: null,
          contradictions: [],
          example: null,
        },
        { state: 'broken', evidence: { grade: 'observed' }, example: { file: 'out/first-office.yaml' } },
        { state: 'not_observed', remark: expect.stringContaining('cover') },
      ],
    });
  });

  test('leaves out absent values, and keeps null', () => {
    expect(json).toHaveProperty(['entries', 1, 'contradictions', 0, 'expected'], 'Zürich');
    expect(json).not.toHaveProperty(['entries', 1, 'contradictions', 0, 'got']);
    expect(json).toHaveProperty(['entries', 1, 'contradictions', 1, 'expected', 'country'], null);
    expect(JSON.parse(toJson(nothing))).toMatchObject({ seed: null, entries: [] });
  });
});

test('the Markdown has a row for each entry, and no text of the report breaks its structure', () => {
  const page = marked.parse(toMarkdown(sampleReport), { async: false });
  expect(page.match(/<tr>/g)).toHaveLength(2 + sampleReport.entries.length);
  expect(page.match(/<td>/g)).toHaveLength(4 * sampleReport.entries.length);
  expect(page).not.toContain('<of');
  expect(page).toContain('&lt;in | a custom&gt; field');
  expect(page.match(/<details>/g)).toHaveLength(1);
});

describe('the page', () => {
  const page = toHtml(sampleReport);

  test('holds no script, and nothing from other servers', () => {
    expect(page).not.toMatch(/<script|<link|<img|src=|url\(|@import/);
    expect(page).toContain("default-src 'none'");
  });

  test('has broken entries open, and the rest closed', () => {
    expect(page).toMatch(/<details class="entry broken" id="first-office"\s+open\s*>/);
    expect(page).toMatch(/<details class="entry held" id="first-department"\s*>/);
  });

  test('has a call for a shell of each operation of a server that broke, once', () => {
    const about = (name: string) => ({ about: name, what: 'status', expected: 200, got: 500 });
    const contradictions = ['listCandidates', 'listCandidates', 'getJob', 'a record'].map(about);
    const entries = sampleReport.entries
      .slice(0, 1)
      .map((entry) => Object.assign({}, entry, { contradictions }));
    const served = toHtml({ ...nothing, subject: 'http://127.0.0.1:4010/', entries });
    const calls = [...served.matchAll(/<code>(curl [^<]*)/g)].map(([, call = '']) => call);
    expect(calls.map((call) => call.replaceAll('&quot;', '"').replaceAll('&#39;', "'"))).toEqual([
      `curl 'http://127.0.0.1:4010/ats/v0/candidates/?per_page=2' \\\n  -H "X-API-Key: $GEM_API_KEY"`,
      `curl "http://127.0.0.1:4010/ats/v0/jobs/$JOB_ID" \\\n  -H "X-API-Key: $GEM_API_KEY"`,
    ]);
    // What was verified is not always a server.
    expect(toHtml({ ...nothing, subject: 'a connector', entries })).not.toContain('curl');
  });

  test('closes no element with text of the report', () => {
    expect(page).toContain('&lt;in | a custom&gt;');
    expect(page).toContain('&lt;or&gt; | others');
    expect(page).toContain('Zürich &lt;/pre&gt;]]&gt;');
    expect(page.match(/<pre/g)?.length).toBe(page.match(/<\/pre>/g)?.length);
  });

  test('has a box for each state, which hides its entries and then the groups that are empty', () => {
    for (const state of ['held', 'broken', 'not-observed']) {
      expect(page).toContain(`id="show-${state}" checked`);
      expect(page).toContain(`body:has(#show-${state}:not(:checked)) .entry.${state} { display: none; }`);
    }
    expect(page).toContain(
      'body:has(#show-held:not(:checked)):has(#show-broken:not(:checked)) section:not(:has(.entry.not-observed))',
    );
  });
});
