import { toInstant } from '../../contracts/clock.ts';
import { parseDuration, readMoment } from '../times.ts';
import type { Kit } from '../factories/kit.ts';
import { completeParts } from '../factories/parts.ts';
import { checkFields, inWords, suggest, toProblem, violationsOf, withoutBranches } from '../fields.ts';
import type { ParameterValue } from '../parameters.ts';
import { isResourceName, mapTexts, namedSchema, recordSchema, type ResourceName } from '../records.ts';
import type { Edit, TimelineEntry } from '../scenario.ts';
import { expand } from './expand.ts';
import { readTimes, reportUnknown, type Reading } from './prepare-fields.ts';
import type { Path } from './source.ts';
import type { Fields, Structure } from './structure.ts';

/**
 * Compiles a timeline and puts it in the order of time. Labels stay as they are, for the emulator to resolve when the time
 * comes; here it is made sure that each of them will stand for something then.
 *
 * @param inherited what happens in any case
 * @returns each edit with where it is written, unless it is inherited
 */
export function compileTimeline(
  reading: Reading,
  kit: Kit,
  inherited: readonly TimelineEntry[],
  timeline: Structure['timeline'],
  values: Readonly<Record<string, ParameterValue>>,
): (TimelineEntry & { path?: Path })[] {
  const own = timeline.flatMap(({ path, entry }) =>
    expand(reading.problems, path, entry, values).flatMap(({ label, fields }) => {
      const compiled = compileEntry(
        reading,
        kit,
        path,
        label === undefined ? fields : { as: label, ...fields },
      );
      return compiled ? [{ path, ...compiled }] : [];
    }),
  );
  const all: (TimelineEntry & { path?: Path })[] = [...inherited, ...own];
  all.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  const created = new Map<string, ResourceName>();
  const stages = new Set(reading.records.job_stages.map(({ name }) => name));
  for (const { path, edit } of all) {
    if (path) checkLabels(reading, { created, stages }, path, edit);
    if (edit.do === 'create' && edit.as !== undefined) created.set(edit.as, edit.resource);
    const isStage = 'set' in edit && edit.resource === 'job_stages';
    if (isStage && typeof edit.set?.['name'] === 'string') stages.add(edit.set['name']);
  }
  return all;
}

/** The edits that there are, and the schema of each, by the word after `do`. */
const editSchemas = new Map(
  (namedSchema('Edit').oneOf ?? []).map(({ $ref = '' }): [string, string] => {
    const name = $ref.split('/').at(-1) ?? '';
    return [String(namedSchema(name).properties?.['do']?.const), name];
  }),
);

function compileEntry(reading: Reading, kit: Kit, path: Path, entry: Fields): TimelineEntry | undefined {
  const { problems } = reading;
  const before = problems.count;
  const { at, after, ...edit } = entry;
  const time = momentOf(reading, path, at, after);
  // It may be anything, also what no `String` survives.
  const verb = typeof edit['do'] === 'string' ? edit['do'] : undefined;
  const schema = verb === undefined ? undefined : editSchemas.get(verb);
  if (schema === undefined) {
    const known = [...editSchemas.keys()];
    const word = edit['do'] === undefined ? 'nothing' : inWords(edit['do']);
    problems.report(
      [...path, 'do'],
      `an edit cannot do ${word}; it is one of ${known.join(', ')}`,
      verb === undefined ? {} : suggest(verb, known),
    );
    return undefined;
  }
  const violations = withoutBranches(violationsOf(schema, edit)).map((violation) =>
    toProblem(violation, `the edit "${verb}"`, edit),
  );
  problems.reportFields(path, violations);
  const { resource } = edit;
  if (
    time !== undefined &&
    typeof resource === 'string' &&
    isResourceName(resource) &&
    isFields(edit['set'])
  ) {
    const there = { ...reading, now: Date.parse(time) };
    edit['set'] = readTimes(there, resource, [...path, 'set'], completeParts(kit, resource, edit['set']));
    problems.reportFields([...path, 'set'], checkFields(resource, edit['set']));
  }
  // It was held against the schema of its edit just now.
  return time !== undefined && problems.count === before ? { at: time, edit: edit as Edit } : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function momentOf({ problems, now }: Reading, path: Path, at: unknown, after: unknown): string | undefined {
  if ((at === undefined) === (after === undefined)) {
    problems.report(
      path,
      'an edit in a timeline says either when it happens (at) or how long after the start (after)',
    );
    return undefined;
  }
  if (after === undefined) {
    const moment = typeof at === 'string' ? readMoment(at, now) : undefined;
    if (moment === undefined) {
      problems.report(
        [...path, 'at'],
        `at has to be a time such as 2026-11-20T09:00:00Z or "in 2 days", not ${inWords(at)}`,
      );
    }
    return moment;
  }
  try {
    return toInstant(now + parseDuration(typeof after === 'string' ? after : inWords(after)));
  } catch (error) {
    problems.report([...path, 'after'], error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** What edits made so far: records by their labels, and the names of all stages there are by then. */
interface SoFar {
  created: ReadonlyMap<string, ResourceName>;
  stages: ReadonlySet<string>;
}

/** Reports labels that stand for nothing when the edit happens. */
function checkLabels(reading: Reading, { created, stages }: SoFar, path: Path, edit: Edit): void {
  const { problems, directory } = reading;
  const isKnown = (word: string, resource: ResourceName) =>
    created.get(word) === resource || directory.find(word, resource) !== undefined;
  for (const [field, word] of Object.entries(edit)) {
    const resource = resourceOf(edit, field);
    if (resource && typeof word === 'string' && !isKnown(word, resource)) {
      reportUnknown(reading, [...path, field], resource, word);
    }
  }
  if (
    'stage' in edit &&
    edit.stage !== undefined &&
    !stages.has(edit.stage) &&
    !isKnown(edit.stage, 'job_stages')
  ) {
    const known = [...stages, ...directory.labelsOf('job_stages')];
    problems.reportWord([...path, 'stage'], `there is no stage "${edit.stage}"`, edit.stage, known);
  }
  if ('set' in edit && edit.set) {
    mapTexts(recordSchema(edit.resource), edit.set, (text, schema, within) => {
      const resource = schema['x-refers-to'];
      if (resource && !isKnown(text, resource))
        reportUnknown(reading, [...path, 'set', ...within], resource, text);
      return text;
    });
  }
  const label = edit.do === 'create' ? edit.as : undefined;
  if (label !== undefined && (created.has(label) || directory.find(label))) {
    problems.report([...path, 'as'], `the label "${label}" is taken`);
  }
}

/** Which resource a field of an edit names a record of. */
function resourceOf(edit: Edit, field: string): ResourceName | undefined {
  if (field === 'application') return 'applications';
  if (field === 'job') return 'jobs';
  if (field === 'opening') return 'openings';
  if (field === 'reason') return edit.do === 'close' ? 'close_reasons' : 'rejection_reasons';
  if (field !== 'record') return undefined;
  return 'resource' in edit ? edit.resource : 'job_posts';
}
