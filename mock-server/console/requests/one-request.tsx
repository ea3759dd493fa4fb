import { useState } from 'preact/hooks';
import { ask, type Control } from '../api/control.ts';
import { useAnswer } from '../app/live.ts';
import { hrefInWorld } from '../app/places.ts';
import { queryOf } from '../app/router.ts';
import { FaultDialog } from '../faults/fault-form.tsx';
import { ChangeList } from '../parts/changes.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { Moment, sizeOf } from '../parts/times.tsx';
import { Json } from '../parts/json.tsx';
import { readJson } from '../api/call.ts';
import { SendAgain } from './send-again.tsx';

interface OneRequestOptions {
  world: string;
  number: string;
  /** Whether it is one whose key opened no world, so that nothing can be done to a world because of it. */
  isOfNoWorld: boolean;
}

/** One call in full: what came, what went out, why, and what to do with it. */
export function OneRequest({ world, number, isOfNoWorld }: OneRequestOptions) {
  const detail = useAnswer(
    () =>
      isOfNoWorld
        ? ask('getUnknownKeyRequest', { path: { number: Number(number) } })
        : ask('getRequest', { path: { world, number: Number(number) } }),
    [world, number, isOfNoWorld],
    { isLive: false },
  );
  const [opened, setOpened] = useState<'again' | 'fault' | 'changes' | undefined>();
  const { value, error } = detail;
  const close = (
    <a
      class="quiet button"
      href={hrefInWorld(world, ['requests'], { q: queryOf('q'), from: queryOf('from') })}
    >
      Close
    </a>
  );
  if (error && !value) {
    return (
      <div class="detail">
        <Failed error={error} /> {close}
      </div>
    );
  }
  if (!value) return <Loading />;
  const { request, sent, answered, refusal, advice, nearest, curl } = value;
  return (
    <section class="detail" aria-label={`Request ${number}`}>
      <div class="head">
        <h2 class="call">
          <b class={`method ${request.method.toLowerCase()}`}>{request.method}</b>
          <code>{request.path}</code>
          <b class={`mono ${statusClass(request.status)}`}>{request.status ?? 'no answer'}</b>
        </h2>
        <span class="end">{close}</span>
      </div>
      <div class="actions tight">
        {!isOfNoWorld && (
          <>
            <button type="button" onClick={() => setOpened('again')}>
              Send again…
            </button>
            <button type="button" onClick={() => setOpened('fault')}>
              Break the next one…
            </button>
            <button type="button" onClick={() => setOpened('changes')}>
              What did it change?
            </button>
          </>
        )}
        {curl !== null && <CopyButton text={curl} label="Copy as curl" />}
      </div>
      {refusal !== null && (
        <p class="callout bad">
          <b>Refused.</b> {refusal}
        </p>
      )}
      {advice !== null && (
        <p class="callout">
          <b>What to do.</b> <Words text={advice} />
        </p>
      )}
      {nearest.length > 0 && (
        <div class="callout">
          <b>What came nearest</b>
          <ul>
            {nearest.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      )}
      <Facts request={request} />
      <Side title="Request" message={sent} />
      <Side title="Answer" message={answered} />
      {opened === 'again' && <SendAgain world={world} detail={value} onClose={() => setOpened(undefined)} />}
      {opened === 'changes' && (
        <WhatItChanged world={world} number={request.number} onClose={() => setOpened(undefined)} />
      )}
      {opened === 'fault' && (
        <FaultDialog world={world} match={matchOf(request)} onClose={() => setOpened(undefined)} />
      )}
    </section>
  );
}

/** A text whose words in backquotes are code. */
function Words({ text }: { text: string }) {
  return <>{text.split('`').map((part, at) => (at % 2 === 0 ? part : <code key={at}>{part}</code>))}</>;
}

/** The difference that this one call made, and no other. */
function WhatItChanged({ world, number, onClose }: { world: string; number: number; onClose: () => void }) {
  const { value, error } = useAnswer(
    () => ask('getRequestChanges', { path: { world, number } }),
    [world, number],
    { isLive: false },
  );
  return (
    <Dialog title={`What request ${number} changed`} isWide onClose={onClose}>
      {error && <Failed error={error} />}
      {!value && !error && <Loading />}
      {value && <ChangeList world={world} changes={value} />}
    </Dialog>
  );
}

function Facts({ request }: { request: Control['RecordedRequest'] }) {
  const {
    at,
    number,
    operation,
    milliseconds,
    assumptions,
    tolerated,
    query,
    fault_kinds: kinds = [],
  } = request;
  return (
    <dl class="facts">
      <dt>When</dt>
      <dd class="mono">
        <Moment at={at} isLong />{' '}
        <span class="soft">
          № {number}, {milliseconds.toFixed(1)} ms
        </span>
      </dd>
      <dt>Operation</dt>
      <dd>
        {operation === null ? (
          'none has this path and method'
        ) : (
          <a href={`/docs#${operation}`} target="_blank" rel="noreferrer">
            {operation}
          </a>
        )}
      </dd>
      {Object.entries(query).map(([name, value]) => [
        <dt key={name}>?{name}</dt>,
        <dd key={`${name} value`} class="mono">
          {String(value)}
        </dd>,
      ])}
      {kinds.length > 0 && [<dt key="faults">Faults</dt>, <dd key="kinds">{kinds.join(', ')}</dd>]}
      {assumptions.length > 0 && [
        <dt key="assumed">Rests on</dt>,
        <dd key="assumptions">
          {assumptions.join(', ')} <span class="soft">(only assumed)</span>
        </dd>,
      ]}
      {tolerated.length > 0 && [
        <dt key="tolerated">Tolerated</dt>,
        <dd key="all">{tolerated.join('; ')}</dd>,
      ]}
    </dl>
  );
}

function Side({ title, message }: { title: string; message: Control['Message'] | null }) {
  return (
    <section>
      <h3>{title}</h3>
      {message === null ? (
        <p class="soft">
          {title === 'Answer'
            ? 'Nothing was sent, or it is forgotten.'
            : 'It is forgotten: the log holds so much and no more.'}
        </p>
      ) : (
        <>
          <details>
            <summary class="soft">
              {message.headers.length} {message.headers.length === 1 ? 'header' : 'headers'}
            </summary>
            <dl class="facts mono">
              {message.headers.map(({ name, value, masked }) => [
                <dt key={name}>{name}</dt>,
                <dd key={`${name} value`}>{masked ? <i class="soft">masked</i> : value}</dd>,
              ])}
            </dl>
          </details>
          <Body body={message.body} />
        </>
      )}
    </section>
  );
}

function Body({ body }: { body: Control['LoggedBody'] }) {
  const { state, bytes, text, is_base64: isBase64, form } = body;
  if (state === 'none') return <p class="soft">No body.</p>;
  if (state === 'unread') return <p class="soft">Its body was not read.</p>;
  return (
    <>
      {state === 'cut' && (
        <p class="soft">Only its beginning is held{bytes === null ? '' : ` of ${sizeOf(bytes)}`}.</p>
      )}
      {form ? (
        <Json value={form} />
      ) : (
        <Json value={isBase64 || text === null ? `${sizeOf(bytes ?? 0)} that are no text` : readJson(text)} />
      )}
    </>
  );
}

/** What the next request like this one is like. */
function matchOf({ operation, method, path, query }: Control['RecordedRequest']): Control['RequestMatcher'] {
  const page = Number(query['page']);
  if (operation === null) return { method: method as 'GET', path };
  return {
    operation: operation as NonNullable<Control['RequestMatcher']['operation']>,
    ...(Number.isInteger(page) && page > 1 && { page }),
  };
}

/** The colour of a status. */
export function statusClass(status: number | null): string {
  return status === null ? 'status-none' : `status-${Math.floor(status / 100)}`;
}
