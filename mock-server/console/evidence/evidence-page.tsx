import { ask, type Control } from '../api/control.ts';
import { useAnswer } from '../app/live.ts';
import { act } from '../app/notices.tsx';
import { worldHere } from '../app/places.ts';
import { queryOf, setQuery } from '../app/router.ts';
import { describe, follow, operationsOf, type Described, type DescribedOperation } from '../parts/schema.ts';
import { Failed, Loading } from '../parts/states.tsx';

const grades = ['documented', 'observed', 'lineage', 'assumed'] as const;

const meanings: Readonly<Record<(typeof grades)[number], string>> = {
  documented: 'Gem or its partners say so in writing',
  observed: 'seen in the wild',
  lineage: 'as in the API that it comes from',
  assumed: 'a guess that fits the rest',
};

/** How well the emulator's promises are known, and what it chooses where Gem is not. */
export function EvidencePage() {
  const { value, error } = useAnswer(
    async () => {
      const [gem, control] = await Promise.all([
        describe('/openapi.json'),
        describe('/_control/openapi.json'),
      ]);
      return { operations: operationsOf(gem), control };
    },
    [],
    { isLive: false },
  );
  if (error) return <Failed error={error} />;
  if (!value) return <Loading />;
  return (
    <div class="page">
      <div class="head">
        <h1>Evidence</h1>
        <p class="lead">Gem’s ATS reference is not public, so each promise says what it rests on.</p>
      </div>
      <Glance operations={value.operations} />
      <Switches control={value.control} />
      <Guesses />
    </div>
  );
}

type Placed = DescribedOperation & { path: string; method: string };

function Glance({ operations }: { operations: readonly Placed[] }) {
  const shown = queryOf('grade');
  const byGrade = Map.groupBy(operations, (operation) => operation['x-evidence']?.grade ?? 'assumed');
  const listed = shown === '' ? [] : (byGrade.get(shown) ?? []);
  return (
    <section class="card" aria-labelledby="glance">
      <h2 id="glance">{operations.length} operations of Gem</h2>
      <div class="shares" aria-hidden="true">
        {grades.map((grade) => {
          const count = byGrade.get(grade)?.length ?? 0;
          return (
            count > 0 && <span key={grade} class={`share ${grade}`} style={{ flexGrow: String(count) }} />
          );
        })}
      </div>
      <div class="grades">
        {grades.map((grade) => (
          <button
            key={grade}
            type="button"
            aria-pressed={grade === shown}
            onClick={() => setQuery({ grade: grade === shown ? undefined : grade })}
          >
            <span class={`dot ${grade}`} /> <b>{byGrade.get(grade)?.length ?? 0}</b> {grade}
            <span class="soft">{meanings[grade]}</span>
          </button>
        ))}
      </div>
      {listed.length > 0 && (
        <div class="table" tabIndex={0} role="region" aria-label={`Operations that are ${shown}`}>
          <table>
            <tbody>
              {listed.map((operation) => (
                <tr key={operation.operationId}>
                  <td>
                    <b class={`method ${operation.method.toLowerCase()}`}>{operation.method}</b>
                  </td>
                  <td>
                    <a href={`/docs#${operation.operationId}`} target="_blank" rel="noreferrer">
                      {operation.operationId}
                    </a>
                  </td>
                  <td class="mono">{operation.path}</td>
                  <td class="soft wrap">{operation['x-evidence']?.source}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** Each place where Gem is not known, what this world chooses there, and what else it could be. */
function Switches({ control }: { control: Described }) {
  const world = worldHere();
  const { value } = useAnswer(() => ask('getWorld', { path: { world } }), [world]);
  if (!value) return null;
  const switches = Object.entries(control.components.schemas['Switches']?.properties ?? {});
  const chosen: Readonly<Record<string, unknown>> = value.switches;
  const choose = (name: string, to: unknown) =>
    act(`${name} is ${String(to)}.`, () =>
      // The server says what does not fit.
      ask('changeWorld', { path: { world }, body: { switches: { [name]: to } as Control['SwitchChoices'] } }),
    );
  return (
    <section>
      <h2>What {value.company.name} chooses</h2>
      <div class="table" tabIndex={0} role="region" aria-label="Switches">
        <table>
          <thead>
            <tr>
              <th scope="col">Switch</th>
              <th scope="col">Chosen</th>
              <th scope="col">What it decides</th>
              <th scope="col">Known</th>
            </tr>
          </thead>
          <tbody>
            {switches.map(([name, schema]) => {
              const full = follow(control, schema);
              const grade = full['x-evidence']?.grade;
              const now = chosen[name];
              return (
                <tr key={name}>
                  <th scope="row" class="mono">
                    {name}
                  </th>
                  <td>
                    {full.enum ? (
                      <select
                        aria-label={name}
                        value={JSON.stringify(now)}
                        onChange={({ currentTarget }) => void choose(name, JSON.parse(currentTarget.value))}
                      >
                        {full.enum.map((one) => (
                          <option key={String(one)} value={JSON.stringify(one)}>
                            {String(one)}
                            {JSON.stringify(one) === JSON.stringify(full.default) ? ' (default)' : ''}
                          </option>
                        ))}
                      </select>
                    ) : (
                      <code>{typeof now === 'string' ? now : JSON.stringify(now)}</code>
                    )}
                  </td>
                  <td class="wrap">{full.description?.replaceAll('`', '')}</td>
                  <td>{grade !== undefined && <span class={`badge ${grade}`}>{grade}</span>}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Every guess and its form, where the world varies. */
function Guesses() {
  const world = worldHere();
  const { value } = useAnswer(() => ask('getVariation', { path: { world } }), [world]);
  if (!value) return null;
  const differing = value.guesses.filter(({ is_default: isDefault }) => !isDefault);
  return (
    <section>
      <h2>{value.guesses.length} guesses</h2>
      <p class="soft">
        {differing.length === 0
          ? 'All are as described: the switch variation lets them take other forms.'
          : `${differing.length} ${differing.length === 1 ? 'takes' : 'take'} another form than the described one.`}
      </p>
      {differing.length > 0 && (
        <div class="table" tabIndex={0} role="region" aria-label="Guesses that differ">
          <table>
            <tbody>
              {differing.map(({ name, form, grade, source }) => (
                <tr key={name}>
                  <th scope="row" class="mono">
                    {name}
                  </th>
                  <td>{String(form)}</td>
                  <td>
                    <span class={`badge ${grade}`}>{grade}</span>
                  </td>
                  <td class="soft wrap">{source}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
