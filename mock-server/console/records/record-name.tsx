import { Fragment } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ask } from '../api/control.ts';
import { titleOf, type Resource } from './describe-record.ts';

interface TitleOptions {
  world: string;
  record: Readonly<Record<string, unknown>>;
}

/** What a person would call a record: what it is called itself, or whom and what it is about. */
export function RecordTitle({ world, record }: TitleOptions) {
  const { id } = record;
  const own = titleOf(record);
  if (own !== id) return <>{own}</>;
  const about = abouts.flatMap(([field, resource]) => {
    const other = record[field];
    return typeof other === 'string' ? [{ resource, other }] : [];
  });
  if (about.length === 0) return <>{own}</>;
  return (
    <>
      {about.slice(0, 2).map(({ resource, other }, at) => (
        <Fragment key={resource}>
          {at > 0 && <span class="soft"> for </span>}
          <RecordName world={world} resource={resource} id={other} />
        </Fragment>
      ))}
    </>
  );
}

const abouts: readonly (readonly [field: string, resource: Resource])[] = [
  ['candidate_id', 'candidates'],
  ['job_id', 'jobs'],
  ['application_id', 'applications'],
];

const names = new Map<string, string>();
const asked = new Map<string, Promise<string>>();

/** What a record is called, by its id; the id until that is known. Names that were seen are remembered. */
export function RecordName({ world, resource, id }: { world: string; resource: Resource; id: string }) {
  const key = `${world} ${resource} ${id}`;
  const [name, setName] = useState(names.get(key));
  useEffect(() => {
    let isWanted = true;
    setName(names.get(key));
    if (!names.has(key)) {
      void nameOf(key, world, resource, id).then((found) => isWanted && setName(found));
    }
    return () => {
      isWanted = false;
    };
  }, [key]);
  return <>{name ?? `${id.slice(0, 14)}…`}</>;
}

function nameOf(key: string, world: string, resource: Resource, id: string): Promise<string> {
  const known = asked.get(key);
  if (known) return known;
  const asking = ask('getRecord', { path: { world, resource, record: id } })
    .then(
      ({ record }) => nameOfRecord(world, record),
      () => id,
    )
    .then((name) => {
      names.set(key, name);
      asked.delete(key);
      // Enough for all that somebody looks at, and bounded.
      if (names.size > 2000) names.delete(names.keys().next().value ?? '');
      return name;
    });
  asked.set(key, asking);
  return asking;
}

/** What has no name of its own goes by that of its candidate. */
function nameOfRecord(world: string, record: Readonly<Record<string, unknown>>): Promise<string> | string {
  const { id, candidate_id: candidate } = record;
  const own = titleOf(record);
  if (own !== id || typeof candidate !== 'string') return own;
  return nameOf(`${world} candidates ${candidate}`, world, 'candidates', candidate);
}
