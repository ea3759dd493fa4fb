import { useState } from 'preact/hooks';
import { actions } from 'virtual:actions';
import { call, isObject } from '../api/call.ts';
import { ask, type Control } from '../api/control.ts';
import { askConnector, integration } from '../api/connector.ts';
import { useAnswer } from '../app/live.ts';
import { act } from '../app/notices.tsx';
import { hrefInWorld, worldHere } from '../app/places.ts';
import { queryOf, setQuery } from '../app/router.ts';
import { changed, Field } from '../parts/field.tsx';
import { Json } from '../parts/json.tsx';
import { NestedField } from '../parts/nested-field.tsx';

type Action = (typeof actions)[number];

/** What the unified API writes to Gem, and reads of it on request: a form each, and the calls of Gem that it made. */
export function Actions() {
  const chosen = actions.find(({ id }) => id === queryOf('action')) ?? actions[0];
  return (
    <div class="beside">
      <ul class="menu-list" aria-label="Actions">
        {actions.map(({ id, summary }) => (
          <li key={id}>
            <button
              type="button"
              class="quiet"
              {...(id === chosen?.id && { 'aria-current': 'true' as const })}
              onClick={() => setQuery({ action: id })}
            >
              {summary}
            </button>
          </li>
        ))}
      </ul>
      {chosen && <ActionForm key={chosen.id} action={chosen} />}
    </div>
  );
}

interface Outcome {
  answer: unknown;
  calls: readonly Control['RecordedRequest'][];
}

function ActionForm({ action }: { action: Action }) {
  const world = worldHere();
  const parameters = [...action.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const [path, setPath] = useState<Record<string, unknown>>({});
  const [body, setBody] = useState<Record<string, unknown>>({ ...action.example });
  const [outcome, setOutcome] = useState<Outcome>();
  const { value: known = {} } = useAnswer(() => readNames(), [], { isLive: false });
  // The example of the description names a job of nowhere; the first that there is takes its place, one that takes applications.
  const [job] = known['job_id'] ?? [];
  const filled =
    job && isObject(body['application']) ? { ...body, application: { job_id: job.value } } : body;
  const isExample = JSON.stringify(body['application']) === JSON.stringify(action.example['application']);
  const shown = isExample ? filled : body;
  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    const before = await ask('searchRequests', { path: { world }, query: { per_page: 1 } });
    const answer = await act('The connector has answered.', () =>
      call(action.method, `/_console/connector${action.path}`, {
        path: path as Record<string, string>,
        ...(action.method !== 'GET' && { body: shown }),
        headers: { 'X-Integration-Id': integration.value ?? '' },
      }),
    );
    const after = await ask('listRequests', { path: { world }, query: { after: before.newest } });
    setOutcome({ answer, calls: after.requests });
  };
  return (
    <form class="card" onSubmit={send}>
      <h3>{action.summary}</h3>
      <p class="soft mono">
        {action.method} {action.path}
      </p>
      {parameters.map((name) => (
        <Field
          key={name}
          name={name}
          document={none}
          schema={{ type: 'string' }}
          isRequired
          value={path[name]}
          suggestions={known[name]}
          onChange={(value) => setPath(changed(path, name, value))}
        />
      ))}
      {action.fields.map(({ name, schema, isRequired }) => (
        <NestedField
          key={name}
          name={name}
          document={none}
          schema={schema}
          isRequired={isRequired}
          value={shown[name]}
          suggestions={known}
          onChange={(value) => setBody(changed(shown, name, value))}
        />
      ))}
      <div class="actions">
        <button class="primary">{action.method === 'GET' ? 'Read' : 'Do it'}</button>
      </div>
      {outcome && (
        <section aria-label="What came of it">
          <h3>{outcome.calls.length === 1 ? 'One call of Gem' : `${outcome.calls.length} calls of Gem`}</h3>
          <ul class="calls">
            {outcome.calls.map(({ number, method, path: asked, status }) => (
              <li key={number}>
                <b class={`method ${method.toLowerCase()}`}>{method}</b>
                <a class="mono" href={hrefInWorld(world, ['requests', String(number)])}>
                  {asked}
                </a>
                <b class="mono">{status}</b>
              </li>
            ))}
          </ul>
          {outcome.answer !== undefined && <Json value={outcome.answer} />}
        </section>
      )}
    </form>
  );
}

const none = { paths: {}, components: { schemas: {} } };

type Suggestions = Partial<Record<string, { value: string; label: string }[]>>;

/** Names of what actions are about, by the ids that they ask for. */
async function readNames(): Promise<Suggestions> {
  const query = { page_size: 50 };
  const [jobs, applications, candidates, stages] = await Promise.all([
    askConnector('getAtsJobs', integration.value, { query }),
    askConnector('getAtsApplications', integration.value, { query }),
    askConnector('getAtsCandidates', integration.value, { query }),
    askConnector('getAtsApplicationStages', integration.value, { query }),
  ]);
  return {
    job_id: jobs.data.results
      .toSorted((one, other) => Number(other.status === 'OPEN') - Number(one.status === 'OPEN'))
      .map(({ id, name }) => ({ value: id, label: name ?? '' })),
    application_id: applications.data.results.map(({ id, candidate }) => ({
      value: id,
      label: nameOf(candidate),
    })),
    candidate_id: candidates.data.results.map((candidate) => ({
      value: candidate.id,
      label: nameOf(candidate),
    })),
    stage_id: stages.data.results.map(({ id, name }) => ({ value: id, label: name ?? '' })),
  };
}

function nameOf(person: { first_name: string | null; last_name: string | null } | null | undefined): string {
  return [person?.first_name, person?.last_name].filter(Boolean).join(' ');
}
