import { useEffect, useState } from 'preact/hooks';
import { ask, type Control } from '../api/control.ts';
import { useAnswer } from '../app/live.ts';
import { act } from '../app/notices.tsx';
import { hrefInWorld } from '../app/places.ts';
import { go, hrefOf } from '../app/router.ts';
import { Editor } from '../parts/editor.tsx';
import type { Schema } from '../parts/json-schema.ts';
import { Loading } from '../parts/states.tsx';
import { download } from '../worlds/import-world.ts';

/** Where a text that is being written waits for its writer to come back. */
const draft = 'mock-gem-scenario';

/** An editor for a scenario: it completes, says what is wrong at its line as one types, and starts a world. */
export function ScenarioEditor({ from }: { from: string }) {
  const { value } = useAnswer(
    async () => {
      const kept = localStorage.getItem(draft);
      const [{ document: copy }, { schema }] = await Promise.all([
        from === '' ? { document: kept ?? first } : ask('getScenarioDocument', { path: { scenario: from } }),
        // It is large, and nobody but a writer wants it.
        import('virtual:scenario-schema'),
      ]);
      return { text: copy, schema };
    },
    [from],
    { isLive: false },
  );
  if (!value) return <Loading />;
  return (
    <Writing
      key={from}
      start={value.text}
      schema={value.schema}
      name={from === '' ? 'my-case' : `my-${from}`}
    />
  );
}

interface WritingOptions {
  start: string;
  schema: Schema;
  name: string;
}

function Writing({ start, schema, name }: WritingOptions) {
  const [text, setText] = useState(start);
  const checked = useChecked(text);
  const problems = checked?.problems ?? [];
  const warnings = checked?.warnings ?? [];
  const write = (written: string) => {
    setText(written);
    localStorage.setItem(draft, written);
  };
  const begin = async () => {
    const world = await act('A world of it is open.', () => ask('createWorld', { body: { document: text } }));
    if (world) go(hrefInWorld(world.id, ['records']));
  };
  return (
    <div class="page writing">
      <div class="head">
        <h1>Write a scenario</h1>
        <p class="lead">
          Records with labels, what is left out is made up; a timeline plays as the clock goes on.
        </p>
        <div class="actions">
          <a class="button quiet" href={hrefOf(['scenarios'])}>
            To the catalogue
          </a>
          <button type="button" onClick={() => download(`${name}.yaml`, text, 'application/yaml')}>
            Download
          </button>
          <button type="button" class="primary" disabled={problems.length > 0} onClick={() => void begin()}>
            Start a world
          </button>
        </div>
      </div>
      <Editor
        label="The scenario as YAML"
        language="yaml"
        value={start}
        schema={{ schema, root: schema }}
        onChange={write}
        problems={[...problems, ...warnings].flatMap(({ line, message }) =>
          line === null ? [] : { line, message },
        )}
      />
      <div class={problems.length > 0 ? 'callout bad' : 'callout'} role="status">
        {!checked && 'Looking …'}
        {checked && problems.length + warnings.length === 0 && 'Nothing is wrong with it.'}
        {problems.length > 0 && (
          <b>{problems.length === 1 ? 'One thing' : `${problems.length} things`} to mend</b>
        )}
        <FindingList findings={problems} />
        {warnings.length > 0 && <b>Unlikely, but possible</b>}
        <FindingList findings={warnings} />
      </div>
    </div>
  );
}

function FindingList({ findings }: { findings: readonly Control['ScenarioFinding'][] }) {
  if (findings.length === 0) return null;
  return (
    <ul>
      {findings.map(({ line, message }) => (
        <li key={`${line} ${message}`}>
          {line !== null && <span class="mono soft">line {line} </span>}
          {message}
        </li>
      ))}
    </ul>
  );
}

/** What the server finds in a text, a moment after it was typed. */
function useChecked(text: string): Control['ScenarioFindings'] | undefined {
  const [checked, setChecked] = useState<Control['ScenarioFindings']>();
  useEffect(() => {
    let isWanted = true;
    const look = async (): Promise<void> => {
      const found = await ask('checkScenario', { body: { document: text } }).catch(() => undefined);
      if (isWanted && found) setChecked(found);
    };
    const timer = setTimeout(() => void look(), 250);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [text]);
  return checked;
}

const first = `purpose: an application that is rejected tomorrow
extends: default
records:
  candidates:
    - { as: ada, first_name: Ada, last_name: Lovelace }
  applications:
    - { as: ada-backend, candidate_id: ada, job_id: backend }
timeline:
  - { after: 1 day, do: reject, application: ada-backend }
`;
