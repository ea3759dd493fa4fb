import { fork } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WriteStream } from 'node:tty';
import { PortTaken } from '../../../contracts/server/listen.ts';

/** What the connector says once its first sync has finished. */
export interface ConnectorReady {
  apiUrl: string;
  apiKey: string;
  integrationId: string;
  /** Rows per model. */
  counts: Record<string, number>;
}

/** How far a sync has come with one of Gem's listings. */
export interface ConnectorProgress {
  listing: string;
  records: number;
  done: boolean;
}

export interface ConnectorProcess {
  /** Rejects with a one-line reason when the connector cannot start or its first sync fails; not once it is stopped. */
  ready: Promise<ConnectorReady>;
  /** Resolves with a reason when the connector ends without having been asked to. */
  ended: Promise<string>;
  stop: () => Promise<void>;
}

type Message =
  | { event: 'listening' }
  | ({ event: 'progress' } & ConnectorProgress)
  | ({ event: 'ready' } & ConnectorReady)
  | { event: 'failed'; message: string; takenPort: number | null };

/**
 * Runs the connector as a process of its own: the two halves meet over HTTP alone. It ends with this process, even
 * when this process is killed.
 */
export function startConnectorProcess(options: {
  port: number;
  host: string;
  /** What its callers send. */
  apiKey: string;
  gemUrl: string;
  /** Empty, no account is connected at the start. */
  gemApiKey: string;
  gemApplicationSecret: string;
  jobBoard: string;
  organization: string;
  /** Where it sends its events, beside what is set up with it. */
  webhook?: { url: string; secret: string };
  /** What else the connector is told on its command line. */
  flags?: readonly string[];
  onProgress: (progress: ConnectorProgress) => void;
}): ConnectorProcess {
  const file = fileURLToPath(new URL(`../../../connector/main${extname(import.meta.url)}`, import.meta.url));
  const flags = Object.entries({
    '--port': String(options.port),
    '--host': options.host,
    '--gem-url': options.gemUrl,
    '--job-board': options.jobBoard,
    '--organization': options.organization,
  }).flat();
  const child = fork(file, ['--in-memory', '--remote-data', ...flags, ...(options.flags ?? [])], {
    // Standard output belongs to this command; what the connector has to say comes as messages.
    stdio: ['ignore', 2, 2, 'ipc'],
    env: {
      ...process.env,
      GEM_API_KEY: options.gemApiKey,
      GEM_APPLICATION_SECRET: options.gemApplicationSecret,
      CONNECTOR_API_KEY: options.apiKey,
      ...(options.webhook && {
        CONNECTOR_WEBHOOK_URL: options.webhook.url,
        CONNECTOR_WEBHOOK_SECRET: options.webhook.secret,
      }),
    },
  });
  let isStopping = false;
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    ready: new Promise((resolve, reject) => {
      child.on('message', (message: Message) => {
        if (message.event === 'progress') options.onProgress(message);
        if (message.event === 'ready') resolve(message);
        if (message.event === 'failed') {
          reject(message.takenPort === null ? new Error(message.message) : new PortTaken(message.takenPort));
        }
      });
      child.once('error', reject);
      child.once('exit', () => {
        if (!isStopping) reject(new Error('the connector ended before its first sync had finished'));
      });
    }),
    ended: new Promise((resolve) => {
      child.once('exit', (code) => {
        if (!isStopping) resolve(`the connector ended (exit code ${code ?? 'none'})`);
      });
    }),
    stop: async () => {
      isStopping = true;
      // On Windows a signal ends it at once; without its channel it closes by itself.
      if (process.platform !== 'win32') child.kill('SIGTERM');
      else if (child.connected) child.disconnect();
      await exited;
    },
  };
}

/**
 * Shows how far a sync has come: on a terminal one line that is written over, elsewhere a line per finished listing.
 *
 * @param stream where to; nothing is shown without one
 */
export function showProgress(
  stream: (NodeJS.WritableStream & Partial<Pick<WriteStream, 'isTTY'>>) | undefined,
): {
  update: (progress: ConnectorProgress) => void;
  finish: () => void;
} {
  const begin = stream?.isTTY ? '\r\u001b[2K' : '';
  return {
    update: ({ listing, records, done }) => {
      if (done) stream?.write(`${begin}  synced ${toWords(listing)}: ${records}\n`);
      else if (stream?.isTTY) stream.write(`${begin}  syncing ${toWords(listing)}: ${records} …`);
    },
    finish: () => stream?.write(begin),
  };
}

/** `listJobPosts` as a person says it: `job posts`. */
function toWords(listing: string): string {
  return listing
    .replace(/^list/, '')
    .replaceAll(/(?!^)[A-Z]/g, (letter) => ` ${letter}`)
    .toLowerCase();
}
