// How the tests of refused edits go: one table of wrong edits for each idea.
import { describe, expect, test } from 'vitest';
import type { Edit, RecordTypes } from '../../../seeds/index.ts';
import { jobNamed, setScene, type Scene } from '../lifecycle/support.ts';
import { editLater, refused } from './support.ts';

/** A wrong edit, the place in it that is refused, and what is said of it. */
export type Refusal = [what: string, edit: (scene: Scene) => unknown, path: string, message: string];

/** Expects each edit to be refused for what it is, and to undo the edit before it. The scene has a candidate `grace`. */
export function refuses(refusals: readonly Refusal[]): void {
  describe('an edit is refused, with what to do, for', () => {
    test.each(refusals)('%s', async (_what, edit, path, message) => {
      const scene = await setScene();
      editLater(scene, { do: 'create', resource: 'candidates', as: 'grace' });
      // What comes before it must not have happened either.
      const first: Edit = { do: 'create', resource: 'candidates', as: 'undone' };
      // Edits come from files too, where nothing has held them to their type.
      const problem = refused(scene, first, edit(scene) as Edit);
      expect(problem).toMatchObject({ index: 1, path });
      expect(problem.message).toContain(message);
    });
  });
}

/** Somebody's active application to an open job with many stages. */
export function active(scene: Scene): RecordTypes['applications'] {
  const { id } = jobNamed(scene, 'Senior Backend Engineer');
  return scene.find('applications', ({ status, job_id }) => status === 'active' && job_id === id);
}
