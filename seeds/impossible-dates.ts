import { singular } from './factories/relations.ts';
import type { RecordTypes, ResourceName } from './records.ts';

/** A date that cannot be: recruiting never gives it, though a file may ask for it. */
export interface ImpossibleDate {
  /** The fields of the record that tell it; one of them is wrong. */
  fields: readonly string[];
  /** Why it cannot be, with what it is held against. */
  message: string;
}

/** Finds a record by its resource and id. */
type Get = <Name extends ResourceName>(name: Name, id: string) => RecordTypes[Name] | undefined;

/**
 * The dates of a record that cannot be: what has happened only in the future, ends before beginnings, and what is older
 * than what it belongs to.
 *
 * @param now an instant
 * @param nameOf what a person calls a record, such as its label, if it has a name
 */
export function impossibleDates<Name extends ResourceName>(
  name: Name,
  record: RecordTypes[Name],
  { now, get, nameOf }: { now: string; get: Get; nameOf: (id: string) => string | undefined },
): ImpossibleDate[] {
  const read = (field: string): unknown => Reflect.get(record, field);
  const found: ImpossibleDate[] = [];
  for (const field of happened) {
    const at = read(field);
    if (isLater(at, now))
      found.push({ fields: [field], message: `${field} is ${at}, which is later than now (${now})` });
  }
  for (const [earlier, later] of orders) {
    const [begun, ended] = [read(earlier), read(later)];
    if (isLater(begun, ended))
      found.push({
        fields: [later, earlier],
        message: `${later} is ${ended}, which is before ${earlier} (${begun})`,
      });
  }
  for (const list of ['educations', 'employments']) {
    const spells = read(list);
    if (!Array.isArray(spells)) continue;
    spells.forEach(({ start_date: begun, end_date: ended }: Record<string, unknown>) => {
      if (isLater(begun, ended))
        found.push({
          fields: [list],
          message: `end_date is ${ended}, which is before start_date (${begun})`,
        });
    });
  }
  for (const [field, owners] of belongings) {
    // The person who fills an opening comes after it.
    if (name === 'openings' && field === 'application_id') continue;
    const id = read(field);
    const owner = typeof id === 'string' ? get(owners, id) : undefined;
    if (!owner) continue;
    const called = () => [singular(owners), nameOf(owner.id) ?? []].flat().join(' ');
    if (isLater(owner.created_at, record.created_at)) {
      const message = `created_at is ${record.created_at}, but its ${called()} was created later (${owner.created_at})`;
      found.push({ fields: ['created_at', field], message });
    }
    if (isLater(record.created_at, owner.deleted_at)) {
      const message = `created_at is ${record.created_at}, but its ${called()} was deleted before (${owner.deleted_at})`;
      found.push({ fields: ['created_at', field], message });
    }
  }
  return found;
}

/** What is told once it has happened. */
const happened = [
  'created_at',
  'updated_at',
  'deleted_at',
  'opened_at',
  'closed_at',
  'first_published_at',
  'rejected_at',
  'submitted_at',
  'sent_at',
  'last_activity',
  'last_activity_at',
];

/** What comes before what. */
const orders: readonly (readonly [earlier: string, later: string])[] = [
  ...happened.filter((field) => field !== 'created_at').map((field) => ['created_at', field] as const),
  ['opened_at', 'closed_at'],
  ['start', 'end'],
  ['sent_at', 'starts_at'],
  ['rejected_at', 'deleted_at'],
  ['submitted_at', 'deleted_at'],
];

/** What a record belongs to, and is younger than. */
const belongings = [
  ['candidate_id', 'candidates'],
  ['job_id', 'jobs'],
  ['application_id', 'applications'],
  ['interview_id', 'scheduled_interviews'],
] as const satisfies readonly (readonly [string, ResourceName])[];

/** Whether one time is later than another; where one of them is a mere day, whether its day is. */
function isLater(one: unknown, other: unknown): boolean {
  if (typeof one !== 'string' || typeof other !== 'string') return false;
  const isDay = one.length === 10 || other.length === 10;
  return isDay ? one.slice(0, 10) > other.slice(0, 10) : Date.parse(one) > Date.parse(other);
}
