import { useState } from 'preact/hooks';
import { ask, type Control } from '../api/control.ts';
import { useAnswer } from '../app/live.ts';
import { act } from '../app/notices.tsx';
import { worldHere } from '../app/places.ts';
import { queryOf, setQuery } from '../app/router.ts';
import { describe, formsOf } from '../parts/schema.ts';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { inThousands } from '../parts/times.tsx';
import { FaultDialog } from './fault-form.tsx';
import { faultSets } from './ready-made.ts';

/** What goes wrong in a world: the faults that wait, ready-made sets of them, and every kind that there is. */
export function FaultsPage() {
  const world = worldHere();
  const kind = queryOf('arm');
  const armed = useAnswer(async () => (await ask('listFaults', { path: { world } })).faults, [world]);
  return (
    <div class="page">
      <div class="head">
        <h1>Faults</h1>
        <p class="lead">They stand in front of Gem’s API and meet what your connector asks.</p>
        <div class="actions">
          <button
            type="button"
            disabled={!armed.value?.length}
            onClick={() =>
              void act('All faults are disarmed.', () => ask('disarmFaults', { path: { world } }))
            }
          >
            Disarm all
          </button>
          <button type="button" class="primary" data-key-new onClick={() => setQuery({ arm: 'status' })}>
            Arm a fault
          </button>
        </div>
      </div>
      {armed.error && !armed.value && <Failed error={armed.error} onAgain={armed.again} />}
      {!armed.value && !armed.error && <Loading />}
      {armed.value && <Armed world={world} faults={armed.value} />}
      <section>
        <h2>Ready-made</h2>
        <div class="cards">
          {faultSets.map((set) => (
            <ReadyMade key={set.name} world={world} set={set} />
          ))}
        </div>
      </section>
      <Kinds />
      {kind !== '' && (
        <FaultDialog key={kind} world={world} kind={kind} onClose={() => setQuery({ arm: undefined })} />
      )}
    </div>
  );
}

function Armed({ world, faults }: { world: string; faults: readonly Control['ArmedFault'][] }) {
  if (faults.length === 0) {
    return (
      <Empty title="Nothing goes wrong.">
        <p>Arm one of those below, or “Break the next one” beside any request.</p>
      </Empty>
    );
  }
  return (
    <div class="table" tabIndex={0} role="region" aria-label="Armed faults">
      <table>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Meets</th>
            <th scope="col">How often</th>
            <th scope="col" class="number">
              Matched
            </th>
            <th scope="col" class="number">
              Struck
            </th>
            <th scope="col">
              <span class="away">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {faults.map(({ id, fault, matched, struck, spent }) => (
            <tr key={id} class={spent ? 'soft' : ''}>
              <th scope="row">
                <b>{fault.fault.replaceAll('_', ' ')}</b> <span class="soft">{ownOf(fault)}</span>
              </th>
              <td class="mono">{matchInWords(fault.match)}</td>
              <td>
                {oftenInWords(fault)} {spent && <span class="badge">spent</span>}
              </td>
              <td class="number" data-title="Matched">
                {inThousands(matched)}
              </td>
              <td class="number" data-title="Struck">
                {inThousands(struck)}
              </td>
              <td class="end">
                <button
                  type="button"
                  class="quiet"
                  aria-label={`Disarm ${id}`}
                  onClick={() =>
                    void act('It strikes no more.', () => ask('disarmFault', { path: { world, fault: id } }))
                  }
                >
                  Disarm
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ReadyMade({ world, set }: { world: string; set: (typeof faultSets)[number] }) {
  const arm = () =>
    act(`“${set.name}” is armed.`, async () => {
      for (const body of set.faults) await ask('armFault', { path: { world }, body });
    });
  return (
    <section class="card">
      <h3>{set.name}</h3>
      <p class="soft">{set.about}</p>
      <button type="button" aria-label={`Arm “${set.name}”`} onClick={() => void arm()}>
        Arm
      </button>
    </section>
  );
}

/** Every kind of fault with what it is for, from the control description. */
function Kinds() {
  const { value } = useAnswer(() => describe('/_control/openapi.json'), [], { isLive: false });
  const [isOpen, setOpen] = useState(false);
  if (!value) return null;
  const kinds = [...formsOf(value, 'Fault', 'fault')];
  return (
    <section>
      <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>All {kinds.length} kinds</summary>
        <div class="table" tabIndex={0} role="region" aria-label="Kinds of fault">
          <table>
            <tbody>
              {kinds.map(([name, { description }]) => (
                <tr key={name}>
                  <th scope="row">
                    <b>{name.replaceAll('_', ' ')}</b>
                  </th>
                  <td class="wrap">{description}</td>
                  <td class="end">
                    <button
                      type="button"
                      class="quiet"
                      aria-label={`Arm ${name}…`}
                      onClick={() => setQuery({ arm: name })}
                    >
                      Arm…
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}

function matchInWords(match: Control['RequestMatcher'] = {}): string {
  const { operation, method, path, page, ...others } = match;
  const rest = Object.keys(others).length > 0 ? JSON.stringify(others) : undefined;
  const words = [method, path, operation, page === undefined ? undefined : `page ${page}`, rest];
  return words.filter((word) => word !== undefined).join(' ') || 'any request';
}

function oftenInWords(fault: Control['Fault']): string {
  const { times = 1, every, probability } = fault;
  const parts = [
    times === 'always' ? 'always' : times === 1 ? 'once' : `${times} times`,
    every === undefined ? '' : `every ${every}`,
    probability === undefined ? '' : `with probability ${probability}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** What is special to a fault, in short. */
function ownOf(fault: Control['Fault']): string {
  const own = Object.entries(fault).filter(([name]) => !common.has(name));
  return own
    .map(([name, value]) =>
      name === 'status' || name === 'when' ? String(value) : `${name} ${JSON.stringify(value)}`,
    )
    .join(' ');
}

const common = new Set(['fault', 'match', 'times', 'every', 'probability', 'seed']);
