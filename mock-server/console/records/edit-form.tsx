import { useState } from 'preact/hooks';
import { ask, type Control } from '../api/control.ts';
import { useAnswer } from '../app/live.ts';
import { act } from '../app/notices.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { changed, Field } from '../parts/field.tsx';
import { follow, formsOf, type Described } from '../parts/schema.ts';
import type { Schema } from '../parts/json-schema.ts';
import { schemaOf, targetOf, titleOf, type Resource } from './describe-record.ts';

interface EditOptions {
  document: Described;
  world: string;
  resource: Resource;
  verb: string;
  /** The record that is changed; undefined where one is made. */
  record?: Control['HeldRecord'];
  onClose: () => void;
  /** Is given the id of what was changed. */
  onDone?: (id: string) => void;
}

/** What a recruiter can do to a record of a resource: the verbs whose form takes one. */
export function verbsOf(document: Described, resource: Resource): string[] {
  const verbs = [...formsOf(document, 'Edit', 'do')].flatMap(([verb, { properties = {} }]) => {
    if (verb === 'create' || verb === 'change') return [];
    const { resource: ofResource, application, record } = properties;
    const resources = ofResource ? follow(document, ofResource).enum : undefined;
    if (resources) return resources.includes(resource) ? [verb] : [];
    if (application) return resource === 'applications' ? [verb] : [];
    // What takes a record of no named resource is about job posts.
    return record && resource === 'job_posts' ? [verb] : [];
  });
  // What is done most stands first, what cannot be taken back last.
  return verbs.toSorted((one, other) => Number(one === 'delete') - Number(other === 'delete'));
}

/** One form for each verb, made from the control description. */
export function EditDialog({ document, world, resource, verb, record, onClose, onDone }: EditOptions) {
  const form = formsOf(document, 'Edit', 'do').get(verb) ?? {};
  const fields = Object.entries(form.properties ?? {}).filter(([name]) => !known.has(name));
  const [given, setGiven] = useState<Record<string, unknown>>({});
  const [set, setSet] = useState<Record<string, unknown>>({});
  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    const target = form.properties?.['application'] ? 'application' : 'record';
    const edit = {
      do: verb,
      ...(form.properties?.['resource'] && { resource }),
      ...(record && { [target]: record.id }),
      ...given,
      ...(Object.keys(set).length > 0 && { set }),
    };
    // The server says what does not fit.
    const body = { edits: [edit as Control['Edit']] };
    const done = await act(doneOf(verb, record), () => ask('editRecords', { path: { world }, body }));
    const [outcome] = done?.outcomes ?? [];
    if (!outcome) return;
    onClose();
    onDone?.(outcome.id);
  };
  return (
    <Dialog
      title={`${capital(verb)}${record ? ` ${titleOf(record.record)}` : ''}`}
      isWide={verb === 'create'}
      onClose={onClose}
    >
      <form onSubmit={send}>
        <p class="soft">{form.description}</p>
        {fields.map(([name, schema]) => (
          <ReferenceField
            key={name}
            {...{ world, name, document, schema, record }}
            isRequired={form.required?.includes(name) ?? false}
            value={given[name]}
            onChange={(value) => setGiven(changed(given, name, value))}
          />
        ))}
        {verb === 'create' && (
          <div class="columns">
            {Object.entries(schemaOf(document, resource).properties ?? {})
              .filter(([name]) => !['id', 'created_at', 'deleted_at', 'updated_at'].includes(name))
              .map(([name, schema]) => (
                <ReferenceField
                  key={name}
                  {...{ world, name, document, schema, record }}
                  isRequired={false}
                  value={set[name]}
                  onChange={(value) => setSet(changed(set, name, value))}
                />
              ))}
          </div>
        )}
        <div class="actions">
          <button class={verb === 'delete' ? 'danger' : 'primary'}>{capital(verb)}</button>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** What the form does not ask for: it is known, or has fields of its own. */
const known = new Set(['do', 'resource', 'record', 'application', 'set']);

interface ReferenceOptions {
  world: string;
  name: string;
  document: Described;
  schema: Schema;
  record: Control['HeldRecord'] | undefined;
  isRequired: boolean;
  value: unknown;
  onChange: (value: unknown) => void;
}

/** A field that suggests the records which it can name. */
function ReferenceField({ world, ...field }: ReferenceOptions) {
  const { name, schema, document, record } = field;
  const target = targetOf(follow(document, schema)) ?? named(name, record);
  const { value } = useAnswer(
    target === undefined ? undefined : () => suggest(world, target as Resource, name, record),
    [world, target],
    { isLive: false },
  );
  return <Field {...field} suggestions={value} />;
}

/** Which records the fields of verbs are about. */
function named(field: string, record: Control['HeldRecord'] | undefined): Resource | undefined {
  if (field === 'reason') return record?.resource === 'applications' ? 'rejection_reasons' : 'close_reasons';
  const resources: Readonly<Record<string, Resource>> = {
    stage: 'job_stages',
    job: 'jobs',
    opening: 'openings',
  };
  return resources[field];
}

async function suggest(
  world: string,
  resource: Resource,
  field: string,
  record: Control['HeldRecord'] | undefined,
): Promise<{ value: string; label: string }[]> {
  const job = record?.record['job_id'];
  // A stage is one of the application's job.
  const ofJob = field === 'stage' && typeof job === 'string' ? { q: `job_id:${job}` } : {};
  const { records } = await ask('listRecords', {
    path: { world, resource },
    query: { per_page: 200, deleted: 'left_out', ...ofJob },
  });
  return records.map((held) => ({ value: held.label ?? held.id, label: titleOf(held.record) }));
}

function doneOf(verb: string, record: Control['HeldRecord'] | undefined): string {
  return record ? `${capital(verb)}: ${titleOf(record.record)}.` : 'The record is there.';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
