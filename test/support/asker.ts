// A process of its own: asks a world for a page every ten milliseconds, as long as few wait, and notes how long each answer takes.
import { get } from 'node:http';
import { setInterval } from 'node:timers';

/** What to ask: a URL, with a key. */
export interface Asked {
  url: string;
  key: string;
}

/** Milliseconds until each answer had come that was asked for since the last message, and none before. */
export interface Answered {
  milliseconds: number[];
}

let answered: Promise<number>[] = [];
let underWay = 0;
/** More that wait say nothing new, and the system would turn them away. */
const most = 50;
let asked: Asked | undefined;

process.on('message', (message: Asked | 'report') => {
  if (message !== 'report') asked = message;
  const awaited = answered;
  answered = [];
  void report(awaited);
});
process.on('disconnect', () => process.exit());
setInterval(() => {
  if (asked && underWay < most) answered.push(ask(asked));
}, 10);
process.send?.('ready');

async function report(awaited: Promise<number>[]): Promise<void> {
  process.send?.({ milliseconds: await Promise.all(awaited) } satisfies Answered);
}

function ask({ url, key }: Asked): Promise<number> {
  const since = performance.now();
  underWay += 1;
  return new Promise((resolve, reject) => {
    get(url, { agent: false, headers: { 'X-API-Key': key } }, (answer) => {
      answer.resume().once('end', () => {
        underWay -= 1;
        if (answer.statusCode === 200) resolve(performance.now() - since);
        else reject(new Error(`answered ${answer.statusCode}`));
      });
    }).once('error', reject);
  });
}
