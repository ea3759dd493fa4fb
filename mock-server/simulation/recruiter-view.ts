import type { faker } from '@faker-js/faker/locale/en';
import type { Edit, RecordTypes, ResourceName } from '../../seeds/index.ts';
import type { World } from '../world/world.ts';

/** One kind of thing that recruiters do. */
export interface Activity {
  name: string;
  /** How often it happens, against the others. */
  weight: number;
  /** The edits that do it somewhere in a world; undefined where it is not possible now. */
  plan: (view: RecruiterView) => Edit[] | undefined;
}

/** How many records recruiters have in view at a time, so that choosing one takes as long in a world of any size. */
const viewSize = 200;

/** A world as a recruiter sees it who looks for the next thing to do. */
export class RecruiterView {
  readonly world: World;
  readonly chance: typeof faker;

  constructor(world: World, chance: typeof faker) {
    this.world = world;
    this.chance = chance;
  }

  /** Some living record that fits; half of the time one of the newest, for these are mostly worked on. */
  some<Name extends ResourceName>(
    name: Name,
    fits: (record: RecordTypes[Name]) => boolean = () => true,
  ): RecordTypes[Name] | undefined {
    const collection = this.world.store.collection(name);
    const living = { includeDeleted: false, conditions: [] };
    const { total } = collection.select({ ...living, first: 0, count: 0 });
    const newest = Math.max(0, total - viewSize);
    const first = this.happens(0.5) ? newest : this.chance.number.int({ min: 0, max: newest });
    const found = collection.select({ ...living, first, count: viewSize }).entries;
    const fitting = found.map(({ record }) => record).filter(fits);
    return this.oneOf(fitting);
  }

  oneOf<Item>(items: readonly Item[]): Item | undefined {
    return items.length === 0 ? undefined : this.chance.helpers.arrayElement(items);
  }

  /** @param probability from 0 to 1 */
  happens(probability: number): boolean {
    return this.chance.datatype.boolean(probability);
  }

  /** A user who works at the company. */
  colleague(): RecordTypes['users'] | undefined {
    return this.some('users', ({ disabled }) => !disabled);
  }

  /** An application that is under way. */
  activeApplication(
    fits: (application: RecordTypes['applications']) => boolean = () => true,
  ): RecordTypes['applications'] | undefined {
    return this.some('applications', (one) => one.status === 'active' && fits(one));
  }

  /** A job that takes applications. */
  openJob(fits: (job: RecordTypes['jobs']) => boolean = () => true): RecordTypes['jobs'] | undefined {
    return this.some('jobs', (job) => job.status === 'open' && !job.is_template && fits(job));
  }
}
