import { readFileSync } from 'node:fs';
import type { ControlSchemas } from '../../contracts/control.ts';
import { readJson, UnreadableJson } from '../../contracts/json.ts';
import { toInstant } from '../../contracts/clock.ts';
import { settleInstant, toProblem, violationsOf } from '../fields.ts';
import { Identifiers, type IdentifierKind } from '../identifiers.ts';
import {
  mapTexts,
  recordSchema,
  recordsOf,
  type Records,
  type RecordTypes,
  type ResourceName,
} from '../records.ts';
import type { Scenario, ScenarioOptions, TimelineEntry, WorldSeed } from '../scenario.ts';
import { brokenReferences } from './broken-references.ts';
import { InvalidScenario } from './problems.ts';

/**
 * A saved world as a scenario: its company, records, labels and timeline. It is moved in time as a whole, so that what was
 * its anchor when it was saved is the anchor that is asked for. A large account loads much faster so than from YAML.
 */
export class SavedWorldScenario implements Scenario {
  readonly name: string;
  readonly parameters = [];
  readonly rules = [];
  readonly #file: string;
  readonly #shown: string;
  /** What was read when it was looked for: a large account is not read twice to be built once. */
  #found: unknown;

  private constructor(name: string, file: string, shown: string, found: unknown) {
    this.name = name;
    this.#file = file;
    this.#shown = shown;
    this.#found = found;
  }

  /**
   * The saved world that a file holds.
   *
   * @param shown how problems call the file
   * @returns undefined where it holds something else or cannot be read: whoever reads it then says what is in the way
   */
  static in(file: string, name: string, shown: string): SavedWorldScenario | undefined {
    try {
      const bytes = readFileSync(file);
      // What does not say so anywhere need not be read as JSON; what says so and is none is refused when it is built.
      if (!bytes.includes(`"${format}"`)) return undefined;
      const found = readIfJson(bytes);
      const isOne = found === undefined || (isGroup(found) && found['format'] === format);
      return isOne ? new SavedWorldScenario(name, file, shown, found) : undefined;
    } catch {
      return undefined;
    }
  }

  get purpose(): string {
    return `the world that was saved in ${this.#shown}`;
  }

  /** @throws InvalidScenario */
  build({ anchor }: ScenarioOptions): WorldSeed {
    const { company, identifiers, labels, timeline, records, recipe } = this.#read();
    const move = moveBetween(recipe.anchor, anchor);
    return {
      company,
      labels,
      // Its kinds are those that a world gave ids of.
      identifiers: new Identifiers(
        identifiers.seed,
        Object.entries(identifiers.used) as [IdentifierKind, number][],
      ),
      timeline: timeline.map((entry) => moveEntry(entry, move)),
      records: recordsOf((name) => moveAll(name, records, move)),
    };
  }

  #read(): ControlSchemas['Snapshot'] {
    let value = this.#found;
    this.#found = undefined;
    try {
      value ??= readJson(readFileSync(this.#file));
    } catch (error) {
      const reason = error instanceof UnreadableJson ? error.message : 'it cannot be read';
      throw new InvalidScenario([`${this.#shown}: ${reason}`]);
    }
    const violations = violationsOf('Snapshot', value).slice(0, maxTold);
    const told = violations.map((violation) => toProblem(violation, 'the snapshot', value));
    if (told.length > 0) this.#refuse(told.map(({ path, message }) => `${path.join('.')}: ${message}`));
    // It was held against the description just now.
    const snapshot = value as ControlSchemas['Snapshot'];
    const broken = brokenReferences(snapshot).slice(0, maxTold);
    if (broken.length > 0) this.#refuse(broken.map(({ path, message }) => `${path}: ${message}`));
    return snapshot;
  }

  #refuse(lines: readonly string[]): never {
    throw new InvalidScenario(lines.map((line) => `${this.#shown}: ${line}`));
  }
}

const maxTold = 20;

const format = 'mock-gem world';

function readIfJson(bytes: Buffer): unknown {
  try {
    return readJson(bytes);
  } catch (error) {
    if (error instanceof UnreadableJson) return undefined;
    throw error;
  }
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

type Move = (text: string, format: string | undefined) => string;

/** Days are moved by whole days: those between the two moments' own. */
function moveBetween(from: string, to: string): Move {
  const length = Date.parse(to) - Date.parse(from);
  const days = Date.parse(to.slice(0, 10)) - Date.parse(settleInstant(from).slice(0, 10));
  return (text, format) => {
    if (format === 'date-time') return length === 0 ? settleInstant(text) : moved(text, length);
    return format === 'date' && days !== 0 ? moved(text, days).slice(0, 10) : text;
  };
}

function moveAll<Name extends ResourceName>(name: Name, records: Records, move: Move): RecordTypes[Name][] {
  const list: RecordTypes[Name][] = records[name];
  return list.map((record) => moveRecord(name, record, move));
}

function moveRecord<Shape extends object>(name: ResourceName, record: Shape, move: Move): Shape {
  // Texts became other texts; the shape is the same.
  return mapTexts(recordSchema(name), record, (text, { format }) => move(text, format)) as Shape;
}

function moveEntry({ at, edit }: TimelineEntry, move: Move): TimelineEntry {
  const then = move(at, 'date-time');
  if (!('set' in edit) || !edit.set) return { at: then, edit };
  return { at: then, edit: { ...edit, set: moveRecord(edit.resource, edit.set, move) } };
}

function moved(text: string, by: number): string {
  return toInstant(Date.parse(text) + by);
}
