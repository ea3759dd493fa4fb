// Builds a scenario in a thread of its own, so that the requests of other worlds do not wait for it, and hands it over in
// pieces, each of which is taken in within a few milliseconds.
import { extname } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import {
  findScenario,
  Identifiers,
  InvalidScenario,
  resourceNames,
  type IdentifierKind,
  type Records,
  type ResourceName,
  type WorldSeed,
} from '../seeds/index.ts';
import { noRecords } from '../seeds/scenario.ts';
import { readScenarioDocument } from './scenario-document.ts';
import type { Recipe } from './world.ts';

/** A scenario takes more memory than this process has. */
export class ScenarioTooLarge extends Error {}

/** What is to be built. */
interface Order {
  recipe: Recipe;
  document: string | undefined;
}

type Piece =
  | { records: ResourceName; items: unknown[] }
  | { rest: Omit<WorldSeed, 'records' | 'identifiers'>; seed: string; used: [IdentifierKind, number][] }
  | { refused: string; problems: readonly string[] | undefined };

/**
 * Builds a scenario in a thread of its own.
 *
 * @param document a scenario's own text, in place of one that is known by name
 * @throws InvalidScenario, or an Error that says in one line why it cannot be built
 */
export function buildApart(recipe: Recipe, document: string | undefined): Promise<WorldSeed> {
  const file = new URL(`./build-worker${extname(import.meta.url)}`, import.meta.url);
  const order: Order = { recipe, document };
  const worker = new Worker(file, { workerData: order, execArgv: [] });
  const records = noRecords();
  return new Promise((resolve, reject) => {
    worker.on('message', (piece: Piece) => {
      if ('records' in piece) {
        (records[piece.records] as unknown[]).push(...piece.items);
      } else if ('rest' in piece) {
        resolve({ ...piece.rest, records, identifiers: new Identifiers(piece.seed, piece.used) });
      } else {
        reject(piece.problems ? new InvalidScenario(piece.problems) : new Error(piece.refused));
      }
    });
    worker.on('error', (error) => {
      const isMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      reject(isMemory ? new ScenarioTooLarge(tooLarge) : error);
    });
    worker.on('exit', () => reject(new Error('the scenario was not built to its end')));
  });
}

/** What to do about it. */
export const tooLarge =
  'the scenario takes more memory than there is; make it smaller, or let Node have more: NODE_OPTIONS=--max-old-space-size=8192';

/** Records of one piece. */
const pieceSize = 500;

function build({ recipe, document }: Order, send: (piece: Piece) => void): void {
  try {
    const scenario = document === undefined ? findScenario(recipe.scenario) : readScenarioDocument(document);
    const { records, identifiers, ...rest } = scenario.build(recipe);
    for (const name of resourceNames) sendRecords(name, records, send);
    send({ rest, seed: identifiers.seed, used: identifiers.used() });
  } catch (error) {
    const refused = error instanceof Error ? error.message : String(error);
    send({ refused, problems: error instanceof InvalidScenario ? error.problems : undefined });
  }
}

function sendRecords(name: ResourceName, records: Records, send: (piece: Piece) => void): void {
  const all: readonly unknown[] = records[name];
  for (let first = 0; first < all.length; first += pieceSize) {
    send({ records: name, items: all.slice(first, first + pieceSize) });
  }
}

if (!isMainThread && isOrder(workerData) && parentPort) {
  const port = parentPort;
  build(workerData, (piece) => port.postMessage(piece));
}

function isOrder(value: unknown): value is Order {
  return typeof value === 'object' && value !== null && 'recipe' in value && 'document' in value;
}
