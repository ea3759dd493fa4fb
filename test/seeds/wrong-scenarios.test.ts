import { describe, expect, test } from 'vitest';
import { InvalidScenario, resourceNames } from '../../seeds/index.ts';
import { recordSchema } from '../../seeds/records.ts';
import { tryScenario } from './try-scenario.ts';

/** What is wrong with a text, a line each. */
function problemsOf(text: string): readonly string[] {
  try {
    tryScenario(text, 'seeds/x.yaml');
  } catch (error) {
    if (error instanceof InvalidScenario) return error.problems;
    throw error;
  }
  return [];
}

describe('a wrong scenario is refused with file, line, column, reason and the nearest right word', () => {
  test.each([
    ['purpos: x', '1:1: unknown field "purpos" of a scenario; did you mean "purpose"?'],
    ['extends: team', '1:1: a scenario has to say its purpose in one line'],
    ['', '1:1: a scenario is written as fields: "name: value"'],
    ['just words', '1:1: a scenario is written as fields: "name: value"'],
    ['purpose: x\nextends: taem', '2:10: no scenario is called "taem"; did you mean "team"?'],
    ['purpose: x\nrules: [first-ofice]', '2:9: there is no rule "first-ofice"; did you mean "first-office"?'],
    ['purpose: x\ncompany: { nam: x }', '2:12: unknown field "nam" of a company; did you mean "name"?'],
    [
      'purpose: x\nrecords:\n  candidate: []',
      '3:3: there is no resource "candidate"; did you mean "candidates"?',
    ],
    [
      'purpose: x\nrecords:\n  candidates:\n    - { as: zoe, firstname: Zoë }',
      '4:18: unknown field "firstname" of candidates; did you mean "first_name"?',
    ],
    [
      'purpose: x\nrecords:\n  candidates:\n    - { email_addresses: [{ value: a, type: privat }] }',
      '4:45: type cannot be "privat"; it is one of other, personal, work',
    ],
    [
      'purpose: x\nrecords: { candidates: [{ is_private: "yes" }] }',
      '2:39: is_private has to be true or false, not "yes"',
    ],
    [
      'purpose: x\nrecords: { candidates: [{ created_at: 3 dais ago }] }',
      '2:39: created_at has to be a time such as 2026-11-16T09:00:00Z, "3 days ago" or "in 2 hours", not "3 dais ago"',
    ],
    [
      'purpose: x\nrecords:\n  candidates: [{ as: zoe }]\n  notes: [{ candidate_id: zo }]',
      '4:27: no record of candidates is labelled "zo"; did you mean "zoe"?',
    ],
    [
      'purpose: x\nrecords: { notes: [{ candidate_id: admin }] }',
      '2:36: "admin" is one of the users, and one of the candidates has to stand here',
    ],
    ['purpose: x\nrecords: { applications: [{}] }', '2:27: an application needs a candidate; name one'],
    [
      'purpose: x\nrecords: { candidates: [{ as: zoe }], applications: [{ candidate_id: zoe }] }',
      '2:54: an application needs an open job, and there is none; make one first',
    ],
    ['purpose: x\nrecords: { offices: [{ as: admin }] }', '2:28: the label "admin" is taken'],
    ['purpose: x\nrecords: { offices: [{ id: a }, { id: a }] }', '2:39: the id "a" is taken'],
    [
      'purpose: x\nrecords: { offices: [{ count: some }] }',
      '2:31: count has to be a whole number, not "some"',
    ],
    [
      'purpose: x\nrecords: { offices: [{ count: 2000000 }] }',
      '2:31: count can be at most 250000, not 2000000',
    ],
    ['purpose: x\nrecords: { offices: [{ name: "${nme}" }] }', '2:30: there is no parameter "nme"'],
    ['purpose: x\nchange: { admn: {} }', '2:11: nothing is labelled "admn"; did you mean "admin"?'],
    ['purpose: x\ndelete: [admn]', '2:10: nothing is labelled "admn"; did you mean "admin"?'],
    ['purpose: x\nremove: [admn]', '2:10: nothing is labelled "admn"; did you mean "admin"?'],
    [
      'purpose: x\nparameters: { a: { type: intger, default: 1 } }',
      '2:26: the type of a parameter cannot be "intger"; it is one of integer, number, string, boolean; did you mean "integer"?',
    ],
    [
      'purpose: x\nparameters: { a: { type: integer } }',
      '2:15: the parameter "a" needs a type and a default',
    ],
    [
      'purpose: x\nextends: team\ntimeline:\n  - { after: 1 day, do: mvoe, application: x }',
      '4:25: an edit cannot do "mvoe"; it is one of create, change, delete, close, reopen, publish, unpublish, move, advance, reject, unreject, hire, transfer, reorder; did you mean "move"?',
    ],
    [
      'purpose: x\ntimeline:\n  - { after: 1 dy, do: delete, resource: users, record: admin }',
      '3:14: "1 dy" is no length of time; write it like 90 seconds, 2 days or P1DT2H',
    ],
    [
      'purpose: x\ntimeline:\n  - { do: delete, resource: users, record: admin }',
      '3:5: an edit in a timeline says either when it happens (at) or how long after the start (after)',
    ],
    [
      'purpose: x\ntimeline:\n  - { after: 1 day, do: delete, resource: users, record: admn }',
      '3:58: no record of users is labelled "admn"; did you mean "admin"?',
    ],
    [
      'purpose: x\nextends: rejected-elsewhere\ntimeline:\n  - { after: 1 day, do: move, application: zoe-field, stage: Onste }',
      '4:62: there is no stage "Onste"; did you mean "Onsite"?',
    ],
    [
      'purpose: x\ntimeline:\n  - { after: 1 day, do: create, resource: offices, set: { nme: x } }',
      '3:59: unknown field "nme" of offices; did you mean "name"?',
    ],
    // A label that an edit gives is known only after it.
    [
      'purpose: x\ntimeline:\n  - { after: 2 days, do: create, resource: offices, as: lab }\n  - { after: 1 day, do: delete, resource: offices, record: lab }',
      '4:60: no record of offices is labelled "lab"',
    ],
    [
      'purpose: x\nextends: page-boundary\nparameters: { candidates: { default: many } }',
      '3:38: the default of "candidates" is no integer',
    ],
    [
      'purpose: x\nparameters: { n: { type: { toString: 1 }, default: 1 } }',
      '2:26: the type of a parameter cannot be',
    ],
    [
      'purpose: x\nrecords: *nothing',
      "2:10: nothing is marked &nothing; a value that begins with * stands in quotes: '*nothing'",
    ],
    ['purpose: [x', '1:10: this [ is never closed; a ] is missing'],
    ['purpose: [x]\nextends: team', '1:10: "purpose" has to be a text, not ["x"]'],
    ['purpose: x\nremove: [{ a: 1 }]', '2:10: an entry of "remove" has to be a text, not {"a":1}'],
    [
      'purpose: x\nrecords: { offices: [{ nonsense: 1 }] }',
      '2:24: unknown field "nonsense" of offices; there are: id, created_at, ',
    ],
    [
      'purpose: x\nrecords: { offices: [{ cuont: 3 }] }',
      '2:24: unknown field "cuont" of offices; did you mean "count"?',
    ],
    ['purpose: x\nrecords:\n  -as: x', '3:3: a blank has to stand behind the dash: - as'],
    // Labels are shown as they were written, not the ids that they stand for.
    [
      'purpose: x\nextends: team\nrecords: { jobs: [{ office_ids: oslo }] }',
      '3:33: office_ids has to be a list, not "oslo"',
    ],
    [
      'purpose: x\nextends: team\nrecords: { candidates: [{ as: z }], applications: [{ candidate_id: z, current_stage_id: Nowhere }] }',
      '3:89: no record of job_stages is labelled "Nowhere"; there are: Application Review, ',
    ],
    [
      'purpose: x\nparameters: { a: { type: integer, default: 1, minimum: 4 } }',
      '2:44: the default of "a" has to be at least 4, not 1',
    ],
    ['purpose: x\n? [a, b]\n: c', '2:3: a group stands where a name has to'],
    ['purpose: x\nrules: [{ a: 1 }]', '2:9: there is no rule {"a":1}; there are: '],
    [
      'purpose: x\ntimeline: [{ do: { a: 1 }, after: 1 day }]',
      '2:18: an edit cannot do {"a":1}; it is one of',
    ],
    [
      'purpose: x\ntimeline: [{ do: { toString: null }, after: 1 day }]',
      '2:18: an edit cannot do {"toString":null}; it is one of',
    ],
  ])('%j', (text, expected) => {
    const [problem, ...more] = problemsOf(text);
    expect(problem).toContain(`seeds/x.yaml:${expected}`);
    expect(more).toEqual([]);
  });

  test.each(resourceNames)('wrong values of every field of %s are told in words of our own', (resource) => {
    const fields = Object.keys(recordSchema(resource).properties ?? {});
    const wrong = [null, -1, 1.5, '', 'x'.repeat(70), ['x', 'x'], [{}], {}, { nonsense: { a: 1 } }];
    const told = fields.flatMap((field) => {
      const records = wrong.map((value) => ({ [field]: value }));
      return problemsOf(JSON.stringify({ purpose: 'x', extends: 'team', records: { [resource]: records } }));
    });
    expect(told.length).toBeGreaterThan(fields.length);
    // No words of a library, nothing that JavaScript makes of what is no text, no number that nobody wrote.
    const foreign = /\bmust (NOT|be|have|match)\b|\[object|undefined|NaN|is not what it may be|\d\.\d{6}/;
    expect(told.filter((line) => foreign.test(line) || line.includes('\n'))).toEqual([]);
  });

  test.each([
    ['lists in one line', `purpose: x\nrules: ${'['.repeat(30_000)}`],
    ['lists begun by dashes', `purpose: x\nrules: \n${'- '.repeat(30_000)}`],
    ['JSON', `{"purpose":"x","company":${'{"name":'.repeat(101)}1${'}'.repeat(102)}`],
  ])('%s that lie in one another without end', (_what, text) => {
    expect(problemsOf(text)).toEqual(['seeds/x.yaml:1:1: something in it lies deeper than 100 levels']);
  });

  test('more aliases than can be followed', () => {
    const offices = Array.from({ length: 1001 }, (_, at) => `    - { as: &a${at} o${at}, name: *a${at} }\n`);
    expect(problemsOf(`purpose: x\nrecords:\n  offices:\n${offices.join('')}`)).toEqual([
      'seeds/x.yaml:1004:33: more than 1000 aliases; write the values themselves, or use count',
    ]);
  });

  test('all problems at once, in the order of the text', () => {
    const text = `purpose: x
extends: team
rules: [none]
records:
  candidates:
    - { as: zoe, firstname: Zoë, title: 3 }
  jobs: {}
timeline:
  - { after: soon, do: advance, application: zoe }`;
    expect(problemsOf(text).map((line) => line.split(':').slice(1, 3).join(':'))).toEqual([
      '3:9',
      '6:18',
      '6:41',
      '7:9',
      '9:14',
    ]);
  });
});
