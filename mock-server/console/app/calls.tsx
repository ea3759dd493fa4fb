import { signal } from '@preact/signals';
import { calls, curlOf } from '../api/call.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Dialog } from '../parts/dialog.tsx';

/** Whether the calls are shown. */
export const areCallsShown = signal(false);

/** What the console has asked: nothing in it can do what a call cannot, and here each can be copied. */
export function Calls() {
  if (!areCallsShown.value) return null;
  return (
    <Dialog title="Calls of this page" isWide onClose={() => (areCallsShown.value = false)}>
      <p class="soft">
        Whatever the console does is one call, newest first. Copied, it does the same in a terminal.
      </p>
      <ul class="calls">
        {calls.value.map((made) => (
          <li key={`${made.method} ${made.url} ${JSON.stringify(made.body)}`}>
            <b class={`method ${made.method.toLowerCase()}`}>{made.method}</b>
            <code>{made.url}</code>
            <CopyButton text={curlOf(made)} label="Copy as curl" />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
