import { systemClock } from '../../contracts/clock.ts';
import { singular } from '../../seeds/factories/relations.ts';
import { impossibleDates } from '../../seeds/impossible-dates.ts';
import {
  defaultAnchor,
  resourceNames,
  type ResourceName,
  type Scenario,
  type WorldSeed,
} from '../../seeds/index.ts';
import type { Places } from '../../seeds/scenario-file/compile.ts';
import { FileScenario } from '../../seeds/scenario-file/file-scenario.ts';
import { applyEdits } from '../edits/apply-edits.ts';
import { EditProblem } from '../edits/editing.ts';
import type { LiveWorld } from './live-world.ts';
import { Worlds } from './worlds.ts';

/** What is wrong with a scenario that can be built, a line each. */
export interface ScenarioFindings {
  /** Edits that cannot be when their time comes. */
  problems: string[];
  /** Dates that recruiting never gives. */
  warnings: string[];
}

/**
 * Tries a scenario out: builds it, plays its timeline to the end, and looks at the dates of what its file makes.
 *
 * @throws InvalidScenario, or Error in one line, when it cannot be built
 */
export function checkScenario(scenario: Scenario): ScenarioFindings {
  const { places, ...seed } = build(scenario);
  const own =
    places?.records ??
    resourceNames.flatMap((resource) =>
      seed.records[resource].map(({ id }) => ({ resource, id, path: undefined, told: undefined })),
    );
  const labels = new Map(Object.entries(seed.labels).map(([label, { id }]) => [id, label]));
  const { timeline } = seed;
  const world = openWorld(seed);
  const placeOf = (path: Path) =>
    scenario instanceof FileScenario && path ? scenario.placeOf(path) : scenario.name;

  const warnings = new Map<string, { message: string; more: number }>();
  /** @param told the fields that were written by hand; what follows from them need not be told of too */
  const look = (resource: ResourceName, id: string, path: Path, told: readonly string[] | undefined) => {
    const record = world.store.get(resource, id);
    if (!record) return;
    const found = impossibleDates(resource, record, {
      now: world.now(),
      get: (name, other) => world.store.get(name, other),
      nameOf: (other) => labels.get(other),
    });
    for (const { fields, message } of found) {
      const field = told ? fields.find((one) => told.includes(one)) : fields[0];
      if (field === undefined) continue;
      const place = placeOf(path && [...path, field]);
      // What an entry of a file stands for many times is told once.
      const key = `${place} ${fields.join(' ')}`;
      const known = warnings.get(key);
      const what = [singular(resource), labels.get(id) ?? []].flat().join(' ');
      if (known) known.more += 1;
      else warnings.set(key, { message: `${place}: ${what}: ${message}`, more: 0 });
    }
  };
  for (const { resource, id, path, told } of own) look(resource, id, path, told);

  const problems = new Set<string>();
  timeline.forEach(({ at, edit }, index) => {
    const path = places?.timeline[index];
    world.clock.during(Date.parse(at), () => {
      try {
        for (const { resource, id, label } of applyEdits(world, [edit])) {
          if (label !== undefined) labels.set(id, label);
          if ('set' in edit) look(resource, id, path && [...path, 'set'], Object.keys(edit.set ?? {}));
        }
      } catch (error) {
        if (!(error instanceof EditProblem)) throw error;
        const place = placeOf(path && [...path, ...error.path]);
        problems.add(`${place}: this cannot happen at ${at}: ${inLabels(error.message, labels)}`);
      }
    });
  });
  return {
    problems: [...problems],
    warnings: [...warnings.values()].map(({ message, more }) =>
      more > 0 ? `${message}; and ${more} more like it` : message,
    ),
  };
}

type Path = Places['timeline'][number];

function build(scenario: Scenario): WorldSeed & { places?: Places } {
  const options = { seed: 'mock-gem', anchor: defaultAnchor };
  return scenario instanceof FileScenario ? scenario.buildWithPlaces(options) : scenario.build(options);
}

/** A world that stands still at the scenario's now, and whose timeline is empty. */
function openWorld(seed: WorldSeed): LiveWorld {
  const recipe = { scenario: 'empty', seed: 'mock-gem', anchor: defaultAnchor, parameters: {} };
  const worlds = new Worlds({
    clock: systemClock,
    url: '',
    defaults: { ...recipe, switches: {} },
    unknownKeys: 'fork',
  });
  const clock = { state: 'frozen', now: defaultAnchor } as const;
  return worlds.restore('0'.repeat(40), { ...seed, timeline: [] }, { clock });
}

/** A text in which labels stand where ids stood. */
function inLabels(text: string, labels: ReadonlyMap<string, string>): string {
  return text.replaceAll(/[\w:+/=-]{8,}/g, (word) => labels.get(word) ?? word);
}
