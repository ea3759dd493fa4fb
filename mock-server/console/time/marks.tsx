import { useState } from 'preact/hooks';
import { ask } from '../api/control.ts';
import { useAnswer } from '../app/live.ts';
import { act } from '../app/notices.tsx';
import { queryOf, setQuery } from '../app/router.ts';
import { ChangeList } from '../parts/changes.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Failed, Loading } from '../parts/states.tsx';

/** Moments that were marked, and what changed between two of them, or since one. */
export function Marks({ world }: { world: string }) {
  const { value } = useAnswer(() => ask('listMarks', { path: { world } }), [world]);
  const marks = value?.marks ?? [start];
  const [name, setName] = useState('');
  const since = queryOf('since');
  const mark = async (event: SubmitEvent) => {
    event.preventDefault();
    await act('This moment is marked.', () =>
      ask('markState', { path: { world }, body: name === '' ? {} : { name } }),
    );
    setName('');
  };
  return (
    <section class="card" aria-labelledby="marks">
      <h2 id="marks">What changed</h2>
      <p class="soft">Mark a moment, do something, and look at the difference.</p>
      <div class="actions">
        <form class="together" onSubmit={mark}>
          <input
            aria-label="Name of the mark"
            title="Name of the mark"
            placeholder="before-the-sync"
            maxLength={128}
            value={name}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
          <button>Mark this moment</button>
        </form>
        {/* The newest are the ones that somebody has in mind. */}
        {[start, ...marks.slice(1).slice(-4)].map((one) => (
          <button key={one} type="button" onClick={() => setQuery({ since: one, until: undefined })}>
            Since {inWords(one)}
          </button>
        ))}
      </div>
      {marks.length > 1 && <Compare key={marks.join('\n')} marks={marks} />}
      {since !== '' && <Difference {...{ world, since, until: queryOf('until') }} />}
    </section>
  );
}

/** The moment at which a world began. */
const start = 'start';

function inWords(mark: string): string {
  return mark === start ? 'the world began' : mark;
}

/** Two moments of which the later one may be the present. */
function Compare({ marks }: { marks: readonly string[] }) {
  const [since, setSince] = useState(marks.at(-2) ?? start);
  const [until, setUntil] = useState(marks.at(-1) ?? '');
  const compare = (event: SubmitEvent) => {
    event.preventDefault();
    setQuery({ since, until: until === '' ? undefined : until });
  };
  return (
    <form class="actions between" onSubmit={compare}>
      <span>
        From{' '}
        <select
          aria-label="From"
          title="From"
          value={since}
          onChange={({ currentTarget }) => setSince(currentTarget.value)}
        >
          {marks.map((one) => (
            <option key={one} value={one}>
              {inWords(one)}
            </option>
          ))}
        </select>
      </span>
      <span>
        to{' '}
        <select
          aria-label="To"
          title="To"
          value={until}
          onChange={({ currentTarget }) => setUntil(currentTarget.value)}
        >
          {marks.slice(1).map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
          <option value="">now</option>
        </select>
      </span>
      <button>Compare</button>
    </form>
  );
}

function Difference({ world, since, until }: { world: string; since: string; until: string }) {
  const query = { ...(since !== start && { since }), ...(until !== '' && { until }) };
  const { value, error } = useAnswer(
    () => ask('getChanges', { path: { world }, query }),
    [world, since, until],
  );
  return (
    <Dialog
      title={until === '' ? `Since ${inWords(since)}` : `From ${inWords(since)} to ${until}`}
      isWide
      onClose={() => setQuery({ since: undefined, until: undefined })}
    >
      {error && !value && <Failed error={error} />}
      {!value && !error && <Loading />}
      {value && <ChangeList world={world} changes={value} />}
    </Dialog>
  );
}
