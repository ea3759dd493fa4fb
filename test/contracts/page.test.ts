import { describe, expect, test } from 'vitest';
import { gemDescription } from '../../contracts/gem.ts';
import { html } from '../../contracts/page/html.ts';
import { renderPage } from '../../contracts/page/page.ts';
import { unifiedDescription } from '../../contracts/unified.ts';
import { useBoth } from '../support/both.ts';

/** What a description says of a webhook. */
interface WebhookNode {
  summary: string;
  requestBody: { content: { 'application/json': { schema: { $ref: string } } } };
  'x-evidence': { grade: string };
}

describe.each([
  ['gem', gemDescription],
  ['unified', unifiedDescription],
])('the page of the %s description', (_name, description) => {
  const page = renderPage(description);

  test('shows every operation with its path and its evidence', () => {
    for (const { id, path, evidence } of description.operations.values()) {
      const [, section = ''] = page.split(`id="${id}"`);
      expect(section).toContain(`<code>${path}</code>`);
      expect(section.split('</summary>')[0]).toContain(`>${evidence.grade}</span>`);
    }
  });

  test('shows every webhook with what it carries, its signature, answer and evidence', () => {
    const { webhooks = {} } = description.document as { webhooks?: Record<string, { post: WebhookNode }> };
    expect(page.includes('<h2>Webhooks</h2>')).toBe(Object.keys(webhooks).length > 0);
    for (const [name, { post }] of Object.entries(webhooks)) {
      const [, rest = ''] = page.split(`id="webhook-${name}"`);
      const [section = ''] = rest.split('</details>');
      expect(section).toContain(`<code>${name}</code>`);
      expect(section).toContain(html`${post.summary}`.text);
      expect(section).toContain('<code>X-Kombo-Signature</code>');
      expect(section).toContain('or no answer within ten seconds, lets it be sent again.');
      const schema = post.requestBody.content['application/json'].schema.$ref.split('/').at(-1);
      expect(section).toContain(`<a href="#schema-${schema}">`);
      expect(section).toContain(`>${post['x-evidence'].grade}</span>`);
    }
  });

  test('leads every link to something on the page', () => {
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, target]) => target);
    expect(links.length).toBeGreaterThan(20);
    for (const target of new Set(links)) expect(page).toContain(`id="${target}"`);
  });

  test('holds no script and takes nothing from elsewhere', () => {
    expect(page).not.toMatch(/<script|<link|<img|src=|@import|url\(/);
  });
});

test('what is put into HTML is escaped, unless it is HTML', () => {
  expect(html`<p>${'<b>&"'}${html`<i>${1}</i>`}${['a', '<']}${undefined}</p>`.text).toBe(
    '<p>&lt;b&gt;&amp;&quot;<i>1</i>a&lt;</p>',
  );
});

const both = useBoth();

test.each([
  ['the emulator', () => both.gem.url, 'Gem API'],
  ['the connector', () => both.connector.url, 'Unified ATS API'],
])('%s serves its page to people and its description to tools', async (_who, url, title) => {
  const page = await fetch(`${url()}/docs`);
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(await page.text()).toContain(`<title>${title}</title>`);
  expect(await (await fetch(`${url()}/openapi.json`)).json()).toMatchObject({ openapi: '3.1.0' });
});
