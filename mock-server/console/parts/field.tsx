import { useId } from 'preact/hooks';
import { readJson } from '../api/call.ts';
import { follow, type Described } from './schema.ts';
import type { Schema } from './json-schema.ts';

interface FieldOptions {
  name: string;
  schema: Schema;
  document: Described;
  value: unknown;
  isRequired?: boolean;
  onChange: (value: unknown) => void;
  /** What may be chosen, such as records that an id can name. */
  suggestions?: readonly { value: string; label: string }[] | undefined;
}

/** One field of a form, made from its schema. Left empty, it is not sent. */
export function Field({
  name,
  schema,
  document,
  value,
  isRequired = false,
  onChange,
  suggestions,
}: FieldOptions) {
  const id = useId();
  const full = follow(document, schema);
  const hint = `${id}-hint`;
  const about = full.description === undefined ? {} : { 'aria-describedby': hint };
  return (
    <div class={full.type === 'boolean' ? 'field tick' : 'field'}>
      <label for={id}>
        {name.replaceAll('_', ' ')}{' '}
        {!isRequired && full.type !== 'boolean' && <span class="soft">optional</span>}
      </label>
      <Control {...{ id, full, value, onChange, about, suggestions, isRequired }} />
      {full.description !== undefined && (
        <p class="hint" id={hint}>
          {full.description.replaceAll('`', '')}
        </p>
      )}
    </div>
  );
}

interface ControlOptions {
  id: string;
  full: Schema;
  value: unknown;
  isRequired: boolean;
  onChange: (value: unknown) => void;
  about: { 'aria-describedby'?: string };
  suggestions: readonly { value: string; label: string }[] | undefined;
}

function Control({ id, full, value, onChange, about, suggestions, isRequired }: ControlOptions) {
  const types = [full.type ?? []].flat();
  if (full.enum) {
    return (
      <select
        id={id}
        {...about}
        value={value === undefined ? '' : JSON.stringify(value)}
        onChange={({ currentTarget }) =>
          onChange(currentTarget.value === '' ? undefined : readJson(currentTarget.value))
        }
      >
        {(!isRequired || value === undefined) && <option value="">—</option>}
        {full.enum.map((one) => (
          <option key={String(one)} value={JSON.stringify(one)}>
            {one === null ? 'null' : String(one)}
          </option>
        ))}
      </select>
    );
  }
  if (types[0] === 'boolean') {
    return (
      <input
        id={id}
        {...about}
        type="checkbox"
        checked={value === true}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
    );
  }
  const words = [...(full.oneOf ?? []), ...(full.anyOf ?? [])].flatMap(({ const: word }) =>
    typeof word === 'string' ? [word] : [],
  );
  const takesNumber = full.oneOf?.some(({ type }) => type === 'integer' || type === 'number') ?? false;
  if (takesNumber && words.length > 0) {
    return (
      <>
        <input
          id={id}
          {...about}
          list={`${id}-list`}
          autocomplete="off"
          value={value === undefined ? '' : String(value)}
          onInput={({ currentTarget }) => {
            const { value: text } = currentTarget;
            onChange(text === '' ? undefined : readJson(text));
          }}
        />
        <datalist id={`${id}-list`}>
          {words.map((word) => (
            <option key={word} value={word} />
          ))}
        </datalist>
      </>
    );
  }
  const isNumber = types.includes('integer') || types.includes('number');
  if (isNumber && types.length === 1) {
    return (
      <input
        id={id}
        {...about}
        type="number"
        {...(full.minimum !== undefined && { min: full.minimum })}
        {...(full.maximum !== undefined && { max: full.maximum })}
        step={types.includes('integer') ? 1 : 'any'}
        value={typeof value === 'number' ? value : ''}
        onInput={({ currentTarget }) =>
          onChange(currentTarget.value === '' ? undefined : Number(currentTarget.value))
        }
      />
    );
  }
  if (types.includes('string') && !types.includes('object') && !types.includes('array')) {
    return (
      <>
        <input
          id={id}
          {...about}
          type="text"
          autocomplete="off"
          spellcheck={false}
          {...(suggestions && { list: `${id}-list` })}
          placeholder={full.format === 'date-time' ? '2026-11-20T08:00:00Z' : ''}
          value={typeof value === 'string' ? value : ''}
          onInput={({ currentTarget }) =>
            onChange(currentTarget.value === '' ? undefined : currentTarget.value)
          }
        />
        {suggestions && (
          <datalist id={`${id}-list`}>
            {suggestions.map((one) => (
              <option key={one.value} value={one.value}>
                {one.label}
              </option>
            ))}
          </datalist>
        )}
      </>
    );
  }
  return (
    <textarea
      id={id}
      {...about}
      class="code"
      rows={3}
      spellcheck={false}
      placeholder="JSON"
      value={value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)}
      onInput={({ currentTarget }) => {
        const { value: text } = currentTarget;
        onChange(text.trim() === '' ? undefined : readJson(text));
      }}
    />
  );
}

/** An object with a field set, or taken out where there is no value. */
export function changed(
  fields: Record<string, unknown>,
  name: string,
  value: unknown,
): Record<string, unknown> {
  const { [name]: _before, ...rest } = fields;
  return value === undefined ? rest : { ...rest, [name]: value };
}
