import { useState } from 'preact/hooks';
import { ask } from '../api/control.ts';
import { useAnswer } from '../app/live.ts';
import { act } from '../app/notices.tsx';
import { worldHere } from '../app/places.ts';
import { LiveClock } from '../parts/live-clock.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { Marks } from './marks.tsx';
import { Past } from './past.tsx';
import { Recruiters } from './recruiters.tsx';
import { Timeline } from './timeline.tsx';

/** A world's time: its clock, what is still to come, who is at work, and what changed since a moment. */
export function TimePage() {
  const world = worldHere();
  return (
    <div class="page" key={world}>
      <div class="head">
        <h1>Time</h1>
        <p class="lead">It passes for this world alone.</p>
      </div>
      <Clock world={world} />
      <div class="cards">
        <Recruiters world={world} />
        <Marks world={world} />
      </div>
      <Timeline world={world} />
      <Past world={world} />
    </div>
  );
}

function Clock({ world }: { world: string }) {
  const { value: clock, error } = useAnswer(() => ask('getClock', { path: { world } }), [world]);
  const [instant, setInstant] = useState('');
  if (error && !clock) return <Failed error={error} />;
  if (!clock) return <Loading />;
  const isFrozen = clock.state === 'frozen';
  const change = (body: Parameters<typeof ask<'changeClock'>>[1]['body'], done: string) =>
    act(done, () => ask('changeClock', { path: { world }, body }));
  return (
    <section class="card clock" aria-label="Clock">
      <p class="now mono">
        <LiveClock clock={clock} />
        <span class={isFrozen ? 'badge warn' : 'badge good'}>{clock.state}</span>
      </p>
      <div class="actions">
        <button
          type="button"
          class="primary"
          onClick={() =>
            void change({ freeze: !isFrozen }, isFrozen ? 'The clock runs.' : 'The clock stands still.')
          }
        >
          {isFrozen ? 'Let it run' : 'Freeze'}
        </button>
        {['1 hour', '1 day', '1 week'].map((length) => (
          <button
            key={length}
            type="button"
            onClick={() => void change({ advance: length }, `${length} went by.`)}
          >
            + {length}
          </button>
        ))}
        <form
          class="together"
          onSubmit={(event) => {
            event.preventDefault();
            const isLength = !/^\d{4}-/.test(instant);
            void change(
              isLength ? { advance: instant } : { set: instant },
              isLength ? `${instant} went by.` : `It is ${instant}.`,
            );
          }}
        >
          <input
            aria-label="A length of time, or an instant"
            title="A length of time, or an instant"
            placeholder="90 minutes, or 2026-11-20T08:00:00Z"
            required
            value={instant}
            onInput={({ currentTarget }) => setInstant(currentTarget.value)}
          />
          <button>Go</button>
        </form>
      </div>
    </section>
  );
}
