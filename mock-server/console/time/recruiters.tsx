import { useState } from 'preact/hooks';
import { ask } from '../api/control.ts';
import { useAnswer } from '../app/live.ts';
import { act } from '../app/notices.tsx';
import { inThousands } from '../parts/times.tsx';

/** People at work by themselves: believable changes as the clock goes on. */
export function Recruiters({ world }: { world: string }) {
  const { value } = useAnswer(() => ask('getSimulation', { path: { world } }), [world]);
  const [perHour, setPerHour] = useState(60);
  const path = { world };
  return (
    <section class="card" aria-labelledby="recruiters">
      <h2 id="recruiters">Recruiters</h2>
      <p class="soft">
        {value?.running
          ? `At work: ${inThousands(value.per_hour ?? 0)} events an hour, ${inThousands(value.played)} so far.`
          : 'Nobody is at work: nothing changes by itself.'}
      </p>
      <div class="actions">
        <form
          class="together"
          onSubmit={(event) => {
            event.preventDefault();
            void act('Recruiters are at work.', () =>
              ask('startSimulation', { path, body: { per_hour: perHour } }),
            );
          }}
        >
          <label>
            <span class="away">Events an hour</span>
            <input
              type="number"
              min="1"
              max="100000"
              value={perHour}
              onInput={({ currentTarget }) => setPerHour(Number(currentTarget.value))}
            />
          </label>
          <button>an hour: let them work</button>
        </form>
        {value?.running && (
          <button
            type="button"
            onClick={() => void act('They went home.', () => ask('stopSimulation', { path }))}
          >
            Send them home
          </button>
        )}
        <button
          type="button"
          onClick={() =>
            void act('Twenty things happened.', () => ask('playSimulation', { path, body: { events: 20 } }))
          }
        >
          20 events now
        </button>
      </div>
    </section>
  );
}
