import * as fc from 'fast-check';
import { applicants } from '../cases/people.ts';
import { text } from '../cases/texts.ts';
import { showsWrong, ownFieldsStay } from '../support/mutants.ts';
import { readingRule, type Check } from '../../harness/rule.ts';
import { check, same } from '../support/compare.ts';

// A team may give a field the name of one of Gem's own fields.
const key = fc.constantFrom('Notice period', 'Relocates', 'source', 'Größe (日本)', '0');
const value = fc.oneof(
  text,
  fc.constantFrom(false, true, 0, '2026-12-31', null, []),
  fc.array(text, { maxLength: 2 }),
);

export default readingRule({
  statement:
    "a team's own fields of an application are its integration fields of the type CUSTOM, with their values as they are",
  evidence: {
    grade: 'assumed',
    source:
      'kombo-unified-api §5.6; how such fields are called is assumed, as is the map of gem-ats-api §14 #16',
  },
  of: 'applications',
  becomes: 'applications',
  needs: ['applications.integration_fields'],
  cases: applicants(
    fc.constant({ application: { custom_fields: { Relocates: false, 'Notice period': '' } } }),
    fc
      .array(fc.constantFrom('Bicycle', 'Lunch'), { minLength: 1, maxLength: 2 })
      .map((benefits) => ({ application: { custom_fields: { Benefits: benefits } } })),
    fc
      .array(fc.tuple(key, value), { maxLength: 3 })
      .map((fields) => ({ application: { custom_fields: Object.fromEntries(fields) } })),
    fc.constant({
      application: { custom_fields: {} },
      later: (record) => ({
        do: 'change',
        resource: 'applications',
        record,
        set: { custom_fields: { Relocates: true } },
      }),
    }),
  ),
  judge({ gem, unified }): Check[] {
    const shown = unified.integration_fields.filter(({ type }) => type === 'CUSTOM');
    const known = Object.entries(gem.custom_fields);
    return [
      ...known.flatMap(([name, held]) => {
        const field = shown.find((one) => one.key === name || one.label === name);
        // A field without a value may be left out.
        return field || held !== null ? same(`the integration field ${name}`, field?.value, held) : [];
      }),
      ...shown.flatMap(({ key: own, label, value: got }) => {
        const isKnown = known.some(([name]) => name === own || name === label);
        return check(isKnown, { what: `the integration field ${own}`, expected: undefined, got });
      }),
    ];
  },
  mutants: [
    showsWrong('empty values left out', 'applications', (application) => ({
      ...application,
      integration_fields: application.integration_fields.filter(
        (field) => field.type === 'DEFAULT' || Boolean(field.value),
      ),
    })),
    showsWrong('lists as texts', 'applications', (application) => {
      for (const field of application.integration_fields) {
        if (field.type === 'CUSTOM' && Array.isArray(field.value)) field.value = field.value.join(', ');
      }
      return application;
    }),
    ownFieldsStay('a change of own fields alone not stored', 'applications'),
  ],
});
