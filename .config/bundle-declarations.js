// Of the compiled declarations, keeps what the package's exports lead to, each with all that it speaks of: the rest speaks
// of packages that only this project installs, and nobody can import it.
import { globSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';

const root = resolve(import.meta.dirname, '..');
const { exports } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'));
const entries = Object.values(exports).flatMap(({ types = [] }) => types);
const bundle = await rollup({
  input: Object.fromEntries(
    entries.map((file) => [file.replace(/^\.\/dist\/|\.d\.ts$/g, ''), resolve(root, file)]),
  ),
  external: (name) => !/^[./]/.test(name),
  plugins: [dts()],
  // It advises to export every type that is shared; those that somebody has a use for are exported.
  onLog: (level, { message }) => {
    if (!/no public re-export/.test(message)) process.stderr.write(`${level}: ${message}\n`);
  },
});
// By now all of them have been read.
for (const file of globSync('dist/**/*.d.ts', { cwd: root })) rmSync(resolve(root, file));
await bundle.write({
  dir: resolve(root, 'dist'),
  entryFileNames: '[name].d.ts',
  chunkFileNames: (chunk) => `types/${chunk.name.replace(/\.d$/, '')}.d.ts`,
});
