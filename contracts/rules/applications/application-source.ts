import { reachable } from '../support/compare.ts';
import { returningPeople } from '../cases/people.ts';
import type { ItemOf } from '../../harness/lists.ts';
import { gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';

export default readingRule({
  statement: 'each application carries its own source in a custom field',
  evidence: { grade: 'documented', source: 'kombo-gem-connector §3 #7' },
  of: 'applications',
  becomes: 'applications',
  needs: ['applications.custom_fields', 'applications.integration_fields'],
  cases: returningPeople,
  judge: ({ gem, unified }) => reachable(unified, 'source', gem.source?.public_name ?? null),
  mutants: [
    showsWrong("the candidate's source", 'applications', (application) =>
      carrying(application, application.candidate?.source ?? null),
    ),
    showsWrong('id of the source', 'applications', (application, gem) => {
      const source = gemRecord(gem, 'applications', application.remote_id)?.source;
      return carrying(application, source?.id ?? null);
    }),
  ],
});

/** An application with another source, in both places. */
function carrying(application: ItemOf['applications'], source: string | null): ItemOf['applications'] {
  const fields = application.integration_fields.map((field) =>
    field.key === 'source' && field.type === 'DEFAULT' ? Object.assign(field, { value: source }) : field,
  );
  const custom = Object.assign({}, application.custom_fields, { source });
  return { ...application, custom_fields: custom, integration_fields: fields };
}
