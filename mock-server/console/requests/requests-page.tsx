import { useState } from 'preact/hooks';
import { ask, type Control } from '../api/control.ts';
import { useAnswer } from '../app/live.ts';
import { act } from '../app/notices.tsx';
import { hrefInWorld, placeHere, worldHere } from '../app/places.ts';
import { queryOf, setQuery } from '../app/router.ts';
import { Question } from '../parts/dialog.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { inThousands, Moment } from '../parts/times.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';
import { OneRequest, statusClass } from './one-request.tsx';
import { useRequests, type Requests } from './use-requests.ts';

/** What a world was asked: a live list, searched as one types, and one call in full. */
export function RequestsPage() {
  const world = worldHere();
  const search = queryOf('q');
  const [chosen] = placeHere().rest;
  const [isClearing, setClearing] = useState(false);
  const isOfNoWorld = queryOf('from') === 'no-world';
  const found = useRequests(world, search, { isOfNoWorld });
  const { value: lost } = useAnswer(() => ask('searchUnknownKeyRequests', { query: { per_page: 1 } }), []);
  return (
    <div class={chosen === undefined ? 'split' : 'split two'}>
      <div class="head">
        <h1>Requests</h1>
        <nav class="whose" aria-label="Whose requests">
          {[false, true].map((isLost) => (
            <a
              key={isLost}
              href={hrefInWorld(world, ['requests'], isLost ? { from: 'no-world' } : {})}
              {...(isLost === isOfNoWorld && { 'aria-current': 'true' as const })}
            >
              {isLost ? 'Without a known key' : 'Of this world'}
              {isLost && lost !== undefined && lost.total > 0 && (
                <span class="badge bad">{inThousands(lost.total)}</span>
              )}
            </a>
          ))}
        </nav>
        <form class="search" role="search" onSubmit={(event) => event.preventDefault()}>
          <input
            type="search"
            data-key-search
            aria-label="Search the requests"
            title="Search the requests"
            placeholder={'status:4xx  op:listCandidates  after:09:00  fault:  "ada"'}
            autocomplete="off"
            spellcheck={false}
            value={search}
            onInput={({ currentTarget }) => setQuery({ q: currentTarget.value })}
          />
        </form>
        <span class="soft" role="status">
          {found.value && `${inThousands(found.value.total)} ${search === '' ? 'remembered' : 'found'}`}
        </span>
        <button type="button" disabled={!found.value?.newest} onClick={() => setClearing(true)}>
          Clear…
        </button>
      </div>
      <div class="list" aria-busy={!found.isCurrent}>
        <List {...{ found, world, chosen, search, isOfNoWorld }} lost={lost?.total ?? 0} />
      </div>
      {chosen !== undefined && (
        <OneRequest
          {...{ world, isOfNoWorld }}
          number={chosen}
          key={`${isOfNoWorld ? '' : world} ${chosen}`}
        />
      )}
      {isClearing && (
        <Question
          title="Forget the requests?"
          text="The numbers begin again at 1. Records and faults stay as they are."
          action="Forget them"
          onYes={() =>
            void act('The log is empty.', () =>
              isOfNoWorld ? ask('clearUnknownKeyRequests') : ask('clearRequests', { path: { world } }),
            )
          }
          onClose={() => setClearing(false)}
        />
      )}
    </div>
  );
}

interface ListOptions {
  found: Requests;
  world: string;
  chosen: string | undefined;
  search: string;
  isOfNoWorld: boolean;
  /** How many requests opened no world. */
  lost: number;
}

function List({ found, world, chosen, search, isOfNoWorld, lost }: ListOptions) {
  const { value, error, again, more } = found;
  if (error && !value) return <Failed error={error} onAgain={again} />;
  if (!value) return <Loading />;
  const { requests } = value;
  if (requests.length === 0 && search !== '') {
    return (
      <Empty title="No request is like that.">
        <p>
          Words look into path, query and bodies; <code>status:404</code>, <code>op:listJobs</code>,{' '}
          <code>method:post</code>, <code>fault:</code>, <code>slower:100</code>, <code>after:09:00</code>{' '}
          narrow it down, and a minus turns each round.
        </p>
        {error && <p class="bad-ink">{error.message}</p>}
      </Empty>
    );
  }
  if (requests.length === 0) return isOfNoWorld ? <NothingLost /> : <Nothing world={world} lost={lost} />;
  return (
    <>
      {error && (
        <p class="banner" role="alert">
          {error.message}
        </p>
      )}
      <div class="fill" data-key-list>
        <VirtualList
          label="Requests, newest first"
          count={requests.length}
          of={value.of}
          head={chosen === undefined ? <Titles /> : undefined}
          onSight={(_first, last) => last > requests.length - 30 && more()}
          row={(at) => {
            const request = requests[at];
            return (
              request && (
                <Row
                  request={request}
                  href={hrefInWorld(world, ['requests', String(request.number)], {
                    q: value.search,
                    from: isOfNoWorld ? 'no-world' : undefined,
                  })}
                  isChosen={String(request.number) === chosen}
                  isNarrow={chosen !== undefined}
                />
              )
            );
          }}
        />
      </div>
    </>
  );
}

function Titles() {
  return (
    <div class="row request titles" aria-hidden="true">
      {['Time', 'Method', 'Status', 'Path', 'Operation', 'ms', ''].map((title) => (
        <span key={title} class={title === 'ms' ? 'right' : ''}>
          {title}
        </span>
      ))}
    </div>
  );
}

interface RowOptions {
  request: Control['RecordedRequest'];
  href: string;
  isChosen: boolean;
  isNarrow: boolean;
}

function Row({ request, href, isChosen, isNarrow }: RowOptions) {
  const {
    at,
    method,
    path,
    query,
    status,
    operation,
    milliseconds,
    assumptions,
    fault_kinds: kinds = [],
  } = request;
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]) => [name, String(value)]),
  ).toString();
  return (
    <a
      class={isNarrow ? 'row request main narrow' : 'row request main'}
      href={href}
      {...(isChosen && { 'aria-current': 'true' as const })}
    >
      <span class="mono soft">
        <Moment at={at} />
      </span>
      <b class={`method ${method.toLowerCase()}`}>{method}</b>
      <b class={`mono ${statusClass(status)}`}>{status ?? '—'}</b>
      <span class="mono path" title={`${path}${search === '' ? '' : `?${search}`}`}>
        {path}
        {search !== '' && <span class="soft">?{decodeURIComponent(search)}</span>}
      </span>
      <span class="soft operation">{operation ?? 'no operation'}</span>
      <span class="right soft milliseconds">{milliseconds.toFixed(milliseconds < 10 ? 1 : 0)}</span>
      <span class="marks">
        {kinds.map((kind) => (
          <span key={kind} class="badge bad" title="A fault struck">
            {kind.replaceAll('_', ' ')}
          </span>
        ))}
        {assumptions.length > 0 && (
          <span class="badge warn" title={`It rests on what is only assumed: ${assumptions.join(', ')}`}>
            assumed
          </span>
        )}
      </span>
    </a>
  );
}

function Nothing({ world, lost }: { world: string; lost: number }) {
  return (
    <Empty title="Nobody has asked this world anything yet.">
      {lost > 0 && (
        <p>
          Did you expect something here? {inThousands(lost)} came without a known key.{' '}
          <a href={hrefInWorld(world, ['requests'], { from: 'no-world' })}>See why</a>
        </p>
      )}
      <p>Point your connector at the emulator, or try:</p>
      <p>
        <code>
          curl -H "X-API-Key: {world === 'default' ? '$GEM_API_KEY' : 'its key'}" "{location.origin}
          /ats/v0/candidates/?per_page=2"
        </code>
      </p>
      <p class="soft">“Copy key” in the list of worlds has the key.</p>
    </Empty>
  );
}

function NothingLost() {
  return (
    <Empty title="Every request so far opened a world.">
      <p>What comes without a key, or with one that is misspelt, stands here with what to do about it.</p>
    </Empty>
  );
}
