import { ask, type Control } from '../api/control.ts';
import { useAnswer } from '../app/live.ts';
import { placeHere } from '../app/places.ts';
import { hrefOf, queryOf, setQuery } from '../app/router.ts';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { download } from '../worlds/import-world.ts';
import { ScenarioEditor } from './scenario-editor.tsx';

/** What worlds are made from: the catalogue by what it is about, each as YAML, and an editor for one's own. */
export function ScenariosPage() {
  const [chosen] = placeHere().rest;
  if (chosen === 'edit') return <ScenarioEditor key={queryOf('from')} from={queryOf('from')} />;
  return <Catalogue chosen={chosen} />;
}

function Catalogue({ chosen }: { chosen: string | undefined }) {
  const search = queryOf('q');
  const { value, error, again } = useAnswer(async () => (await ask('listScenarios')).scenarios, [], {
    isLive: false,
  });
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = value?.filter(({ name, purpose, rules, group }) => {
    const text = [name, purpose, group, ...rules].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const groups = [...Map.groupBy(found ?? [], ({ group }) => group)];
  const scenario = value?.find(({ name }) => name === chosen);
  return (
    <div class={chosen === undefined ? 'split' : 'split two'}>
      <div class="head">
        <h1>Scenarios</h1>
        <form class="search" role="search" onSubmit={(event) => event.preventDefault()}>
          <input
            type="search"
            data-key-search
            aria-label="Search the scenarios"
            title="Search the scenarios"
            placeholder="offer, hired, a rule such as first-office …"
            autocomplete="off"
            value={search}
            onInput={({ currentTarget }) => setQuery({ q: currentTarget.value })}
          />
        </form>
        <span class="soft" role="status">
          {found?.length}
        </span>
        <a class="button primary" data-key-new href={hrefOf(['scenarios', 'edit'])}>
          Write one
        </a>
      </div>
      <div class="list scroll-list">
        {error && <Failed error={error} onAgain={again} />}
        {!value && !error && <Loading />}
        {found?.length === 0 && (
          <Empty title="No scenario is like that.">
            <p>“Write one” opens an editor that says what is wrong as you type.</p>
          </Empty>
        )}
        <div data-key-list>
          {groups.map(([group, scenarios]) => (
            <section key={group} class="group-of">
              <h2>{group}</h2>
              <ul>
                {scenarios.map(({ name, purpose }) => (
                  <li key={name}>
                    <a
                      class="main"
                      href={hrefOf(['scenarios', name], { q: search })}
                      {...(name === chosen && { 'aria-current': 'true' as const })}
                    >
                      <b>{name}</b> <span class="soft">{purpose}</span>
                    </a>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      </div>
      {scenario && <OneScenario key={scenario.name} scenario={scenario} />}
      {chosen !== undefined && value && !scenario && (
        <div class="detail">
          <Empty title={`No scenario is called “${chosen}”.`} />
        </div>
      )}
    </div>
  );
}

function OneScenario({ scenario }: { scenario: Control['Scenario'] }) {
  const { name, purpose, rules, parameters } = scenario;
  const { value } = useAnswer(
    async () => (await ask('getScenarioDocument', { path: { scenario: name } })).document,
    [name],
    { isLive: false },
  );
  return (
    <section class="detail" aria-label={name}>
      <div class="head">
        <h2>{name}</h2>
        <span class="end">
          <a class="quiet button" href={hrefOf(['scenarios'], { q: queryOf('q') })}>
            Close
          </a>
        </span>
      </div>
      <p>{purpose}</p>
      <div class="actions tight">
        <a class="button primary" href={hrefOf(['worlds'], { new: name })}>
          Start a world
        </a>
        <a class="button" href={hrefOf(['scenarios', 'edit'], { from: name })}>
          Edit a copy
        </a>
        <button
          type="button"
          disabled={value === undefined}
          onClick={() => download(`${name}.yaml`, value ?? '', 'application/yaml')}
        >
          Download
        </button>
      </div>
      {rules.length > 0 && (
        <p class="chips">
          <span class="soft">Examples of</span>
          {rules.map((rule) => (
            <a key={rule} href={hrefOf(['scenarios', name], { q: rule })}>
              {rule}
            </a>
          ))}
        </p>
      )}
      {parameters.length > 0 && (
        <dl class="facts">
          {parameters.map((parameter) => [
            <dt key={parameter.name} class="mono">
              {parameter.name}
            </dt>,
            <dd key={`${parameter.name} value`}>
              {parameter.description} <span class="soft">({String(parameter.default)})</span>
            </dd>,
          ])}
        </dl>
      )}
      {value !== undefined && (
        <div class="json">
          <pre tabIndex={0} role="region" aria-label="As YAML">
            {value}
          </pre>
        </div>
      )}
    </section>
  );
}
