import { askConnector, type Unified } from '../api/connector.ts';
import { useAnswer } from '../app/live.ts';
import { act, say } from '../app/notices.tsx';
import { Json } from '../parts/json.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { Moment } from '../parts/times.tsx';

/** Where events are sent, and each delivery with its tries. */
export function Deliveries() {
  const { value, error, again } = useAnswer(
    async () => {
      const [webhooks, deliveries] = await Promise.all([
        askConnector('getWebhooks', undefined),
        askConnector('getWebhookDeliveries', undefined),
      ]);
      return { webhooks: webhooks.data.results, deliveries: deliveries.data.results };
    },
    [],
    { isPassing: true },
  );
  if (error && !value) return <Failed error={error} onAgain={again} />;
  if (!value) return <Loading />;
  const { webhooks, deliveries } = value;
  return (
    <>
      {webhooks.length === 0 ? (
        <p class="soft">Events are sent nowhere: PUT /webhooks sets an address up.</p>
      ) : (
        <ul class="changes boxed" aria-label="Webhooks">
          {webhooks.map((webhook) => (
            <li key={webhook.id}>
              <Webhook webhook={webhook} />
            </li>
          ))}
        </ul>
      )}
      {deliveries.length === 0 ? (
        <Empty title="Nothing was sent yet.">
          <p>The next sync tells of what it changed.</p>
        </Empty>
      ) : (
        <ul class="changes boxed" aria-label="Deliveries">
          {deliveries.map((delivery) => (
            <li key={`${delivery.event_id} ${delivery.webhook_id}`}>
              <Delivery delivery={delivery} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Webhook({ webhook }: { webhook: Unified['Webhook'] }) {
  const { id, url, is_enabled: isEnabled, failing_since: failingSince, problem } = webhook;
  const path = { webhook_id: id };
  const switchTo = (value: boolean) =>
    act(value ? 'It is switched on.' : 'It is switched off.', () =>
      askConnector('setWebhookEnabled', undefined, { path, body: { value } }),
    );
  const recover = async () => {
    const done = await act(`What did not arrive in the last ${keptDays} days waits to be sent.`, () =>
      askConnector('recoverDeliveries', undefined, {
        path,
        body: { since: new Date(Date.now() - keptDays * 86_400_000).toISOString() },
      }),
    );
    if (done) say(`${done.data.events} events wait to be sent.`);
  };
  return (
    <>
      <p class="what">
        <b>{url}</b>{' '}
        <span class={`badge ${isEnabled ? (failingSince === null ? 'good' : 'warn') : 'bad'}`}>
          {isEnabled ? (failingSince === null ? 'on' : 'failing') : 'switched off'}
        </span>{' '}
        {failingSince !== null && (
          <span class="soft">
            nothing has arrived since <Moment at={failingSince} isLong />: {problem}
          </span>
        )}
      </p>
      <div class="actions tight">
        <button type="button" onClick={() => void switchTo(!isEnabled)}>
          {isEnabled ? 'Switch off' : 'Switch on'}
        </button>
        {isEnabled && (
          <button type="button" onClick={() => void recover()}>
            Send what did not arrive
          </button>
        )}
      </div>
    </>
  );
}

function Delivery({ delivery }: { delivery: Unified['WebhookDelivery'] }) {
  const {
    event_id: event,
    event_type: type,
    webhook_id: webhook,
    state,
    created_at: at,
    payload,
    tries,
  } = delivery;
  return (
    <details>
      <summary class="what">
        <b>{type}</b>{' '}
        <span class={`badge ${state === 'DELIVERED' ? 'good' : state === 'FAILED' ? 'bad' : 'warn'}`}>
          {state.toLowerCase()}
        </span>{' '}
        <span class="soft">
          <Moment at={at} isLong />, {tries.length === 1 ? 'one try' : `${tries.length} tries`}
        </span>
      </summary>
      <ol class="tries">
        {tries.map((one) => (
          <li key={one.at}>
            <Moment at={one.at} isLong />{' '}
            <b class={one.problem === null ? 'good-ink' : 'bad-ink'}>{one.status ?? 'no answer'}</b>{' '}
            <span class="soft">
              {one.milliseconds} ms {one.problem}
            </span>
          </li>
        ))}
      </ol>
      <Json value={payload} />
      <div class="actions">
        <button
          type="button"
          onClick={() =>
            void act('It waits to be sent.', () =>
              askConnector('sendDeliveryAgain', undefined, {
                path: { event_id: event },
                body: { webhook_id: webhook },
              }),
            )
          }
        >
          Send again
        </button>
      </div>
    </details>
  );
}

/** How many days events are kept, as the connector does unless it is told otherwise. */
const keptDays = 30;
