import { open, type FileHandle } from 'node:fs/promises';
import { defaultAnchor, noRecords } from '../../seeds/scenario.ts';
import type { ToldWorld } from '../../seeds/from-world/draft.ts';
import { labelRecords } from '../../seeds/from-world/label-records.ts';
import {
  Identifiers,
  resourceNames,
  type Labels,
  type Records,
  type ResourceName,
} from '../../seeds/index.ts';
import { toInstant } from '../../contracts/clock.ts';
import type { Row } from './steps.ts';
import type { WorldRecords } from './world-records.ts';

/** What was written. */
export interface WrittenWorld {
  counts: Readonly<Record<ResourceName, number>>;
  /** The world itself, where it is small enough to be read by people. */
  small: ToldWorld | undefined;
}

/**
 * Writes the captured world as a snapshot, record by record, so that none but a small one is ever held whole.
 *
 * @param check is given each record and each label, and where it stands
 */
export async function writeSnapshot(
  file: string,
  world: WorldRecords,
  check: (place: string, written: unknown) => void,
): Promise<WrittenWorld> {
  for (;;) {
    world.hasLost = false;
    world.leftOut.clear();
    const written = await writeOnce(file, world, check);
    // What was written before the loss may name what is not there.
    if (!world.hasLost) return written;
  }
}

async function writeOnce(
  path: string,
  world: WorldRecords,
  check: (place: string, written: unknown) => void,
): Promise<WrittenWorld> {
  const file = await open(path, 'w', 0o600);
  const out = new Pieces(file);
  try {
    // The first two say what it is, to whoever looks into it.
    await out.write(
      `{"format":"mock-gem world","version":3,"company":${JSON.stringify(company)},"records":{`,
    );
    const counts: Partial<Record<ResourceName, number>> = {};
    const kept = noRecords();
    const used = new Map<ResourceName, number>();
    let [newest, size] = [0, 0];
    for (const [place, resource] of resourceNames.entries()) {
      await out.write(`${place === 0 ? '' : ','}\n${JSON.stringify(resource)}:[`);
      let count = 0;
      for await (const record of world.of(resource)) {
        check(`snapshot.json records.${resource}.${count}`, record);
        await out.write(`${count === 0 ? '' : ','}\n${JSON.stringify(record)}`);
        count += 1;
        size += 1;
        newest = Math.max(newest, newestOf(record));
        used.set(resource, Math.max(used.get(resource) ?? 0, numberIn(record['id'])));
        // A large account keeps only what people choose from; each list is of its own type.
        if (size <= mostReadable || organisation.has(resource))
          (kept[resource] as unknown as Row[]).push(record);
      }
      counts[resource] = count;
      await out.write(']');
    }
    const isSmall = size <= mostReadable;
    const now = roundedUp(newest);
    const labels = labelsOf(isSmall ? kept : onlyOrganisation(kept));
    // Each by itself: those of two records say nothing together.
    for (const [place, label] of Object.keys(labels).entries()) check(`snapshot.json labels.${place}`, label);
    const rest = {
      recipe: { scenario: 'captured', seed: 'captured', anchor: now, parameters: {} },
      switches: {},
      clock: { state: 'running' as const, now },
      identifiers: { seed: 'captured', used: usedIds(used) },
      labels,
      timeline: [],
      simulation: null,
    };
    await out.write(`},${JSON.stringify(rest).slice(1)}\n`);
    await out.end();
    const small = isSmall ? { company, records: kept, labels, timeline: [], now } : undefined;
    // Every resource was counted.
    return { counts: counts as Record<ResourceName, number>, small };
  } finally {
    await file.close();
  }
}

const company = { name: 'Captured account', vanity: 'captured' };

/** Records that somebody still reads as YAML. */
export const mostReadable = 1500;

/** What others choose from: it is not many, and gets labels in any case. */
const organisation: ReadonlySet<ResourceName> = new Set(
  resourceNames.slice(0, resourceNames.indexOf('candidates')),
);

function onlyOrganisation(records: Records): Records {
  return {
    ...records,
    ...Object.fromEntries([...resourceNames].flatMap((name) => (organisation.has(name) ? [] : [[name, []]]))),
  };
}

function labelsOf(records: Records): Labels {
  const resources = new Map(
    resourceNames.flatMap((name) => records[name].map(({ id }) => [id, name] as const)),
  );
  const labels = [...labelRecords({ records, labels: {}, timeline: [] })];
  return Object.fromEntries(
    labels.map(([id, label]) => [label, { resource: resources.get(id) ?? 'users', id }]),
  );
}

/** The newest of the instants that tell when something happened; what is planned may lie ahead. */
function newestOf(record: Row): number {
  const moments = ['created_at', 'updated_at', 'deleted_at', 'last_activity', 'last_activity_at'].map(
    (field) => {
      const value = record[field];
      return typeof value === 'string' ? Date.parse(value) : 0;
    },
  );
  return Math.max(...moments);
}

/** The first moment from then on that lies whole weeks from the usual anchor: what the world calls now. */
function roundedUp(moment: number): string {
  const [anchor, week] = [Date.parse(defaultAnchor), 7 * 24 * 60 * 60 * 1000];
  return toInstant(anchor + Math.ceil((moment - anchor) / week) * week);
}

/** The number in an id such as that of a candidate; 0 in one without. */
function numberIn(id: unknown): number {
  if (typeof id !== 'string') return 0;
  const [, digits] =
    /^(?:Candidate|User):(\d{1,15})$/.exec(Buffer.from(id, 'base64url').toString('latin1')) ?? [];
  return digits === undefined ? 0 : Number(digits);
}

/** So many ids count as given that the next is a new one. */
function usedIds(used: ReadonlyMap<ResourceName, number>): Record<string, number> {
  const entries = (['candidate', 'user'] as const).flatMap((kind): [string, number][] => {
    const fresh = Buffer.from(new Identifiers('').next(kind), 'base64url').toString('latin1');
    const first = Number(fresh.split(':')[1]);
    const count = (used.get(`${kind}s`) ?? 0) - first + 1;
    return count > 0 ? [[kind, count]] : [];
  });
  return Object.fromEntries(entries);
}

/** Writes to a file in pieces that are worth a write. */
class Pieces {
  readonly #file: FileHandle;
  #waiting: string[] = [];
  #length = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async write(text: string): Promise<void> {
    this.#waiting.push(text);
    this.#length += text.length;
    if (this.#length > 1_000_000) await this.end();
  }

  async end(): Promise<void> {
    const text = this.#waiting.join('');
    this.#waiting = [];
    this.#length = 0;
    await this.#file.writeFile(text);
  }
}
