import { evidenceBadge } from './evidence.ts';
import { html, inline, type Html } from './html.ts';
import { nameOf, type SchemaNode } from './nodes.ts';

/** An object, field by field. */
export function schemaSection(name: string, schema: SchemaNode): Html {
  return html`<section class="schema" id="schema-${name}">
    <h3>${name} ${evidenceBadge(schema)}</h3>
    ${inline(schema.description)} ${schema.properties ? fieldTable(schema) : html`<p>${typeOf(schema)}</p>`}
  </section>`;
}

function fieldTable({ properties = {}, required = [] }: SchemaNode): Html {
  return html`<table>
    <tr>
      <th>field</th>
      <th>type</th>
      <th></th>
    </tr>
    ${Object.entries(properties).map(
      ([name, schema]) =>
        html`<tr>
          <td><code>${name}</code>${required.includes(name) ? '' : html`<i> optional</i>`}</td>
          <td>${typeOf(schema)}</td>
          <td>${inline(schema.description)} ${evidenceBadge(schema)}</td>
        </tr>`,
    )}
  </table>`;
}

/** A type in a few words, with links to the objects that it names. */
export function typeOf(schema: SchemaNode): Html {
  if (schema.$ref !== undefined) {
    const name = nameOf(schema.$ref);
    return html`<a href="#schema-${name}">${name}</a>`;
  }
  if (schema.oneOf) return joined(schema.oneOf.map(typeOf));
  if (schema.enum) return joined(schema.enum.map((value) => html`<code>${String(value)}</code>`));
  if (schema.items) return html`list of ${typeOf(schema.items)}`;
  const bounds = [
    schema.format,
    schema.minimum === undefined ? undefined : `from ${schema.minimum}`,
    schema.maximum === undefined ? undefined : `to ${schema.maximum}`,
    schema.maxLength === undefined ? undefined : `at most ${schema.maxLength} characters`,
    schema.default === undefined ? undefined : `default ${String(schema.default)}`,
  ].filter((bound) => bound !== undefined);
  const type = [schema.type ?? 'anything'].flat().join(' or ');
  return html`${type}${bounds.length > 0 ? ` (${bounds.join(', ')})` : ''}`;
}

function joined(types: readonly Html[]): Html {
  return html`${types.map((type, index) => (index === 0 ? type : html` or ${type}`))}`;
}
