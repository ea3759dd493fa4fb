// Of the compiled declarations, keeps those that the package's exports lead to: the others speak of packages that only this
// project installs, and nobody can import them.
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const { exports } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'));
const reached = new Set(
  Object.values(exports)
    .flatMap(({ types = [] }) => types)
    .map((file) => resolve(root, file)),
);
for (const file of reached) {
  const text = readFileSync(file, 'utf8');
  for (const [, name] of text.matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"\n]+)['"]/g)) {
    const declaration = resolve(dirname(file), name.replace(/\.[jt]s$/, '.d.ts'));
    if (existsSync(declaration)) reached.add(declaration);
  }
}
for (const file of globSync('dist/**/*.d.ts', { cwd: root })) {
  if (!reached.has(resolve(root, file))) rmSync(resolve(root, file));
}
