import type { Described } from './schema.ts';
import { follow } from './schema.ts';
import { changed, Field } from './field.tsx';
import { isObject } from '../api/call.ts';
import type { Schema } from './json-schema.ts';

interface NestedOptions {
  name: string;
  schema: Schema;
  document: Described;
  value: unknown;
  isRequired?: boolean;
  onChange: (value: unknown) => void;
  /** What may be chosen, by the name of the field. */
  suggestions: Partial<Record<string, readonly { value: string; label: string }[]>>;
}

/** A field of a form; what is made of fields itself is a group of them, and a list of such has a group for each. */
export function NestedField(options: NestedOptions) {
  const { name, schema, document, isRequired = false, suggestions } = options;
  const full = follow(document, schema);
  const items = full.items && follow(document, full.items);
  if (hasFields(full)) return <Group {...options} schema={full} />;
  if (items && hasFields(items)) return <Entries {...options} schema={full} items={items} />;
  return <Field {...options} isRequired={isRequired} suggestions={suggestions[name]} />;
}

function hasFields({ properties = {} }: Schema): boolean {
  return Object.keys(properties).length > 0;
}

/** The fields of an object. One that may be left out is folded in, and not sent while all of it is empty. */
function Group({ name, schema, value, isRequired = false, onChange, ...rest }: NestedOptions) {
  const fields = isObject(value) ? value : {};
  const change = (field: string, inner: unknown) => {
    const next = changed(fields, field, inner);
    onChange(Object.keys(next).length === 0 && !isRequired ? undefined : next);
  };
  const inside = (
    <>
      <About schema={schema} />
      {Object.entries(schema.properties ?? {}).map(([field, inner]) => (
        <NestedField
          key={field}
          {...rest}
          name={field}
          schema={inner}
          isRequired={schema.required?.includes(field) === true && (isRequired || value !== undefined)}
          value={fields[field]}
          onChange={(one) => change(field, one)}
        />
      ))}
    </>
  );
  if (!isRequired) {
    return (
      <details class="nested" open={value !== undefined}>
        <summary>
          {inWords(name)} <span class="soft">optional</span>
        </summary>
        {inside}
      </details>
    );
  }
  return (
    <fieldset class="nested">
      <legend>{inWords(name)}</legend>
      {inside}
    </fieldset>
  );
}

/** The entries of a list, each with its own fields. */
function Entries({ name, schema, items, value, onChange, ...rest }: NestedOptions & { items: Schema }) {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [];
  const put = (all: readonly unknown[]) => onChange(all.length === 0 ? undefined : all);
  return (
    <details class="nested" open={entries.length > 0}>
      <summary>
        {inWords(name)} <span class="soft">{entries.length === 0 ? 'none' : entries.length}</span>
      </summary>
      <About schema={schema} />
      {entries.map((entry, at) => (
        <div key={at} class="entry">
          <Group
            {...rest}
            name={`${inWords(name)} ${at + 1}`}
            schema={items}
            isRequired
            value={entry}
            onChange={(one) => put(entries.with(at, one))}
          />
          <button
            type="button"
            class="quiet"
            aria-label={`Remove ${inWords(name)} ${at + 1}`}
            onClick={() => put(entries.toSpliced(at, 1))}
          >
            Remove
          </button>
        </div>
      ))}
      <button type="button" onClick={() => put([...entries, {}])}>
        Add to {inWords(name)}
      </button>
    </details>
  );
}

function About({ schema: { description } }: { schema: Schema }) {
  return description === undefined ? null : <p class="hint">{description.replaceAll('`', '')}</p>;
}

function inWords(name: string): string {
  return name.replaceAll('_', ' ');
}
