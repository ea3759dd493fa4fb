import type { Entry, Report } from '../../../../contracts/report.ts';

const held: Entry = {
  name: 'first-department',
  statement: "a job's `department` is the first of Gem's `departments`, and only that one",
  evidence: { grade: 'documented', source: 'kombo-gem-connector §3 #3' },
  group: 'reading',
  state: 'held',
  compared: 1204,
  contradictions: [],
};

const broken: Entry = {
  name: 'first-office',
  statement: "a job's `location` is the first of Gem's `offices`, and only that one",
  evidence: { grade: 'observed', source: 'recorded answers <of others>' },
  group: 'reading',
  state: 'broken',
  contradictions: [
    {
      about: 'jobs am9iOjEy (Field & "Lab" Engineer)',
      what: 'location.raw',
      expected: 'Zürich',
      got: undefined,
      trace: '    at mapJob (file:///adapter.ts:3:5)',
    },
    {
      about: 'jobs am9iOjEz (現場エンジニア 👩‍🔧)',
      what: 'location',
      expected: { raw: '東京', country: null, city: undefined, tags: ['a', undefined], ratio: Number.NaN },
      got: { city: 'x', raw: `${'long '.repeat(400)}\u001b[31mred\u0000` },
    },
  ],
  example: {
    scenario: `purpose: the least that breaks first-office
rules: [first-office]
extends: team
records:
  offices:
    - as: office-1
      name: "Zürich </pre>]]> ${'very '.repeat(20)}long"
  jobs:
    - as: job-1
      offices: [office-1, office-2]
`,
    actions: [
      'createAtsApplication job_id=job-1 {"candidate":{"first_name":"Ada","email_addresses":[{"email_address":"ada@example.com","type":"PERSONAL"}]}}',
    ],
    replay: 'mock-gem verify connector --rule first-office --seed 7 --replay 0:1:1',
    file: 'out/first-office.yaml',
  },
};

const notObserved: Entry = {
  name: 'an-extraordinarily-long-name-of-a-rule-that-no-column-of-a-table-was-ever-made-for',
  statement: 'each application carries its own source <in | a custom> field',
  evidence: { grade: 'assumed', source: 'our own choice' },
  group: 'writing | more',
  state: 'not observed',
  remark: 'the connector does not cover `applications.custom_fields` <or> | others',
  contradictions: [],
};

/** A report with an entry in each state, and values of all awkward kinds. */
export const sampleReport: Report = {
  title: 'Rules of the connector',
  subject: 'http://127.0.0.1:4020/v1',
  startedAt: '2026-11-16T09:00:00.000Z',
  duration: 4200,
  seed: 7,
  entries: [held, broken, notObserved],
};
