import { describe, expect, test } from 'vitest';
import { controlDescription } from '../../contracts/control.ts';
import { gemDescription } from '../../contracts/gem.ts';
import { html } from '../../contracts/page/html.ts';
import type { SchemaNode } from '../../contracts/page/nodes.ts';
import { renderPage } from '../../contracts/page/page.ts';
import { typeOf } from '../../contracts/page/schemas.ts';
import { unifiedDescription } from '../../contracts/unified.ts';

/** What a description says of a webhook. */
interface WebhookNode {
  summary: string;
  requestBody: { content: { 'application/json': { schema: { $ref: string } } } };
  'x-evidence': { grade: string };
}

const sample = { url: 'http://127.0.0.1:4010', headers: {}, valuesOf: () => ({}) };

describe.each([
  ['gem', gemDescription],
  ['unified', unifiedDescription],
  ['control', controlDescription],
])('the page of the %s description', (name, description) => {
  const page = renderPage(description, sample);

  test('shows every operation with its path, its example and the evidence that there is', () => {
    for (const { id, path, evidence, method } of description.operations.values()) {
      const [line = '', section = ''] = page.split(`id="${id}"`);
      const [, summary = ''] = line.split('<summary>').slice(-2);
      expect(summary.replaceAll('<wbr />', '')).toContain(`<code>${path}</code>`);
      expect(summary.includes(`>${evidence.grade}</span>`)).toBe(name !== 'control');
      const [example = ''] = section.split('</code></pre>');
      expect(example).toContain(`curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}`);
    }
  });

  test('speaks of evidence only where it differs from one operation to another', () => {
    const grades = new Set([...description.operations.values()].map(({ evidence }) => evidence.grade));
    expect(page.includes('class="grade')).toBe(grades.size > 1);
  });

  test('shows every webhook with what it carries, its signature, answer and evidence', () => {
    const { webhooks = {} } = description.document as { webhooks?: Record<string, { post: WebhookNode }> };
    expect(page.includes('>Webhooks</h2>')).toBe(Object.keys(webhooks).length > 0);
    for (const [hook, { post }] of Object.entries(webhooks)) {
      const [before = '', rest = ''] = page.split(`id="webhook-${hook}"`);
      const [, summary = ''] = before.split('<summary>').slice(-2);
      const [section = ''] = rest.split('</details>');
      expect(summary).toContain(`<code>${hook}</code>`);
      expect(summary).toContain(html`${post.summary}`.text);
      expect(section).toContain('<code>X-Kombo-Signature</code>');
      expect(section).toContain('or no answer within ten seconds, lets it be sent again.');
      const schema = post.requestBody.content['application/json'].schema.$ref.split('/').at(-1);
      expect(section).toContain(`<a href="#schema-${schema}">`);
      expect(section).toContain(`>${post['x-evidence'].grade}</span>`);
    }
  });

  test('names the type of whatever has one', () => {
    const schemas = schemasIn(description.document);
    expect(schemas.length).toBeGreaterThan(500);
    const untold = schemas.filter((schema) => typeOf(schema).text.startsWith('anything'));
    expect(untold.filter((schema) => says.some((word) => word in schema))).toEqual([]);
  });

  test('tells a refusal that operations share once, and leads there', () => {
    const refusals = [...page.matchAll(/id="refusal-(\w+)"/g)].map(([, id]) => id);
    expect(refusals.length).toBeGreaterThan(7);
    expect(new Set(refusals).size).toBe(refusals.length);
    for (const id of refusals) expect(page).toContain(`href="#refusal-${id}"`);
  });

  test('leads every link to something on the page, and has each place once', () => {
    const markup = page.replace(/<script>.*<\/script>/s, '');
    const links = [...markup.matchAll(/href="#([^"]+)"/g)].map(([, target]) => target);
    expect(links.length).toBeGreaterThan(20);
    const places = [...markup.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(places).size).toBe(places.length);
    for (const target of new Set(links)) expect(places).toContain(target);
  });

  test('takes nothing from elsewhere, and has no header without words', () => {
    expect(page).not.toMatch(/<img|<iframe|src=|@import|url\(/);
    expect(page.match(/<link [^>]*>/g)).toEqual(['<link rel="icon" href="data:," />']);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toMatch(/<(h\d|th|dt|summary)[^>]*>\s*<\/\1>/);
  });
});

/** Words by which a schema says of what type it is. */
const says = ['type', 'const', 'enum', 'oneOf', 'anyOf', '$ref', 'items', 'properties'];

/** Every schema of a description, also those within others. */
function schemasIn(node: unknown, isSchema = false): SchemaNode[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = isSchema && !Array.isArray(node) ? [node as SchemaNode] : [];
  const inner = Object.entries(node).flatMap(([key, value]) => {
    if (key === 'example' || key === 'examples') return [];
    if (key === 'schemas' || key === 'properties')
      return Object.values(value as object).flatMap((one) => schemasIn(one, true));
    return schemasIn(
      value,
      Array.isArray(node) ? isSchema : ['schema', 'items', 'oneOf', 'anyOf'].includes(key),
    );
  });
  return [...own, ...inner];
}

describe('a type', () => {
  test.each<[SchemaNode, string]>([
    [{ const: 'status' }, '<code>status</code>'],
    [{ const: 1 }, '<code>1</code>'],
    [{ enum: ['a', null] }, '<code>a</code> or <code>null</code>'],
    [{ type: ['string', 'null'], format: 'date', minLength: 1 }, 'string or null (date, not empty)'],
    [
      { type: 'array', items: { type: 'integer', minimum: 1 }, maxItems: 3 },
      'list of integer (from 1) (at most 3)',
    ],
    [{ type: 'object', additionalProperties: { type: 'string' } }, 'object with string by name'],
    [
      { anyOf: [{ const: 'off' }, { $ref: '#/components/schemas/Rate' }] },
      '<code>off</code> or <a href="#schema-Rate">Rate</a>',
    ],
    [
      { type: 'string', pattern: '^a', examples: ['ab'] },
      'string (like <code>^a</code>, such as <code>ab</code>)',
    ],
    [{}, 'anything'],
  ])('%j', (schema, words) => {
    expect(typeOf(schema).text).toBe(words);
  });
});

test('what is put into HTML is escaped, unless it is HTML', () => {
  expect(html`<p>${'<b>&"'}${html`<i>${1}</i>`}${['a', '<']}${undefined}</p>`.text).toBe(
    '<p>&lt;b&gt;&amp;&quot;<i>1</i>a&lt;</p>',
  );
});
