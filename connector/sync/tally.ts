import { models } from '../models/index.ts';
import type { ModelName, Row } from '../models/model.ts';
import { instruments } from '../observe/instruments.ts';
import type { Changes } from './page.ts';

/** What a run did to one model. */
export interface ModelCounts {
  /** Rows that came from Gem. */
  read: number;
  /** Writes that changed a row; a row may be changed again by a derivation. */
  changed: number;
  /** Rows that were found to be gone. */
  gone: number;
}

/** Counts what a run does, model by model. */
export class Tally {
  readonly #counts = new Map<ModelName, ModelCounts>();

  /** Those of every model. */
  get counts(): ReadonlyMap<ModelName, ModelCounts> {
    return new Map(models.map(({ name }) => [name, this.#of(name)]));
  }

  add(rows: ReadonlyMap<ModelName, readonly Row[]>, changes: Changes): void {
    for (const [model, read] of rows) this.#of(model).read += read.length;
    for (const [model, changed] of changes) this.#of(model).changed += changed;
  }

  /** Counts what another has counted, once it is stored. */
  include({ counts }: Tally): void {
    for (const [model, { read, changed, gone }] of counts) {
      instruments.rowsChanged.add(changed, { model, change: 'changed' });
      instruments.rowsChanged.add(gone, { model, change: 'gone' });
      const own = this.#of(model);
      own.read += read;
      own.changed += changed;
      own.gone += gone;
    }
  }

  addGone(model: ModelName, gone: number): void {
    this.#of(model).gone += gone;
  }

  /** The models of which rows have changed. */
  changedModels(): ModelName[] {
    return [...this.counts].flatMap(([model, { changed, gone }]) => (changed + gone > 0 ? [model] : []));
  }

  #of(model: ModelName): ModelCounts {
    const counts = this.#counts.get(model) ?? { read: 0, changed: 0, gone: 0 };
    this.#counts.set(model, counts);
    return counts;
  }
}
