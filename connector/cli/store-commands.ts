// The commands that work on the data, and not on Gem.
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { systemClock } from '../../contracts/clock.ts';
import { linesOf } from '../../contracts/lines.ts';
import { addOptions, environment, type OptionsOf } from '../../contracts/server/options.ts';
import type { Services } from '../actions/services.ts';
import { holdAgainst } from '../connect/relink.ts';
import { createGemClient } from '../gem/client.ts';
import { moveStore } from '../store/move-store.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { findIntegration } from '../store/queries/integrations.ts';
import { reseal } from '../store/reseal.ts';
import { CannotTransfer, exportIntegration, importIntegration } from '../store/transfer-integration.ts';
import { forgetOldKey, hasOwnKey } from '../store/vault.ts';
import { storageOptions } from './options.ts';

type Storage = OptionsOf<typeof storageOptions>;

/** Adds the commands to that of the connector. */
export function addStoreCommands(connector: Command): Command {
  const added = addOptions(connector.command('reseal'), storageOptions);
  added
    .description('Seal all credentials with a new key, in place of an old one.')
    .addHelpText('after', aboutReseal)
    .action((options: Storage) => end(() => renewKey(options)));
  addOptions(connector.command('export'), storageOptions)
    .argument('<integration>', 'the id of the integration')
    .argument('[file]', 'where it is written to; otherwise to standard output')
    .description('Write an integration with all its data, without its secrets.')
    .addHelpText('after', aboutExport)
    .action((id: string, file: string | undefined, options: Storage) =>
      end(() => exportTo(id, file, options)),
    );
  addOptions(connector.command('import'), importOptions)
    .argument('[file]', 'what export wrote; otherwise standard input')
    .description('Store an integration that was exported.')
    .addHelpText('after', aboutImport)
    .action((file: string | undefined, options: OptionsOf<typeof importOptions>) =>
      end(() => importFrom(file, options)),
    );
  addOptions(connector.command('move'), storageOptions)
    .description('Copy all data from the embedded database to the PostgreSQL server in DATABASE_URL.')
    .addHelpText('after', aboutMove)
    .action((options: Storage) => end(() => moveToServer(options)));
  // Those of the connector itself are called alike, and would be passed over.
  return connector.enablePositionalOptions().hook('preSubcommand', (before, command) => {
    const misplaced = before.options.find(
      (one) => before.getOptionValueSource(one.attributeName()) === 'cli',
    );
    if (misplaced) before.error(`error: ${misplaced.flags} has to stand behind ${command.name()}`);
  });
}

const aboutReseal = `
With a key of your own, in four steps, of which none keeps anybody waiting:
  1. make a key: openssl rand -base64 32
  2. start every process anew with both: CONNECTOR_OTHER_ENCRYPTION_KEY holds the new one at first; then, once all of them
     have it, start them once more with the new one in CONNECTOR_ENCRYPTION_KEY and the old one in
     CONNECTOR_OTHER_ENCRYPTION_KEY
  3. mock-gem connector reseal, with the same two variables; should it be stopped in the middle, run it again
  4. take the old one out, and start every process with the new one alone
Where the connector may stand still meanwhile, stop it, run reseal with both keys, and start it with the new one.

A key that was made for an embedded database is renewed with "mock-gem connector reseal" alone, while nothing else has the
database open.`;

async function renewKey(options: Storage): Promise<void> {
  const { databaseUrl, encryptionKey, otherEncryptionKey, dataDirectory } = options;
  const isGiven = encryptionKey !== undefined || databaseUrl !== undefined;
  if (isGiven && otherEncryptionKey === undefined) {
    throw new Error(
      'the new key belongs into CONNECTOR_ENCRYPTION_KEY, and the old one into CONNECTOR_OTHER_ENCRYPTION_KEY',
    );
  }
  const { renewed, unreadable } = await withStore({ ...existing(options), renewsKey: true }, reseal);
  if (!isGiven) forgetOldKey(dataDirectory);
  print(`${renewed} texts are sealed with the new key, and nothing is with the old one`);
  if (unreadable > 0)
    throw new Error(`${unreadable} texts were sealed with neither key, and stay as they are`);
}

const importOptions = {
  ...storageOptions,
  gemApiKey: environment(
    'GEM_API_KEY',
    'the key of the Gem account; without it the customer connects it again',
  ),
  applicationSecret: environment(
    'GEM_APPLICATION_SECRET',
    "the partner's secret, where the key is a shareable one",
  ),
};

const aboutExport = `
The file has the data of people, and none of the credentials: keep it like a backup. An embedded database can be exported from
while no connector has it open, a server's at any time.`;

const aboutImport = `
The integration keeps its id and those of all its records. With the key in GEM_API_KEY, which is checked with a live call, it goes on
where it was; without one it can be read and is not synced, until its account is connected again: POST /v1/integrations/{id}/relink, or --relink.
Cursors of lists that were given out before are not good any more.`;

const aboutMove = `
The server's database has to be empty, and is filled in one transaction; the folder stays as it is. What is sealed in the folder
is opened with the folder's own key, or with CONNECTOR_OTHER_ENCRYPTION_KEY if that is set, and sealed with
CONNECTOR_ENCRYPTION_KEY. Stop the connector first, and start it with DATABASE_URL afterwards.`;

async function exportTo(id: string, file: string | undefined, options: Storage): Promise<void> {
  const output = file === undefined ? process.stdout : createWriteStream(file, { mode: 0o600, flags: 'wx' });
  const write = async (line: string) => {
    if (!output.write(`${line}\n`)) await once(output, 'drain');
  };
  const { rows, pending } = await withStore(existing(options), (store) =>
    exportIntegration(store, id, write),
  );
  if (output !== process.stdout) {
    output.end();
    await once(output, 'finish');
  }
  complain(`${id} has ${rows} rows`);
  if (pending > 0) complain(`${pending} applications are being created, and are left out`);
}

async function importFrom(
  file: string | undefined,
  { gemApiKey, applicationSecret, ...options }: OptionsOf<typeof importOptions>,
): Promise<void> {
  const input = file === undefined ? process.stdin : createReadStream(file);
  // A file that cannot be read is told before anything is opened.
  if (input !== process.stdin) await once(input, 'open');
  const key =
    gemApiKey === undefined ? undefined : { apiKey: gemApiKey, applicationSecret: applicationSecret ?? null };
  const { id, rows } = await withStore(storageOf(options), (store) =>
    importIntegration(store, linesOf(input), {
      key,
      clock: systemClock,
      ...(key && { check: checkAccount }),
    }),
  );
  print(
    `${id} is there, with ${rows} rows${key ? '' : '; it is not synced until its account is connected again'}`,
  );
}

/** With the key of another account, the next sync would take all that was imported for gone. One that was deleted has none. */
async function checkAccount(store: Pick<Store, 'database' | 'vault'>, id: string): Promise<void> {
  const integration = await findIntegration(store, id);
  if (!integration) return;
  const found = await holdAgainst({ database: store.database, clientOf }, id, integration.gem);
  if (found === 'same' || (integration.firstSyncedAt === null && found !== 'refused')) return;
  throw new CannotTransfer(
    `${whyNot[found]}; nothing was imported. Without GEM_API_KEY the customer connects the account again`,
  );
}

const clientOf: Services['clientOf'] = ({ gem }, more) => createGemClient({ ...gem, ...more });

const whyNot = {
  refused: 'Gem refuses the key in GEM_API_KEY',
  other: 'the key in GEM_API_KEY is of another account than what was exported: they have no user in common',
  unknown:
    'it cannot be told whether the key in GEM_API_KEY is of the account that was exported: Gem gives out neither its users nor its candidates',
};

async function moveToServer(options: Storage): Promise<void> {
  const { databaseUrl, dataDirectory, encryptionKey, otherEncryptionKey } = options;
  if (databaseUrl === undefined)
    throw new Error('DATABASE_URL has to say which server the data is to be moved to');
  const ownKey = hasOwnKey(dataDirectory) ? undefined : encryptionKey;
  checkFolder(dataDirectory);
  const source = { dataDirectory, encryptionKey: otherEncryptionKey ?? ownKey, log: complain };
  const target = { databaseUrl, encryptionKey, log: complain };
  const rows = await withStore(source, (from) => withStore(target, (to) => moveStore(from, to)));
  print(
    `${rows} rows were copied to the server. ${dataDirectory} stays as it is, and is not needed any more`,
  );
}

function existing(options: Storage) {
  if (options.databaseUrl === undefined) checkFolder(options.dataDirectory);
  return storageOf(options);
}

/** A folder that is mistyped would be made, and found empty. */
function checkFolder(dataDirectory: string): void {
  if (!existsSync(join(dataDirectory, 'database'))) throw new Error(`there is no data in ${dataDirectory}`);
}

/** What a store is opened with. */
function storageOf({ databaseUrl, dataDirectory, encryptionKey, otherEncryptionKey }: Storage) {
  return { databaseUrl, dataDirectory, encryptionKey, otherEncryptionKey, log: complain };
}

async function withStore<Result>(
  storage: Parameters<typeof openStore>[0],
  task: (store: Store) => Promise<Result>,
): Promise<Result> {
  const store = await openStore(storage);
  try {
    return await task(store);
  } finally {
    await store.close();
  }
}

/** What goes wrong is told in one line, and shows in how the process ends. */
async function end(task: () => Promise<void>): Promise<void> {
  try {
    await task();
  } catch (error) {
    process.exitCode = 1;
    complain(error instanceof Error ? error.message : String(error));
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}
