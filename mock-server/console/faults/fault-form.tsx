import { useState } from 'preact/hooks';
import { ask, type Control } from '../api/control.ts';
import { useAnswer } from '../app/live.ts';
import { act } from '../app/notices.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { changed, Field } from '../parts/field.tsx';
import { describe, follow, formsOf, operationsOf, type Described } from '../parts/schema.ts';
import type { Schema } from '../parts/json-schema.ts';
import { Loading } from '../parts/states.tsx';

interface FaultOptions {
  world: string;
  /** Which requests are meant, to begin with. */
  match?: Control['RequestMatcher'];
  /** The kind that is shown first. */
  kind?: string;
  onClose: () => void;
}

/** A form for a fault, in a dialog. */
export function FaultDialog(options: FaultOptions) {
  const { value } = useAnswer(
    async () => {
      const [control, gem] = await Promise.all([
        describe('/_control/openapi.json'),
        describe('/openapi.json'),
      ]);
      return { control, operations: operationsOf(gem).flatMap(({ operationId = [] }) => operationId) };
    },
    [],
    { isLive: false },
  );
  return (
    <Dialog title="Arm a fault" isWide onClose={options.onClose}>
      {value ? (
        <FaultForm {...options} document={value.control} operations={value.operations} />
      ) : (
        <Loading />
      )}
    </Dialog>
  );
}

interface FormOptions extends FaultOptions {
  document: Described;
  operations: readonly string[];
}

function FaultForm({
  world,
  match = {},
  kind: first = 'status',
  onClose,
  document,
  operations,
}: FormOptions) {
  const kinds = formsOf(document, 'Fault', 'fault');
  const [kind, setKind] = useState(first);
  const [fields, setFields] = useState<Record<string, unknown>>({});
  const [meant, setMeant] = useState<Record<string, unknown>>({ ...match });
  const { description = '', properties = {}, required = [] } = kinds.get(kind) ?? {};
  const own = Object.entries(properties).filter(
    ([name]) => !common.has(name) && name !== 'fault' && name !== 'match',
  );
  const often = Object.entries(properties).filter(([name]) => common.has(name));
  const arm = async (event: SubmitEvent) => {
    event.preventDefault();
    const given = Object.entries(fields).filter(([name]) => Object.hasOwn(properties, name));
    const armed = await act('The fault is armed.', () =>
      ask('armFault', {
        path: { world },
        // The server says what does not fit.
        body: {
          fault: kind,
          ...(Object.keys(meant).length > 0 && { match: meant }),
          ...Object.fromEntries(given),
        } as Control['Fault'],
      }),
    );
    if (armed) onClose();
  };
  const fieldOf = ([name, schema]: [string, Schema]) => (
    <Field
      key={`${kind} ${name}`}
      name={name}
      document={document}
      schema={name === 'status' ? statusSchema : follow(document, schema)}
      isRequired={required.includes(name)}
      value={fields[name]}
      onChange={(value) => setFields(changed(fields, name, value))}
    />
  );
  return (
    <form onSubmit={arm}>
      <div class="field">
        <label for="fault-kind">What goes wrong</label>
        <select
          id="fault-kind"
          value={kind}
          aria-describedby="fault-about"
          onChange={({ currentTarget }) => setKind(currentTarget.value)}
        >
          {[...kinds.keys()].map((name) => (
            <option key={name} value={name}>
              {name.replaceAll('_', ' ')}
            </option>
          ))}
        </select>
        <p class="hint" id="fault-about">
          {description}
        </p>
      </div>
      {own.map(fieldOf)}
      <fieldset>
        <legend>Which requests</legend>
        <div class="columns">
          {matchFields.map(([name, schema]) => (
            <Field
              key={name}
              name={name}
              document={document}
              schema={schema}
              value={meant[name]}
              suggestions={
                name === 'operation' ? operations.map((value) => ({ value, label: '' })) : undefined
              }
              onChange={(value) => setMeant(changed(meant, name, value))}
            />
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend>How often</legend>
        <div class="columns">{often.map(fieldOf)}</div>
      </fieldset>
      <div class="actions">
        <button class="primary">Arm it</button>
        <button type="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </form>
  );
}

const common = new Set(['times', 'every', 'probability', 'seed', 'when']);

const statusSchema: Schema = {
  type: 'integer',
  minimum: 400,
  maximum: 599,
  description: 'What is answered, such as 503.',
};

const matchFields: [string, Schema][] = [
  ['operation', { type: 'string', description: 'Such as listCandidates; empty for any.' }],
  ['method', { enum: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] }],
  ['path', { type: 'string', description: '* stands for one part, ** for any number.' }],
  ['page', { type: 'integer', minimum: 1, description: 'The page that is asked for.' }],
];
