// Builds the console into `dist` beside this file, where the emulator finds it. What is built already stays as it is: `npm ci`,
// the package and the tests all ask for it.
import { globSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

/** Builds the console where its sources are newer than what was built. */
export async function buildConsole(): Promise<void> {
  if (isCurrent()) return;
  await build({ configFile: join(import.meta.dirname, 'vite.config.ts'), logLevel: 'warn' });
}

function isCurrent(): boolean {
  const root = resolve(import.meta.dirname, '../..');
  const sources = ['mock-server/console/**/*.{ts,tsx,css,html,js,svg}', 'contracts/page/tokens.ts']
    .concat('contracts/generated/{control,unified}.json', 'seeds/scenario.schema.json', 'package-lock.json')
    .flatMap((pattern) => globSync(pattern, { cwd: root, exclude: ['mock-server/console/dist'] }))
    .filter((path) => !path.startsWith(join('mock-server', 'console', 'dist')));
  const built = statSync(join(import.meta.dirname, 'dist/index.html'), { throwIfNoEntry: false });
  return built !== undefined && sources.every((path) => statSync(join(root, path)).mtimeMs < built.mtimeMs);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildConsole();
