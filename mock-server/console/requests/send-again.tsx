import { useState } from 'preact/hooks';
import { ask, type Control } from '../api/control.ts';
import { act } from '../app/notices.tsx';
import { hrefInWorld } from '../app/places.ts';
import { go } from '../app/router.ts';
import { Dialog } from '../parts/dialog.tsx';

interface SendAgainOptions {
  world: string;
  detail: Control['RequestInDetail'];
  onClose: () => void;
}

/** The same call once more, as it was or edited, to this world or to a fork of it. */
export function SendAgain({ world, detail: { request, sent }, onClose }: SendAgainOptions) {
  const search = new URLSearchParams(
    Object.entries(request.query).map(([name, value]) => [name, String(value)]),
  ).toString();
  const whole = `${request.path}${search === '' ? '' : `?${search}`}`;
  const [path, setPath] = useState(whole);
  const [body, setBody] = useState(sent?.body.text ?? '');
  const [isFork, setFork] = useState(false);
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
  const isWhole = sent?.body.state !== 'cut' && !sent?.body.form;
  const resend = async (event: SubmitEvent) => {
    event.preventDefault();
    const done = await act('It was sent again.', () =>
      ask('sendAgain', {
        path: { world, number: request.number },
        body: {
          into: isFork ? 'fork' : 'world',
          ...(path !== whole && { path }),
          ...(hasBody && body !== (sent?.body.text ?? '') && { body: body === '' ? null : body }),
        },
      }),
    );
    if (!done) return;
    onClose();
    go(hrefInWorld(isFork ? done.world.id : world, ['requests', String(done.number)]));
  };
  return (
    <Dialog title="Send again" isWide onClose={onClose}>
      <form onSubmit={resend}>
        <div class="field">
          <label for="again-path">{request.method}</label>
          <input
            id="again-path"
            class="code mono"
            value={path}
            pattern="/.*"
            required
            spellcheck={false}
            onInput={({ currentTarget }) => setPath(currentTarget.value)}
          />
        </div>
        {hasBody && (
          <div class="field">
            <label for="again-body">Body</label>
            <textarea
              id="again-body"
              class="code"
              rows={10}
              spellcheck={false}
              value={body}
              onInput={({ currentTarget }) => setBody(currentTarget.value)}
            />
            {!isWhole && <p class="hint">The log does not hold the whole body: write what is to be sent.</p>}
          </div>
        )}
        <fieldset>
          <legend>Into</legend>
          {[
            [false, 'this world'],
            [true, 'a fork of it, which leaves this world as it is'],
          ].map(([value, label]) => (
            <label key={String(value)} class="choice">
              <input
                type="radio"
                name="target"
                checked={isFork === value}
                onChange={() => setFork(value === true)}
              />{' '}
              {label}
            </label>
          ))}
        </fieldset>
        <div class="actions">
          <button class="primary">Send</button>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
