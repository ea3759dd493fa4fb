import { jobsInOffices } from '../cases/jobs.ts';
import { same } from '../support/compare.ts';
import { isThere } from '../support/lists.ts';
import { changesList, showsWrong } from '../support/mutants.ts';
import { toVerdict, type Rule, type Verdict } from '../../harness/rule.ts';
import { unifiedLists } from '../../harness/lists.ts';
import { type State, throughout } from '../../harness/run.ts';

const rule: Rule = {
  statement: 'an integration field stands once in an item, and its id is that of no other field of the list',
  evidence: {
    grade: 'assumed',
    source: 'kombo-unified-api §5.6, §4.6: fields have ids; that each is of one key is assumed',
  },
  concerns: 'reading',
  needs: ['jobs.integration_fields'],
  about: ['jobs.integration_fields', 'candidates.integration_fields', 'applications.integration_fields'],
  wants: 'an item of a record at Gem with integration fields',
  cases: jobsInOffices,
  holds: ({ states }) => throughout(states, judge),
  mutants: [
    showsWrong('the first field twice', 'jobs', (job) => ({
      ...job,
      integration_fields: [...job.integration_fields.slice(0, 1), ...job.integration_fields],
    })),
    changesList('one id for all fields', 'jobs', (jobs) => {
      const id = jobs.flatMap(({ integration_fields: fields }) => fields.map((field) => field.id))[0] ?? '';
      return jobs.map((job) =>
        Object.assign({}, job, {
          integration_fields: job.integration_fields.map((field) => Object.assign({}, field, { id })),
        }),
      );
    }),
  ],
};

export default rule;

const lists = ['jobs', 'candidates', 'applications'] as const;

function judge({ gem, unified }: State): Verdict[] {
  return lists.flatMap((list) => {
    const records = gem[unifiedLists[list].records];
    const items = unified[list].filter(({ remote_id }) => isThere(records, remote_id));
    const fields = items.flatMap((item) => item.integration_fields ?? []);
    const owners = Map.groupBy(fields, ({ id }) => id);
    const ofIds = [...owners].flatMap(([id, all]) => {
      const keys = new Set(all.map(({ key, type }) => `${type} ${key}`)).size;
      return same(`different fields with the id ${id}`, keys, 1).map((one) => toVerdict(list, one));
    });
    const ofItems = items
      .filter(({ integration_fields: own }) => (own ?? []).length > 0)
      .flatMap(({ remote_id, integration_fields: own }) => {
        const keys = (own ?? []).map(({ key, type }) => `${type} ${key}`);
        const twice = keys.filter((key, index) => keys.indexOf(key) !== index);
        return same('integration_fields that stand twice', twice, []).map((one) =>
          toVerdict(`${list} ${remote_id}`, one),
        );
      });
    return ofIds.concat(ofItems);
  });
}
