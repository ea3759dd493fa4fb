import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { useStore } from '../../support/connected.ts';

const { store } = useStore();

test('a text with the one character that the database cannot hold is stored without it, whatever brings it', async () => {
  const { database } = store();
  const text = 'a\0b\0';
  const raw = await sql<{ one: string; many: string[] }>`
    select ${text}::text as one, ${[text, 'c']}::text[] as many`.execute(database);
  expect(raw.rows).toEqual([{ one: 'ab', many: ['ab', 'c'] }]);
  const built = database.selectFrom('environments').select('id');
  expect(await built.where('name', 'in', ['Te\0st']).execute()).toEqual([{ id: 'environment' }]);
  expect(await built.where('name', '=', 'Te\0st').execute()).toEqual([{ id: 'environment' }]);
});
