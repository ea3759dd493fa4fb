// Connectors that write one input wrongly, or answer wrongly of what they did: each changes what a right connector wrote and
// answered. The inputs are those that `contracts/coverage.ts` names.
import { coveredActions } from '../../../contracts/coverage.ts';
import type { ActionResult, Run } from '../../../contracts/harness/run.ts';
import { answerOf } from '../../../contracts/rules/support/results.ts';
import { changeAt, valuesAt } from './change-values.ts';
import type { MachineMutant } from './mutants.ts';
import { steps, type Step } from './steps.ts';

/** A kind of record that actions make, and the field of it that an input decides. */
interface Written {
  resource: 'candidates' | 'applications' | 'attachments';
  field: string;
  /** Whether an input with this body decides it. */
  when?: (body: string) => boolean;
}

/** Where each input of a create call stands at Gem. */
const writtenBy: Readonly<Record<string, Written>> = {
  'candidate.first_name': { resource: 'candidates', field: 'first_name' },
  'candidate.last_name': { resource: 'candidates', field: 'last_name' },
  'candidate.email_address': { resource: 'candidates', field: 'email_addresses' },
  'candidate.company': { resource: 'candidates', field: 'company' },
  'candidate.title': { resource: 'candidates', field: 'title' },
  'candidate.phone_number': { resource: 'candidates', field: 'phone_numbers' },
  'candidate.social_links.url': { resource: 'candidates', field: 'social_media_addresses' },
  'application.job_id': { resource: 'applications', field: 'job_id' },
  'application.stage_id': {
    resource: 'applications',
    field: 'current_stage_id',
    when: (body) => body.includes('"stage_id"'),
  },
  'attachments.name': { resource: 'attachments', field: 'filename' },
  // Gem reads it from the ending of the name, so this is where it shows.
  'attachments.content_type': { resource: 'attachments', field: 'filename' },
  'attachments.data_url': {
    resource: 'attachments',
    field: 'content',
    when: (body) => body.includes('"data_url"'),
  },
  'attachments.data': { resource: 'attachments', field: 'content', when: (body) => body.includes('"data"') },
  'attachments.type': { resource: 'attachments', field: 'type' },
  'source.name': {
    resource: 'applications',
    field: 'source_id',
    when: (body) => /"source":\{"name"/.test(body),
  },
  'source.unified_key': {
    resource: 'applications',
    field: 'source_id',
    when: (body) => /"source":\{"unified_key"/.test(body),
  },
  'source.id': { resource: 'applications', field: 'source_id', when: (body) => /"source":\{"id"/.test(body) },
};

/** The fields of a file in an answer. */
const readKeys = [
  'type',
  'id',
  'remote_id',
  'data_url',
  'file_name',
  'content_type',
  'remote_created_at',
  'remote_updated_at',
]
  .map((key) => ['results', '[]', key])
  .concat([['results']]);

/** Mistakes in what actions write and answer. */
export const writtenMutants: readonly MachineMutant[] = Object.entries(coveredActions).flatMap(
  ([operation, { fields }]) =>
    [fields.flatMap((input) => ofInput(operation, input)), ofEffects(operation), ofAnswers(operation)].flat(),
);

function ofInput(operation: string, input: string): MachineMutant[] {
  const place = `${operation} ${input}`;
  const written = writtenBy[input];
  const change = (step: Step): ((result: ActionResult, all: readonly ActionResult[]) => ActionResult) => {
    if (written) return (result, all) => changeRecord(result, all, written, step);
    if (operation === 'moveAtsApplicationToStage') return (result, all) => changeMove(result, all, step);
    return (result, all) => changeNote(result, all, input, step);
  };
  return Object.entries(steps).map(([step, wrong]) => mutant(place, step, operation, change(wrong)));
}

/** Mistakes with whole records, whatever the input says. */
function ofEffects(operation: string): MachineMutant[] {
  const created =
    (change: (all: ActionResult['changes']['created']) => ActionResult['changes']['created']) =>
    (result: ActionResult): ActionResult => {
      const made = change(result.changes.created);
      return made === result.changes.created
        ? result
        : { ...result, changes: { ...result.changes, created: made } };
    };
  const some = (all: ActionResult['changes']['created'], made: ActionResult['changes']['created']) =>
    all.length === 0 ? all : made;
  return [
    mutant(operation, 'writes nothing, and says done', operation, (result) =>
      result.status === 200 && (result.changes.created.length > 0 || result.changes.changed.length > 0)
        ? { ...result, changes: { ...result.changes, created: [], changed: [], deleted: [] } }
        : result,
    ),
    mutant(
      operation,
      'writes twice',
      operation,
      created((all) => some(all, [...all, ...all])),
    ),
    mutant(
      operation,
      'writes the last record twice',
      operation,
      created((all) => some(all, [...all, ...all.slice(-1)])),
    ),
    mutant(
      operation,
      'writes the first record only',
      operation,
      created((all) => (all.length > 1 ? all.slice(0, 1) : all)),
    ),
    mutant(
      operation,
      'leaves the last record out',
      operation,
      created((all) => some(all, all.slice(0, -1))),
    ),
    mutant(operation, 'writes although it refuses', operation, (result, all) => {
      const other = all.find(({ status, changes }) => status === 200 && changes.created.length > 0);
      return result.status === 200 || !other ? result : { ...result, changes: other.changes };
    }),
    mutant(operation, 'deletes something', operation, (result) => ({
      ...result,
      changes: {
        ...result.changes,
        deleted: [
          ...result.changes.deleted,
          { resource: 'candidates', id: 'somebody' } as (typeof result.changes.deleted)[number],
        ],
      },
    })),
  ];
}

/** Mistakes in what is answered. */
function ofAnswers(operation: string): MachineMutant[] {
  const done = { status: 'success', data: {}, warnings: [] };
  const refused = {
    status: 'error',
    error: { code: 'PLATFORM.UNKNOWN_ERROR', title: null, message: '', log_url: null },
  };
  const isRead = operation.startsWith('get');
  const keys = isRead ? readKeys : createdKeys(operation);
  return [
    mutant(operation, 'says done though it refused', operation, (result) =>
      result.status === 200 ? result : { ...result, status: 200, answer: done },
    ),
    mutant(operation, 'says refused though it was done', operation, (result) =>
      result.status === 200 ? { ...result, status: 500, answer: refused } : result,
    ),
    mutant(operation, 'refuses with another code', operation, (result) =>
      result.status === 200 ? result : { ...result, answer: refused },
    ),
    mutant(operation, 'warns of nothing', operation, (result) =>
      (answerOf(result).warnings ?? []).length === 0
        ? result
        : { ...result, answer: { ...answerOf(result), warnings: [] } },
    ),
    ...keys.flatMap((path) =>
      Object.entries(steps).map(([step, wrong]) =>
        mutant(`${operation} → ${path.join('.').replaceAll('.[]', '[]')}`, step, operation, (result, all) => {
          if (result.status !== 200) return result;
          const answers = all.filter(({ status }) => status === 200);
          const made = changeAt(
            answers.map(({ answer }) => answer),
            ['data', ...path],
            ({ value, all: values, index }) =>
              wrong({ value, all: values, index, types: ['string'], words: [] }),
          );
          const answer = made[answers.indexOf(result)];
          return answer === result.answer ? result : { ...result, answer };
        }),
      ),
    ),
  ];
}

function createdKeys(operation: string): string[][] {
  if (operation === 'createAtsCandidate')
    return [
      'id',
      'remote_id',
      'first_name',
      'last_name',
      'company',
      'title',
      'source',
      'email_addresses',
      'phone_numbers',
      'social_media',
      'applications',
      'changed_at',
    ].map((key) => [key]);
  if (operation !== 'createAtsApplication') return [];
  return [
    'id',
    'remote_id',
    'outcome',
    'current_stage_id',
    'job_id',
    'candidate_id',
    'custom_fields',
    'integration_fields',
    'remote_created_at',
    'current_stage',
    'job',
    'candidate',
  ].map((key) => [key]);
}

function mutant(
  place: string,
  step: string,
  operation: string,
  change: (result: ActionResult, all: readonly ActionResult[]) => ActionResult,
): MachineMutant {
  return {
    place,
    step,
    change(run: Run) {
      const own = run.results.filter(({ action }) => action.operation === operation);
      const results = run.results.map((result) => (own.includes(result) ? change(result, own) : result));
      return results.every((result, index) => result === run.results[index])
        ? undefined
        : { ...run, results };
    },
    isJudgedBy: ({ rule }) => rule.concerns === 'writing',
  };
}

function changeRecord(
  result: ActionResult,
  all: readonly ActionResult[],
  { resource, field, when = () => true }: Written,
  step: Step,
): ActionResult {
  if (!when(JSON.stringify(result.sent.body ?? null))) return result;
  const records = all.flatMap(({ changes }) => changes.created.filter((one) => one.resource === resource));
  const made = changeAt(
    records.map(({ record }) => record),
    [field],
    ({ value, all: values, index }) => {
      const wrong = step({ value, all: values, index, types: ['string'], words: [] });
      // The emulator's lists are always lists.
      return Array.isArray(value) && !Array.isArray(wrong) ? value : wrong;
    },
  );
  const created = result.changes.created.map((one) => {
    const record = made[records.indexOf(one)];
    return record === undefined || record === one.record ? one : Object.assign({}, one, { record });
  });
  const isSame = created.every((one, index) => one === result.changes.created[index]);
  return isSame ? result : { ...result, changes: { ...result.changes, created } };
}

function changeMove(result: ActionResult, all: readonly ActionResult[], step: Step): ActionResult {
  const after = (one: ActionResult): unknown =>
    one.changes.changed.map(({ fields }) => fields['current_stage_id']?.after).find(Boolean);
  const values = all.map(after);
  const value = after(result);
  const made = step({ value, all: values, index: all.indexOf(result), types: ['string'], words: [] });
  if (value === undefined || made === value) return result;
  const changed = result.changes.changed.map((one) => {
    const stage = one.fields['current_stage_id'];
    return stage
      ? Object.assign({}, one, { fields: { ...one.fields, current_stage_id: { ...stage, after: made } } })
      : one;
  });
  return { ...result, changes: { ...result.changes, changed } };
}

/** A text of a link that is wrong in its note. */
function changeNote(
  result: ActionResult,
  all: readonly ActionResult[],
  input: string,
  step: Step,
): ActionResult {
  const path = input.replace('attributes.', 'attributes.[].').split('.');
  const values = valuesAt(
    all.map(({ sent }) => sent.body),
    path,
  );
  const texts = valuesAt([result.sent.body], path);
  const isPath = input.endsWith('_id');
  const created = result.changes.created.map((one) => {
    if (one.resource !== 'notes') return one;
    const { record } = one;
    const made = isPath
      ? changeAt([record], ['candidate_id'], ({ value }) =>
          step({ value, all: [value, 'somebody-else'], index: 0, types: ['string'], words: [] }),
        )[0]
      : changeAt([record], ['body'], ({ value }) =>
          texts.reduce<string>((body, text) => {
            const wrong = step({
              value: text,
              all: values,
              index: values.indexOf(text),
              types: ['string'],
              words: [],
            });
            return body.replaceAll(String(text), typeof wrong === 'string' ? wrong : '');
          }, String(value)),
        )[0];
    return made === record ? one : Object.assign({}, one, { record: made });
  });
  const isSame = created.every((one, index) => one === result.changes.created[index]);
  return isSame ? result : { ...result, changes: { ...result.changes, created } };
}
