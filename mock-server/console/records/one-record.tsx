import { useState } from 'preact/hooks';
import { ask, type Control } from '../api/control.ts';
import { useAnswer } from '../app/live.ts';
import { hrefInWorld } from '../app/places.ts';
import { hrefOf } from '../app/router.ts';
import { Json } from '../parts/json.tsx';
import { Menu } from '../parts/menu.tsx';
import { describe, operationsOf, type Described } from '../parts/schema.ts';
import { Failed, Loading } from '../parts/states.tsx';
import { Moment } from '../parts/times.tsx';
import {
  inWords,
  referrersOf,
  relationsOf,
  titleOf,
  type Resource,
  unifiedModels,
} from './describe-record.ts';
import { EditDialog, verbsOf } from './edit-form.tsx';
import { EditAsJson } from './edit-json.tsx';
import { RecordHistory } from './record-history.tsx';
import { RecordName, RecordTitle } from './record-name.tsx';

interface RecordOptions {
  document: Described;
  world: string;
  resource: Resource;
  /** Its id, or its label. */
  named: string;
  closeHref: string;
}

/** One record: what it holds, what it hangs together with, and what can be done to it. */
export function OneRecord({ document, world, resource, named, closeHref }: RecordOptions) {
  const { value: held, error } = useAnswer(
    () => ask('getRecord', { path: { world, resource, record: named } }),
    [world, resource, named],
  );
  const [verb, setVerb] = useState<string | undefined>();
  const [isJson, setJson] = useState(false);
  const close = (
    <a class="quiet button" href={closeHref}>
      Close
    </a>
  );
  if (error && !held) {
    return (
      <div class="detail">
        <Failed error={error} /> {close}
      </div>
    );
  }
  if (!held) return <Loading />;
  const { id, record, label } = held;
  const isDeleted = record['deleted_at'] !== null;
  const verbs = isDeleted ? [] : verbsOf(document, resource);
  const relations = relationsOf(document, resource, record);
  const targets = new Map(relations.map((one) => [one.id, one.resource]));
  return (
    <section class="detail" aria-label={titleOf(record)}>
      <div class="head">
        <h2>
          <RecordTitle world={world} record={record} />{' '}
          {label !== undefined && <span class="badge">{label}</span>}
          {isDeleted && <span class="badge bad">deleted</span>}
        </h2>
        <span class="end">{close}</span>
      </div>
      <div class="actions tight">
        <button type="button" disabled={isDeleted} onClick={() => setJson(true)}>
          Edit as JSON…
        </button>
        {verbs.slice(0, 3).map((one) => (
          <button key={one} type="button" onClick={() => setVerb(one)}>
            {inWords(one)}…
          </button>
        ))}
        {Object.hasOwn(unifiedModels, resource) && (
          <a class="button" href={hrefOf(['both-sides', unifiedModels[resource] ?? '', id])}>
            Both sides
          </a>
        )}
        {verbs.length > 3 && (
          <Menu label="More to do with this record">
            {verbs.slice(3).map((one) => (
              <button key={one} type="button" onClick={() => setVerb(one)}>
                {inWords(one)}…
              </button>
            ))}
          </Menu>
        )}
      </div>
      <dl class="facts">
        <dt>Id</dt>
        <dd class="mono">{id}</dd>
        {['created_at', 'updated_at', 'last_activity_at', 'deleted_at'].flatMap((field) => {
          const at = record[field];
          return typeof at === 'string'
            ? [
                <dt key={field}>{inWords(field.replace(/_at$/, ''))}</dt>,
                <dd key={`${field} value`} class="mono">
                  <Moment at={at} isLong />
                </dd>,
              ]
            : [];
        })}
        {relations.map(({ field, resource: target, id: other }) => [
          <dt key={`${field} ${other}`}>{inWords(field.replace(/_ids?$/, ''))}</dt>,
          <dd key={`${field} ${other} value`}>
            <a href={hrefInWorld(world, ['records', target, other])}>
              <RecordName world={world} resource={target as Resource} id={other} />
            </a>
          </dd>,
        ])}
      </dl>
      <Referrers {...{ document, world, resource, id }} />
      <RecordHistory {...{ world, resource, id }} />
      <section>
        <h3>As the emulator holds it</h3>
        <Json
          value={record}
          linkOf={(text) => {
            const target = targets.get(text);
            return target === undefined ? undefined : hrefInWorld(world, ['records', target, text]);
          }}
        />
      </section>
      <AsGemSendsIt {...{ world, resource, id }} />
      {verb !== undefined && (
        <EditDialog
          {...{ document, world, resource, verb }}
          record={held}
          onClose={() => setVerb(undefined)}
        />
      )}
      {isJson && <EditAsJson {...{ document, world }} held={held} onClose={() => setJson(false)} />}
    </section>
  );
}

/** How many records of other resources name this one, with a way to them. */
function Referrers({
  document,
  world,
  resource,
  id,
}: Pick<RecordOptions, 'document' | 'world' | 'resource'> & { id: string }) {
  const { value = [] } = useAnswer(
    async () => {
      const counted = await Promise.all(
        referrersOf(document, resource).map(async (one) => {
          const { total } = await ask('listRecords', {
            path: { world, resource: one.resource },
            query: { q: `${one.field}:${id}`, per_page: 1, deleted: 'left_out' },
          });
          return { resource: one.resource, field: one.field, total };
        }),
      );
      return counted.filter(({ total }) => total > 0);
    },
    [world, resource, id],
    { isLive: false },
  );
  if (value.length === 0) return null;
  return (
    <p class="chips">
      {value.map(({ resource: other, field, total }) => (
        <a
          key={`${other} ${field}`}
          class="button"
          href={hrefInWorld(world, ['records', other], { q: `${field}:${id}` })}
          title={`${inWords(other)} whose ${field} names it`}
        >
          {inWords(other)} <b>{total}</b>
        </a>
      ))}
    </p>
  );
}

/** The record in Gem's own form: a call of Gem's API like any other, so it shows among the requests. */
function AsGemSendsIt({ world, resource, id }: { world: string; resource: Resource; id: string }) {
  const [sent, setSent] = useState<Control['HeldRecord']['record'] | string | undefined>();
  const [isAsked, setAsked] = useState(false);
  const show = async () => {
    setAsked(true);
    const [{ key }, gem] = await Promise.all([
      ask('getWorld', { path: { world } }),
      describe('/openapi.json'),
    ]);
    const form = new RegExp(`^/ats/v0/${resource}/\\{\\w+\\}/?$`);
    const operation = operationsOf(gem).find(({ method, path }) => method === 'GET' && form.test(path));
    if (!operation) {
      setSent('Gem has no call for one of these.');
      return;
    }
    const path = operation.path.replace(/\{\w+\}/, encodeURIComponent(id));
    const response = await fetch(path, { headers: { 'X-API-Key': key } });
    setSent((await response.json()) as Control['HeldRecord']['record']);
  };
  return (
    <section>
      <h3>As Gem sends it</h3>
      {sent === undefined ? (
        <button type="button" disabled={isAsked} onClick={() => void show()}>
          Ask Gem’s API
        </button>
      ) : typeof sent === 'string' ? (
        <p class="soft">{sent}</p>
      ) : (
        <Json value={sent} />
      )}
    </section>
  );
}
