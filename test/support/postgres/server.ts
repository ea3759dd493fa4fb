// A PostgreSQL server for one test run. It listens on a socket file only, keeps nothing safe, and is gone afterwards.
import { execFileSync, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { postgresBinaries } from './binaries.ts';

/** A server that runs. */
export interface PostgresServer {
  /** The address of a database on it. */
  urlOf(database: string): string;
  /** Ends the server as a fault would: at once (QUIT), or without its knowing (KILL). What was committed stays. */
  crash(signal: 'SIGQUIT' | 'SIGKILL'): Promise<void>;
  /** Starts it again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a server with an empty cluster.
 *
 * @param keepsCommitted whether what was committed outlives a crash of the server
 * @param isInMemory whether its files are kept off the disk where the machine can: a database is then copied in 10 ms instead of 40
 *   to 200, and no other program waits for the disk meanwhile
 */
export async function startPostgresServer({
  keepsCommitted = false,
  isInMemory = false,
} = {}): Promise<PostgresServer> {
  const binaries = postgresBinaries();
  const folder = mkdtempSync(join((isInMemory && memoryFolder()) || tmpdir(), 'mock-gem-pg-'));
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
  const launch = () =>
    launchServer(
      [
        join(binaries, 'postgres'),
        '-D',
        data,
        '-k',
        folder,
        '-c',
        `synchronous_commit=${keepsCommitted ? 'on' : 'off'}`,
      ],
      options,
    );
  let running = await launch();
  return {
    urlOf: (database) => `postgres://postgres@localhost/${database}?host=${encodeURIComponent(folder)}`,
    crash: async (signal) => {
      const [pid] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
      process.kill(Number(pid), signal);
      await running.ended;
    },
    restart: async () => {
      // What a killed server leaves ends soon, and until then another one does not start.
      for (let tries = 1; ; tries += 1) {
        try {
          running = await launch();
          return;
        } catch (error) {
          if (tries === 50) throw error;
          await setTimeout(100);
        }
      }
    },
    stop: async () => {
      running.shell.stdin?.end();
      await running.ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Where Linux keeps files in memory, if there is room: containers often have 64 MB of it, and one database takes 10. */
function memoryFolder(): string | undefined {
  try {
    const { bavail, bsize } = statfsSync(sharedMemory);
    return bavail * bsize > 2 ** 30 ? sharedMemory : undefined;
  } catch {
    return undefined;
  }
}

const sharedMemory = '/dev/shm';

async function launchServer(
  command: readonly string[],
  options: SpawnOptions,
): Promise<{ shell: ChildProcess; ended: Promise<void> }> {
  // The shell ends the server and removes its files when its standard input closes: also when the test run is killed, whose
  // signals it does not get. After a crash they stay.
  const settings = Object.entries({
    listen_addresses: '',
    fsync: 'off',
    jit: 'off',
    autovacuum: 'off',
    full_page_writes: 'off',
    max_connections: '200',
    // A second is the default, and a test waits for it.
    deadlock_timeout: '100ms',
    // Nothing is sent on, watched or counted, and no process works where nobody waits for it.
    wal_level: 'minimal',
    max_wal_senders: '0',
    io_method: 'sync',
    bgwriter_lru_maxpages: '0',
    track_counts: 'off',
    update_process_title: 'off',
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const script =
    '"$@" & server=$!; { read -r _; kill -QUIT $server; } <&3 & reader=$!; wait $server; kill $reader 2>/dev/null; wait $reader && rm -rf "$PWD"';
  const shell = spawn('sh', ['-c', `exec 3<&0; ${script}`, 'sh', ...command, ...settings], {
    ...options,
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => shell.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    let log = '';
    shell.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-10_000);
      if (log.includes('ready to accept connections')) resolve();
    });
    void ended.then(() => reject(new Error(`PostgreSQL ended:\n${log}`)));
  });
  return { shell, ended };
}
