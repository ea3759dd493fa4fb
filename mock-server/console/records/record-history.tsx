import { ask, type Control } from '../api/control.ts';
import { useAnswer } from '../app/live.ts';
import { hrefInWorld } from '../app/places.ts';
import { FieldChanges } from '../parts/changes.tsx';
import { Moment } from '../parts/times.tsx';
import type { Resource } from './describe-record.ts';

/** What happened to a record: when, why, and field by field. */
export function RecordHistory({ world, resource, id }: { world: string; resource: Resource; id: string }) {
  const { value } = useAnswer(
    () => ask('getRecordHistory', { path: { world, resource, record: id } }),
    [world, resource, id],
  );
  if (!value) return null;
  const { entries, complete, since, how } = value;
  return (
    <section aria-label="History">
      <h3>History</h3>
      <ol class="changes">
        {entries.map(({ at, what, cause, fields }, index) => (
          <li key={`${at} ${entries.length - index}`}>
            <p class="what">
              <span class={`badge ${colours[what]}`}>{what}</span>{' '}
              <span class="mono">
                <Moment at={at} isLong />
              </span>{' '}
              <Why world={world} cause={cause} />
            </p>
            {what !== 'created' && <FieldChanges fields={fields} />}
          </li>
        ))}
        <li>
          <p class="what soft">
            {complete ? 'The world began' : 'What was before is forgotten; the world began'}{' '}
            <Moment at={since} isLong />
            {how === 'scenario' ? ' with its scenario.' : ` as a ${how}.`}
          </p>
        </li>
      </ol>
    </section>
  );
}

const colours = { created: 'good', changed: 'warn', deleted: 'bad' } as const;

function Why({ world, cause }: { world: string; cause: Control['Cause'] }) {
  const { by, request, operation, edits = [] } = cause;
  if (typeof request === 'number') {
    return (
      <a href={hrefInWorld(world, ['requests', String(request)])}>
        by request {request}
        {operation ? `, ${operation}` : ''}
      </a>
    );
  }
  return (
    <span class="soft">
      {whys[by]}
      {edits.length > 0 && ` (${edits.join(', ')})`}
    </span>
  );
}

const whys: Readonly<Record<Control['Cause']['by'], string>> = {
  request: 'by a request',
  edit: 'by an edit over the control API',
  timeline: 'as it was planned',
  simulation: 'by a recruiter at work',
  fault: 'by a fault',
  other: 'otherwise',
};
