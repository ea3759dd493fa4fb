import { useState } from 'preact/hooks';
import { askConnector, theIntegration, type Unified } from '../api/connector.ts';
import { useAnswer } from '../app/live.ts';
import { placeHere } from '../app/places.ts';
import { go, hrefOf } from '../app/router.ts';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { nameOf, TwoSides } from './two-sides.tsx';

type ModelWord = Unified['ModelWord'];

/** The models by their words, and the operation that lists each; parts of other records have no list. */
const models = {
  users: 'getAtsUsers',
  jobs: 'getAtsJobs',
  candidates: 'getAtsCandidates',
  applications: 'getAtsApplications',
  interviews: 'getAtsInterviews',
  'application-stages': 'getAtsApplicationStages',
  'job-postings': undefined,
  'join-jobs-application-stages': undefined,
  'join-jobs-users': undefined,
  'join-interviews-users': undefined,
} as const satisfies Record<ModelWord, unknown>;

function isModel(word: string): word is ModelWord {
  return Object.hasOwn(models, word);
}

/** A record at Gem beside what the connector made of it. */
export function BothSidesPage() {
  const {
    value: integration,
    error,
    again,
  } = useAnswer(async () => ({ id: await theIntegration() }), [], {
    isLive: false,
  });
  const [word = 'jobs', ...id] = placeHere().rest;
  const model = isModel(word) ? word : 'jobs';
  return (
    <div class="page both-sides">
      <div class="head">
        <h1>Both sides</h1>
        <p class="lead">What Gem has, what the connector made of it, and why.</p>
      </div>
      {error ? (
        <Failed error={error} onAgain={again} />
      ) : !integration ? (
        <Loading />
      ) : integration.id === undefined ? (
        <Empty title="No connector stands beside this emulator.">
          <p>
            <code>npx mock-gem dev</code> starts both; <code>serve --console-connector URL</code> shows
            another one.
          </p>
        </Empty>
      ) : id.length > 0 ? (
        <TwoSides
          key={`${model} ${id.join('/')}`}
          integration={integration.id}
          model={model}
          id={id.join('/')}
        />
      ) : (
        <Choose integration={integration.id} model={model} />
      )}
    </div>
  );
}

/** Which record is to be looked at. */
function Choose({ integration, model }: { integration: string; model: ModelWord }) {
  const [id, setId] = useState('');
  return (
    <>
      <form
        class="toolbar"
        onSubmit={(event) => {
          event.preventDefault();
          if (id.trim() !== '') go(hrefOf(['both-sides', model, id.trim()]));
        }}
      >
        <label>
          Model{' '}
          <select value={model} onChange={(event) => go(hrefOf(['both-sides', event.currentTarget.value]))}>
            {Object.keys(models).map((word) => (
              <option key={word}>{word}</option>
            ))}
          </select>
        </label>
        <label>
          Id, of either side <input value={id} onInput={(event) => setId(event.currentTarget.value)} />
        </label>
        <button type="submit" class="primary">
          Show
        </button>
      </form>
      <Listed integration={integration} model={model} />
    </>
  );
}

function Listed({ integration, model }: { integration: string; model: ModelWord }) {
  const operation = models[model];
  const { value, error, again } = useAnswer(
    operation &&
      (() => askConnector(operation, integration, { query: { page_size: 50, include_deleted: true } })),
    [model],
    { isLive: false },
  );
  if (!operation) {
    return (
      <Empty title="These have no list of their own.">
        <p>They are reached from the records that they are part of, or by their id.</p>
      </Empty>
    );
  }
  if (error) return <Failed error={error} onAgain={again} />;
  if (!value) return <Loading />;
  const { results, next } = value.data;
  if (results.length === 0) return <Empty title="The connector has none yet. Its first sync brings them." />;
  return (
    <>
      <ul class="choices">
        {results.map((item) => (
          <li key={item.id}>
            <a href={hrefOf(['both-sides', model, item.id])}>
              {nameOf(item)} <span class="mono soft">{item.remote_id}</span>
            </a>
          </li>
        ))}
      </ul>
      {next !== null && <p class="soft">These are the first fifty; others are found by their id.</p>}
    </>
  );
}
