// A PostgreSQL server for one test run. It listens on a socket file only, keeps nothing safe, and is gone afterwards.
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresBinaries } from './binaries.ts';

/** A server that runs. */
export interface PostgresServer {
  /** The address of a database on it. */
  urlOf(database: string): string;
  stop(): Promise<void>;
}

/** Starts a server with an empty cluster. */
export async function startPostgresServer(): Promise<PostgresServer> {
  const binaries = postgresBinaries();
  const folder = mkdtempSync(join(tmpdir(), 'mock-gem-pg-'));
  // PostgreSQL refuses to be run by root.
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;
  if (nobody) chownSync(folder, nobody.uid, nobody.gid);
  const data = join(folder, 'data');
  const options = { cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' }, ...nobody };
  execFileSync(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'],
    { ...options, stdio: 'pipe' },
  );

  // The shell ends the server when its standard input closes: also when the test run is killed.
  const settings = Object.entries({
    listen_addresses: '',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '200',
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const script = '"$@" & server=$!; read -r _; kill -QUIT $server; wait $server';
  const shell = spawn(
    'sh',
    ['-c', script, 'sh', join(binaries, 'postgres'), '-D', data, '-k', folder, ...settings],
    { ...options, stdio: ['pipe', 'ignore', 'pipe'] },
  );
  const ended = new Promise<void>((resolve) => shell.once('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    let log = '';
    shell.stderr.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-10_000);
      if (log.includes('ready to accept connections')) resolve();
    });
    void ended.then(() => reject(new Error(`PostgreSQL ended:\n${log}`)));
  });
  return {
    urlOf: (database) => `postgres://postgres@localhost/${database}?host=${encodeURIComponent(folder)}`,
    stop: async () => {
      shell.stdin.end();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
