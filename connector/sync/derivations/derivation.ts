import type { ModelName } from '../../models/model.ts';
import type { Database } from '../../store/schema.ts';

/** Fills columns of one model from rows of others, after those were written. */
export interface Derivation {
  name: string;
  /** The model whose columns it fills. */
  model: ModelName;
  /**
   * Whose rows it depends on: the column that holds the key by which {@link derive} can be narrowed, or `everything`
   * when a change may concern any row.
   */
  dependsOn: Partial<Record<ModelName, string>>;
  /**
   * @param keys the keys to look at; undefined looks at all
   * @param at the instant to note as `changed_at`, where a value differs
   * @returns the ids of the rows that changed
   */
  derive(
    database: Database,
    options: { integrationId: string; keys: readonly string[] | undefined; at: string },
  ): Promise<string[]>;
}

/** In {@link Derivation.dependsOn}: there is no key to narrow by. */
export const everything = 'everything';
