import { useState } from 'preact/hooks';
import { ask } from '../api/control.ts';
import { useAnswer } from '../app/live.ts';
import { hrefInWorld, placeHere, worldHere } from '../app/places.ts';
import { go, queryOf, setQuery } from '../app/router.ts';
import { describe, type Described } from '../parts/schema.ts';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { inThousands, Moment } from '../parts/times.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';
import { columnsOf, inWords, resourcesOf, targetOf, schemaOf, type Resource } from './describe-record.ts';
import { EditDialog } from './edit-form.tsx';
import { OneRecord } from './one-record.tsx';
import { RecordName, RecordTitle } from './record-name.tsx';
import { useRecordPages, type RecordPages } from './use-record-pages.ts';

/** What a world holds, resource by resource. */
export function RecordsPage() {
  const { value: document, error } = useAnswer(() => describe('/_control/openapi.json'), [], {
    isLive: false,
  });
  if (error) return <Failed error={error} />;
  return document ? <Records document={document} /> : <Loading />;
}

function Records({ document }: { document: Described }) {
  const world = worldHere();
  const resources = resourcesOf(document);
  const [named, chosen] = placeHere().rest;
  const resource = resources.find((one) => one === named) ?? 'candidates';
  const search = queryOf('q');
  const areDeletedShown = queryOf('deleted') === 'shown';
  const [isCreating, setCreating] = useState(false);
  const { value } = useAnswer(() => ask('getWorld', { path: { world } }), [world]);
  const sort = queryOf('sort');
  const pages = useRecordPages({ world, resource, search, sort, areDeletedShown });
  // The world counts those as well that are deleted, which a list shows only if it is asked to.
  const hidden =
    areDeletedShown || search !== '' ? 0 : (value?.records[resource] ?? 0) - (pages.total ?? Infinity);
  const state = { q: search, sort, deleted: areDeletedShown ? 'shown' : undefined };
  return (
    <div class={chosen === undefined ? 'split' : 'split two'}>
      <div class="head">
        <h1 class="away">Records</h1>
        <select
          class="title"
          aria-label="Resource"
          title="Resource"
          value={resource}
          onChange={({ currentTarget }) => go(hrefInWorld(world, ['records', currentTarget.value]))}
        >
          {resources.map((one) => (
            <option key={one} value={one}>
              {inWords(one)} ({inThousands(value?.records[one] ?? 0)})
            </option>
          ))}
        </select>
        <form class="search" role="search" onSubmit={(event) => event.preventDefault()}>
          <input
            type="search"
            data-key-search
            aria-label="Search the records"
            title="Search the records"
            placeholder={`ada  ${columnsOf(document, resource)[0] ?? 'name'}:…  -word`}
            autocomplete="off"
            spellcheck={false}
            value={search}
            onInput={({ currentTarget }) => setQuery({ q: currentTarget.value })}
          />
        </form>
        <label class="inline">
          <input
            type="checkbox"
            checked={areDeletedShown}
            onChange={({ currentTarget }) =>
              setQuery({ deleted: currentTarget.checked ? 'shown' : undefined })
            }
          />{' '}
          Deleted
        </label>
        <span class="soft" role="status">
          {pages.total !== undefined && inThousands(pages.total)}
          {hidden > 0 && ` and ${inThousands(hidden)} deleted`}
        </span>
        <button type="button" class="primary" data-key-new onClick={() => setCreating(true)}>
          New…
        </button>
      </div>
      <div class="list" aria-busy={!pages.isCurrent}>
        <List {...{ pages, document, world, resource, chosen, state }} />
      </div>
      {chosen !== undefined && (
        <OneRecord
          key={`${world} ${resource} ${chosen}`}
          {...{ document, world, resource, named: chosen }}
          closeHref={hrefInWorld(world, ['records', resource], state)}
        />
      )}
      {isCreating && (
        <EditDialog
          {...{ document, world, resource }}
          verb="create"
          onClose={() => setCreating(false)}
          onDone={(id) => go(hrefInWorld(world, ['records', resource, id], state))}
        />
      )}
    </div>
  );
}

interface ListOptions {
  pages: RecordPages;
  document: Described;
  world: string;
  resource: Resource;
  chosen: string | undefined;
  state: Record<string, string | undefined>;
}

function List({ pages, document, world, resource, chosen, state }: ListOptions) {
  const { total, error, again } = pages;
  const columns = columnsOf(document, resource);
  const { properties = {} } = schemaOf(document, resource);
  if (error && total === undefined) return <Failed error={error} onAgain={again} />;
  if (total === undefined) return <Loading />;
  if (total === 0) {
    return (
      <Empty
        title={
          state['q'] ? 'No record is like that.' : `This world has no ${inWords(resource).toLowerCase()}.`
        }
      >
        <p>
          {state['q']
            ? 'Words look into every field; status:open looks into one.'
            : '“New” makes one, believably filled in.'}
        </p>
      </Empty>
    );
  }
  const isNarrow = chosen !== undefined;
  return (
    <>
      {error && (
        <p class="banner" role="alert">
          {error.message}
        </p>
      )}
      <div class="fill" data-key-list>
        <VirtualList
          label={inWords(resource)}
          count={total}
          of={pages.of}
          onSight={pages.look}
          head={
            isNarrow ? undefined : (
              <div class="row record titles" role="group" aria-label="Order">
                {[nameFieldOf(properties), ...columns].map((name) => (
                  <SortButton key={name} field={name} sort={state['sort'] ?? ''} />
                ))}
              </div>
            )
          }
          row={(at) => {
            const held = pages.at(at);
            if (!held) return <div class="row record soft">…</div>;
            const { id, record, label } = held;
            return (
              <a
                class={isNarrow ? 'row record main narrow' : 'row record main'}
                href={hrefInWorld(world, ['records', resource, id], state)}
                {...(isNarrow && [id, label].includes(chosen) && { 'aria-current': 'true' as const })}
              >
                <span>
                  <RecordTitle world={world} record={record} />{' '}
                  {label !== undefined && <span class="badge">{label}</span>}
                  {record['deleted_at'] !== null && <span class="badge bad">deleted</span>}
                </span>
                {!isNarrow &&
                  columns.map((name) => (
                    <Cell key={name} world={world} value={record[name]} target={targetOf(properties[name])} />
                  ))}
              </a>
            );
          }}
        />
      </div>
    </>
  );
}

function Cell({ world, value, target }: { world: string; value: unknown; target: string | undefined }) {
  if (value === null || value === undefined) return <span class="soft">—</span>;
  if (typeof value === 'boolean') return <span class={value ? '' : 'soft'}>{value ? 'yes' : 'no'}</span>;
  if (target !== undefined && typeof value === 'string') {
    return (
      <span class="soft">
        <RecordName world={world} resource={target as Resource} id={value} />
      </span>
    );
  }
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) {
    return (
      <span class="mono soft">
        <Moment at={value} isLong />
      </span>
    );
  }
  return <span>{typeof value === 'string' ? value.replaceAll('_', ' ') : JSON.stringify(value)}</span>;
}

/** The title of a column: pressed, it puts the list in that order, and once more the other way round. */
function SortButton({ field, sort }: { field: string; sort: string }) {
  const isUp = sort === field;
  const isDown = sort === `-${field}`;
  const name = inWords(field.replace(/_ids?$/, ''));
  return (
    <button
      type="button"
      class="quiet"
      aria-pressed={isUp || isDown}
      title={isUp ? 'Turn round' : isDown ? 'As created' : `Order by ${name.toLowerCase()}`}
      onClick={() => setQuery({ sort: isUp ? `-${field}` : isDown ? undefined : field })}
    >
      {field === 'last_name' ? 'Name' : name} {isUp && '↑'}
      {isDown && '↓'}
    </button>
  );
}

/** The field by whose names records are put in order. */
function nameFieldOf(properties: object): string {
  const fields = ['last_name', 'name', 'title', 'public_name'];
  return fields.find((field) => Object.hasOwn(properties, field)) ?? 'created_at';
}
