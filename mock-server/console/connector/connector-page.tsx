import { useEffect } from 'preact/hooks';
import { askConnector, connector, findConnector, integration, type Unified } from '../api/connector.ts';
import { refresh, useAnswer } from '../app/live.ts';
import { act } from '../app/notices.tsx';
import { queryOf, setQuery } from '../app/router.ts';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { Moment } from '../parts/times.tsx';
import { Actions } from './actions.tsx';
import { Deliveries } from './deliveries.tsx';
import { Issues } from './issues.tsx';
import { RejectedRecords } from './rejected-records.tsx';
import { Syncs } from './syncs.tsx';

const tabs = [
  ['syncs', 'Syncs'],
  ['issues', 'Issues'],
  ['rejected', 'Rejected records'],
  ['webhooks', 'Webhooks'],
  ['actions', 'Actions'],
] as const;

/** The connector beside the emulator: what it reads, what is wrong with it, what it could not use, what it told others, and what it writes. */
export function ConnectorPage() {
  useEffect(() => {
    void findConnector();
  }, []);
  // It has no stream of its own: it is looked at every two seconds while this page is open.
  useEffect(() => {
    const timer = setInterval(() => !document.hidden && refresh(), 2000);
    return () => clearInterval(timer);
  }, []);
  const known = connector.value;
  if (known === undefined) return <Loading />;
  return (
    <div class="page">
      <div class="head">
        <h1>Connector</h1>
        <p class="lead">{known ? known.url : 'None is known here.'}</p>
      </div>
      {known ? <Integrations /> : <NoConnector />}
    </div>
  );
}

function NoConnector() {
  return (
    <Empty title="This emulator runs alone.">
      <p>
        <code>npx mock-gem dev</code> starts a connector beside it;{' '}
        <code>npx mock-gem serve --console-connector http://127.0.0.1:4020/v1</code> shows another one, with
        its key in <code>CONNECTOR_API_KEY</code>.
      </p>
      <button type="button" onClick={() => void findConnector()}>
        Look again
      </button>
    </Empty>
  );
}

function Integrations() {
  const { value, error, again } = useAnswer(
    async () => (await askConnector('getIntegrations', integration.value)).data.results,
    [],
    { isPassing: true },
  );
  if (error && !value) return <Failed error={error} onAgain={again} />;
  if (!value) return <Loading />;
  const [first] = value;
  if (!first) {
    return (
      <Empty title="No account is connected.">
        <p>
          A connection link (POST /connect/create-link) connects one; so does `mock-gem dev` at its start.
        </p>
      </Empty>
    );
  }
  const named = queryOf('integration') || integration.value;
  const chosen = value.find(({ id }) => id === named) ?? first;
  if (integration.peek() !== chosen.id) integration.value = chosen.id;
  return <Integration key={chosen.id} chosen={chosen} all={value} />;
}

interface IntegrationOptions {
  chosen: Unified['ListedIntegration'];
  all: readonly Unified['ListedIntegration'][];
}

function Integration({ chosen, all }: IntegrationOptions) {
  const counts: Partial<Record<string, number>> = {
    issues: chosen.open_issues,
    rejected: chosen.rejected_records,
  };
  const tab = tabs.find(([id]) => id === queryOf('show'))?.[0] ?? 'syncs';
  return (
    <>
      <section class="card integration" aria-label="Integration">
        <div>
          {all.length > 1 ? (
            <h2>
              <select
                class="title"
                aria-label="Integration"
                value={chosen.id}
                onChange={({ currentTarget }) => setQuery({ integration: currentTarget.value })}
              >
                {all.map(({ id, organization_name: name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            </h2>
          ) : (
            <h2>{chosen.organization_name}</h2>
          )}
          <p class="soft">
            <code>{chosen.id}</code>{' '}
            <span class={chosen.status === 'ACTIVE' ? 'badge good' : 'badge bad'}>
              {chosen.status.toLowerCase()}
            </span>
            {chosen.first_synced_at && (
              <>
                {' '}
                first synced <Moment at={chosen.first_synced_at} isLong />
              </>
            )}
          </p>
        </div>
        <div class="actions">
          <button type="button" class="primary" onClick={() => void sync('DELTA')}>
            Sync now
          </button>
          <button type="button" onClick={() => void sync('FULL')}>
            Full sync
          </button>
        </div>
      </section>
      <nav class="tabs" aria-label="Of the connector">
        {tabs.map(([id, name]) => (
          <button
            key={id}
            type="button"
            class="quiet"
            {...(id === tab && { 'aria-current': 'true' as const })}
            onClick={() => setQuery({ show: id })}
          >
            {name}
            {(counts[id] ?? 0) > 0 && <span class="badge bad">{counts[id]}</span>}
          </button>
        ))}
      </nav>
      {tab === 'syncs' && <Syncs integration={chosen.id} />}
      {tab === 'issues' && <Issues integration={chosen.id} />}
      {tab === 'rejected' && <RejectedRecords integration={chosen.id} />}
      {tab === 'webhooks' && <Deliveries />}
      {tab === 'actions' && <Actions />}
    </>
  );
}

function sync(type: 'FULL' | 'DELTA') {
  return act(type === 'FULL' ? 'A full sync is under way.' : 'A sync of what changed is under way.', () =>
    askConnector('triggerSync', integration.value, { body: { type } }),
  );
}
