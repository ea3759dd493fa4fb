import { expect, test } from 'vitest';
import { compilePolicies } from '../../contracts/capture-policy.ts';
import { gemDescription } from '../../contracts/gem.ts';

interface Document {
  components: { schemas: Record<string, { properties: Record<string, Record<string, unknown>> }> };
}

function description(): Document {
  return structuredClone(gemDescription.document) as Document;
}

/** Changes one field of the description, and compiles it. */
function compiledWith(schema: string, field: string, change: Record<string, unknown>): string[] {
  const document = description();
  const { properties } = document.components.schemas[schema] ?? { properties: {} };
  properties[field] = { ...properties[field], ...change };
  return compilePolicies(document).problems.map(
    ({ path, message }) => `${path.slice(2).join('.')} ${message}`,
  );
}

test('no field of what Gem answers lacks a policy', () => {
  const { policies, problems } = compilePolicies(description());
  expect(problems).toEqual([]);
  expect(policies.size).toBeGreaterThan(70);
});

test.each<[string, string, string, Record<string, unknown>, RegExp]>([
  [
    'a new field',
    'Candidate',
    'pronouns',
    { type: 'string' },
    /^Candidate\.properties\.pronouns has no x-capture; write /,
  ],
  [
    'a new field of an object within',
    'HiringTeam',
    'notes',
    { type: 'array', items: { type: 'string' } },
    /has no x-capture/,
  ],
  [
    'a new field that refers to an object is decided by that',
    'Job',
    'owner',
    { $ref: '#/components/schemas/UserLite' },
    /^$/,
  ],
  [
    'what refers to something by name, and does not say what',
    'Job',
    'pool',
    { $ref: '#/components/schemas/NamedReference' },
    /says nothing of what it names/,
  ],
  [
    'any text that is kept',
    'Candidate',
    'pronouns',
    { type: 'string', 'x-capture': 'keep' },
    /cannot be kept without a kind/,
  ],
  ['a number that is kept', 'Candidate', 'age', { type: 'integer', 'x-capture': 'keep' }, /^$/],
  [
    'a word that is none',
    'Candidate',
    'title',
    { 'x-capture': 'blur' },
    /has x-capture: blur, which is none/,
  ],
  [
    'a pseudonym of nothing',
    'Candidate',
    'title',
    { 'x-capture': 'pseudonym shoe' },
    /a pseudonym is one of name, email/,
  ],
])('%s', (_what, schema, field, change, complaint) => {
  expect(compiledWith(schema, field, change).join('\n')).toMatch(complaint);
});
