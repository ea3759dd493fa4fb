import { useState } from 'preact/hooks';
import { ask, type Control } from '../api/control.ts';
import { useAnswer } from '../app/live.ts';
import { act } from '../app/notices.tsx';
import { hrefInWorld } from '../app/places.ts';
import { go, queryOf, setQuery } from '../app/router.ts';
import { Dialog } from '../parts/dialog.tsx';
import { changed, Field } from '../parts/field.tsx';
import { describe, follow, type Described } from '../parts/schema.ts';
import type { Schema } from '../parts/json-schema.ts';
import { Loading } from '../parts/states.tsx';

/** A new world: a scenario of the catalogue, its parameters, and the world's switches. */
export function NewWorld({ onClose }: { onClose: () => void }) {
  const { value } = useAnswer(
    async () => {
      const [{ scenarios }, document] = await Promise.all([
        ask('listScenarios'),
        describe('/_control/openapi.json'),
      ]);
      return { scenarios, document };
    },
    [],
    { isLive: false },
  );
  return (
    <Dialog title="New world" isWide onClose={onClose}>
      {value ? <Form {...value} onClose={onClose} /> : <Loading />}
    </Dialog>
  );
}

interface FormOptions {
  scenarios: readonly Control['Scenario'][];
  document: Described;
  onClose: () => void;
}

function Form({ scenarios, document, onClose }: FormOptions) {
  const [parameters, setParameters] = useState<Record<string, unknown>>({});
  const [switches, setSwitches] = useState<Record<string, unknown>>({});
  const [others, setOthers] = useState<Record<string, unknown>>({});
  const name = scenarios.find((one) => one.name === queryOf('new'))?.name ?? 'default';
  const scenario = scenarios.find((one) => one.name === name);
  const allSwitches = document.components.schemas['SwitchChoices']?.properties ?? {};
  const make = async (event: SubmitEvent) => {
    event.preventDefault();
    const { seed, now, frozen } = others;
    const world = await act(`A world of “${name}” is open.`, () =>
      ask('createWorld', {
        body: {
          scenario: name,
          ...(Object.keys(parameters).length > 0 && { parameters }),
          // The server says what does not fit.
          ...(Object.keys(switches).length > 0 && { switches: switches as Control['SwitchChoices'] }),
          ...(typeof seed === 'string' && { seed }),
          ...((now !== undefined || frozen === true) && {
            clock: { ...(typeof now === 'string' && { now }), frozen: frozen === true },
          }),
        },
      }),
    );
    if (world) go(hrefInWorld(world.id, ['requests']));
  };
  return (
    <form ref={begin} onSubmit={make}>
      <div class="field">
        <label for="scenario">Scenario</label>
        <select
          id="scenario"
          value={name}
          aria-describedby="purpose"
          onChange={({ currentTarget }) => {
            setParameters({});
            setQuery({ new: currentTarget.value });
          }}
        >
          {scenarios.map((one) => (
            <option key={one.name}>{one.name}</option>
          ))}
        </select>
        <p class="hint" id="purpose">
          {scenario?.purpose}
        </p>
      </div>
      {scenario && scenario.parameters.length > 0 && (
        <fieldset>
          <legend>Parameters of the scenario</legend>
          {scenario.parameters.map(({ name: parameter, ...about }) => (
            <Field
              key={`${name} ${parameter}`}
              name={parameter}
              document={document}
              schema={{
                ...about,
                description: `${about.description} (${String(about.default)} unless given)`,
              }}
              value={parameters[parameter]}
              onChange={(value) => setParameters(changed(parameters, parameter, value))}
            />
          ))}
        </fieldset>
      )}
      <fieldset>
        <legend>Beginning</legend>
        {Object.entries(beginning).map(([field, schema]) => (
          <Field
            key={field}
            name={field}
            document={document}
            schema={schema}
            value={others[field]}
            onChange={(value) => setOthers(changed(others, field, value))}
          />
        ))}
      </fieldset>
      <details>
        <summary>
          Switches: {Object.keys(switches).length === 0 ? 'as the server has them' : 'some chosen'}
        </summary>
        {Object.entries(allSwitches).map(([field, schema]) => (
          <Field
            key={field}
            name={field}
            document={document}
            schema={withoutDefault(follow(document, schema))}
            value={switches[field]}
            onChange={(value) => setSwitches(changed(switches, field, value))}
          />
        ))}
      </details>
      <div class="actions">
        <button class="primary">Make the world</button>
        <button type="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </form>
  );
}

/** The form comes after the dialog, which has the focus until then. */
function begin(form: HTMLFormElement | null): void {
  form?.querySelector('select')?.focus();
}

const beginning: Readonly<Record<string, Schema>> = {
  seed: { type: 'string', description: 'Any text; names, ids and choices follow from it.' },
  now: {
    type: 'string',
    format: 'date-time',
    description: 'What its clock shows first; without it, the present.',
  },
  frozen: { type: 'boolean', description: 'The clock stands still until somebody moves it.' },
};

function withoutDefault({ description = '', ...schema }: Schema): Schema {
  return {
    ...schema,
    description: `${description.trim()} (${JSON.stringify(schema.default)} unless chosen)`,
  };
}
