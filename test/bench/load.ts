// A process of its own: sends requests over keep-alive connections as fast as they are answered. It reads no more of
// an answer than its status and length, so that the server is the one that is measured.
import { connect, type Socket } from 'node:net';
import { median } from './median.ts';

/** What to send: any of these requests, picked at random. */
export interface Load {
  host: string;
  port: number;
  requests: string[];
  /** Stands in the requests where each of them has to have eight digits of its own. */
  numbered?: string;
  connections: number;
  /** How long to go on; 0 to send every request once, in order, and be done. */
  milliseconds: number;
  /** The status that every answer has to have. */
  status: number;
}

/** What came of it. */
export interface Throughput {
  perSecond: number;
  /** The median time from a request to the end of its answer. */
  medianMs: number;
}

let number = 0;

process.on('message', (load: Load) => {
  run(load).then(
    (throughput) => process.send?.(throughput),
    (failure: unknown) => {
      process.stderr.write(`${String(failure)}\n`);
      // With it end the connections that still wait, and its parent is told.
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit());
process.send?.('ready');

async function run(load: Load): Promise<Throughput> {
  const { requests, numbered } = load;
  const random = randomNumbers(7);
  const began = performance.now();
  const ends = began + load.milliseconds;
  let next = 0;
  const pick = () => {
    if (load.milliseconds === 0) return requests[next++];
    return performance.now() < ends ? requests[Math.floor(random() * requests.length)] : undefined;
  };
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: load.connections }, async () => {
      const socket = connect(load.port, load.host).setNoDelay(true);
      for (let text = pick(); text !== undefined; text = pick()) {
        const sent = performance.now();
        socket.write(numbered ? text.replaceAll(numbered, String((number += 1)).padStart(8, '0')) : text);
        const status = await answered(socket);
        if (status !== load.status)
          throw new Error(`answered ${status} instead of ${load.status}: ${text.split('\r\n', 1)[0]}`);
        times.push(performance.now() - sent);
      }
      socket.destroy();
    }),
  );
  return {
    perSecond: times.length / ((performance.now() - began) / 1000),
    medianMs: median(times),
  };
}

const lastPiece = Buffer.from('0\r\n\r\n');

/** Resolves with the status of the next answer once all of it has come. */
function answered(socket: Socket): Promise<number> {
  return new Promise((resolve, reject) => {
    let head = '';
    let status = 0;
    let left = Infinity;
    const leave = () => reject(new Error('the connection was closed before the whole answer had come'));
    const take = (chunk: Buffer) => {
      if (status > 0) {
        left -= chunk.length;
      } else {
        head += chunk.toString('latin1');
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return;
        status = Number(head.slice(9, 12));
        const length = /content-length: *(\d+)/i.exec(head.slice(0, end))?.[1];
        // An answer in pieces says no length: its last piece is empty.
        if (length !== undefined) left = Number(length) - (head.length - end - 4);
        else if (status === 204 || status === 304) left = 0;
      }
      if (left === Infinity ? !chunk.subarray(-5).equals(lastPiece) : left > 0) return;
      socket.off('data', take).off('error', reject).off('close', leave);
      resolve(status);
    };
    socket.on('data', take).on('error', reject).on('close', leave);
  });
}

/** The same numbers from 0 to 1 in every run (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
