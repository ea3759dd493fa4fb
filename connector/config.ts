import { randomInt } from 'node:crypto';
import { systemClock, type Clock } from '../contracts/clock.ts';
import type { DownloadLimits } from './actions/download.ts';

/** Told what an operator should know and a caller must not. It never gets a key or a secret. */
export type Log = (message: string, error?: unknown) => void;

/** How a connector is started; whatever is left out has a default. */
export interface ConnectorOptions {
  /** The port to listen on; 0 takes a free one. */
  port?: number;
  /** The address to listen on. */
  host?: string;
  /** Where the data is kept; left out, it is kept in memory and gone at the end. */
  dataDirectory?: string | undefined;
  /** The key that callers send; left out, one is made. Only its hash is kept. */
  apiKey?: string | undefined;
  /** Seals Gem's credentials in the store: 32 bytes in base64. Left out, a key is kept beside the data. */
  encryptionKey?: string | undefined;
  /** The environment that the key belongs to. */
  environmentName?: string;
  /** Whether each answer is held against the description before it leaves. It costs time; tests want it. */
  checkAnswers?: boolean;
  /** Bounds on the files that callers let us fetch. */
  downloads?: Partial<DownloadLimits>;
  clock?: Clock;
  log?: Log;
}

/** All options with their defaults filled in. */
export interface ConnectorConfig {
  port: number;
  host: string;
  dataDirectory: string | undefined;
  apiKey: string;
  encryptionKey: string | undefined;
  environmentName: string;
  checkAnswers: boolean;
  downloads: DownloadLimits;
  clock: Clock;
  log: Log;
}

/** Fills in the defaults. */
export function readConfig(options: ConnectorOptions): ConnectorConfig {
  return {
    port: options.port ?? 4020,
    host: options.host ?? '127.0.0.1',
    dataDirectory: options.dataDirectory,
    apiKey: options.apiKey ?? createApiKey(),
    encryptionKey: options.encryptionKey,
    environmentName: options.environmentName ?? 'default',
    checkAnswers: options.checkAnswers ?? false,
    downloads: { ...downloadLimits, ...options.downloads },
    clock: options.clock ?? systemClock,
    log: options.log ?? (() => {}),
  };
}

/** Gem takes files of up to 10 MB (gem-ats-api §5.4). */
const downloadLimits: DownloadLimits = {
  bytes: 10_000_000,
  milliseconds: 20_000,
  allowPrivateAddresses: false,
};

const keyLength = 36;
const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

function createApiKey(): string {
  const characters = Array.from({ length: keyLength }, () => alphabet.charAt(randomInt(alphabet.length)));
  return `mgc_${characters.join('')}`;
}
