// An account that the made-up worlds of a verification hold as well, such as a captured one.
import type { Emulator } from '../../../contracts/harness/target.ts';
import {
  Identifiers,
  loadScenario,
  recordsOf,
  type RecordTypes,
  type Records,
  type ResourceName,
} from '../../../seeds/index.ts';
import { mapTexts, recordSchema } from '../../../seeds/records.ts';
import { defaultAnchor, type Scenario } from '../../../seeds/scenario.ts';
import type { MockGemControl } from '../../control/mock-gem-control.ts';

/** The records of an account, at the anchor of a world. */
export type Account = (anchor: string) => Records;

/** @throws Error in one line where there is no such scenario; InvalidScenario where it is wrong */
export async function readAccount(scenario: string): Promise<Account> {
  const found = await loadScenario(scenario);
  const built = new Map<string, Records>();
  const at = (anchor: string): Records => {
    const known = built.get(anchor) ?? recordsAt(found, anchor);
    built.set(anchor, known);
    return known;
  };
  // What is wrong with it is told before anything is started.
  at(defaultAnchor);
  return at;
}

/** The emulator, in whose new worlds the account's records stand behind those that the world was made of. */
export function withAccount(gem: Pick<MockGemControl, 'openWorld'>, account: Account): Emulator {
  return {
    openWorld: async (options) => {
      const world = await gem.openWorld(options);
      try {
        const made = await world.export();
        const [first, second]: [Records, Records] = [made.records, account(made.recipe.anchor)];
        const both = <Name extends ResourceName>(name: Name): RecordTypes[Name][] => {
          const list: RecordTypes[Name][] = first[name];
          return list.concat(second[name]);
        };
        await world.import({ ...made, records: recordsOf(both) });
        return world;
      } catch (error) {
        await world.drop();
        throw error;
      }
    },
  };
}

/** Its timeline is left out: what happens in a world is what the rules want to see. */
function recordsAt(scenario: Scenario, anchor: string): Records {
  const { records } = scenario.build({ anchor, seed: 'an account beside others' });
  const others = new Map([...numberedIds(records.users), ...numberedIds(records.candidates)]);
  const renamed = <Name extends ResourceName>(name: Name): RecordTypes[Name][] => {
    const list: RecordTypes[Name][] = records[name];
    return list.map((record) => withIds(name, record, others));
  };
  return others.size === 0 ? records : recordsOf(renamed);
}

/** The ids that the emulator counts up for people: another world has them too. Each with one that it never comes to. */
function numberedIds(records: readonly { id: string }[]): [string, string][] {
  return records.flatMap(({ id }): [string, string][] => {
    const [, kind = '', number = ''] = /^(Candidate|User):(\d+)$/.exec(decoded(id)) ?? [];
    const isOwn = kind !== '' && number.length === counted[kind]?.length;
    return isOwn ? [[id, Buffer.from(`${kind}:900${number}`).toString('base64url')]] : [];
  });
}

/** The first numbers that the emulator gives. */
const counted: Readonly<Record<string, string | undefined>> = Object.fromEntries(
  (['candidate', 'user'] as const).map((kind) => decoded(new Identifiers('').next(kind)).split(':')),
);

function decoded(id: string): string {
  return Buffer.from(id, 'base64url').toString('latin1');
}

function withIds<Shape extends object>(
  name: ResourceName,
  record: Shape,
  others: ReadonlyMap<string, string>,
): Shape {
  // Texts became other texts; the shape is the same.
  return mapTexts(recordSchema(name), record, (text, { 'x-refers-to': target }, path) =>
    target !== undefined || (path.length === 1 && path[0] === 'id') ? (others.get(text) ?? text) : text,
  ) as Shape;
}
