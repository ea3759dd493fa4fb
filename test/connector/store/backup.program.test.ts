// A backup that is put back, as the guide for operators has it done (contracts/guides/operating.md, "Backup").
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { startConnector } from '../../../connector/server.ts';
import type { OpenStore } from '../../../connector/store/open-store.ts';
import { placeOnPostgres } from '../../support/databases.ts';
import { readCandidates, startGem } from '../../support/gem.ts';

const apiKey = 'mgc_key-of-the-backup-test';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'connector-backup-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A whole copy of a database without users, by the server itself: its npm package comes without `pg_dump`. */
async function copyDatabase(databaseUrl: string): Promise<string> {
  const [copy, server] = [new URL(databaseUrl), new URL(databaseUrl)];
  const name = copy.pathname.slice(1);
  copy.pathname = `/backup_${name}`;
  server.pathname = '/postgres';
  const administrator = new Client({ connectionString: server.href });
  await administrator.connect();
  onTestFinished(async () => {
    await administrator.query(`drop database backup_${name} with (force)`);
    await administrator.end();
  });
  await administrator.query(`create database backup_${name} template ${name}`);
  return copy.href;
}

async function listCandidates(apiUrl: string, id: string): Promise<Record<string, unknown>[]> {
  const headers = { Authorization: `Bearer ${apiKey}`, 'X-Integration-Id': id };
  const answer = await fetch(`${apiUrl}/ats/candidates?page_size=250&include_deleted=true`, { headers });
  const { data } = (await answer.json()) as { data: { results: Record<string, unknown>[] } };
  // Each store has noted by its own clock when it saw a change.
  return data.results.map((candidate) => Object.assign(candidate, { changed_at: null }));
}

const kinds: [
  name: string,
  place: () => Promise<OpenStore>,
  backUp: (place: OpenStore) => Promise<OpenStore>,
][] = [
  [
    'a server',
    placeOnPostgres,
    async (place) => ({ ...place, databaseUrl: await copyDatabase(String(place.databaseUrl)) }),
  ],
  [
    'the embedded database',
    async () => ({ dataDirectory: join(folder(), 'data') }),
    async ({ dataDirectory }) => {
      const copy = join(folder(), 'data');
      cpSync(String(dataDirectory), copy, { recursive: true });
      return { dataDirectory: copy };
    },
  ],
];

test.each(kinds)(
  'a backup of %s is put back with its ids, and the next sync finds what changed since',
  async (_, makePlace, backUp) => {
    const place = await makePlace();
    const gem = await startGem({ scenario: 'default' });
    const options = { port: 0, apiKey, limits: 'off' as const };
    const before = await startConnector({ ...place, ...options });
    const { id } = await before.connect({
      gem: { url: gem.url, apiKey: gem.apiKey, applicationSecret: gem.applicationSecret },
    });
    await before.sync(id);
    const then = await listCandidates(before.apiUrl, id);
    await before.close();
    const backup = await backUp(place);

    const lost = await startConnector({ ...place, ...options });
    const [first, second] = await readCandidates(gem);
    const world = await gem.control.world(gem.apiKey);
    await world.edit(
      { do: 'change', resource: 'candidates', record: first?.id ?? '', set: { title: 'After the backup' } },
      { do: 'delete', resource: 'candidates', record: second?.id ?? '' },
    );
    await lost.sync(id, { type: 'DELTA' });
    const now = await listCandidates(lost.apiUrl, id);
    expect(now).not.toEqual(then);
    await lost.close();

    const restored = await startConnector({ ...backup, ...options });
    onTestFinished(restored.close);
    expect(await listCandidates(restored.apiUrl, id)).toEqual(then);
    expect(await restored.sync(id, { type: 'DELTA' })).toMatchObject({ type: 'DELTA', state: 'SUCCEEDED' });
    expect(await listCandidates(restored.apiUrl, id)).toEqual(now);
  },
  120_000,
);
