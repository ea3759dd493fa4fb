import type { Command } from 'commander';
import { stopWithNpm } from '../../contracts/stop-with-npm.ts';
import { loadScenario, readSettings, type ScenarioReference } from '../../seeds/index.ts';
import { startMockGem, type MockGem } from '../server.ts';
import { collect, readPort, readWhole } from './arguments.ts';
import { startConnectorProcess, type ConnectorReady } from './connector-process.ts';
import { fail, startWhenFree, stopOnSignal } from './lifecycle.ts';
import { showProgress } from './progress.ts';

interface DevOptions {
  gemPort: number;
  connectorPort: number;
  scenario: ScenarioReference;
  seed: string;
  set?: string[];
  activity?: number;
  json?: true;
}

/** Adds `mock-gem dev`: emulator and connector side by side, connected and synced. */
export function addDevCommand(program: Command): void {
  program
    .command('dev')
    .description('run emulator and connector together, connect them and run the first sync')
    .option('--gem-port <number>', 'port of the emulator; 0 takes any free one', readPort, 4010)
    .option('--connector-port <number>', 'port of the connector; 0 takes any free one', readPort, 4020)
    .option('--scenario <name>', 'a name from `mock-gem scenario list`, or the path of a file', 'default')
    .option('--set <key=value>', 'a value for a parameter of the scenario; may be repeated', collect)
    .option('--activity <events>', 'recruiters at work: so many events an hour', readWhole)
    .option('--seed <text>', 'names, ids and choices follow from it', 'mock-gem')
    .option('--json', 'print one JSON line once the first sync has finished, and nothing else')
    .addHelpText(
      'after',
      `
Everything is held in memory: each start begins with the scenario anew.

Example:
  mock-gem dev --gem-port 5010 --connector-port 5020`,
    )
    .action(dev);
}

async function dev(options: DevOptions): Promise<void> {
  const say = options.json ? () => undefined : (text: string) => process.stdout.write(text);
  const { gemPort: port, scenario } = options;
  const gem = await startGem({ ...options, port }).catch((error: unknown) => fail(error, '--gem-port'));
  say(`Gem emulator on ${gem.url}, scenario "${scenario}".\nStarting the connector …\n`);

  const progress = showProgress(options.json ? undefined : process.stdout);
  const connector = startConnectorProcess({
    port: options.connectorPort,
    gemUrl: gem.url,
    gemApiKey: gem.apiKey,
    gemApplicationSecret: gem.applicationSecret,
    jobBoard: gem.world.company.vanity,
    organization: gem.world.company.name,
    onProgress: progress.update,
  });
  const stop = async () => {
    say('\nStopping …\n');
    await Promise.all([connector.stop(), gem.close()]);
  };
  stopOnSignal(stop);
  stopWithNpm(stop);
  const ready = await connector.ready.catch((error: unknown) => fail(error, '--connector-port'));
  progress.finish();
  process.stdout.write(options.json ? `${JSON.stringify(toJson(gem, ready))}\n` : summary(gem, ready));
  void connector.ended.then((reason) => fail(new Error(reason), '--connector-port'));
}

async function startGem({ port, scenario, seed, set = [], activity }: DevOptions & { port: number }) {
  await loadScenario(scenario);
  const parameters = readSettings(set);
  const gem = await startWhenFree(() => startMockGem({ port, scenario, seed, parameters }));
  if (activity) gem.world.simulation.start({ perHour: activity });
  return gem;
}

function toJson(gem: MockGem, connector: ConnectorReady): object {
  return {
    gem: { url: gem.url, api_key: gem.apiKey, application_secret: gem.applicationSecret },
    connector: {
      url: connector.apiUrl,
      api_key: connector.apiKey,
      integration_id: connector.integrationId,
    },
  };
}

function summary(gem: MockGem, connector: ConnectorReady): string {
  const counts = Object.entries(connector.counts);
  const width = Math.max(...counts.map(([model]) => model.length));
  return `
Gem emulator     ${gem.url}/ats/v0
  API key        ${gem.apiKey}
  secret         ${gem.applicationSecret}
Unified API      ${connector.apiUrl}
  API key        ${connector.apiKey}
  integration    ${connector.integrationId}

Synced:
${counts.map(([model, count]) => `  ${model.padEnd(width)}  ${String(count).padStart(6)}`).join('\n')}

Try:
  curl -H 'X-API-Key: ${gem.apiKey}' '${gem.url}/ats/v0/candidates/?per_page=2'
  curl -H 'Authorization: Bearer ${connector.apiKey}' -H 'X-Integration-Id: ${connector.integrationId}' '${connector.apiUrl}/ats/jobs?page_size=2'
  curl '${gem.url}/job_board/v0/${gem.world.company.vanity}/job_posts/'

Ctrl-C stops both.
`;
}
