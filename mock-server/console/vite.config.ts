import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';
import { tokens } from '../../contracts/page/tokens.ts';

/** Where `npm run console` finds the emulator. */
const emulator = process.env['MOCK_GEM_URL'] ?? 'http://127.0.0.1:4010';
/** What the emulator answers, asked under the name that the browser knows: it answers no page from elsewhere. */
const asked = [
  // Not the sources of the page of that name.
  String.raw`^/_console/connector/(?![^?]*\.(tsx?|css)\b)`,
  '/_console/settings',
  '/_control',
  '/ats',
  '/v0',
  '/job_board',
];

export default defineConfig({
  root: import.meta.dirname,
  base: '/_console/',
  plugins: [fromContracts()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    cssTarget: 'chrome123',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1000,
  },
  server: {
    port: 4011,
    strictPort: true,
    proxy: Object.fromEntries(asked.map((path) => [path, { target: emulator, changeOrigin: false }])),
  },
});

/** What the console takes from elsewhere: the sheet of tokens, which path each operation has, what a scenario has to fit. */
function fromContracts(): Plugin {
  const sources: Record<string, () => string> = {
    'virtual:tokens.css': () => tokens,
    'virtual:operations': () =>
      `export const control = ${JSON.stringify(operationsOf('control'))};\nexport const unified = ${JSON.stringify(operationsOf('unified'))};`,
    'virtual:scenario-schema': () =>
      `export const schema = ${readFileSync(new URL('../../seeds/scenario.schema.json', import.meta.url), 'utf8')};`,
    'virtual:actions': () => `export const actions = ${JSON.stringify(actionsOf())};`,
  };
  return {
    name: 'from-contracts',
    resolveId: (id) => (Object.hasOwn(sources, id) ? `\0${id}` : undefined),
    load: (id) => sources[id.replace('\0', '')]?.(),
  };
}

/** What the forms of the unified API's actions are made from. */
function actionsOf(): object[] {
  const file = new URL('../../contracts/generated/unified.json', import.meta.url);
  const { paths, components } = JSON.parse(readFileSync(file, 'utf8')) as UnifiedDocument;
  const follow = (schema: UnifiedSchema): UnifiedSchema => {
    const { $ref, properties, items, ...own } = schema;
    const named =
      $ref === undefined ? {} : follow(components.schemas[$ref.slice($ref.lastIndexOf('/') + 1)] ?? {});
    const inner = Object.entries(properties ?? {}).map(([name, one]) => [name, follow(one)]);
    return {
      ...named,
      ...own,
      ...(properties && { properties: Object.fromEntries(inner) as Record<string, UnifiedSchema> }),
      ...(items && { items: follow(items) }),
    };
  };
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) => {
      if (operation['x-action'] === undefined) return [];
      const { schema = {}, example } = operation.requestBody?.content['application/json'] ?? {};
      const { properties = {}, required = [] } = follow(schema);
      const fields = Object.entries(properties).map(([name, one]) => ({
        name,
        isRequired: required.includes(name),
        schema: one,
      }));
      const { operationId: id, summary } = operation;
      return { id, path, method: method.toUpperCase(), summary, fields, example: example ?? {} };
    }),
  );
}

interface UnifiedSchema {
  $ref?: string;
  description?: string | undefined;
  properties?: Record<string, UnifiedSchema>;
  items?: UnifiedSchema;
  required?: string[];
}

interface UnifiedDocument {
  paths: Record<
    string,
    Record<
      string,
      {
        operationId: string;
        summary: string;
        'x-action'?: unknown;
        requestBody?: { content: Record<string, { schema?: UnifiedSchema; example?: unknown }> };
      }
    >
  >;
  components: { schemas: Record<string, UnifiedSchema> };
}

/** Method and path of each operation of a description. */
function operationsOf(name: 'control' | 'unified'): Record<string, [string, string]> {
  const file = new URL(`../../contracts/generated/${name}.json`, import.meta.url);
  const { paths } = JSON.parse(readFileSync(file, 'utf8')) as {
    paths: Record<string, Record<string, { operationId?: string }>>;
  };
  const all = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { operationId = '' }]) => [
      operationId,
      [method.toUpperCase(), path] as [string, string],
    ]),
  );
  return Object.fromEntries(all.filter(([id]) => id !== ''));
}
