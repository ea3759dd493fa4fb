import type { Description } from '../description.ts';
import { gradeList, isGraded } from './evidence.ts';
import type { Sample } from './examples.ts';
import { html, prose, type Html } from './html.ts';
import { follow, isReference, nameOf, type AnswerNode, type DocumentNode } from './nodes.ts';
import {
  operationSection,
  refusalSection,
  webhookSection,
  type PageContext,
  type Placed,
} from './operations.ts';
import { schemaSection } from './schemas.ts';
import { script } from './script.ts';
import { style } from './style.ts';

/** Another page of the same server, or a document that it serves. */
export interface PageLink {
  name: string;
  path: string;
}

/**
 * Writes a description as one page for people: every operation with a call that works, and every object. It needs
 * nothing from elsewhere, and can be read without its script.
 *
 * @param sample what its examples are made with
 * @param links the other pages of the server
 */
export function renderPage(
  description: Description,
  sample: Sample,
  links: readonly PageLink[] = [],
): string {
  const document = description.document as DocumentNode;
  const { info } = document;
  const context = { document, sample, isGraded: isGraded(description) };
  const sections = sectionsOf(context);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="data:," />
        <title>${info.title}</title>
        ${style}
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        <header>
          <b>mock-gem</b>
          <nav aria-label="Pages">${links.map(({ name, path }) => html`<a href="${path}">${name}</a> `)}</nav>
        </header>
        <div class="frame">
          <nav class="contents" aria-label="Contents">
            <p id="filter-field" hidden>
              <label for="filter">Filter</label>
              <input id="filter" type="search" placeholder="offer, POST, email …" autocomplete="off" />
              <output id="found" for="filter"></output>
            </p>
            <ul>
              ${sections.map(
                ({ id, title, items }) =>
                  html`<li><a href="#${id}">${title}</a> <small>${items.length}</small></li>`,
              )}
            </ul>
          </nav>
          <main id="content" tabindex="-1">
            <h1>${info.title} <small>${info.version}</small></h1>
            <p class="lead">${info.summary}</p>
            ${prose(info.description)} ${context.isGraded ? gradeList(description) : ''}
            ${sections.map(
              ({ id, title, text, items, isList = false }) =>
                html`<section aria-labelledby="${id}">
                  <h2 id="${id}">${title}</h2>
                  ${prose(text)} ${isList ? html`<dl class="fields">${items}</dl>` : items}
                </section>`,
            )}
          </main>
        </div>
        ${script}
      </body>
    </html>`.text;
}

interface Section {
  id: string;
  title: string;
  text?: string | undefined;
  items: Html[];
  /** Whether its items are those of a list, and no boxes. */
  isList?: boolean;
}

/** The operations by their tag, in the order of the tags, then what they have in common. */
function sectionsOf(context: PageContext): Section[] {
  const { document, isGraded: shown } = context;
  const all = placed(document.paths).filter(({ operation }) => operation.operationId !== undefined);
  const tags = new Map((document.tags ?? []).map(({ name, description }) => [name, description]));
  const byTag = [...new Set([...tags.keys(), ...all.map(tagOf)])].map((tag) => ({
    id: `section-${tag.replaceAll(' ', '-').toLowerCase()}`,
    title: `${tag.charAt(0).toUpperCase()}${tag.slice(1)}`,
    text: tags.get(tag),
    items: all.filter((one) => tagOf(one) === tag).map((one) => operationSection(context, one)),
  }));
  const webhooks = placed(document.webhooks ?? {}).map((one) => webhookSection(context, one));
  const objects = Object.entries(document.components.schemas);
  return [
    ...byTag,
    { id: 'webhooks', title: 'Webhooks', items: webhooks },
    {
      id: 'refusals',
      title: 'Refusals',
      text: 'What operations refuse in the same way.',
      items: refusalsOf(context, all),
      isList: true,
    },
    {
      id: 'objects',
      title: 'Objects',
      items: objects.map(([name, schema]) => schemaSection(name, schema, shown)),
    },
  ].filter(({ items }) => items.length > 0);
}

function tagOf({ operation }: Placed): string {
  return operation.tags?.[0] ?? 'other';
}

function placed(paths: DocumentNode['paths']): Placed[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );
}

/** Every refusal that operations share, once, by its status. */
function refusalsOf(context: PageContext, all: readonly Placed[]): Html[] {
  const found = new Map<string, { status: string; answer: AnswerNode }>();
  for (const { operation } of all) {
    for (const [status, node] of Object.entries(operation.responses ?? {})) {
      if (!isReference(node) || Number(status) < 400) continue;
      found.set(nameOf(node.$ref), { status, answer: follow<AnswerNode>(context.document, node) });
    }
  }
  const sorted = [...found].toSorted(([, one], [, other]) => Number(one.status) - Number(other.status));
  return sorted.map(([name, { status, answer }]) => refusalSection(context, name, status, answer));
}
