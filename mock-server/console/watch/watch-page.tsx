import { useState } from 'preact/hooks';
import { ask, type Control } from '../api/control.ts';
import { useAnswer } from '../app/live.ts';
import { queryOf, setQuery } from '../app/router.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { Ago, inThousands, Moment } from '../parts/times.tsx';

type Report = Control['WatchReport'];
type Departure = Control['WatchedDeparture'];

/** What a `mock-gem watch` sees between a connector and the real Gem, as it sees it. */
export function WatchPage() {
  const { value, error, again } = useAnswer(() => ask('getWatch'), [], { isPassing: true });
  if (error && !value) return <Failed error={error} onAgain={again} />;
  if (!value) return <Loading />;
  const { state, report, heard_at: heardAt } = value;
  return (
    <div class="page">
      <div class="head">
        <h1>Watch</h1>
        <p class="lead">
          What your connector and the real Gem say to each other, held against the description.
        </p>
      </div>
      {report && heardAt !== null && <Standing report={report} state={state} heardAt={heardAt} />}
      {state !== 'running' && <HowToStart isAgain={report !== null} />}
      {report && <Seen report={report} />}
    </div>
  );
}

function HowToStart({ isAgain }: { isAgain: boolean }) {
  const command = `npx mock-gem watch --console ${location.origin}`;
  const mirrored = `${command} --mirror default`;
  return (
    <Empty title={isAgain ? 'It does not run now.' : 'Nothing is watched.'}>
      <p>
        <code>{command}</code> <CopyButton text={command} label="Copy the command" />
      </p>
      <p>
        Then point your connector at <code>http://127.0.0.1:4050</code> in place of{' '}
        <code>https://api.gem.com</code>. All passes through as it is; shapes and counts are shown here, no
        value of anybody. With <code>--mirror default</code> each write goes to that world too, and where its
        answer differs from Gem’s is told here.{' '}
        <CopyButton text={mirrored} label="Copy the command with a mirror" />
      </p>
    </Empty>
  );
}

const states: Readonly<Record<Control['WatchState']['state'], { word: string; colour: string }>> = {
  none: { word: 'none', colour: '' },
  running: { word: 'running', colour: 'good' },
  silent: { word: 'not heard of', colour: 'warn' },
  over: { word: 'over', colour: '' },
};

function Standing({
  report,
  state,
  heardAt,
}: {
  report: Report;
  state: Control['WatchState']['state'];
  heardAt: string;
}) {
  const { subject, url, calls, unread, started_at: startedAt, is_emulator: isEmulator, mirror } = report;
  const { word, colour } = states[state];
  return (
    <section class="card" aria-label="How it stands">
      <p>
        <span class={`badge ${colour}`}>{word}</span> <code>{url}</code> passes on to <code>{subject}</code>
        {isEmulator && ', an emulator, which proves nothing about Gem'}
      </p>
      <p class="soft">
        {inThousands(calls)} {calls === 1 ? 'call' : 'calls'} looked at since <Moment at={startedAt} isLong />
        {unread > 0 && `, ${inThousands(unread)} passed on without being read`}; heard of <Ago at={heardAt} />
      </p>
      {mirror && (
        <p class="soft">
          Writes to the mirror, the world <code>{mirror.world}</code>: {inThousands(mirror.compared)}{' '}
          compared, {inThousands(mirror.differing)} differed, {inThousands(mirror.not_compared)} could not be
          compared
          {mirror.waiting > 0 && `, ${inThousands(mirror.waiting)} wait`}.
        </p>
      )}
    </section>
  );
}

function Seen({ report }: { report: Report }) {
  const chosen = queryOf('operation');
  const operations = Map.groupBy(report.departures, ({ operation }) => operation);
  const shown = chosen === '' ? report.departures : (operations.get(chosen) ?? []);
  const {
    mirrored = [],
    left = [],
    others = [],
  } = Object.groupBy(shown, ({ about }) =>
    about === 'mirror' ? 'mirrored' : about === 'not compared' ? 'left' : 'others',
  );
  return (
    <>
      <section class="field" aria-label="Filter">
        <label for="operation">Operation</label>
        <select
          id="operation"
          value={chosen}
          onChange={({ currentTarget }) => setQuery({ operation: currentTarget.value || undefined })}
        >
          <option value="">All ({report.departures.length})</option>
          {[...new Set([...operations.keys(), ...(chosen === '' ? [] : [chosen])])].toSorted().map((name) => (
            <option key={name} value={name}>
              {name} ({operations.get(name)?.length ?? 0})
            </option>
          ))}
        </select>
      </section>
      <section>
        <h2>Departures from the description</h2>
        {others.length === 0 ? (
          <p class="soft">None so far.</p>
        ) : (
          <Departures
            label="Departures"
            columns={['About', 'What', 'Described', 'Gem']}
            rows={others.map((one) => [one, [one.about, one.what, one.expected, one.got]])}
          />
        )}
      </section>
      {report.mirror && (
        <section>
          <h2>Gem and the mirror</h2>
          {mirrored.length === 0 && left.length === 0 && <p class="soft">No difference so far.</p>}
          {mirrored.length > 0 && (
            <Departures
              label="Gem and the mirror"
              columns={['What', 'Gem', 'Mirror']}
              rows={mirrored.map((one) => [one, [one.what, one.got, one.expected]])}
            />
          )}
          {left.length > 0 && (
            <>
              <h3>Not compared</h3>
              <Departures
                label="Not compared"
                columns={['Because']}
                rows={left.map((one) => [one, [one.what]])}
              />
            </>
          )}
        </section>
      )}
      <Learnt report={report} />
    </>
  );
}

function Departures({
  label,
  columns,
  rows,
}: {
  label: string;
  columns: readonly string[];
  rows: readonly (readonly [Departure, readonly string[]])[];
}) {
  return (
    <div class="table" tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            <th scope="col">Operation</th>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            <th scope="col" class="number">
              Times
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([{ operation, times }, cells]) => (
            <tr key={[operation, ...cells].join('\n')}>
              <th scope="row">{operation}</th>
              {cells.map((text, at) => (
                <td key={columns[at]} class="wrap" data-title={columns[at]}>
                  {text}
                </td>
              ))}
              <td class="number" data-title="Times">
                {inThousands(times)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Learnt({ report: { learnt, confirmed } }: { report: Report }) {
  const [isOpen, setOpen] = useState(false);
  const isWanted = isOpen && confirmed.length > 0;
  const { value, error, again } = useAnswer(
    isWanted ? async () => (await ask('getWatchPatch')).patch : undefined,
    [isWanted, confirmed],
    { isLive: false },
  );
  return (
    <section>
      <h2>What was learnt</h2>
      <pre tabIndex={0} role="region" aria-label="What was learnt">
        {learnt}
      </pre>
      {confirmed.length > 0 && (
        <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
          <summary>A patch of the evidence, {inThousands(confirmed.length)} places</summary>
          {error && <Failed error={error} onAgain={again} />}
          {!error && value === undefined && <Loading />}
          {value !== undefined && (
            <>
              <p>
                <CopyButton text={value} label="Copy the patch" /> It holds no data of yours:{' '}
                <code>patch -p1</code> at the top of the project, then a pull request.
              </p>
              <pre tabIndex={0} role="region" aria-label="The patch">
                {value}
              </pre>
            </>
          )}
        </details>
      )}
    </section>
  );
}
