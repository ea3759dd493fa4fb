import type { Description, Grade } from '../description.ts';
import { gradeMeanings } from './evidence.ts';
import { html, inline, prose, type Html } from './html.ts';
import type { DocumentNode } from './nodes.ts';
import { operationSection } from './operations.ts';
import { schemaSection } from './schemas.ts';
import { style } from './style.ts';

/**
 * Writes a description as one page for people: every operation and every object, each promise with its evidence. It
 * holds no script and needs nothing from elsewhere.
 */
export function renderPage(description: Description): string {
  const document = description.document as DocumentNode;
  const { info, components } = document;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${info.title}</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <h1>${info.title} <small>${info.version}</small></h1>
        ${inline(info.summary)} ${prose(info.description)} ${gradeTable(description)} ${operations(document)}
        ${webhooks(document)}
        <h2>Objects</h2>
        ${Object.entries(components.schemas).map(([name, schema]) => schemaSection(name, schema))}
      </body>
    </html>`.text;
}

/** How much of the API rests on what. */
function gradeTable({ operations }: Description): Html {
  const all = [...operations.values()];
  const count = (grade: string) => all.filter(({ evidence }) => evidence.grade === grade).length;
  return html`<table class="grades">
    <tr>
      <th>evidence</th>
      <th>operations</th>
      <th></th>
    </tr>
    ${Object.entries(gradeMeanings).map(
      ([grade, meaning]) =>
        html`<tr>
          <td><span class="grade ${grade satisfies string as Grade}">${grade}</span></td>
          <td>${count(grade)}</td>
          <td>${meaning}</td>
        </tr>`,
    )}
  </table>`;
}

function operations(document: DocumentNode): Html {
  const byTag = new Map<string, Html[]>();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      if (operation.operationId === undefined) continue;
      const tag = operation.tags?.[0] ?? 'Other';
      byTag.set(tag, [...(byTag.get(tag) ?? []), operationSection(document, path, method, operation)]);
    }
  }
  return html`${[...byTag].map(
    ([tag, sections]) =>
      html`<h2>${tag}</h2>
        ${sections}`,
  )}`;
}

/** What is sent to those who asked for it; no line where nothing is. */
function webhooks(document: DocumentNode): Html | undefined {
  const sent = Object.entries(document.webhooks ?? {});
  if (sent.length === 0) return undefined;
  const sections = sent.flatMap(([name, item]) =>
    Object.entries(item).map(([method, operation]) =>
      operationSection(document, name, method, operation, `webhook-${name}`),
    ),
  );
  return html`<h2>Webhooks</h2>
    ${sections}`;
}
