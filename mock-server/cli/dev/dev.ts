import type { Command } from 'commander';
import { PortTaken } from '../../../contracts/server/listen.ts';
import { stopWithNpm } from '../../../contracts/stop-with-npm.ts';
import { sayWhileWaiting } from '../../../contracts/while-waiting.ts';
import { startMockGem, type MockGem } from '../../server.ts';
import { readPort } from '../arguments.ts';
import { startConnectorProcess, type ConnectorProcess, showProgress } from './connector-process.ts';
import { devBanner, devHelp, devSummary } from './banner.ts';
import { isGiven } from '../serve/serve.ts';
import { fail, startWhenFree, stopOnSignal } from '../lifecycle.ts';
import { createRequestPrinter } from '../request-lines.ts';
import {
  prepareWorld,
  readServeOptions,
  type ServeOptions,
  addWorldOptions,
  remarkOn,
} from '../serve/options.ts';
import {
  startWebhookCatcher,
  webhookLine,
  type CaughtWebhook,
  type WebhookCatcher,
} from './webhook-catcher.ts';

export interface DevOptions extends Omit<ServeOptions, 'port' | 'host' | 'control'> {
  gemPort: number;
  connectorPort: number;
  webhookPort?: number;
}

/** Adds `mock-gem dev`: emulator and connector side by side, connected and synced. */
export function addDevCommand(program: Command): void {
  const command = program
    .command('dev')
    .description('run emulator and connector together, connect them and run the first sync')
    .optionsGroup('Where they listen:')
    .option('--gem-port <number>', 'port of the emulator; 0 takes any free one', readPort, 4010)
    .option('--connector-port <number>', 'port of the connector; 0 takes any free one', readPort, 4020)
    .option(
      '--webhook-port <number>',
      'port of the catcher, which shows the webhooks of the connector; 4030 or, when that is taken, any free one',
      readPort,
    );
  addWorldOptions(command)
    .option('--json', 'print one JSON line once the first sync has finished, and nothing else')
    .addHelpText('after', devHelp)
    .action(dev);
}

async function dev(options: DevOptions, command: Command): Promise<void> {
  if (options.json && options.log === 'text')
    return fail(new Error('with --json only JSON is printed; take --log json'), '');
  const serveOptions: ServeOptions = { ...options, port: options.gemPort, host: '127.0.0.1', control: true };
  const remark = remarkOn(serveOptions, command);
  if (remark !== undefined) process.stderr.write(`mock-gem: ${remark}\n`);
  const say = options.json ? () => undefined : (text: string) => process.stdout.write(text);

  const running: { gem?: MockGem; connector?: ConnectorProcess; catcher?: WebhookCatcher } = {};
  const stop = async () => {
    say('\nStopping …\n');
    const { gem, connector, catcher } = running;
    // The connector first: it has no Gem to ask any more once the emulator is closed.
    await connector?.stop();
    await Promise.all([catcher?.close(), gem?.close()]);
  };

  const waiting = sayWhileWaiting(options.json ? undefined : process.stderr, 'making the world');
  const gem = await startGem(serveOptions)
    .finally(waiting)
    .catch((error: unknown) => fail(error, '--gem-port'));
  running.gem = gem;
  // Until here the command may be ended at any moment: nothing has begun that would have to be brought to its end.
  stopOnSignal(stop);
  stopWithNpm(stop);
  const webhooks = printWebhooks(options);
  // Who has a receiver of their own is sent all there.
  const isSentElsewhere = isGiven('CONNECTOR_WEBHOOK_URL');
  const catcher = isSentElsewhere
    ? undefined
    : await startCatcher(options, webhooks.print).catch((error: unknown) => fail(error, '--webhook-port'));
  if (catcher) running.catcher = catcher;
  say(`Gem emulator on ${gem.url}, scenario "${options.scenario}".\nStarting the connector …\n`);

  const progress = showProgress(options.json ? undefined : process.stdout);
  const opening = sayWhileWaiting(options.json ? undefined : process.stderr, 'starting the connector');
  const connector = startConnectorProcess({
    port: options.connectorPort,
    gemUrl: gem.url,
    gemApiKey: gem.apiKey,
    gemApplicationSecret: gem.applicationSecret,
    jobBoard: gem.world.company.vanity,
    organization: gem.world.company.name,
    ...(catcher && { webhook: { url: catcher.url, secret: webhookSecret() } }),
    flags: ['--allow-private-addresses'],
    onProgress: (step) => {
      opening();
      progress.update(step);
    },
  });
  running.connector = connector;
  const ready = await connector.ready
    .finally(opening)
    .catch((error: unknown) => fail(error, '--connector-port'));
  progress.finish();
  await prepareWorld(gem, serveOptions).catch((error: unknown) => fail(error, ''));
  const shown = { gem, connector: ready, webhooks: catcher?.url ?? null };
  process.stdout.write(options.json ? `${JSON.stringify(devSummary(shown))}\n` : devBanner(shown, options));
  webhooks.begin();
  void connector.ended.then((reason) => fail(new Error(reason), '--connector-port'));
}

async function startGem(options: ServeOptions): Promise<MockGem> {
  const settings = await readServeOptions(options);
  const printer = options.log && createRequestPrinter(options.log);
  return startWhenFree(() => startMockGem({ ...settings, ...(printer && { onRequest: printer }) }));
}

/** The usual port is taken only where it is free: nobody asked for it. */
async function startCatcher(
  { webhookPort }: DevOptions,
  onWebhook: (webhook: CaughtWebhook) => void,
): Promise<WebhookCatcher> {
  const common = { secret: webhookSecret(), onWebhook };
  if (webhookPort !== undefined)
    return startWhenFree(() => startWebhookCatcher({ ...common, port: webhookPort }));
  return startWebhookCatcher({ ...common, port: defaultWebhookPort }).catch((error: unknown) => {
    if (!(error instanceof PortTaken)) throw error;
    return startWebhookCatcher({ ...common, port: 0 });
  });
}

const defaultWebhookPort = 4030;

/** What webhooks are signed with. It protects nothing but made-up data on this machine, unless another is given. */
function webhookSecret(): string {
  return process.env['CONNECTOR_WEBHOOK_SECRET'] || 'mock-gem-webhook-secret';
}

/** Prints webhooks as they come; those of the first sync behind the banner. */
function printWebhooks({ json, log }: DevOptions): {
  print: (webhook: CaughtWebhook) => void;
  begin: () => void;
} {
  let early: CaughtWebhook[] | undefined = [];
  const show = (webhook: CaughtWebhook) => {
    if (log === 'json') process.stdout.write(`${JSON.stringify({ webhook })}\n`);
    else if (!json) process.stdout.write(`${webhookLine(webhook)}\n`);
  };
  return {
    print: (webhook) => (early ? void early.push(webhook) : show(webhook)),
    begin: () => {
      const waiting = early ?? [];
      early = undefined;
      for (const webhook of waiting) show(webhook);
    },
  };
}
