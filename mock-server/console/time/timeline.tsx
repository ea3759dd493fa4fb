import { ask, type Control } from '../api/control.ts';
import { useAnswer } from '../app/live.ts';
import { act } from '../app/notices.tsx';
import { Empty } from '../parts/states.tsx';
import { inThousands, Moment } from '../parts/times.tsx';

/** What waits for its time, and what could not happen when its time came. */
export function Timeline({ world }: { world: string }) {
  const { value } = useAnswer(() => ask('listTimeline', { path: { world } }), [world]);
  if (!value) return null;
  const { waiting, failures } = value;
  const [next] = waiting;
  return (
    <section>
      <div class="head">
        <h2>Still to come</h2>
        {next && (
          <button
            type="button"
            onClick={() =>
              void act('The next thing happened.', () =>
                ask('changeClock', { path: { world }, body: { set: next.at } }),
              )
            }
          >
            Go to the next
          </button>
        )}
      </div>
      {waiting.length === 0 ? (
        <Empty title="Nothing is planned.">
          <p>Scenarios with a timeline, such as hiring-week, plan what recruiters will do; so does a call.</p>
        </Empty>
      ) : (
        <div class="table" tabIndex={0} role="region" aria-label="Still to come">
          <table>
            <tbody>
              {waiting.slice(0, shown).map(({ at, edit }, index) => (
                <tr key={`${at} ${index}`}>
                  <td class="mono">
                    <Moment at={at} isLong />
                  </td>
                  <td>
                    <b>{edit.do}</b> {objectOf(edit)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {waiting.length > shown && <p class="soft">… and {inThousands(waiting.length - shown)} more.</p>}
      {failures.length > 0 && (
        <div class="callout bad">
          <b>Could not happen</b>
          <ul>
            {failures.map(({ at, edit, message }, index) => (
              <li key={`${at} ${index}`}>
                <Moment at={at} isLong /> {edit.do} {objectOf(edit)}: {message}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

/** Entries that are shown at once. */
const shown = 100;

/** What an edit is about, in short. */
function objectOf(edit: Control['Edit']): string {
  const { do: _verb, ...rest } = edit;
  return Object.entries(rest)
    .map(([name, value]) => (typeof value === 'string' ? value : `${name} ${JSON.stringify(value)}`))
    .join(' · ');
}
