import { useState } from 'preact/hooks';
import { ask, type Control } from '../api/control.ts';
import { useAnswer } from '../app/live.ts';
import { hrefInWorld } from '../app/places.ts';
import { queryOf, setQuery } from '../app/router.ts';
import { LiveClock } from '../parts/live-clock.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { Ago, inThousands } from '../parts/times.tsx';
import { importFile, takeDroppedFiles } from './import-world.ts';
import { NewWorld } from './new-world.tsx';
import { Snapshots } from './snapshots.tsx';
import { WorldActions } from './world-actions.tsx';

/** Every world of the server: look into one, copy it, keep it, begin it anew. */
export function WorldsPage() {
  const [isDropping, setDropping] = useState(false);
  const isMaking = queryOf('new') !== '';
  const worlds = useAnswer(async () => (await ask('listWorlds')).worlds, [], { isPassing: true });
  return (
    <div class="page" {...takeDroppedFiles(setDropping)}>
      <div class="head">
        <h1>Worlds</h1>
        <p class="lead">Each API key is a Gem account of its own.</p>
        <div class="actions">
          <label
            class="button"
            title="A file that Export gave; dropping it anywhere on the page does the same"
          >
            Import…
            <input
              type="file"
              class="away"
              accept=".json,application/json"
              onChange={({ currentTarget }) => void importFile(currentTarget.files?.[0])}
            />
          </label>
          <button type="button" class="primary" data-key-new onClick={() => setQuery({ new: 'default' })}>
            New world
          </button>
        </div>
      </div>
      {isDropping && <p class="drop-here">Let go to import the world</p>}
      {worlds.error && !worlds.value && <Failed error={worlds.error} onAgain={worlds.again} />}
      {!worlds.value && !worlds.error && <Loading />}
      {worlds.value && <WorldTable worlds={worlds.value} />}
      <Snapshots />
      {isMaking && <NewWorld onClose={() => setQuery({ new: undefined })} />}
    </div>
  );
}

function WorldTable({ worlds }: { worlds: readonly Control['World'][] }) {
  if (worlds.length === 0)
    return (
      <Empty title="No world yet.">
        <p>“New world” makes one; so does any call with a key of forty letters and digits.</p>
      </Empty>
    );
  return (
    <div class="table" tabIndex={0} role="region" aria-label="Worlds">
      <table data-key-list>
        <thead>
          <tr>
            <th scope="col">World</th>
            <th scope="col">Scenario</th>
            <th scope="col">Its clock</th>
            <th scope="col" class="number">
              Records
            </th>
            <th scope="col" class="number">
              Faults
            </th>
            <th scope="col" class="number">
              Requests
            </th>
            <th scope="col">Last used</th>
            <th scope="col">
              <span class="away">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {worlds.map((world) => (
            <WorldRow key={world.key} world={world} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function WorldRow({ world }: { world: Control['World'] }) {
  const {
    id,
    company,
    recipe,
    clock,
    records,
    requests,
    requests_per_minute: perMinute,
    armed_faults: armed,
    is_first: isFirst,
  } = world;
  const name = isFirst ? 'default' : id;
  const total = Object.values(records).reduce((sum, count) => sum + count, 0);
  return (
    <tr>
      <th scope="row">
        <a class="main" href={hrefInWorld(name, ['requests'])}>
          {company.name}
        </a>
        <code class="soft">{isFirst ? 'default' : id.slice(0, 12)}</code>
      </th>
      <td>{recipe.scenario}</td>
      <td class="mono">
        <LiveClock clock={clock} />
        {clock.state === 'frozen' && <span class="badge">frozen</span>}
      </td>
      <td class="number" data-title="Records">
        {inThousands(total)}
      </td>
      <td class="number" data-title="Faults">
        {armed === 0 ? <span class="soft">0</span> : <b class="bad-ink">{armed}</b>}
      </td>
      <td class="number" data-title="Requests">
        {inThousands(requests)} <span class="soft">{perMinute}/min</span>
      </td>
      <td data-title="Last used">
        <Ago at={world.used_at} />
      </td>
      <td class="end">
        <WorldActions world={world} name={name} />
      </td>
    </tr>
  );
}
