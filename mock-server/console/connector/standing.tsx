import type { Unified } from '../api/connector.ts';
import { inThousands, Moment } from '../parts/times.tsx';

/** How each model stands, in one line each. */
export function Models({ models }: { models: readonly Unified['ModelState'][] }) {
  return (
    <details class="boxed">
      <summary>
        Models{' '}
        {models.some(({ state }) => state !== 'SYNCED') ? (
          <span class="badge warn">
            {models.filter(({ state }) => state === 'SYNCED').length} of {models.length} synced
          </span>
        ) : (
          <span class="badge good">all synced</span>
        )}
      </summary>
      <ul class="changes lined">
        {models.map(({ model, state, problem, last_synced_at: at }) => (
          <li key={model}>
            <p class="what">
              <b>{model}</b> <span class={`badge ${colours[state]}`}>{inWords(state)}</span>{' '}
              <span class="soft">
                {problem}
                {at !== null && (
                  <>
                    {problem !== null && ', '}read as a whole <Moment at={at} isLong />
                  </>
                )}
              </span>
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}

const colours: Readonly<Record<Unified['ModelState']['state'], string>> = {
  PENDING: '',
  SYNCING: 'warn',
  SYNCED: 'good',
  PARTIALLY_SYNCED: 'warn',
  FAILED: 'bad',
  PAUSED: '',
  DISABLED: '',
};

/** What is not simply on: models, fields and actions that the scope config switches off, or lets the customer choose. */
export function Scope({ integration }: { integration: Unified['Integration'] }) {
  const { read_models: models, write_actions: actions, scope_config: config } = integration;
  const fields = models.flatMap((model) =>
    model.fields.map((field) => ({ ...field, id: `${model.id}.${field.id}` })),
  );
  const parts = [...models, ...fields, ...actions].filter(
    ({ scope_config_setting: setting }) => setting !== 'ENABLED',
  );
  const off = parts.filter(({ is_available: isOn }) => !isOn).length;
  return (
    <details class="boxed">
      <summary>
        Scope{' '}
        <span class={off === 0 ? 'badge good' : 'badge warn'}>
          {off === 0 ? 'nothing off' : `${off} off`}
        </span>
      </summary>
      {parts.length === 0 ? (
        <p class="soft">
          {config.name}: every model, field and action is on. PUT /scope-config switches some off.
        </p>
      ) : (
        <ul class="changes lined">
          {parts.map(({ id, is_available: isOn, scope_config_setting: setting, ...part }) => (
            <li key={id}>
              <p class="what">
                <b>{id}</b> <span class={isOn ? 'badge good' : 'badge warn'}>{isOn ? 'on' : 'off'}</span>{' '}
                {setting === 'OPTIONAL' && (
                  <span class="soft">
                    {part.opted_out_by_customer
                      ? 'the customer does not want it'
                      : 'the customer may opt out'}
                  </span>
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}

/** The ways in which records depart from Gem's description. */
export function Drift({ drift }: { drift: readonly Unified['Departure'][] }) {
  if (drift.length === 0) return null;
  return (
    <details class="boxed">
      <summary>
        Departures from Gem’s description <span class="badge warn">{drift.length}</span>
      </summary>
      <ul class="changes">
        {drift.map(({ listing, path, kind, count, last_seen_at: at }) => (
          <li key={`${listing} ${kind} ${path}`}>
            <p class="what">
              <b>{listing}</b> <code>{path}</code> {kind.replaceAll('-', ' ')}{' '}
              <span class="soft">
                {inThousands(count)} times, last <Moment at={at} isLong />
              </span>
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** How far a running sync has come as a whole. */
export function HowFar({ sync }: { sync: Unified['Sync'] }) {
  const { records, expected_records: expected, records_per_second: rate, seconds_left: left } = sync;
  if (sync.state !== 'RUNNING') return null;
  return (
    <p class="soft">
      {expected !== null && <progress value={records} max={expected} aria-label="How far it has come" />}{' '}
      {inThousands(records)}
      {expected !== null && ` of ${inThousands(expected)}`}
      {rate !== null && `, ${rate} a second`}
      {left !== null && `, ${left < 90 ? `${left} s` : `${Math.round(left / 60)} min`} left`}
    </p>
  );
}

/** A state as people read it: `PARTIALLY_SYNCED` → `partially synced`. */
export function inWords(state: string): string {
  return state.toLowerCase().replaceAll('_', ' ');
}

/** A list of Gem as people read it: `listJobPosts` → `job posts`. */
export function listInWords(listing: string): string {
  return listing
    .replace(/^list/, '')
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .trim();
}

/** A length of time in seconds. */
export function lengthOf(milliseconds: number): string {
  return milliseconds < 10_000
    ? `${(milliseconds / 1000).toFixed(1)} s`
    : `${Math.round(milliseconds / 1000)} s`;
}
