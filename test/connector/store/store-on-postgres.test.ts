import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { DatabaseUnreachable } from '../../../connector/store/outage.ts';
import { openStore } from '../../../connector/store/open-store.ts';
import { createEnvironment, findEnvironment } from '../../../connector/store/queries/environments.ts';
import { MissingKey } from '../../../connector/store/vault.ts';
import { databases, placeOnPostgres } from '../../support/databases.ts';

const values = {
  text: 'text',
  boolean: true,
  integer: -7,
  bigint: 5_000_000_000,
  'too big to be exact': 9_007_199_254_740_993n,
  moment: new Date('2026-06-01T10:00:00.123Z'),
  json: { a: [1, 'ä', null] },
  jsonb: { a: [1, 'ä', null] },
  nothing: null,
  'moment in a text': '2026-06-01 10:00:00.123+00',
  'moment in JSON': { moment: '2026-06-01T10:00:00.123+00:00' },
};

describe.each(databases)('a store on $name', ({ open }) => {
  test('reads every type of value alike', async () => {
    const { database, close } = await open();
    const { rows } = await sql`
      select 'text' as text, true as boolean, -7::integer as integer, 5000000000::bigint as bigint,
        9007199254740993::bigint as "too big to be exact", moment, '{"a":[1,"ä",null]}'::json as json,
        '{"a":[1,"ä",null]}'::jsonb as jsonb, null::text as nothing, moment::text as "moment in a text",
        json_build_object('moment', moment) as "moment in JSON"
      from (select '2026-06-01T12:00:00.123+02:00'::timestamptz as moment) as given
    `.execute(database);
    expect(rows).toEqual([values]);
    await close();
  });

  test('keeps several keys of an environment, until one is to be the only one', async () => {
    const { database, close } = await open();
    const environment = { id: 'keys', name: 'Keys', createdAt: '2026-01-01T00:00:00.000Z' };
    const found = { id: 'keys', name: 'Keys' };
    for (const apiKey of ['one', 'two', 'two']) await createEnvironment(database, { ...environment, apiKey });
    expect(await findEnvironment(database, 'one')).toEqual(found);
    expect(await findEnvironment(database, 'two')).toEqual(found);
    await createEnvironment(database, { ...environment, apiKey: 'three', isOnlyKey: true });
    expect(await findEnvironment(database, 'three')).toEqual(found);
    expect(await findEnvironment(database, 'one')).toBeUndefined();
    expect(await findEnvironment(database, 'two')).toBeUndefined();
    await close();
  });
});

test('many processes may start on an empty server at once', async () => {
  const place = await placeOnPostgres('/empty');
  const stores = await Promise.all(Array.from({ length: 6 }, () => openStore(place)));
  for (const { database } of stores) {
    expect((await sql`select count(*) from syncs`.execute(database)).rows).toEqual([{ count: 0 }]);
  }
  await Promise.all(stores.map(({ close }) => close()));
});

test('a server needs the key to be given, because every process must have the same', async () => {
  const databaseUrl = 'postgres://nobody@127.0.0.1:9/none';
  await expect(openStore({ databaseUrl })).rejects.toBeInstanceOf(MissingKey);
});

test.each([
  ['there is no server', 'postgres://user:a-secret@127.0.0.1:9/none', /ECONNREFUSED/],
  ['the address is none', 'user:a-secret@host', /not an address like postgres/],
])('when %s, the reason is told without the address', async (_, databaseUrl, reason) => {
  const encryptionKey = Buffer.alloc(32).toString('base64');
  const error: unknown = await openStore({ databaseUrl, encryptionKey }).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(DatabaseUnreachable);
  expect(String(error)).toMatch(reason);
  expect(String(error)).not.toContain('a-secret');
});
