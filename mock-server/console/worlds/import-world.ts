import { ask, type Control } from '../api/control.ts';
import { act, say } from '../app/notices.tsx';
import { hrefInWorld } from '../app/places.ts';
import { go } from '../app/router.ts';

/** Makes a world of a file that was exported. */
export async function importFile(file: File | undefined): Promise<void> {
  if (!file) return;
  const document = await readWorld(file);
  if (!document) {
    say(`${file.name} is not JSON; a world is a file that Export gave.`, { isBad: true });
    return;
  }
  const world = await act(`${file.name} is a world now.`, () =>
    ask('importWorld', { path: { world: newKey() }, body: document }),
  );
  if (world) go(hrefInWorld(world.id, ['requests']));
}

async function readWorld(file: File): Promise<Control['Snapshot'] | undefined> {
  try {
    // The server says what does not fit in it.
    return JSON.parse(await file.text()) as Control['Snapshot'];
  } catch {
    return undefined;
  }
}

/** Takes files that are dropped onto an element. */
export function takeDroppedFiles(setDropping: (isDropping: boolean) => void) {
  return {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setDropping(true);
    },
    onDragLeave: (event: DragEvent) => {
      const { currentTarget, relatedTarget } = event;
      const isInside =
        currentTarget instanceof Node &&
        relatedTarget instanceof Node &&
        currentTarget.contains(relatedTarget);
      if (!isInside) setDropping(false);
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setDropping(false);
      void importFile(event.dataTransfer?.files[0]);
    },
  };
}

/** Gives a text to the reader as a file. */
export function download(name: string, text: string, type = 'application/json'): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A key of forty letters and digits that cannot be guessed. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(20)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
