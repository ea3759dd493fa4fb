import { useState } from 'preact/hooks';
import { ask, type Control } from '../api/control.ts';
import { act } from '../app/notices.tsx';
import { hrefInWorld } from '../app/places.ts';
import { go } from '../app/router.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Dialog, Question } from '../parts/dialog.tsx';
import { Menu } from '../parts/menu.tsx';
import { download } from './import-world.ts';

/** What can be done with a world as a whole. */
export function WorldActions({ world, name }: { world: Control['World']; name: string }) {
  const [asked, setAsked] = useState<'reset' | 'drop' | 'save' | undefined>();
  const close = () => setAsked(undefined);
  const path = { world: world.id };
  const fork = async () => {
    const made = await act(`A fork of ${world.company.name} is open.`, () =>
      ask('forkWorld', { path, body: {} }),
    );
    if (made) go(hrefInWorld(made.id, ['requests']));
  };
  const exportIt = async () => {
    const document = await act('The world is on its way into a file.', () => ask('exportWorld', { path }));
    if (document) download(`world-${name}.json`, `${JSON.stringify(document)}\n`);
  };
  return (
    <>
      <span class="wide-only">
        <CopyButton text={world.key} label="Copy key" />
      </span>
      <Menu label={`Actions of ${world.company.name}, ${name}`}>
        <button
          type="button"
          class="narrow-only"
          onClick={() => void navigator.clipboard.writeText(world.key)}
        >
          Copy key
        </button>
        <button type="button" onClick={fork}>
          Fork
        </button>
        <button type="button" onClick={() => setAsked('save')}>
          Save as a snapshot…
        </button>
        <button type="button" onClick={exportIt}>
          Export as a file
        </button>
        <button type="button" onClick={() => setAsked('reset')}>
          Reset…
        </button>
        <button type="button" disabled={world.is_first} onClick={() => setAsked('drop')}>
          Drop…
        </button>
      </Menu>
      {asked === 'save' && <SaveSnapshot world={world} onClose={close} />}
      {asked === 'reset' && (
        <Question
          title="Begin this world anew?"
          text="Records, clock, faults and requests will be as they were when it was made. A snapshot keeps what is there now."
          action="Reset"
          onYes={() => void act('The world began anew.', () => ask('resetWorld', { path }))}
          onClose={close}
        />
      )}
      {asked === 'drop' && (
        <Question
          title="Drop this world?"
          text="It is forgotten with all that it holds, and its key opens a fresh one."
          action="Drop"
          onYes={() => void act('The world is gone.', () => ask('dropWorld', { path }))}
          onClose={close}
        />
      )}
    </>
  );
}

function SaveSnapshot({ world, onClose }: { world: Control['World']; onClose: () => void }) {
  const [snapshot, setSnapshot] = useState('');
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    const saved = await act(`Saved as “${snapshot}”.`, () =>
      ask('saveSnapshot', { path: { snapshot }, body: { world: world.id } }),
    );
    if (saved) onClose();
  };
  return (
    <Dialog title="Save as a snapshot" onClose={onClose}>
      <form onSubmit={save}>
        <div class="field">
          <label for="snapshot-name">Name</label>
          <input
            id="snapshot-name"
            required
            pattern="[a-z0-9][a-z0-9._\-]{0,63}"
            autocomplete="off"
            aria-describedby="snapshot-hint"
            value={snapshot}
            onInput={({ currentTarget }) => setSnapshot(currentTarget.value)}
          />
          <p class="hint" id="snapshot-hint">
            Small letters, digits, dots, dashes and underscores; one of the same name is written over.
          </p>
        </div>
        <div class="actions">
          <button class="primary">Save</button>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
