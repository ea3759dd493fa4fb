import * as fc from 'fast-check';
import type { Case } from '../../harness/case.ts';
import { unifiedLists } from '../../harness/lists.ts';
import { nestedPartsOf, type NestedPart } from '../../harness/described-lists.ts';
import { throughout, type State } from '../../harness/run.ts';
import { toVerdict, type Mutant, type Rule, type Verdict } from '../../harness/rule.ts';
import { name } from '../cases/texts.ts';
import { check, same } from '../support/compare.ts';
import { isThere } from '../support/lists.ts';
import { showsWrong } from '../support/mutants.ts';

/** People who applied, with all that lists show inside of other items. */
const linkedRecords: fc.Arbitrary<Case> = fc
  .record({ first: name, second: name, stands: fc.constantFrom('stage-1', 'stage-2') })
  .map(({ first, second, stands }) => ({
    records: {
      users: [
        { as: 'user-1', first_name: first, primary_email_address: 'member-1@nordlicht.example' },
        { as: 'user-2', first_name: second, primary_email_address: 'member-2@nordlicht.example' },
      ],
      jobs: [{ as: 'job-1', name: first, hiring_team: { recruiters: ['user-1', 'user-2'] } }],
      job_stages: [1, 2].map((number) => ({
        as: `stage-${number}`,
        job_id: 'job-1',
        name: `Step ${number}`,
        priority: number,
        interviews: ['Talk'],
      })),
      candidates: [first, second].map((first_name, index) => ({
        as: `candidate-${index + 1}`,
        first_name,
        email_addresses: [{ value: `nested-${index}@example.com`, type: 'work', is_primary: true }],
        phone_numbers: [{ type: 'mobile', value: `+43 1 555010${index}` }],
        social_media_addresses: [`https://www.linkedin.com/in/nested-${index}`],
      })),
      applications: [
        { as: 'application-1', candidate_id: 'candidate-1', job_id: 'job-1', current_stage_id: stands },
        { as: 'application-2', candidate_id: 'candidate-2', job_id: 'job-1', status: 'rejected' },
      ],
      scheduled_interviews: [
        {
          as: 'interview-1',
          application_id: 'application-1',
          interviewers: [{ user_id: 'user-1', response_status: 'accepted', scorecard_id: null }],
        },
      ],
    },
  }));

const rule: Rule = {
  statement: 'a record that an item shows inside of it is there, and looks as its own list shows it',
  evidence: {
    grade: 'documented',
    source: 'kombo-unified-api §5.8, §2.2 to §2.5; that it holds for every nested record is assumed',
  },
  concerns: 'reading',
  needs: ['whole items'],
  wants: 'an item that shows the record of another item that is listed',
  comparesLists: true,
  cases: linkedRecords,
  holds: ({ states }) =>
    throughout(
      states.filter(({ sync }) => sync === 'FULL'),
      judge,
    ),
  mutants: [
    showsWrong('nested applications without their stage', 'candidates', (candidate) => ({
      ...candidate,
      applications: candidate.applications.map((one) => Object.assign(one, { current_stage: null })),
    })),
    showsWrong('team members without their e-mail', 'jobs', (job) => ({
      ...job,
      hiring_team: job.hiring_team.map((one) => Object.assign(one, { email: null })),
    })),
    withoutContacts('email_addresses'),
    withoutContacts('phone_numbers'),
  ],
};

export default rule;

function withoutContacts(field: 'email_addresses' | 'phone_numbers'): Mutant {
  return showsWrong(
    `nested candidates without ${field.replace('_', ' ')}`,
    'applications',
    (application) => ({
      ...application,
      candidate: application.candidate && { ...application.candidate, [field]: [] },
    }),
  );
}

/** Any item, or a record inside of one. */
type Shown = Readonly<Record<string, unknown>> & { id?: unknown };

function judge({ gem, unified, lists }: State): Verdict[] {
  const listed = new Map(lists.map((list) => [list, indexOf(unified[list])] as const));
  const indexes = stageIndexes(unified.jobs);

  const judgeParts = (
    about: string,
    parts: readonly NestedPart[],
    shown: Shown,
    own: Shown,
    path = '',
  ): Verdict[] =>
    parts.flatMap((part) => {
      const value = shown[part.name];
      const items = listed.get(part.of);
      const place = `${path}${part.name}${Array.isArray(value) ? '[]' : ''}`;
      if (Array.isArray(value))
        return value.flatMap((one: Shown) => judgeRecord(about, part, one, items?.get(one.id), place));
      // A record that its list has cannot be missing here; one that is gone may be.
      const expected = items?.get(own[`${part.name}_id`]);
      if (typeof value !== 'object' || value === null)
        return expected === undefined
          ? []
          : check(false, { what: place, expected: `that of ${String(expected.id)}`, got: value }).map((one) =>
              toVerdict(about, one),
            );
      const id: unknown = Reflect.get(value, 'id');
      const reference =
        own[`${part.name}_id`] === undefined ? [] : same(`${place}.id`, id, own[`${part.name}_id`]);
      return reference
        .map((one) => toVerdict(about, one))
        .concat(judgeRecord(about, part, value as Shown, items?.get(id), place));
    });

  const judgeRecord = (
    about: string,
    part: NestedPart,
    shown: Shown,
    own: Shown | undefined,
    place: string,
  ): Verdict[] => {
    if (!own) return [];
    const fields = part.fields.map((field) => ({ field, expected: own[field] }));
    if (part.hasIndex) fields.push({ field: 'index', expected: indexes.get(own.id) });
    return fields
      .flatMap(({ field, expected }) => same(`${place}.${field}`, plain(shown[field]), plain(expected)))
      .map((one) => toVerdict(about, one))
      .concat(judgeParts(about, part.parts, shown, own, `${place}.`));
  };

  return lists.flatMap((list) => {
    const records = gem[unifiedLists[list].records];
    const items: readonly (Shown & { remote_id: string | null })[] = unified[list];
    return items
      .filter(({ remote_id }) => isThere(records, remote_id))
      .flatMap((item) => judgeParts(`${list} ${item.remote_id}`, nestedPartsOf(list), item, item));
  });
}

/** What is left out, null or an empty list is the same here: the rule valid-items says which it has to be. */
function plain(value: unknown): unknown {
  return value === undefined || (Array.isArray(value) && value.length === 0) ? null : value;
}

function indexOf(items: readonly Shown[]): ReadonlyMap<unknown, Shown> {
  return new Map(items.map((item) => [item.id, item] as const));
}

/** The place of each stage in its job. */
function stageIndexes(jobs: State['unified']['jobs']): ReadonlyMap<unknown, unknown> {
  return new Map(jobs.flatMap(({ stages }) => stages.map(({ id, index }) => [id, index] as const)));
}
