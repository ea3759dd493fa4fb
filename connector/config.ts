import { randomInt } from 'node:crypto';
import { systemClock, type Clock } from '../contracts/clock.ts';
import { noLimits, defaultLimits, type CallLimits } from './api/limits.ts';
import { defaultActionTime } from './api/time-limit.ts';
import { defaultConnections, type ConnectionSettings } from './connect/links.ts';
import { defaultRate, type RateLimits } from './gem/allowance.ts';
import { defaultRetries } from './gem/retry.ts';
import type { Log } from './log.ts';
import type { Telemetry } from './observe/telemetry.ts';
import type { DownloadLimits } from './outbound/download.ts';
import type { CustomField } from './store/queries/fields.ts';
import {
  type OnSyncEnd,
  readWorkSettings,
  type GivenWorkSettings,
  type WorkSettings,
} from './work/worker.ts';
import type { WebhookSetting } from './webhooks/settings.ts';

/** Where a connector keeps its data, and how it works in the background. */
export interface WorkerOptions {
  /** A PostgreSQL server, which many processes may share; left out, an embedded one is used. */
  databaseUrl?: string | undefined;
  /** The embedded database's folder; left out, the data is kept in memory and gone at the end. */
  dataDirectory?: string | undefined;
  /** Seals Gem's credentials in the store: 32 bytes in base64. Left out, a key is stored beside the data. A server needs it. */
  encryptionKey?: string | undefined;
  /** Opens what is stored as well, while one key takes the place of the other (`reseal`). */
  otherEncryptionKey?: string | undefined;
  /** How background work is done. */
  work?: GivenWorkSettings;
  /**
   * Lets files and webhooks be at addresses of this machine and of private networks. Each holder of an API key can then
   * make the connector call them, so it is for laptops and closed networks only.
   */
  allowPrivateAddresses?: boolean;
  /**
   * How often a call of Gem is tried again that may be: after a quarter of a second, and twice as long each time. Callers of
   * actions wait for it; the pages on which customers connect their accounts ask less often. 5 when left out.
   */
  gemRetries?: number;
  /**
   * How many calls Gem takes from one key, those of all processes that share a database together; `off` for as many as come.
   * Left out, it is Gem's own limit.
   */
  gemRate?: Partial<RateLimits> | 'off' | undefined;
  /** Told of each sync that has ended here. */
  onSyncEnd?: OnSyncEnd | undefined;
  /** What collects the metrics of this process; left out, it has none to show. */
  telemetry?: Telemetry | undefined | Promise<Telemetry | undefined>;
  /**
   * A port for what watches over processes: health and metrics. Left out, a worker listens on none; any other process answers
   * that on its own port, and with it, it has its metrics there alone.
   */
  statusPort?: number | undefined;
  /** The address to listen on. */
  host?: string;
  clock?: Clock;
  log?: Log;
}

/** How a connector is started; every option has a default. */
export interface ConnectorOptions extends WorkerOptions {
  /** The port to listen on; 0 takes a free one. */
  port?: number;
  /**
   * The key that callers send, and from then on the only one. Left out, one is made, and those that were made before go
   * on to work. Only hashes are stored.
   */
  apiKey?: string | undefined;
  /**
   * Whether it also does background work: syncs that are due, and those that were asked for. Left out, it only answers,
   * and performs a sync when `sync` is called.
   */
  isWorker?: boolean;
  /** The environment that the key belongs to. */
  environmentName?: string;
  /** Whether each answer is held against the description before it leaves. It costs time; tests want it. */
  checkAnswers?: boolean;
  /** How much callers may ask for; `off` for as much as they like. */
  limits?: Partial<CallLimits> | 'off';
  /** Milliseconds after which the caller of an action gets the answer that it takes too long; the action goes on. */
  actionTimeLimit?: number;
  /** Where callers reach the server, if something stands in front of it; links to files begin with it. */
  publicUrl?: string | undefined;
  /**
   * Where the log of a call can be read, with `{trace_id}` or `{request_id}` in it: errors tell it as their `log_url`. A trace
   * has an id where telemetry collects traces.
   */
  logUrlTemplate?: string | undefined;
  /** Whether each request has a line in the log. */
  logsRequests?: boolean;
  /** Where events are sent, beside what callers set up. Those of an earlier start that are left out are removed. */
  webhooks?: readonly WebhookSetting[];
  /** Bounds on the files that callers let us fetch. */
  downloads?: Partial<DownloadLimits>;
  /** How customers connect their accounts on the connection page. */
  connections?: Partial<ConnectionSettings>;
  /** Fields that the environment has of its own, to be mapped for each integration (kombo-unified-api §5.6). */
  customFields?: readonly CustomField[];
}

/** All options with their defaults filled in. */
export interface ConnectorConfig {
  port: number;
  host: string;
  databaseUrl: string | undefined;
  dataDirectory: string | undefined;
  encryptionKey: string | undefined;
  otherEncryptionKey: string | undefined;
  apiKey: string;
  /** Whether the API key was given, and not made. */
  isApiKeyGiven: boolean;
  isWorker: boolean;
  work: WorkSettings;
  gemRetries: number;
  gemRate: RateLimits | 'off';
  onSyncEnd: OnSyncEnd | undefined;
  telemetry: Telemetry | undefined | Promise<Telemetry | undefined>;
  statusPort: number | undefined;
  logUrlTemplate: string | undefined;
  logsRequests: boolean;
  environmentName: string;
  checkAnswers: boolean;
  limits: CallLimits;
  actionTimeLimit: number;
  publicUrl: string | undefined;
  downloads: DownloadLimits;
  webhooks: readonly WebhookSetting[];
  connections: ConnectionSettings;
  customFields: readonly CustomField[];
  clock: Clock;
  log: Log;
}

/** Fills in the defaults. */
export function readConfig(options: ConnectorOptions): ConnectorConfig {
  const { allowPrivateAddresses = false } = options;
  return {
    port: options.port ?? 4020,
    host: options.host ?? '127.0.0.1',
    databaseUrl: options.databaseUrl,
    dataDirectory: options.dataDirectory,
    encryptionKey: options.encryptionKey,
    otherEncryptionKey: options.otherEncryptionKey,
    apiKey: options.apiKey ?? createApiKey(),
    isApiKeyGiven: options.apiKey !== undefined,
    isWorker: options.isWorker ?? false,
    work: readWorkSettings({
      ...options.work,
      webhooks: { allowPrivateAddresses, ...options.work?.webhooks },
    }),
    gemRetries: options.gemRetries ?? defaultRetries,
    gemRate: options.gemRate === 'off' ? 'off' : { ...defaultRate, ...options.gemRate },
    onSyncEnd: options.onSyncEnd,
    telemetry: options.telemetry,
    statusPort: options.statusPort,
    logUrlTemplate: options.logUrlTemplate,
    logsRequests: options.logsRequests ?? false,
    environmentName: options.environmentName ?? 'default',
    checkAnswers: options.checkAnswers ?? false,
    limits: options.limits === 'off' ? noLimits : { ...defaultLimits, ...options.limits },
    actionTimeLimit: options.actionTimeLimit ?? defaultActionTime,
    publicUrl: options.publicUrl?.replace(/\/+$/, ''),
    downloads: { ...downloadLimits, allowPrivateAddresses, ...options.downloads },
    webhooks: options.webhooks ?? [],
    connections: { ...defaultConnections, ...options.connections },
    customFields: options.customFields ?? [],
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
