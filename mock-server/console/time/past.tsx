import { send } from '../api/call.ts';
import type { Control } from '../api/control.ts';
import { useAnswer } from '../app/live.ts';
import { hrefInWorld } from '../app/places.ts';
import { Empty } from '../parts/states.tsx';
import { Moment } from '../parts/times.tsx';

type Change = Control['ChangeEvent'];

/** What has happened to the records of a world of late, and why; as far as the server remembers. */
export function Past({ world }: { world: string }) {
  const { value } = useAnswer(() => readPast(world), [world]);
  if (!value) return null;
  return (
    <section>
      <h2>What happened</h2>
      {value.length === 0 ? (
        <Empty title="No record has changed of late.">
          <p>Edits, writes of your connector, what was planned and recruiters at work show here.</p>
        </Empty>
      ) : (
        <div class="table" tabIndex={0} role="region" aria-label="What happened">
          <table>
            <tbody>
              {value.map((change, index) => (
                <Row key={`${change.at} ${value.length - index}`} world={world} change={change} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Row({ world, change: { at, cause, count, records } }: { world: string; change: Change }) {
  return (
    <tr>
      <td class="mono">
        <Moment at={at} isLong />
      </td>
      <td>
        <b>{cause.edits?.join(', ') ?? cause.operation ?? cause.by}</b>{' '}
        <span class="soft">
          {typeof cause.request === 'number' ? (
            <a href={hrefInWorld(world, ['requests', String(cause.request)])}>request {cause.request}</a>
          ) : (
            cause.by
          )}
        </span>
      </td>
      <td class="wrap">
        {records.slice(0, shown).map(({ resource, id, what }) => (
          <span key={id} class="read">
            <a href={hrefInWorld(world, ['records', resource, id])}>{resource.replaceAll('_', ' ')}</a> {what}
          </span>
        ))}
        {count > shown && <span class="soft">and {count - shown} more</span>}
      </td>
    </tr>
  );
}

/** Records of one change, and changes, that are shown at once. */
const [shown, mostChanges] = [4, 50];

/** The changes that the server remembers, newest first. It tells where its memory begins by the form of its ids. */
async function readPast(world: string): Promise<Change[]> {
  const path = `/_control/worlds/${encodeURIComponent(world)}/events?wait=false`;
  const present = await (await send(path)).text();
  const [, start] = /^: (.+)-\d+$/m.exec(present) ?? [];
  if (start === undefined) return [];
  const all = await (await send(`${path}&after=${start}-0`)).text();
  const events = [...all.matchAll(/^data: (.+)$/gm)].map(
    ([, data = '{}']) => JSON.parse(data) as Control['WorldEvent'],
  );
  return events
    .filter((event): event is Change => event.type === 'change')
    .toReversed()
    .slice(0, mostChanges);
}
