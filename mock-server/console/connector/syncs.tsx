import { askConnector, type Unified } from '../api/connector.ts';
import { useAnswer } from '../app/live.ts';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { inThousands, Moment } from '../parts/times.tsx';
import { Drift, HowFar, inWords, lengthOf, listInWords, Models, Scope } from './standing.tsx';

/** The latest syncs: waiting, running with how far they have come, ended and why. */
export function Syncs({ integration }: { integration: string }) {
  const { value, error, again } = useAnswer(
    async () => {
      const path = { integration_id: integration };
      const [syncs, about] = await Promise.all([
        askConnector('getIntegrationSyncs', integration, { path }),
        askConnector('getIntegration', integration, { path }),
      ]);
      return { ...syncs.data, about: about.data };
    },
    [integration],
    { isPassing: true },
  );
  if (error && !value) return <Failed error={error} onAgain={again} />;
  if (!value) return <Loading />;
  if (value.results.length === 0) {
    return (
      <Empty title="Nothing was synced yet.">
        <p>“Sync now” reads the account.</p>
      </Empty>
    );
  }
  return (
    <>
      <div class="table" tabIndex={0} role="region" aria-label="Syncs">
        <table>
          <thead>
            <tr>
              <th scope="col">Began</th>
              <th scope="col">Kind</th>
              <th scope="col">State</th>
              <th scope="col" class="number">
                Took
              </th>
              <th scope="col">What was read</th>
              <th scope="col" class="number">
                Rejected
              </th>
            </tr>
          </thead>
          <tbody>
            {value.results.map((sync) => (
              <Row key={sync.id} sync={sync} />
            ))}
          </tbody>
        </table>
      </div>
      <Models models={value.models} />
      <Scope integration={value.about} />
      <Drift drift={value.drift} />
    </>
  );
}

function Row({ sync }: { sync: Unified['Sync'] }) {
  const {
    type,
    state,
    started_at: start,
    ended_at: end,
    problem,
    rejected_records: rejected,
    progress,
  } = sync;
  return (
    <tr>
      <td class="mono">{start ? <Moment at={start} isLong /> : 'waits'}</td>
      <td>{type === 'FULL' ? 'full' : 'what changed'}</td>
      <td>
        <span class={`badge ${colours[state] ?? 'bad'}`}>{inWords(state)}</span>
      </td>
      <td class="number" data-title="Took">
        {start && end ? lengthOf(Date.parse(end) - Date.parse(start)) : '…'}
      </td>
      <td class="wrap">
        {progress.map(({ listing, records, total, is_finished: isFinished }) => (
          <span key={listing} class={isFinished ? 'read' : 'read now'}>
            {listInWords(listing)} <b>{inThousands(records)}</b>
            {!isFinished && (total === null ? ' …' : ` of ${inThousands(total)} …`)}
          </span>
        ))}
        <HowFar sync={sync} />
        {problem !== null && <p class="bad-ink">{problem}</p>}
      </td>
      <td class="number" data-title="Rejected">
        {rejected ?? '…'}
      </td>
    </tr>
  );
}

const colours: Partial<Record<Unified['Sync']['state'], string>> = {
  SUCCEEDED: 'good',
  RUNNING: 'warn',
  QUEUED: '',
  PARTIALLY_FAILED: 'warn',
};
