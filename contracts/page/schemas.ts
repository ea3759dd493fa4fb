import { evidenceLine } from './evidence.ts';
import { html, inline, type Html } from './html.ts';
import { nameOf, type SchemaNode } from './nodes.ts';

/** An object, field by field: its name is always there, the rest unfolds. */
export function schemaSection(name: string, schema: SchemaNode, isGraded: boolean): Html {
  return html`<details class="box">
    <summary>
      <h3>${name}</h3>
    </summary>
    <div class="inside" id="schema-${name}">
      ${schema.description === undefined ? '' : html`<p>${inline(schema.description)}</p>`}
      ${isGraded && schema['x-evidence'] ? html`<p>${evidenceLine(schema)}</p>` : ''}
      ${schema.properties ? '' : html`<p>${typeOf(schema)}</p>`} ${fieldsOf(schema, isGraded)}
    </div>
  </details>`;
}

/**
 * The fields that a schema names itself, be it an object, a list of such, or a choice among some; those of objects that
 * have a name stand there.
 */
export function fieldsOf(schema: SchemaNode, isGraded: boolean): Html | undefined {
  const { properties, patternProperties, required = [] } = schema;
  if (properties) {
    const all = [
      ...Object.entries(properties),
      ...Object.entries(patternProperties ?? {}).map(
        ([name, field]) => [`${name}…`.slice(1), field] as const,
      ),
    ];
    return html`<dl class="fields">
      ${all.map(
        ([name, field]) =>
          html`<div>
            <dt>
              <code>${name}</code>
              <span class="type">${typeOf(field)}${required.includes(name) ? '' : ', optional'}</span>
            </dt>
            <dd>
              ${inline(field.description)} ${isGraded ? evidenceLine(field) : ''} ${fieldsOf(field, isGraded)}
            </dd>
          </div>`,
      )}
    </dl>`;
  }
  const inner = [
    schema.items,
    ...(schema.oneOf ?? schema.anyOf ?? []),
    typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined,
  ].flatMap((one) => (one ? (fieldsOf(one, isGraded) ?? []) : []));
  return inner.length > 0 ? html`${inner}` : undefined;
}

/** A type in a few words, with links to the objects that it names. */
export function typeOf(schema: SchemaNode): Html {
  if (schema.$ref !== undefined) {
    const name = nameOf(schema.$ref);
    return html`<a href="#schema-${name}">${name}</a>`;
  }
  const choices = schema.oneOf ?? schema.anyOf;
  const bounds = boundsOf(schema);
  const words = choices
    ? joined(choices.map(typeOf))
    : 'const' in schema
      ? shown(schema.const)
      : schema.enum
        ? joined(schema.enum.map(shown))
        : plainType(schema);
  return html`${words}${bounds.length > 0 ? html` (${bounds.map((bound, at) => html`${at > 0 ? ', ' : ''}${bound}`)})` : ''}`;
}

function plainType(schema: SchemaNode): Html {
  const { items, additionalProperties: values, properties } = schema;
  const names = [schema.type ?? (items ? 'array' : 'anything')].flat();
  const words = names.map((name) => {
    if (name === 'array' && items) return html`list of ${typeOf(items)}`;
    if (name === 'object' && !properties && typeof values === 'object')
      return html`object with ${typeOf(values)} by name`;
    return html`${name}`;
  });
  return joined(words);
}

/** What bounds a value beyond its type. */
function boundsOf(schema: SchemaNode): Html[] {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, pattern, format, examples } = schema;
  const told: (string | Html | undefined)[] = [
    format,
    schema.contentEncoding,
    minimum === undefined ? undefined : `from ${minimum}`,
    maximum === undefined ? undefined : `to ${maximum}`,
    minLength === 1 ? 'not empty' : minLength === undefined ? undefined : `at least ${minLength} characters`,
    maxLength === undefined ? undefined : `at most ${maxLength} characters`,
    minItems === undefined ? undefined : `at least ${minItems}`,
    maxItems === undefined ? undefined : `at most ${maxItems}`,
    pattern === undefined ? undefined : html`like <code>${pattern}</code>`,
    schema.default === undefined ? undefined : html`default ${shown(schema.default)}`,
    examples === undefined ? undefined : html`such as ${joined(examples.map(shown))}`,
  ];
  return told.flatMap((bound) => (bound === undefined ? [] : [html`${bound}`]));
}

function shown(value: unknown): Html {
  return html`<code>${typeof value === 'string' ? value : JSON.stringify(value)}</code>`;
}

function joined(types: readonly Html[]): Html {
  return html`${types.map((type, index) => (index === 0 ? type : html` or ${type}`))}`;
}
