// What a world holds: its records, edits of them, and what changed between two moments.
import type { ControlSchemas } from '../../../contracts/control.ts';
import { resourceNames, type ResourceName } from '../../../seeds/index.ts';
import { nearest } from '../../../seeds/nearest.ts';
import { editsInSteps } from '../../edits/apply-edits.ts';
import type { LiveWorld } from '../../worlds/live-world.ts';
import { begunAnew, worldOf, type ControlHandlers } from '../context.ts';
import { ControlProblem, noSuch, notValid } from '../problems.ts';
import { inSlices } from '../../machine/slices.ts';
import { SearchProblem } from '../../requests/search-terms.ts';
import { MarkProblem } from '../../world/marks.ts';
import { historyOf } from '../../world/history.ts';
import { prepareSearch, searchRecords } from '../search-records.ts';

export const recordHandlers: ControlHandlers<
  'editRecords' | 'listRecords' | 'getRecord' | 'getRecordHistory' | 'listLabels'
> = {
  async editRecords({ path, body }, context) {
    const world = worldOf(context, path.world);
    const full = context.worlds.whyFull(world);
    if (full !== undefined) throw new ControlProblem(422, full);
    const outcomes = await world.runExclusively(editsInSteps(world, body.edits));
    if (!outcomes) throw begunAnew();
    return { status: 200, body: { outcomes } };
  },

  async listRecords({ path, query }, context) {
    const world = worldOf(context, path.world);
    const { resource } = path;
    const { page = 1, per_page = 100, q: text = '', deleted = 'included', sort } = query;
    const [first, count] = [(page - 1) * per_page, per_page];
    const labels = labelsById(world, resource);
    const inWords = (records: readonly { id: string }[]) =>
      records.map((record) => toHeld(resource, record, labels.get(record.id)));
    // As they lie in the store nothing has to be looked through.
    if (text === '' && deleted !== 'only' && sort === undefined) {
      const selection = { includeDeleted: deleted === 'included', conditions: [], first, count };
      const { total, entries } = world.store.collection(resource).select(selection);
      const records = inWords(entries.map(({ record }) => record));
      // Who looks at a list may search it next.
      void inSlices(prepareSearch(world.store, resource));
      return { status: 200, body: { total, page, per_page, records } };
    }
    const search = searchRecords(world.store, { resource, text, deleted, sort }, labels);
    const found = await inSlices(search).catch((error: unknown) => {
      throw error instanceof SearchProblem ? notValid(`query.${error.parameter}`, error.message) : error;
    });
    const records = inWords(found.slice(first, first + count));
    return { status: 200, body: { total: found.length, page, per_page, records } };
  },

  getRecord({ path }, context) {
    const world = worldOf(context, path.world);
    return { status: 200, body: heldRecord(world, path) };
  },

  getRecordHistory({ path }, context) {
    const world = worldOf(context, path.world);
    const { resource, id, label } = heldRecord(world, path);
    const { at, how } = world.began;
    return {
      status: 200,
      body: {
        resource,
        id,
        ...(label !== undefined && { label }),
        since: at,
        how,
        complete: world.history.isComplete,
        entries: historyOf(world.history, resource, id),
      },
    };
  },

  listLabels: ({ path }, context) => ({ status: 200, body: { labels: worldOf(context, path.world).labels } }),
};

/**
 * A record by its id or label.
 *
 * @throws ControlProblem 404
 */
function heldRecord(
  world: LiveWorld,
  path: { resource: ResourceName; record: string },
): ControlSchemas['HeldRecord'] {
  const { resource } = path;
  const labelled = Object.hasOwn(world.labels, path.record) ? world.labels[path.record] : undefined;
  const id = labelled?.resource === resource ? labelled.id : path.record;
  const record = world.store.get(resource, id);
  if (!record) throw noSuch('record', path.record, advice(world, path));
  return toHeld(resource, record, labelsById(world, resource).get(id));
}

function toHeld(
  resource: ResourceName,
  record: { id: string },
  label: string | undefined,
): ControlSchemas['HeldRecord'] {
  return { resource, id: record.id, ...(label !== undefined && { label }), record: { ...record } };
}

function labelsById(world: LiveWorld, resource: ResourceName): Map<string, string> {
  const labels = Object.entries(world.labels).filter(([, target]) => target.resource === resource);
  return new Map(labels.map(([label, { id }]) => [id, label]));
}

function advice(world: LiveWorld, { resource, record }: { resource: ResourceName; record: string }): string {
  const elsewhere = resourceNames.find((name) => world.store.get(name, record));
  if (elsewhere !== undefined) return ` among the ${resource}; it is one of the ${elsewhere}`;
  const meant = nearest(record, labelsById(world, resource).values());
  return ` among the ${resource}${meant === undefined ? '' : `; did you mean "${meant}"?`}`;
}

export const stateHandlers: ControlHandlers<'listMarks' | 'markState' | 'getChanges'> = {
  listMarks: ({ path }, context) => ({
    status: 200,
    body: { marks: worldOf(context, path.world).marks.names() },
  }),

  markState({ path, body }, context) {
    const world = worldOf(context, path.world);
    // How the world began has this name already.
    if (body?.name === 'start') throw notValid('body.name', '"start" is taken; choose another name');
    const name = world.marks.mark(body?.name);
    world.tell({ type: 'control', operation: 'markState' });
    return { status: 201, body: { name } };
  },

  async getChanges({ path, query }, context) {
    const { marks } = worldOf(context, path.world);
    const { since, until } = query;
    try {
      return { status: 200, body: await inSlices(marks.changesInSteps(since, until)) };
    } catch (error) {
      if (error instanceof MarkProblem) throw new ControlProblem(404, error.message);
      throw error;
    }
  },
};
