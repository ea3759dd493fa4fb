// What the console's editor offers where the cursor stands: what the schema has there, and nothing of elsewhere.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { controlDescription } from '../../contracts/control.ts';
import { offersAt } from '../../mock-server/console/parts/completion.ts';
import { scenarioSchema } from '../../seeds/catalogue.ts';

const scenario = JSON.parse(readFileSync(scenarioSchema, 'utf8')) as object;

function offered(text: string): string[] {
  return offersAt({ schema: scenario, root: scenario }, 'yaml', text).map(({ label }) => label);
}

const records = 'purpose: mine\nrecords:\n  candidates:\n';

test.each<[place: string, text: string, has: string[], hasNot: string[]]>([
  ['the document', '', ['purpose', 'records', 'timeline'], ['candidates', 'first_name', 'reject']],
  ['below what stands there', 'purpose: mine\n', ['records'], ['purpose']],
  ['records', 'records:\n  ', ['candidates', 'jobs'], ['records', 'first_name', 'purpose']],
  [
    'a record in braces',
    `${records}    - { as: ada, `,
    ['first_name', 'company'],
    ['as', 'candidates', 'status'],
  ],
  [
    'a record line by line',
    `${records}    - as: ada\n      `,
    ['first_name'],
    ['as', 'candidate_id', 'jobs'],
  ],
  ['a record behind its dash', `${records}    - `, ['as', 'first_name'], ['candidate_id']],
  [
    'what a record holds',
    `${records}    - { as: ada, email_addresses: [{ `,
    ['value', 'type'],
    ['first_name'],
  ],
  [
    'behind what a record holds',
    `${records}    - { email_addresses: [{ value: a@b.de }], `,
    ['first_name'],
    ['type'],
  ],
  [
    'a word of a few',
    'records:\n  jobs:\n    - { status: ',
    ['open', 'draft', 'closed'],
    ['name', 'rejected'],
  ],
  ['a verb', 'timeline:\n  - { after: 1 day, do: ', ['reject', 'hire'], ['application', 'after']],
  [
    'what a verb takes',
    'timeline:\n  - { after: 1 day, do: reject, ',
    ['application', 'reason'],
    ['record', 'set'],
  ],
  [
    'dashes in the column of their key',
    'timeline:\n- after: 1 day\n  do: move\n  ',
    ['stage'],
    ['reason', 'after'],
  ],
  [
    'after a comment and an empty line',
    `${records}# people\n\n    - as: ada\n      `,
    ['first_name'],
    ['jobs'],
  ],
  ['a rule', 'rules:\n  - ', ['acting-user'], ['purpose']],
  ['a place that there is not', 'purpose:\n  much:\n    more: ', [], ['purpose', 'records']],
])('%s', (_place, text, has, hasNot) => {
  const all = offered(text);
  expect(all).toEqual(expect.arrayContaining(has));
  expect(all.filter((one) => hasNot.includes(one))).toEqual([]);
});

test('a record is named by the labels that the text itself gives', () => {
  const text = `${records}    - { as: ada }\n    - as: grace\ntimeline:\n  - { after: 1 day, do: reject, application: `;
  expect(offered(text)).toEqual(['ada', 'grace']);
});

test('JSON is completed by place, too, and across lines', () => {
  const { document } = controlDescription;
  const components = Reflect.get(document, 'components') as {
    schemas: Record<string, { 'x-resource'?: string }>;
  };
  const schema = Object.values(components.schemas).find((one) => one['x-resource'] === 'candidates') ?? {};
  const inJson = (text: string) =>
    offersAt({ schema, root: document }, 'json', text).map(({ label }) => label);
  const text = '{\n  "first_name": "Ada, {the [first",\n  "email_addresses": [\n    { "value": "a", "';
  expect(inJson(text)).toEqual(expect.arrayContaining(['type']));
  expect(inJson(text)).not.toContain('company');
  expect(inJson(`${text}type": "work" } ],\n  "`)).toContain('company');
  expect(inJson('{ "is_private": ')).toEqual(['true', 'false']);
});
