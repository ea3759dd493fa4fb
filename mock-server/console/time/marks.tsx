import { useState } from 'preact/hooks';
import { ask } from '../api/control.ts';
import { useAnswer } from '../app/live.ts';
import { act } from '../app/notices.tsx';
import { queryOf, setQuery } from '../app/router.ts';
import { ChangeList } from '../parts/changes.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Failed, Loading } from '../parts/states.tsx';

/** Moments that were marked, and what has changed since each. */
export function Marks({ world }: { world: string }) {
  const [marks, setMarks] = useState<readonly string[]>([]);
  const [name, setName] = useState('');
  const shown = queryOf('since');
  const mark = async (event: SubmitEvent) => {
    event.preventDefault();
    const made = await act('This moment is marked.', () =>
      ask('markState', { path: { world }, body: name === '' ? {} : { name } }),
    );
    if (made) setMarks([made.name, ...marks.filter((one) => one !== made.name)]);
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
            value={name}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
          <button>Mark this moment</button>
        </form>
        {['start', ...marks].map((one) => (
          <button key={one} type="button" onClick={() => setQuery({ since: one })}>
            Since {one === 'start' ? 'the world began' : one}
          </button>
        ))}
      </div>
      {shown !== '' && <Since world={world} mark={shown} />}
    </section>
  );
}

function Since({ world, mark }: { world: string; mark: string }) {
  const { value, error } = useAnswer(
    () => ask('getChanges', { path: { world }, ...(mark !== 'start' && { query: { since: mark } }) }),
    [world, mark],
  );
  return (
    <Dialog
      title={mark === 'start' ? 'Since the world began' : `Since ${mark}`}
      isWide
      onClose={() => setQuery({ since: undefined })}
    >
      {error && <Failed error={error} />}
      {!value && !error && <Loading />}
      {value && <ChangeList world={world} changes={value} />}
    </Dialog>
  );
}
