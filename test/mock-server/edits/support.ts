import { expect } from 'vitest';
import { applyEdits, type EditOutcome } from '../../../mock-server/edits/apply-edits.ts';
import { EditProblem } from '../../../mock-server/edits/editing.ts';
import type { Edit } from '../../../seeds/index.ts';
import type { Scene } from '../lifecycle/support.ts';

/** What a minute after the scene was set is called. */
export const later = '2026-11-20T08:01:00.000Z';

/** Does edits a minute after the scene was set. */
export function editLater(scene: Scene, ...edits: Edit[]): EditOutcome[] {
  scene.clock.set(later);
  return applyEdits(scene.gem.world, edits);
}

/** Expects edits to be refused, nothing of the world to be different, and gives what was said. */
export function refused({ gem }: Scene, ...edits: Edit[]): { index: number; path: string; message: string } {
  const { world } = gem;
  const before = { ...world.seed(), identifiers: world.identifiers.used() };
  let problem: unknown;
  try {
    applyEdits(world, edits);
  } catch (error) {
    problem = error;
  }
  expect(problem).toBeInstanceOf(EditProblem);
  expect({ ...world.seed(), identifiers: world.identifiers.used() }).toEqual(before);
  const { index, path, message } = problem as EditProblem;
  return { index, path: path.join('.'), message };
}
