// Scenario documents that are nearly right: as YAML and as JSON, with the parts of YAML that nobody needs.
import { fc } from '@fast-check/vitest';
import { parse, stringify } from 'yaml';
import { scenarios } from '../../../seeds/index.ts';
import { FileScenario } from '../../../seeds/scenario-file/file-scenario.ts';
import schema from '../../../seeds/scenario.schema.json' with { type: 'json' };
import { FromSchema } from '../../support/arbitraries/from-schema.ts';
import { nastyJson } from './nasty-json.ts';

const words = [
  'one',
  'two',
  'one-1',
  '${n}',
  '${number}',
  '__proto__',
  'valueOf',
  'constructor',
  '<<',
  '',
  'default',
  'empty',
  '2026-11-16T09:00:00Z',
  '3 days ago',
  'in 2 hours',
  'now',
  '1 day',
  'P1D',
  'ada@example.com',
  'ats',
  '../x.yaml',
];

const scenario = new FromSchema(schema, words)
  .value(schema)
  .map((made) => Object.assign({}, made, { purpose: 'to be read' }));

/** Those that are written down already: what is wrong with one of them is found late. */
const known: readonly unknown[] = scenarios
  .filter((one) => one instanceof FileScenario)
  .map(({ text }) => parse(text));

/** Some in which much refers to something else. */
const tangled = fc
  .record({
    n: fc.oneof(fc.integer({ min: -1, max: 30 }), fc.constantFrom(1e6, 2 ** 53, '${n}', '${number}')),
    label: fc.oneof(fc.constant('job'), fc.constantFrom(...words)),
    above: fc.constantFrom(null, 'one', 'two', 'three'),
    at: fc.constantFrom('1 day', '-1 day', '900 years', '2026-11-20T00:00:00Z', '0 seconds'),
    verb: fc.constantFrom('change', 'delete', 'reorder', 'close'),
  })
  .map(({ n, label, above, at, verb }) => ({
    purpose: 'to be read',
    parameters: { n: { type: 'integer', default: 2, minimum: 0, maximum: 40 } },
    records: {
      offices: [
        { as: 'one', parent_id: above },
        { as: 'two', parent_id: 'one' },
        { as: 'three', parent_id: 'two' },
      ],
      jobs: [{ as: label, name: 'Job ${number} of ${n}' }],
      candidates: [{ as: 'ada-${number}', count: n }],
      applications: [{ as: 'applied-${number}', count: n, candidate_id: 'ada-${number}', job_id: label }],
    },
    delete: above === null ? [] : [above],
    timeline: [{ after: at, do: verb, resource: 'offices', record: 'three', set: { name: label } }],
  }));

const yamlParts = fc.oneof(
  fc.constantFrom(
    '&a ',
    '*a',
    '<<: *a\n',
    '\t',
    '- ',
    ': ',
    '? ',
    '!!binary ',
    '!!set ',
    '!x ',
    '| ',
    '>-\n',
    '"',
    "'",
  ),
  fc.constantFrom(
    '{',
    '[',
    ']',
    '}',
    ',',
    '#',
    '\n---\n',
    '\n...\n',
    '%YAML 1.1\n',
    '%TAG ! x\n',
    '\ufeff',
    '\0',
    '\ud83d',
    '\r',
  ),
  fc.constantFrom(
    '- '.repeat(300),
    '[ '.repeat(3000),
    '&a [*a]',
    'a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b,*b]\n',
    '~',
    '.inf',
    '0x10',
    '1_000',
  ),
  fc.constantFrom('k: 1\n'.repeat(300), '  x\n'.repeat(2000), '"'.repeat(2000), `${' '.repeat(300)}x`),
);

/** A document, and now and then one with something cut out of its text or put in. */
export const anyDocument: fc.Arbitrary<string> = fc
  .tuple(
    nastyJson(
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...known) },
        { weight: 2, arbitrary: tangled },
        { weight: 1, arbitrary: scenario },
      ),
    ),
    fc.constantFrom('json', 'yaml', 'yaml', 'yaml'),
    fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      fc.array(fc.tuple(fc.nat(), fc.nat(5), yamlParts), { maxLength: 3 }),
    ),
  )
  .map(([json, form, cuts]) =>
    cuts.reduce(
      (text, [at, length, put]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + put + text.slice(place + length);
      },
      form === 'yaml' ? asYaml(json) : json,
    ),
  );

/** The same as YAML, where it can be read at all. */
function asYaml(json: string): string {
  try {
    return stringify(JSON.parse(json));
  } catch {
    return json;
  }
}
