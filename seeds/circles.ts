import type { Records } from './records.ts';

/** The resources whose records lie within one another; what shows one of them follows it up to its end. */
export const nestedResources = ['offices', 'departments'] as const;

/** Records of which each lies within the next one, and the last one within the first. */
export interface Circle {
  resource: (typeof nestedResources)[number];
  /** The first of them in its list, by position. */
  index: number;
  ids: string[];
}

/**
 * The records that a record would lie in, if that led back to itself.
 *
 * @param parentOf what a record lies in; null or undefined where nothing is around it
 * @returns undefined where it comes to an end
 */
export function circleOf(
  id: string,
  parentOf: (id: string) => string | null | undefined,
): string[] | undefined {
  const way = new Set<string>([id]);
  for (let above = parentOf(id); above !== null && above !== undefined; above = parentOf(above)) {
    if (above === id) return [...way];
    // It leads into a circle of others.
    if (way.has(above)) return undefined;
    way.add(above);
  }
  return undefined;
}

/** Every circle among the records, wherever they come from: a world with one could never be shown. */
export function findCircles(records: Pick<Records, Circle['resource']>): Circle[] {
  return nestedResources.flatMap((resource) => {
    const parents = new Map(records[resource].map(({ id, parent_id }) => [id, parent_id]));
    const ended = new Set<string>();
    return records[resource].flatMap(({ id }): Circle[] => {
      const way = new Set<string>();
      let at: string | null | undefined = id;
      while (at !== null && at !== undefined && !ended.has(at) && !way.has(at)) {
        way.add(at);
        at = parents.get(at);
      }
      for (const passed of way) ended.add(passed);
      const isCircle = at !== null && at !== undefined && way.has(at);
      if (!isCircle) return [];
      const ids = circleOf(at ?? '', (one) => parents.get(one)) ?? [];
      return [{ resource, index: records[resource].findIndex((one) => ids.includes(one.id)), ids }];
    });
  });
}

/** What is wrong with a circle, in words. */
export function circleInWords({ ids }: Pick<Circle, 'ids'>): string {
  const told = ids.length > 5 ? [...ids.slice(0, 4), `${ids.length - 4} more`] : ids;
  return `it would lie within itself (${[...told, ids[0]].join(' in ')}); name a parent outside of it`;
}
