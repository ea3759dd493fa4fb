import { useState } from 'preact/hooks';
import { ask, type Control } from '../api/control.ts';
import { readJson, isObject } from '../api/call.ts';
import { act } from '../app/notices.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Editor } from '../parts/editor.tsx';
import type { Described } from '../parts/schema.ts';
import { schemaOf, titleOf } from './describe-record.ts';

interface JsonOptions {
  document: Described;
  world: string;
  held: Control['HeldRecord'];
  onClose: () => void;
}

/** A record as JSON, to be changed by hand; what differs from what it is stands out, and only that is sent. */
export function EditAsJson({ document, world, held, onClose }: JsonOptions) {
  const { id: _id, ...fields } = held.record;
  const original = JSON.stringify(fields, null, 2);
  const [text, setText] = useState(original);
  const written = readJson(text);
  const set = isObject(written) ? differing(fields, written) : undefined;
  const count = Object.keys(set ?? {}).length;
  const save = async () => {
    if (!set || count === 0) return;
    const edit = { do: 'change', resource: held.resource, record: held.id, set } as const;
    const done = await act(`Changed: ${Object.keys(set).join(', ')}.`, () =>
      ask('editRecords', { path: { world }, body: { edits: [edit] } }),
    );
    if (done) onClose();
  };
  return (
    <Dialog title={`Edit ${titleOf(held.record)}`} isWide onClose={onClose}>
      <Editor
        label="The record as JSON"
        language="json"
        value={original}
        original={original}
        schema={{ schema: schemaOf(document, held.resource), root: document }}
        onChange={setText}
      />
      <div class="actions">
        <button type="button" class="primary" disabled={count === 0} onClick={() => void save()}>
          Save
        </button>
        <button type="button" onClick={onClose}>
          Cancel
        </button>
        <span class={set ? 'soft' : 'bad-ink'} role="status">
          {set
            ? count === 0
              ? 'Nothing is changed.'
              : `Changes ${Object.keys(set).join(', ')}.`
            : 'This is no JSON object.'}
        </span>
      </div>
    </Dialog>
  );
}

/** The fields whose value is another one now. */
function differing(before: Record<string, unknown>, after: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(after).filter(([name, value]) => JSON.stringify(before[name]) !== JSON.stringify(value)),
  );
}
