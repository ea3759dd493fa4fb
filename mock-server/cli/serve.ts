import { setTimeout } from 'node:timers/promises';
import type { Command } from 'commander';
import { sayWhileWaiting } from '../../contracts/while-waiting.ts';
import { startMockGem, type MockGem } from '../server.ts';
import { readPort, readUrl } from './arguments.ts';
import { stopWithNpm } from '../../contracts/stop-with-npm.ts';
import { fail, startWhenFree, stopOnSignal } from './lifecycle.ts';
import { createRequestPrinter } from './request-lines.ts';
import { serveBanner, serveHelp, serveSummary } from './serve-texts.ts';
import { prepareWorld, readServeOptions, type ServeOptions } from './serve-options.ts';
import { addWorldOptions, remarkOn } from './world-options.ts';

/** Adds `mock-gem serve`: the emulator alone. */
export function addServeCommand(program: Command): void {
  const command = program
    .command('serve')
    .description("run the emulator of Gem's APIs")
    .optionsGroup('Where it listens:')
    .option('--port <number>', 'port; 0 takes any free one', readPort, 4010)
    .option('--host <address>', 'address; only this machine reaches the default', '127.0.0.1')
    .option(
      '--public-url <url>',
      'where clients reach it, for links to files; default: where they ask',
      readUrl,
    )
    .option('--trust-proxy', 'believe X-Forwarded-Proto and X-Forwarded-Host of a proxy in front, for links');
  addWorldOptions(command)
    .option('--json', 'print one line of JSON when it is ready, in place of the banner')
    .optionsGroup('Else:')
    .option('--no-control', 'leave out the control API')
    .option('--check-answers', 'hold every answer against the API description (slower)')
    .addHelpText('after', serveHelp)
    .action(serve);
}

async function serve(options: ServeOptions, command: Command): Promise<void> {
  if (options.json && options.log === 'text')
    return fail(new Error('with --json only JSON is printed; take --log json'), '');
  const remark = remarkOn(options, command);
  if (remark !== undefined) process.stderr.write(`mock-gem: ${remark}\n`);
  const waiting = sayWhileWaiting(options.json ? undefined : process.stderr, 'making the world');
  const starting = start(options);
  // It may be told to stop before it has started; then it does so as soon as it can, and not much later in any case.
  const stop = async () => {
    const inTime = setTimeout(patience, undefined, { ref: false });
    await (await Promise.race([starting, inTime]))?.close();
  };
  stopOnSignal(stop);
  stopWithNpm(stop);
  const gem = await starting.finally(waiting).catch((error: unknown) => fail(error, '--port'));
  process.stdout.write(options.json ? `${JSON.stringify(serveSummary(gem))}\n` : serveBanner(gem, options));
}

async function start(options: ServeOptions): Promise<MockGem> {
  const settings = await readServeOptions(options);
  const printer = options.log && createRequestPrinter(options.log);
  const gem = await startWhenFree(() =>
    startMockGem({ ...settings, ...(printer && { onRequest: printer }) }),
  );
  try {
    await prepareWorld(gem, options);
    return gem;
  } catch (error) {
    await gem.close();
    throw error;
  }
}

/** Milliseconds that a start which is to be broken off may still take. */
const patience = 3000;
