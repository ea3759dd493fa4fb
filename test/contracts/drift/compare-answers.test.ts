// How two answers to one write differ, told without a value of either.
import { expect, test } from 'vitest';
import { gemDescription } from '../../../contracts/gem.ts';
import { compareAnswers } from '../../../contracts/harness/gem/watch/compare-answers.ts';
import { PairedIds } from '../../../contracts/harness/gem/watch/paired-ids.ts';
import { answeredKind, askedKind } from '../../../contracts/harness/gem/watch/record-kinds.ts';
import { nodeAt } from '../../../contracts/drift/document.ts';

/** What is told of two bodies, the emulator's answer first. */
function compare(
  gem: unknown,
  mirror: unknown,
  { sent = {}, ids = new PairedIds(), id = 'createNote' } = {},
) {
  const operation = gemDescription.operations.get(id);
  if (!operation) throw new Error(`there is no operation ${id}`);
  const both = { operation, sent, gem: { status: 201, body: gem }, mirror: { status: 201, body: mirror } };
  return compareAnswers(both, ids).map((one) => `${one.what}: ${one.mirror}, ${one.gem}`);
}

test.each<[string, unknown, unknown, string[]]>([
  ['the same', { id: 'a', body: 'x' }, { id: 'a', body: 'x' }, []],
  ['ids that each side makes', { id: 'a', user_id: 'b' }, { id: 'c', user_id: 'd' }, []],
  [
    'moments that each side makes',
    { created_at: '2026-03-01T09:00:00.000Z' },
    { created_at: '2026-04-02T10:11:12.345Z' },
    [],
  ],
  [
    'seconds that each side counts',
    { created_at: 1_700_000_000, timestamp: 1 },
    { created_at: 1_600_000_000, timestamp: 2 },
    [],
  ],
  ['another number', { priority: 1 }, { priority: 2 }, ['priority: number, another number']],
  ['addresses of files', { url: 'https://a.example/x?y' }, { url: 'http://b.example/z' }, []],
  ['an address and none', { url: 'https://a.example/' }, { url: 'none' }, ['url: string, another string']],
  ['another flag', { is_private: true }, { is_private: false }, ['is_private: boolean, another boolean']],
  [
    'a word of an enumeration',
    { visibility: 'private' },
    { visibility: 'public' },
    ['visibility: public, private'],
  ],
  [
    'a text that looks like a word',
    { body: 'private' },
    { body: 'public' },
    ['body: string, another string'],
  ],
  ['a name that may be of a person', { 'Ada L.': 1 }, {}, ['?: nothing, number']],
  ['a whole that is none', 'text', {}, ['body: object, string']],
  [
    'the same in several places, once',
    { rows: [{ a: 1 }, { a: 1 }, { b: 2 }] },
    { rows: [{ a: null }, { a: null }, { b: 3 }] },
    ['rows[].a: null, number', 'rows[].b: number, another number'],
  ],
])('%s', (_what, gem, mirror, told) => {
  expect(compare(gem, mirror)).toEqual(told);
});

test('what was sent is nobody’s own choice: a moment of it has to come back', () => {
  const [sent, other] = ['2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z'];
  const told = ['start: string, another string'];
  expect(compare({ start: sent }, { start: other }, { sent: { start: sent } })).toEqual(told);
  expect(compare({ start: other }, { start: sent }, { sent: { on: [sent] } })).toEqual(told);
  expect(compare({ start: sent }, { start: sent }, { sent: { start: sent } })).toEqual([]);
});

test('ids that were learnt have to stay pairs, and neither side gets two partners', () => {
  const ids = new PairedIds();
  const told = (gem: object, mirror: object) => compare(gem, mirror, { ids });
  expect(told({ candidate_id: 'a' }, { candidate_id: 'A' })).toEqual([]);
  expect(told({ candidate_ids: ['a'] }, { candidate_ids: ['A'] })).toEqual([]);
  const another = ['candidate_id: the same record, another record'];
  expect(told({ candidate_id: 'a' }, { candidate_id: 'B' })).toEqual(another);
  expect(told({ candidate_id: 'b' }, { candidate_id: 'A' })).toEqual(another);
  expect(told({ candidate_id: 'b' }, { candidate_id: 'B' })).toEqual([]);
  expect(['a', 'b', 'c'].map((id) => ids.ours('candidates', id))).toEqual(['A', 'B', undefined]);
  // One that both sides have goes by its own name from then on.
  expect(told({ id: 'same' }, { id: 'same' })).toEqual([]);
  expect(told({ id: 'same' }, { id: 'C' })).toEqual(['id: the same record, another record']);
});

test('records of two kinds may have the same id, and are two all the same', () => {
  const ids = new PairedIds();
  const candidate = (id: string, application: string, job: string, stage: string) => ({
    id,
    application_ids: [application],
    applications: [{ id: application, jobs: [{ id: job }], current_stage: { id: stage } }],
    linked_user_ids: [id],
  });
  const told = (gem: object, mirror: object, id: string) => compare(gem, mirror, { ids, id });
  const both = [candidate('1', '1', '1', '1'), candidate('7', '8', '9', '10')] as const;
  expect(told(...both, 'createCandidate')).toEqual([]);
  const kinds = ['candidates', 'applications', 'jobs', 'job_stages', 'users', 'offers'];
  expect(kinds.map((kind) => ids.ours(kind, '1'))).toEqual(['7', '8', '9', '10', '7', undefined]);
  // What is said of one kind holds for it wherever it is named.
  const note = { id: '1', candidate_id: '1', user_id: '1' };
  expect(told(note, { id: '11', candidate_id: '7', user_id: '7' }, 'createNote')).toEqual([]);
  expect(told(note, { id: '11', candidate_id: '8', user_id: '9' }, 'createNote')).toEqual([
    'candidate_id: the same record, another record',
    'user_id: the same record, another record',
  ]);
});

test.each([
  ['Department', ['departments', '0', 'child_ids', '1'], 'departments'],
  ['Office', ['offices', '0', 'parent_id'], 'offices'],
  ['NamedReference', ['applications', '0', 'jobs', '0', 'id'], 'jobs'],
  ['NamedReference', ['interview', 'id'], 'InterviewDefinition'],
  ['InterviewDefinition', ['interviews', '0', 'id'], 'InterviewDefinition'],
  ['Opening', ['opening_id'], 'seat'],
  ['Offer', ['opening_id'], 'openings'],
  ['DeletedOpenings', ['deleted_ids', '0'], 'openings'],
  ['Education', ['education_info', '0', 'id'], 'Education'],
  ['User', ['linked_candidate_ids', '3'], 'candidates'],
  ['User', ['employee_id'], 'employee_id'],
  ['CrmCustomFieldValue', ['value_option_ids', '0'], 'CrmCustomFieldOption'],
])('in a %s, %j is the id of one of the %s', (schema, path, kind) => {
  const name = path.findLast((key) => !/^\d+$/.test(key));
  expect(answeredKind(path, `/components/schemas/${schema}/properties/${name}`)).toBe(kind);
});

test('what a call names is of the kind that answers tell of', () => {
  const asked = (operation: string, name: string, isInBody = true) => askedKind(operation, name, isInBody);
  expect(asked('createScheduledInterview', 'interview_id')).toBe('InterviewDefinition');
  expect(asked('getScheduledInterview', 'interview_id', false)).toBe('scheduled_interviews');
  expect(asked('createOpenings', 'opening_id')).toBe('seat');
  expect(asked('hireApplication', 'opening_id')).toBe('openings');
  expect(asked('createScheduledInterview', 'employee_id')).toBe('employee_id');
});

/** What nothing refers to, or by the name of the object alone. */
const namedAfterThemselves = [
  'CrmCustomFieldOption',
  'CustomFieldOption',
  'Education',
  'Employment',
  'FeedActivity',
  'FeedEmail',
  'InterviewDefinition',
  'InterviewKit',
  'InterviewKitQuestion',
  'ScorecardQuestion',
  'UploadedResume',
];

test('of every object of the description that has an id it is known what it is', () => {
  const schemas = nodeAt('/components/schemas') ?? {};
  const own = Object.keys(schemas).filter((name) => {
    const properties = nodeAt(`/components/schemas/${name}/properties`);
    return properties !== undefined && 'id' in properties;
  });
  const unknown = own.filter(
    (name) => answeredKind(['id'], `/components/schemas/${name}/properties/id`) === name,
  );
  expect(unknown.toSorted()).toEqual(namedAfterThemselves);
});

test('ids without end fill no memory: the oldest are forgotten', () => {
  const ids = new PairedIds();
  for (let number = 0; number <= 100_000; number += 1) ids.learn('jobs', `a${number}`, `A${number}`);
  expect(['a0', 'a1', 'a100000'].map((id) => ids.ours('jobs', id))).toEqual([undefined, 'A1', 'A100000']);
});
