import { afterAll, beforeAll } from 'vitest';
import type { Store } from '../../../../connector/store/open-store.ts';
import type { TestDatabase } from '../../../support/databases.ts';
import { openScene, type Scene } from './scene.ts';

/** Opens a store for the tests of a file. The function that it returns makes an environment in it. */
export function useWebhooks(database: TestDatabase): () => Promise<Scene> {
  let opened: Store | undefined;
  let count = 0;
  beforeAll(async () => {
    opened = await database.open();
  });
  afterAll(() => opened?.close());
  return () => {
    if (!opened) throw new Error('the store is not open yet');
    return openScene(opened, `environment ${(count += 1)}`);
  };
}
