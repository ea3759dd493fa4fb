// The commands that work on the data, and not on Gem.
import type { Command } from 'commander';
import { addOptions, type OptionsOf } from '../../contracts/server/options.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { reseal } from '../store/reseal.ts';
import { forgetOldKey } from '../store/vault.ts';
import { storageOptions } from './options.ts';

type Storage = OptionsOf<typeof storageOptions>;

/** Adds the commands to that of the connector. */
export function addStoreCommands(connector: Command): Command {
  const added = addOptions(connector.command('reseal'), storageOptions);
  added
    .description('Seal all credentials with a new key, in place of an old one.')
    .addHelpText('after', aboutReseal)
    .action((options: Storage) => end(() => renewKey(options)));
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
  const { renewed, unreadable } = await withStore({ ...storageOf(options), renewsKey: true }, reseal);
  if (!isGiven) forgetOldKey(dataDirectory);
  print(`${renewed} texts are sealed with the new key, and nothing is with the old one`);
  if (unreadable > 0)
    throw new Error(`${unreadable} texts were sealed with neither key, and stay as they are`);
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
