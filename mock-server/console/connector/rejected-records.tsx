import { useState } from 'preact/hooks';
import { askConnector, type Unified } from '../api/connector.ts';
import { useAnswer } from '../app/live.ts';
import { act, say } from '../app/notices.tsx';
import { Json } from '../parts/json.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { Moment } from '../parts/times.tsx';

/** Records of Gem that could not be used, each with why. */
export function RejectedRecords({ integration }: { integration: string }) {
  const path = { integration_id: integration };
  const { value, error, again } = useAnswer(
    async () => (await askConnector('getRejectedRecords', path.integration_id, { path })).data,
    [integration],
    { isPassing: true },
  );
  if (error && !value) return <Failed error={error} onAgain={again} />;
  if (!value) return <Loading />;
  if (value.results.length === 0) {
    return (
      <Empty title="Every record could be used.">
        <p>
          One that Gem sends in a form which cannot be is kept here, with the reason, and tried again at each
          sync.
        </p>
      </Empty>
    );
  }
  const tryAll = async () => {
    const done = await act('All were tried again.', () =>
      askConnector('tryRejectedRecordsAgain', integration, { path }),
    );
    if (!done) return;
    const { stored, rejected, gone } = done.data;
    say(`${stored} are used now, ${gone} are gone, ${rejected} cannot be used.`, { isBad: rejected > 0 });
  };
  return (
    <>
      <div class="actions">
        <button type="button" onClick={() => void tryAll()}>
          Try all again
        </button>
      </div>
      <ul class="changes boxed" aria-label="Rejected records">
        {value.results.map((rejected) => (
          <li key={`${rejected.listing} ${rejected.remote_id}`}>
            <Rejected rejected={rejected} path={path} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Rejected({
  rejected,
  path,
}: {
  rejected: Unified['RejectedRecord'];
  path: { integration_id: string };
}) {
  const { listing, remote_id: remoteId, reason, record, rejected_at: at } = rejected;
  const body = { listing, remote_id: remoteId };
  const tryAgain = async () => {
    const done = await act('It was tried again.', () =>
      askConnector('tryRejectedRecordAgain', path.integration_id, { path, body }),
    );
    if (done?.data.state === 'REJECTED') say(`Still not: ${done.data.reason}`, { isBad: true });
  };
  return (
    <>
      <p class="what">
        <b>{listing}</b> <code>{remoteId}</code>{' '}
        <span class="soft">
          · <Moment at={at} isLong />
        </span>
      </p>
      <p>{reason}</p>
      <Shape rejected={rejected} path={path} />
      <details>
        <summary>As Gem sent it</summary>
        <Json value={record} />
      </details>
      <div class="actions tight">
        <button type="button" onClick={() => void tryAgain()}>
          Try again
        </button>
        <button
          type="button"
          class="quiet"
          onClick={() =>
            void act('It is forgotten.', () =>
              askConnector('dropRejectedRecord', path.integration_id, { path, body }),
            )
          }
        >
          Forget it
        </button>
      </div>
    </>
  );
}

/** The record without its values, which may be passed on; asked for when it is opened. */
function Shape({
  rejected: { listing, remote_id: remoteId },
  path,
}: {
  rejected: Unified['RejectedRecord'];
  path: { integration_id: string };
}) {
  const [isOpen, setOpen] = useState(false);
  const { value } = useAnswer(
    async () =>
      isOpen
        ? (
            await askConnector('getRejectedRecordShape', path.integration_id, {
              path,
              query: { listing, remote_id: remoteId },
            })
          ).data
        : undefined,
    [listing, remoteId, isOpen],
    { isLive: false },
  );
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Its shape, without what it holds</summary>
      {value && (
        <>
          <ul>
            {value.departures.map(({ path: place, kind }) => (
              <li key={`${kind} ${place}`}>
                <code>{place}</code> {kind.replaceAll('-', ' ')}
              </li>
            ))}
          </ul>
          <Json value={value.shape} />
        </>
      )}
    </details>
  );
}
