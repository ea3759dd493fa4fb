import * as fc from 'fast-check';
import { jobsOf } from '../cases/jobs.ts';
import { text } from '../cases/texts.ts';
import { check, same } from '../support/compare.ts';
import { showsWrong, ownFieldsStay } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';

/** Fields of any names and values. */
const fields = fc.dictionary(
  text.filter((key) => key !== ''),
  fc.jsonValue({ maxDepth: 2 }).filter((value) => !JSON.stringify(value).includes('${')),
  { maxKeys: 4, noNullPrototype: true },
);

export default readingRule({
  statement:
    "a team's own fields of a job are integration fields of the type CUSTOM, with their values as they are",
  evidence: { grade: 'documented', source: 'kombo-unified-api §5.6; gem-ats-api §3.3, §9' },
  of: 'jobs',
  becomes: 'jobs',
  needs: ['jobs.integration_fields'],
  cases: jobsOf(
    [
      {
        as: 'job-described',
        custom_fields: {
          'Salary band': 'L5',
          Benefits: ['Bicycle', 'Lunch'],
          Seats: 0,
          Travels: false,
          Old: null,
        },
      },
      // They may have the names of Gem's own fields.
      { as: 'job-same-names', custom_fields: { offices: 'two', departments: ['one'], name: 'Another name' } },
      fields.map((custom_fields) => ({ as: 'job-any', custom_fields })),
      { as: 'job-undescribed', custom_fields: {} },
    ],
    [{ do: 'change', resource: 'jobs', record: 'job-undescribed', set: { custom_fields: { Seats: 3 } } }],
  ),
  judge({ gem, unified }) {
    const shown = unified.integration_fields.filter(({ type }) => type === 'CUSTOM');
    const own = Object.entries(gem.custom_fields).flatMap(([key, value]) => {
      const field = shown.find((one) => one.key === key);
      // The facts do not say whether a field without a value is shown.
      return field || value !== null ? same(`the integration field ${key}`, field?.value, value) : [];
    });
    const foreign = shown.flatMap(({ key, value: got }) =>
      check(key in gem.custom_fields, { what: `the integration field ${key}`, expected: undefined, got }),
    );
    return [...own, ...foreign];
  },
  mutants: [
    showsWrong('own fields left out', 'jobs', (job) => ({
      ...job,
      integration_fields: job.integration_fields.filter(({ type }) => type !== 'CUSTOM'),
    })),
    showsWrong('values as texts', 'jobs', (job) => ({
      ...job,
      integration_fields: job.integration_fields.map((field) =>
        field.type === 'CUSTOM' ? { ...field, value: String(field.value) } : field,
      ),
    })),
    ownFieldsStay('a change of own fields alone not stored', 'jobs'),
  ],
});
