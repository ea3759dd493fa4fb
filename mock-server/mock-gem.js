#!/usr/bin/env node
// The `mock-gem` command: runs the sources where they are (a clone), the compiled files where they are not (a package).
import { existsSync } from 'node:fs';
import module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `mock-gem needs Node 22.18 or newer; this is ${process.versions.node}. In a clone, \`npm ci\` brings the right one: use \`npm start\` or \`npx mock-gem\`.\n`,
  );
  process.exit(1);
}
// Asked to stop while it still starts, it stops: as the first process of a container nobody else would see to that.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  process.on(signal, () => process.listenerCount(signal) === 1 && process.exit(code));
}
// Whoever reads what is printed may leave before the end, as `head` does: a server stops in good order, all else is done.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
  if (process.listenerCount('SIGTERM') === 1) process.exit(0);
  if (!hasReaderLeft) process.emit('SIGTERM');
  hasReaderLeft = true;
});
let hasReaderLeft = false;
// What was compiled at one start is there at the next, also for the programs that this one starts: that halves it.
module.enableCompileCache();
process.env.NODE_COMPILE_CACHE ??= module.getCompileCacheDir();
// Each program is this very process, so that whatever ends the command, however hard, ends the program.
const isConnector = process.argv[2] === 'connector';
if (isConnector) process.argv.splice(2, 1);
const program = isConnector ? 'connector' : 'mock-server';
const sources = new URL(`../${program}/main.ts`, import.meta.url);
await import(
  existsSync(sources) ? sources.href : new URL(`../dist/${program}/main.js`, import.meta.url).href
);
