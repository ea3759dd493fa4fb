// Writes the JSON Schema by which editors complete scenarios. `--check` fails when the checked-in one is out of date.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadRules } from '../contracts/harness/catalogue.ts';
import { editorSchema } from './scenario-file/editor-schema.ts';

const file = new URL('./scenario.schema.json', import.meta.url);
const content = `${JSON.stringify(editorSchema(await loadRules()), null, 1)}\n`;

if (!process.argv.includes('--check')) writeFileSync(file, content);
else if (!existsSync(file) || readFileSync(file, 'utf8') !== content) {
  process.stderr.write('out of date: seeds/scenario.schema.json (run: npm run generate)\n');
  process.exitCode = 1;
}
