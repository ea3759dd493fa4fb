import type { Find } from '../../seeds/factories/relations.ts';
import type { RecordTypes, ResourceName } from '../../seeds/index.ts';
import type { Store } from '../store/store.ts';

/**
 * The records that a new one may refer to, for a factory. Of the collections that grow without end only those are
 * given that the new record names, so that making one takes as long in a world of any size.
 */
export function existing(store: Store, fields: object): Find {
  const own = (field: string): string => {
    const id: unknown = Reflect.get(fields, field);
    return typeof id === 'string' ? id : '';
  };
  const one = <Name extends ResourceName>(name: Name, field: string): RecordTypes[Name][] => {
    const record = store.get(name, own(field));
    return record ? [record] : [];
  };
  const narrow: { [Name in ResourceName]?: () => RecordTypes[Name][] } = {
    candidates: () => one('candidates', 'candidate_id'),
    applications: () => one('applications', 'application_id'),
    scheduled_interviews: () => [
      ...store.collection('scheduled_interviews').by('application_id', own('application_id')),
      ...one('scheduled_interviews', 'interview_id'),
    ],
    attachments: () => [],
    scorecards: () => [],
    offers: () => [],
    notes: () => [],
  };
  return (name) => narrow[name]?.() ?? [...store.collection(name).entries()].map(({ record }) => record);
}
