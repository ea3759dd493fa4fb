import type { Clock } from '../contracts/clock.ts';
import { listen } from '../contracts/server/listen.ts';
import { defaultAnchor, resourceNames, type ScenarioReference } from '../seeds/index.ts';
import { createApp } from './app.ts';
import { createCall } from './control/call.ts';
import type { ConsoleConnector } from './control/console-connector.ts';
import type { ControlContext } from './control/context.ts';
import { createLocalTransport } from './control/local-transport.ts';
import { MockGemControl } from './control/mock-gem-control.ts';
import { EventStreams } from './control/send-events.ts';
import { snapshotsInFolder, snapshotsInMemory } from './control/snapshot-shelf.ts';
import { readOrigin } from './http/cross-origin.ts';
import { SentAgain } from './http/sent-again.ts';
import { refuseUnparsed } from './problems/problems.ts';
import { machineClock } from './machine/time.ts';
import { RequestLog } from './requests/request-log.ts';
import type { OnRequest } from './requests/request.ts';
import { loadSnapshot, saveSnapshot, trySnapshotFile, trySnapshotFolder } from './snapshots/file.ts';
import { openSnapshot, takeSnapshot } from './snapshots/snapshot.ts';
import type { Switches } from './world/switches.ts';
import type { LiveWorld } from './worlds/live-world.ts';
import type { SavedClock } from './world/clock.ts';
import { prepareTemplate } from './worlds/templates.ts';
import { Worlds, type WorldOptions } from './worlds/worlds.ts';

export type { Clock } from '../contracts/clock.ts';
export type { GemSchemas } from '../contracts/gem.ts';
export type { SteeredWorld } from './control/steered-world.ts';
export { MockGemControl };

/** The key of the first world, unless another is asked for. It opens nothing but the emulator. */
export const defaultApiKey = 'MockGemDefaultWorldMockGemDefaultWorld01';

/** The partner's application secret, unless another is asked for. */
export const defaultApplicationSecret = 'mock-gem-application-secret';

export interface MockGemOptions {
  /** 0 takes any free port. Default 4010. */
  port?: number;
  /** Default 127.0.0.1: nothing but this machine reaches it. */
  host?: string;
  /** Where clients reach it, for links to files, if that is not where they ask: `https://gem.example`. */
  publicUrl?: string;
  /** Whether `X-Forwarded-Proto` and `X-Forwarded-Host` say where clients asked, as a proxy in front sets them. Default: false. */
  trustProxy?: boolean;
  /** Origins whose pages may ask, such as `http://localhost:5173`; `*` lets any ask Gem's APIs. Default: none. */
  cors?: string | readonly string[];
  /** Forty letters and digits; names the first world. */
  apiKey?: string;
  applicationSecret?: string;
  /** The scenario that worlds start from. */
  scenario?: ScenarioReference;
  /** Names, ids and choices in the scenario follow from it. */
  seed?: string;
  /** What the scenario calls now, an ISO-8601 instant. */
  anchor?: string;
  /** Values for the scenario's own parameters. */
  parameters?: Readonly<Record<string, unknown>>;
  /** How many requests each world remembers. Default 1,000. */
  logSize?: number;
  /** After how many seconds without a request a world is dropped; the first one never is. Default: a day. */
  idleSeconds?: number;
  /** What all worlds may take in memory, in bytes, roughly: those that were not used for longest make room. Default: half of the heap. */
  worldBytes?: number;
  /** Notifies the operator, such as of worlds that had to make room. Default: a line on standard error. */
  notify?: (message: string) => void;
  /** A file that keeps the first world: read at the start where it exists, written at the end. */
  snapshot?: string;
  /** A folder that keeps named snapshots; without one they live as long as the server. */
  snapshots?: string;
  /** Whether `/_control` is answered over HTTP. Default: true; without a token to this machine alone. */
  control?: boolean;
  /** What a caller of `/_control` has to send as `Authorization: Bearer …`, from wherever. */
  controlToken?: string;
  /** The connector that the console at `/_console` shows beside the emulator; asked each time, as it may start later. */
  consoleConnector?: () => ConsoleConnector | undefined;
  /** The machine's clock, or another one that a test holds. */
  clock?: Clock;
  /** Where the clocks of worlds start. Default: beside `clock`, or at the anchor where a scenario has a timeline. */
  worldClock?: SavedClock;
  switches?: Partial<Switches>;
  /** Whether a well-formed key that is not known opens a world of its own (`fork`, the default) or gets a 403. */
  unknownKeys?: 'fork' | 'refuse';
  /** Gets every request once it is answered, and which world it was for. */
  onRequest?: OnRequest;
  /** Holds every answer against the description before it is sent; for tests. */
  checkAnswers?: boolean;
  /** Gets every defect of the emulator. Default: a line on standard error. */
  report?: (defect: unknown) => void;
}

/** A running emulator. */
export interface MockGem {
  url: string;
  apiKey: string;
  applicationSecret: string;
  /**
   * The world of the first key, from within.
   *
   * @internal
   */
  world: LiveWorld;
  /**
   * Makes the world of another key, or makes it anew.
   *
   * @internal
   */
  createWorld: (apiKey: string, options?: Partial<WorldOptions>) => LiveWorld;
  /** The control API in this process, without HTTP: worlds, clocks, edits, faults, requests, snapshots. */
  control: MockGemControl;
  /** Makes a world of its own for a test; without a key, under a new one. */
  openWorld: MockGemControl['openWorld'];
  close: () => Promise<void>;
}

/**
 * Starts the emulator of Gem's APIs.
 *
 * @throws PortTaken when the port is in use, Error when the scenario, the key or an origin will not do
 */
export async function startMockGem(options: MockGemOptions = {}): Promise<MockGem> {
  const apiKey = options.apiKey ?? defaultApiKey;
  const applicationSecret = options.applicationSecret ?? defaultApplicationSecret;
  const defaults: WorldOptions = {
    scenario: options.scenario ?? 'default',
    seed: options.seed ?? 'mock-gem',
    anchor: options.anchor ?? defaultAnchor,
    parameters: options.parameters ?? {},
    switches: options.switches ?? {},
    clock: options.worldClock,
  };
  const origins = [options.cors ?? []].flat().map(readOrigin);
  const notify = options.notify ?? notifyOnStandardError;
  if (options.snapshot !== undefined) await trySnapshotFile(options.snapshot);
  if (options.snapshots !== undefined) await trySnapshotFolder(options.snapshots);
  const clock = options.clock ?? machineClock;
  const unknownKeyRequests = new RequestLog(options.logSize);
  const report = options.report ?? reportOnStandardError;
  const started: { context?: ControlContext } = {};
  const { url, close } = await listen(
    { host: options.host ?? '127.0.0.1', port: options.port ?? 4010, answerUnparsed: refuseUnparsed },
    (ownUrl) => {
      const worlds = new Worlds({
        clock,
        url: ownUrl,
        defaults,
        unknownKeys: options.unknownKeys ?? 'fork',
        logSize: options.logSize,
        idleSeconds: options.idleSeconds,
        maxBytes: options.worldBytes,
        notify,
      });
      started.context = {
        worlds,
        unknownKeyRequests,
        sentAgain: new SentAgain(),
        streams: new EventStreams(worlds.events, (id) => {
          for (const world of worlds.all())
            if (id === undefined || world.id === id) world.unsettled()?.catch(report);
        }),
        watched: {},
        clock,
        url: ownUrl,
        startedAt: clock.now(),
        snapshots:
          options.snapshots === undefined ? snapshotsInMemory(clock) : snapshotsInFolder(options.snapshots),
      };
      return createApp({
        worlds,
        unknownKeyRequests,
        applicationSecret,
        publicKey: defaultApiKey,
        publicUrl: options.publicUrl?.replace(/\/$/, ''),
        origins,
        trustProxy: options.trustProxy ?? false,
        notify,
        control:
          options.control === false ? undefined : { context: started.context, token: options.controlToken },
        connector: options.consoleConnector,
        onRequest: options.onRequest,
        checkAnswers: options.checkAnswers ?? false,
        report,
      });
    },
  );
  const { context } = started;
  if (!context) throw new Error('the server started without an application');
  const { worlds } = context;
  const { snapshot } = options;
  try {
    const world = await worlds.openFirst(async () => {
      const saved = snapshot === undefined ? undefined : await loadSnapshot(snapshot);
      if (saved) return openSnapshot(worlds, apiKey, saved);
      // A thread takes as long to start as a thousand records to make.
      await prepareTemplate(defaults, undefined, 1000);
      const made = worlds.create(apiKey);
      // So there is something to go on with even if this process is killed hard; to write a large world takes too long for that.
      const size = resourceNames.reduce((sum, name) => sum + made.store.collection(name).size, 0);
      if (snapshot !== undefined && size <= maxSavedAtStart) {
        await saveSnapshot(snapshot, takeSnapshot(made));
      }
      return made;
    });
    const control = new MockGemControl(createCall(createLocalTransport(context)), url);
    return {
      url,
      apiKey,
      applicationSecret,
      world,
      createWorld: (key, worldOptions) => worlds.create(key, worldOptions),
      control,
      openWorld: (worldOptions) => control.openWorld(worldOptions),
      close: async () => {
        await context.streams.close();
        await close();
        await world.halt();
        if (snapshot !== undefined) await saveSnapshot(snapshot, takeSnapshot(world));
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function notifyOnStandardError(message: string): void {
  process.stderr.write(`mock-gem: ${message}\n`);
}

/** Records of a world that is written as soon as it is made. */
const maxSavedAtStart = 20_000;

function reportOnStandardError(defect: unknown): void {
  process.stderr.write(
    `mock-gem: ${defect instanceof Error ? (defect.stack ?? defect.message) : String(defect)}\n`,
  );
}
