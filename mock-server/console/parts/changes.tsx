import type { Control } from '../api/control.ts';
import { hrefInWorld } from '../app/places.ts';
import { Empty } from './states.tsx';

/** What is different between two moments, record by record and field by field. */
export function ChangeList({ world, changes }: { world: string; changes: Control['Changes'] }) {
  const { created, changed, deleted } = changes;
  if (created.length + changed.length + deleted.length === 0) return <Empty title="Nothing is different." />;
  return (
    <ul class="changes">
      {created.map(({ resource, id, label }) => (
        <li key={`created ${id}`}>
          <What verb="created" {...{ world, resource, id, label }} />
        </li>
      ))}
      {changed.map(({ resource, id, label, fields }) => (
        <li key={`changed ${id}`}>
          <What verb="changed" {...{ world, resource, id, label }} />
          <FieldChanges fields={fields} />
        </li>
      ))}
      {deleted.map(({ resource, id, label, fields }) => (
        <li key={`deleted ${id}`}>
          <What verb="deleted" {...{ world, resource, id, label }} />
          <FieldChanges fields={fields} />
        </li>
      ))}
    </ul>
  );
}

interface WhatOptions {
  verb: 'created' | 'changed' | 'deleted';
  world: string;
  resource: string;
  id: string;
  label: string | undefined;
}

function What({ verb, world, resource, id, label }: WhatOptions) {
  const colour = { created: 'good', changed: 'warn', deleted: 'bad' }[verb];
  return (
    <p class="what">
      <span class={`badge ${colour}`}>{verb}</span> {resource.replaceAll('_', ' ')}{' '}
      <a class="mono" href={hrefInWorld(world, ['records', resource, id])}>
        {label ?? id}
      </a>
    </p>
  );
}

/** Fields with what they were and what they are. */
export function FieldChanges({ fields }: { fields: Control['ChangedFields'] }) {
  const all = Object.entries(fields);
  if (all.length === 0) return null;
  return (
    <dl class="facts mono diff">
      {all.map(([name, { before, after }]) => [
        <dt key={name}>{name}</dt>,
        <dd key={`${name} value`}>
          {before !== undefined && <del>{JSON.stringify(before)}</del>}{' '}
          {after !== undefined && <ins>{JSON.stringify(after)}</ins>}
        </dd>,
      ])}
    </dl>
  );
}
