import { createHash } from 'node:crypto';
import type { Clock } from '../contracts/clock.ts';
import { findScenario, type WorldSeed } from '../seeds/index.ts';
import { Store } from './store/store.ts';
import type { Switches } from './switches.ts';
import { World } from './world.ts';

/** How a world is made. */
export interface WorldOptions {
  scenario: string;
  seed: string;
  anchor: string;
  switches: Switches;
}

/** The form of a Gem API key (gem-ats-api §1.2). */
export const keyForm = /^[A-Za-z0-9]{40}$/;

/**
 * The worlds of a server, by API key. A scenario is built once; every world made from it is a fork that shares
 * its records until it changes them.
 */
export class Worlds {
  readonly #clock: Clock;
  readonly #url: string;
  readonly #defaults: WorldOptions;
  readonly #unknownKeys: 'fork' | 'refuse';
  readonly #worlds = new Map<string, World>();

  constructor(options: {
    clock: Clock;
    url: string;
    defaults: WorldOptions;
    unknownKeys: 'fork' | 'refuse';
  }) {
    this.#clock = options.clock;
    this.#url = options.url;
    this.#defaults = options.defaults;
    this.#unknownKeys = options.unknownKeys;
  }

  /**
   * Makes the world of a key, or makes it anew.
   *
   * @throws Error when the key does not have a Gem key's form or the scenario does not exist
   */
  create(key: string, options: Partial<WorldOptions> = {}): World {
    const { switches, ...recipe } = { ...this.#defaults, ...options };
    const template = this.#template(recipe);
    return this.#open(
      key,
      { ...template, store: template.store.fork(), identifiers: template.identifiers.fork() },
      switches,
    );
  }

  /**
   * Makes the world of a key from what was kept of an earlier one.
   *
   * @throws Error when the key does not have a Gem key's form
   */
  restore(key: string, { records, ...seed }: WorldSeed): World {
    return this.#open(key, { ...seed, store: Store.of(records) }, this.#defaults.switches);
  }

  /** The world that a key opens: its own, or a new one where unknown keys may have one. */
  open(key: string): World | undefined {
    const known = this.#worlds.get(digest(key));
    if (known) return known;
    return this.#unknownKeys === 'fork' && keyForm.test(key) ? this.create(key) : undefined;
  }

  /** The world with a job board of this name; where several share it, the oldest. */
  byVanity(vanity: string): World | undefined {
    return this.#find((world) => world.company.vanity === vanity);
  }

  /** The world with this public id. */
  byId(id: string): World | undefined {
    return this.#find((world) => world.id === id);
  }

  #open(key: string, seed: Template, switches: Switches): World {
    if (!keyForm.test(key)) throw new Error('an API key has 40 letters and digits');
    const world = new World({ key, seed, clock: this.#clock, switches, url: this.#url });
    this.#worlds.set(digest(key), world);
    return world;
  }

  #find(matches: (world: World) => boolean): World | undefined {
    for (const world of this.#worlds.values()) if (matches(world)) return world;
    return undefined;
  }

  #template(recipe: Omit<WorldOptions, 'switches'>): Template {
    const name = JSON.stringify([recipe.scenario, recipe.seed, recipe.anchor]);
    let template = templates.get(name);
    if (!template) {
      const { records, ...seed } = findScenario(recipe.scenario).build(recipe);
      templates.set(name, (template = { ...seed, store: Store.of(records) }));
    }
    return template;
  }
}

/** Scenarios that were built before. Worlds only ever fork them, so all servers of a process share them. */
const templates = new Map<string, Template>();

/** A scenario, built and indexed. */
type Template = Omit<WorldSeed, 'records'> & { store: Store };

/** Keys are looked up by their digest, so that the time a look-up takes says nothing about a key. */
function digest(key: string): string {
  return createHash('sha256').update(key).digest('base64');
}
