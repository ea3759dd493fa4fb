import { controlDescription } from '../../contracts/control.ts';
import { createValidator } from '../../contracts/validator.ts';
import { settleInstant, settleInstants } from '../../seeds/fields.ts';
import { resourceNames } from '../../seeds/index.ts';
import { brokenReferences } from '../../seeds/scenario-file/broken-references.ts';
import { explain, type Problem } from '../problems/explain.ts';
import type { Snapshot } from './snapshot.ts';

/** Something cannot be read as a saved world, and why. */
export class BrokenSnapshot extends Error {
  readonly problems: readonly Problem[];

  constructor(message: string, problems: readonly Problem[] = []) {
    super(message);
    this.problems = problems;
  }
}

/** Notes that a value came through {@link checkSnapshot} already, in another thread; it is not changed after that. */
export function noteChecked(snapshot: object): void {
  checked.add(snapshot);
}

const checked = new WeakSet<object>();

/**
 * Checks that a value is a saved world, whole and of one piece.
 *
 * @throws BrokenSnapshot
 */
export function checkSnapshot(value: unknown): Snapshot {
  if (isObject(value) && checked.has(value)) return value as unknown as Snapshot;
  const { format, version } = isObject(value) ? value : {};
  if (format !== 'mock-gem world') throw new BrokenSnapshot('is not a snapshot of a mock-gem world');
  if (version !== 3) {
    throw new BrokenSnapshot(
      `is a snapshot of version ${JSON.stringify(version)}; this mock-gem reads version 3`,
    );
  }
  if (!fits(value)) {
    const violations = validator.input('Snapshot', value);
    throw new BrokenSnapshot('is a snapshot that is not whole', explain(violations, 'the snapshot'));
  }
  const broken = brokenReferences(value);
  if (broken.length > 0) throw new BrokenSnapshot('is a snapshot that does not hold together', broken);
  return inOneForm(value);
}

/** A snapshot whose instants are told as Gem tells them; other programs may have written it in other ways. */
function inOneForm(snapshot: Snapshot): Snapshot {
  const { recipe, clock, simulation, timeline, records } = snapshot;
  return {
    ...snapshot,
    recipe: { ...recipe, anchor: settleInstant(recipe.anchor) },
    clock: { ...clock, ...(clock.now !== undefined && { now: settleInstant(clock.now) }) },
    simulation: simulation && { ...simulation, next_at: settleInstant(simulation.next_at) },
    timeline: timeline.map(({ at, edit }) => ({ at: settleInstant(at), edit })),
    records: Object.fromEntries(
      resourceNames.map((name) => [name, records[name].map((record) => settleInstants(name, record))]),
    ) as unknown as Snapshot['records'],
  };
}

const validator = createValidator(controlDescription, { unknownFields: 'refuse' });

function fits(value: unknown): value is Snapshot {
  return validator.input('Snapshot', value).length === 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
