import { circleInWords, findCircles } from '../circles.ts';
import { createKit, type Kit } from '../factories/kit.ts';
import { inWords } from '../fields.ts';
import { readMoment } from '../times.ts';
import { settleParameters, type ParameterValue } from '../parameters.ts';
import { follow, recordSchema, type ResourceName } from '../records.ts';
import type { Scenario, ScenarioOptions, WorldSeed } from '../scenario.ts';
import { Directory, prepareFields, type Reading } from './prepare-fields.ts';
import { followUp, makeRecords, planRecords, type Made, type Planned } from './make-records.ts';
import {
  removeRecords,
  buildBase,
  inheritParameters,
  inheritScenario,
  type FindScenario,
} from './inherit.ts';
import { Problems } from './problems.ts';
import type { Path, Source } from './source.ts';
import { readStructure, type Fields, type Structure } from './structure.ts';
import { substitute } from './expand.ts';
import { compileTimeline } from './timeline.ts';

/**
 * Builds the world that a scenario's file describes.
 *
 * @throws InvalidScenario with everything that is wrong with the file
 */
export function compile(source: Source, find: FindScenario, options: ScenarioOptions): WorldSeed {
  const { places: _places, ...seed } = compileWithPlaces(source, find, options);
  return seed;
}

/** Where in its file a world's own records and edits are written. */
export interface Places {
  /** The records that the file makes, changes or deletes, with where each is written, and what is told of it. */
  records: readonly { resource: ResourceName; id: string; path: Path; told: readonly string[] }[];
  /** Where each edit of the timeline is written, in order; undefined for one that is inherited. */
  timeline: readonly (Path | undefined)[];
}

/** Builds the same, and tells where it is written. @throws InvalidScenario */
export function compileWithPlaces(
  source: Source,
  find: FindScenario,
  options: ScenarioOptions,
): WorldSeed & { places: Places } {
  const problems = new Problems(source);
  const structure = readStructure(problems);
  const base = inheritScenario(problems, structure, find);
  const parameters = inheritParameters(problems, structure, base);
  if (!base) return refuse(problems);
  const values = settleParameters(parameters, options.parameters);
  const seed = buildBase(problems, base, { ...options, parameters: valuesFor(base, values) });

  const { records, identifiers } = seed;
  const directory = new Directory(seed.labels, records);
  const reading: Reading = { problems, directory, records, now: Date.parse(options.anchor) };
  // Every record has chance of its own, so that one more leaves the others as they are.
  const kitFor = (key: string): Kit => createKit(`${options.seed}\n${key}`, options.anchor, identifiers);

  const planned = planRecords(reading, identifiers, structure.records, values);
  // What is too much is not made first and refused then.
  if (problems.isTooMuch) problems.refuse();
  const isOwn = ({ label }: { label: string }) => planned.some((plan) => plan.label === label);
  const change = (changes: Structure['change']) => changeRecords(reading, changes, values, kitFor);
  // What is made up for new records rests on inherited ones as they are changed.
  const changed = change(structure.change.filter((entry) => !isOwn(entry)));
  const made = makeRecords(reading, planned, kitFor);
  changed.push(...change(structure.change.filter(isOwn)));
  followUp(records, [...changed, ...made]);
  deleteRecords(reading, structure.delete);
  removeLabelled(reading, structure.remove);
  refuseCircles(reading, structure, planned);
  const timeline = compileTimeline(reading, kitFor('timeline'), seed.timeline, structure.timeline, values);
  const company = substitute(problems, ['company'], structure.company, values) as Structure['company'];
  problems.refuse();
  return {
    company: { ...seed.company, ...company },
    records,
    identifiers,
    labels: directory.labels,
    timeline: timeline.map(({ at, edit }) => ({ at, edit })),
    places: {
      records: [
        ...planned.map(({ resource, id, path, fields }) => ({
          resource,
          id,
          path,
          told: Object.keys(fields),
        })),
        ...structure.change.flatMap(({ label, path, fields }) => {
          const meant = directory.find(label);
          return meant ? [{ ...meant, path, told: Object.keys(fields) }] : [];
        }),
        ...structure.delete.flatMap(({ label, path }) => {
          const meant = directory.find(label);
          return meant ? [{ ...meant, path, told: ['deleted_at'] }] : [];
        }),
      ],
      timeline: timeline.map(({ path }) => path),
    },
  };
}

function refuse(problems: Problems): never {
  problems.refuse();
  throw new Error(`${problems.source.file} cannot be read`);
}

function valuesFor(base: Scenario, values: Record<string, ParameterValue>): Record<string, ParameterValue> {
  const names = new Set(base.parameters.map(({ name }) => name));
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
}

function changeRecords(
  reading: Reading,
  changes: Structure['change'],
  values: Readonly<Record<string, ParameterValue>>,
  kitFor: (key: string) => Kit,
): Made[] {
  const { problems, records } = reading;
  return changes.flatMap(({ label, path, fields }) => {
    const found = reading.directory.find(label);
    if (!found) {
      problems.reportWord(path, `nothing is labelled "${label}"`, label, reading.directory.labelsOf(), true);
      return [];
    }
    const { resource, id } = found;
    const record = records[resource].find((candidate) => candidate.id === id);
    // One that was to be made and could not be is reported already.
    if (!record) return [];
    const written = substitute(problems, path, fields, values) as Fields;
    const jobId = 'job_id' in record && record.job_id !== null ? record.job_id : undefined;
    const told = prepareFields(reading, kitFor(`change of ${label}`), resource, path, written, jobId);
    if (!told) return [];
    Object.assign(record, told);
    return [{ resource, id, told: told as Fields }];
  });
}

/** Deletion makes a tombstone of a record, and is the last change that a change feed shows. */
function deleteRecords({ problems, directory, records, now }: Reading, deletions: Structure['delete']): void {
  for (const { label, path, at } of deletions) {
    const found = directory.find(label);
    const record = found && records[found.resource].find(({ id }) => id === found.id);
    const deleted_at = readMoment(String(at), now);
    if (!found || !record) {
      problems.reportWord(path, `nothing is labelled "${label}"`, label, directory.labelsOf());
    } else if (deleted_at === undefined) {
      problems.report([...path.slice(0, -1), 'at'], `at has to be a time, not ${inWords(at)}`);
    } else {
      const known = follow(recordSchema(found.resource)).properties ?? {};
      const changed = ['updated_at', 'last_activity_at'].filter((field) => field in known);
      Object.assign(record, { deleted_at }, Object.fromEntries(changed.map((field) => [field, deleted_at])));
      if (found.resource === 'job_posts') Object.assign(record, { live: false, active: false });
    }
  }
}

/** A circle is told of where the file closes it; what the file starts from has none. */
function refuseCircles(
  { problems, directory, records }: Reading,
  { change }: Structure,
  planned: readonly Planned[],
): void {
  const circles = findCircles(records);
  if (circles.length === 0) return;
  const changes = change.filter(({ fields }) => 'parent_id' in fields);
  const told = [
    ...planned.map(({ id, path }) => ({ id, path })),
    ...changes.map(({ label, path }) => ({ id: directory.find(label)?.id ?? '', path })),
  ];
  for (const circle of circles) {
    const place = told.findLast(({ id }) => circle.ids.includes(id))?.path;
    const labels = circle.ids.map((id) => directory.labelOf(id) ?? id);
    problems.report(place ? [...place, 'parent_id'] : ['extends'], circleInWords({ ids: labels }));
  }
}

function removeLabelled(reading: Reading, removals: Structure['remove']): void {
  const { directory, problems, records } = reading;
  const ids = removals.flatMap(({ label, path }) => {
    const found = directory.find(label);
    if (!found) problems.reportWord(path, `nothing is labelled "${label}"`, label, directory.labelsOf());
    return found ? [found.id] : [];
  });
  if (ids.length === 0) return;
  const gone = removeRecords(records, ids);
  for (const [label, { id }] of Object.entries(directory.labels)) {
    if (gone.has(id)) directory.forget(label);
  }
}
