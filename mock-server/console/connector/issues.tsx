import { askConnector, type Unified } from '../api/connector.ts';
import { useAnswer } from '../app/live.ts';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { Moment } from '../parts/times.tsx';

/** What is wrong with the account, and what was. */
export function Issues({ integration }: { integration: string }) {
  const path = { integration_id: integration };
  const { value, error, again } = useAnswer(
    async () => (await askConnector('getIntegrationIssues', integration, { path })).data.results,
    [integration],
    { isPassing: true },
  );
  if (error && !value) return <Failed error={error} onAgain={again} />;
  if (!value) return <Loading />;
  if (value.length === 0) {
    return (
      <Empty title="Nothing is wrong.">
        <p>
          A key that Gem refuses, syncs that fail and actions that fail are shown here until they are over.
        </p>
      </Empty>
    );
  }
  return (
    <ul class="changes boxed">
      {value.map((issue) => (
        <li key={issue.id}>
          <Issue issue={issue} />
        </li>
      ))}
    </ul>
  );
}

function Issue({ issue }: { issue: Unified['Issue'] }) {
  const { title, action, problem, status, first_observed_at: first, last_observed_at: last } = issue;
  return (
    <>
      <p class="what">
        <b>{title}</b> {action !== null && <code>{action}</code>}{' '}
        <span class={status === 'OPEN' ? 'badge bad' : 'badge good'}>{status.toLowerCase()}</span>{' '}
        <span class="soft">
          since <Moment at={first} isLong />
          {issue.resolved_at !== null ? (
            <>
              , resolved <Moment at={issue.resolved_at} isLong />
            </>
          ) : (
            <>
              , seen last <Moment at={last} isLong />
            </>
          )}
        </span>
      </p>
      <p>{problem}</p>
    </>
  );
}
