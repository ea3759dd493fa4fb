import { expect, test } from 'vitest';
import { InvalidScenario } from '../../seeds/index.ts';
import { tryScenario } from './try-scenario.ts';

/** The one problem of a text, with the line that it shows. */
function mistakeIn(text: string): string {
  const [first = 'nothing is wrong with it', ...more] = problemsOf(text);
  return more.length === 0 ? first : `${more.length + 1} problems`;
}

function problemsOf(text: string): readonly string[] {
  try {
    tryScenario(text, 'x.yaml');
  } catch (error) {
    if (!(error instanceof InvalidScenario)) throw error;
    return error.problems;
  }
  return [];
}

const candidate = (line: string) => `purpose: x\nrecords:\n  candidates:\n${line}`;

test('a text that is no YAML is told of once, with its line, a mark below the place, and what to do', () => {
  expect(mistakeIn(candidate('    - { as: zoe, count: ${n} }\n    - { as: ${m} }'))).toBe(
    [
      "x.yaml:4:25: within { } and [ ] a parameter stands in quotes: '${n}'",
      '        - { as: zoe, count: ${n} }',
      '                            ^',
    ].join('\n'),
  );
});

test.each([
  ['a tab', candidate('\t- as: zoe'), '4:1: a tab indents this line; YAML wants blanks there'],
  ['a tab behind blanks', candidate('  \t- as: zoe'), '4:3: a tab indents this line'],
  [
    'a colon in a value',
    candidate('    - title: Head: Sales'),
    "4:14: a value with a colon and a blank in it stands in quotes: title: 'Head: Sales'",
  ],
  [
    'a colon in braces',
    candidate('    - { as: zoe, title: Head: Sales }'),
    "4:25: a value with a colon and a blank in it stands in quotes: title: 'Head: Sales', or put a comma before the next field",
  ],
  [
    'a missing comma',
    candidate('    - { as: zoe title: x }'),
    '4:13: a value with a colon and a blank in it stands in quotes',
  ],
  [
    'a missing blank',
    candidate('    - as:zoe\n      title: x'),
    '4:7: a blank has to stand behind the colon: as: zoe',
  ],
  [
    'a missing colon',
    candidate('    - as: zoe\n      title "x"'),
    '5:7: this line has no colon; a field is written as "name: value"',
  ],
  [
    'a line that is off',
    candidate('    - as: zoe\n     title: x'),
    '5:1: this line is indented otherwise than those it belongs to',
  ],
  ['an open quote', 'purpose: "x\nextends: team\n', '1:10: this " is never closed; a " is missing'],
  ['an open bracket', candidate('    [ { as: a }'), '4:5: this [ is never closed; a ] is missing'],
  ['an open brace in JSON', '{"purpose": "x", "records": {}', '1:1: this { is never closed; a } is missing'],
  ['a bracket too many', candidate('    - { as: a] }'), '4:14: this ] closes nothing that was opened'],
  [
    'an at sign',
    candidate('    - title: @sales'),
    "4:14: a value cannot begin with @; put it into quotes: '@sales'",
  ],
  [
    'a backquote',
    candidate('    - title: `x`'),
    "4:14: a value cannot begin with `; put it into quotes: '`x`'",
  ],
  [
    'a star',
    candidate('    - title: *x'),
    "4:14: nothing is marked &x; a value that begins with * stands in quotes: '*x'",
  ],
  ['an escape', candidate('    - title: "a \\d"'), '4:17: \\d means nothing within "quotes"; write \\\\d'],
  [
    'a quote in quotes',
    candidate("    - title: 'don't'"),
    "4:19: the value ends at the quote before this; write '' for a '",
  ],
  ['two documents', 'purpose: x\n---\npurpose: y', '2:1: a second document begins here; a scenario is one'],
])('%s is told of in plain words', (_what, text, expected) => {
  const [first] = mistakeIn(text).split('\n');
  expect(first).toContain(`x.yaml:${expected}`);
});

test('wherever a text is cut off or goes wrong, what is said of it is one problem, without the words of the parser', () => {
  const whole = candidate(
    `    - { as: zoe, title: 'Head: Sales', tags: [a, "b"] }\n    - as: max\n      title: >\n        long\n        text\n`,
  );
  const foreign = /flow|mapping|scalar|implicit|token|node|directive|collection|indicator|YAML\.parse/i;
  const told: string[] = [];
  for (let at = 1; at < whole.length; at += process.env['DEEP'] ? 1 : 9) {
    for (const put of ['', '\t', '{', '}', ']', ': ', '"', "'", ',', '- ', '@', '&', '*', '!', '%', '\n']) {
      const text = whole.slice(0, at) + put + (put === '' ? '' : whole.slice(at));
      told.push(...problemsOf(text).map((problem) => problem.split('\n')[0] ?? ''));
    }
  }
  expect(told.length).toBeGreaterThan(50);
  expect([...new Set(told.filter((line) => foreign.test(line)))]).toEqual([]);
});
