import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { PortTaken } from '../../../contracts/server/listen.ts';
import { stopWithNpm } from '../../../contracts/stop.ts';
import { developmentApiKey } from '../../../contracts/unified.ts';
import { sayWhileWaiting } from '../../../contracts/while-waiting.ts';
import { addOptions } from '../../../contracts/server/options.ts';
import { startMockGem, type MockGem, type MockGemOptions } from '../../server.ts';
import { consolePrefix } from '../../control/console.ts';
import type { ConsoleConnector } from '../../control/console-connector.ts';
import { fail, startWhenFree, stopOnSignal, openInBrowser } from '../terminal.ts';
import { createRequestPrinter } from '../request-lines.ts';
import { isOpen, readServeOptions, remarkOn, type ServeOptions } from '../serve/options.ts';
import { prepareWorld } from '../serve/serve.ts';
import { devBanner, devHelp, devSummary, devOptions, type DevOptions } from './options.ts';
import {
  showProgress,
  startConnectorProcess,
  type ConnectorProcess,
  type ConnectorReady,
} from './connector-process.ts';
import {
  startWebhookCatcher,
  webhookLine,
  type CaughtWebhook,
  type WebhookCatcher,
} from './webhook-catcher.ts';
import { summaries } from '../summaries.ts';

/** Adds `mock-gem dev`: emulator and connector side by side, connected and synced. */
export function addDevCommand(program: Command): void {
  const command = program.command('dev').description(summaries.dev.purpose);
  addOptions(command, devOptions).addHelpText('after', devHelp).action(dev);
}

async function dev(options: DevOptions, command: Command): Promise<void> {
  if (options.json && options.log === 'text')
    return fail(new Error('with --json only JSON is printed; take --log json'), '');
  const serveOptions: ServeOptions = {
    ...options,
    port: options.gemPort,
    control: true,
  };
  const remark = remarkOn(serveOptions, command);
  if (remark !== undefined) process.stderr.write(`mock-gem: ${remark}\n`);
  const say = options.json ? () => undefined : (text: string) => process.stdout.write(text);

  const running: {
    ready?: ConnectorReady;
    gem?: MockGem;
    connector?: ConnectorProcess;
    catcher?: WebhookCatcher;
  } = {};
  const stop = async () => {
    say('\nStopping …\n');
    const { gem, connector, catcher } = running;
    // The connector first: it has no Gem to ask any more once the emulator is closed.
    await connector?.stop();
    await Promise.all([catcher?.close(), gem?.close()]);
  };

  const waiting = sayWhileWaiting(options.json ? undefined : process.stderr, 'making the world');
  const gem = await startGem(serveOptions, () => shownConnector(running.ready))
    .finally(waiting)
    .catch((error: unknown) => fail(error, '--gem-port'));
  running.gem = gem;
  // Until here the command may be ended at any moment: nothing has begun that would have to be brought to its end.
  stopOnSignal(stop);
  stopWithNpm(stop);
  const webhooks = printWebhooks(options);
  // Who has a receiver of their own is sent all there.
  const catcher =
    options.webhookUrl !== undefined
      ? undefined
      : await startCatcher(options, webhooks.print).catch((error: unknown) => fail(error, '--webhook-port'));
  if (catcher) running.catcher = catcher;
  say(`Gem emulator on ${gem.url}, scenario "${options.scenario}".\nStarting the connector …\n`);

  const progress = showProgress(options.json ? undefined : process.stdout);
  const opening = sayWhileWaiting(options.json ? undefined : process.stderr, 'starting the connector');
  const connector = startConnectorProcess({
    port: options.connectorPort,
    host: options.host,
    apiKey: connectorApiKey(options),
    gemUrl: fromHere(gem.url),
    gemApiKey: gem.apiKey,
    gemApplicationSecret: gem.applicationSecret,
    jobBoard: gem.world.company.vanity,
    organization: gem.world.company.name,
    ...(catcher && { webhook: { url: fromHere(catcher.url), secret: webhookSecret(options) } }),
    // What the emulator does not hold it to, it need not keep to.
    flags: ['--allow-private-addresses', ...(options.rateLimit ? [] : ['--gem-rate', '0'])],
    onProgress: (step) => {
      opening();
      progress.update(step);
    },
  });
  running.connector = connector;
  const ready = await connector.ready
    .finally(opening)
    .catch((error: unknown) => fail(error, '--connector-port'));
  running.ready = ready;
  progress.finish();
  await prepareWorld(gem, serveOptions).catch((error: unknown) => fail(error, ''));
  const shown = { gem, connector: ready, webhooks: catcher?.url ?? null };
  process.stdout.write(
    options.json ? `${JSON.stringify(devSummary(shown, options))}\n` : devBanner(shown, options),
  );
  if (options.open) openInBrowser(`${fromHere(gem.url)}${consolePrefix}`);
  webhooks.begin();
  void connector.ended.then((reason) => fail(new Error(reason), '--connector-port'));
}

async function startGem(
  options: ServeOptions,
  consoleConnector: MockGemOptions['consoleConnector'] & {},
): Promise<MockGem> {
  const settings = await readServeOptions(options);
  const printer = options.log && (await createRequestPrinter(options.log));
  return startWhenFree(() =>
    startMockGem({ ...settings, consoleConnector, ...(printer && { onRequest: printer }) }),
  );
}

/** The connector as the console sees it, once its first sync has finished. */
function shownConnector(ready: ConnectorReady | undefined): ConsoleConnector | undefined {
  return ready && { url: fromHere(ready.apiUrl), apiKey: ready.apiKey, integrationId: ready.integrationId };
}

/** The default port is taken only where it is free; a port that was asked for has to be. */
async function startCatcher(
  options: DevOptions,
  onWebhook: (webhook: CaughtWebhook) => void,
): Promise<WebhookCatcher> {
  const { host, webhookPort } = options;
  const common = { host, secret: webhookSecret(options), onWebhook };
  if (webhookPort !== undefined)
    return startWhenFree(() => startWebhookCatcher({ ...common, port: webhookPort }));
  return startWebhookCatcher({ ...common, port: defaultWebhookPort }).catch((error: unknown) => {
    if (!(error instanceof PortTaken)) throw error;
    return startWebhookCatcher({ ...common, port: 0 });
  });
}

const defaultWebhookPort = 4030;

/** What webhooks are signed with. It protects nothing but made-up data on this machine, unless another is given. */
function webhookSecret(options: DevOptions): string {
  return options.webhookSecret ?? 'mock-gem-webhook-secret';
}

/**
 * The key that callers of the connector send. Callers can make it ask addresses of this machine, so it gets a key of its own
 * where other machines reach it.
 */
function connectorApiKey({ connectorApiKey: given, host }: DevOptions): string {
  return given ?? (isOpen(host) ? randomBytes(24).toString('base64url') : developmentApiKey);
}

/** Where this machine reaches a server of its own that may listen on all its addresses. */
function fromHere(url: string): string {
  return url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');
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
