import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { mapRecord, type WireSchema } from '../../../mock-server/capture/fields.ts';
import { createGate } from '../../../mock-server/capture/gate.ts';
import { createPseudonymiser } from '../../../mock-server/capture/pseudonymise.ts';
import { createKit, makeRecord } from '../../../seeds/index.ts';
import { described } from '../../support/arbitraries/described.ts';
import { identifier, text } from '../../support/arbitraries/values.ts';
import { isBroad, isDeep } from '../../support/deep.ts';

const numRuns = isDeep ? 2000 : isBroad ? 100 : 5;

const schemas = [
  ...(['Candidate', 'User', 'Job', 'JobPost', 'JobStage', 'Application', 'ScheduledInterview'] as const),
  ...(['Scorecard', 'Offer', 'Opening', 'ActivityFeed', 'CrmCandidate', 'CrmNote', 'CustomField'] as const),
] satisfies WireSchema[];

const record = fc
  .constantFrom(...schemas)
  .chain((schema) => described(schema).map((original) => ({ schema, original })));

const instant = fc
  .date({ noInvalidDate: true, min: new Date('1980-01-01'), max: new Date('2030-01-01') })
  .map((date) => date.toISOString());

describe('whatever Gem sends', () => {
  test.prop([record, fc.string()], { numRuns })(
    'the same salt makes the same of it',
    ({ schema, original }, salt) => {
      const made = [1, 2].map(() => JSON.stringify(createPseudonymiser({ salt }).record(schema, original)));
      expect(made[0]).toBe(made[1]);
    },
  );

  test.prop([record], { numRuns })(
    'no field comes that was not there, and every kind of value stays',
    ({ schema, original }) => {
      expectSameShape(original, createPseudonymiser({ salt: 'law' }).record(schema, original));
    },
  );

  test.prop([record], { numRuns })(
    'nothing stays as it was that points at somebody',
    ({ schema, original }) => {
      const before = mapRecord(schema, original, ({ policy, value }) =>
        policy.action === 'keep' || policy.action === 'shift' || policy.kind === 'custom' ? null : value,
      );
      expect(textsThatStayed(before, createPseudonymiser({ salt: 'law' }).record(schema, original))).toEqual(
        [],
      );
    },
  );

  test.prop([fc.array(record, { maxLength: 4 })], { numRuns })(
    'the gate finds nothing of it in what was made',
    (account) => {
      const gate = createGate('law');
      const pseudonymiser = createPseudonymiser({ salt: 'law', isName: gate.isName });
      const made = account.map(({ schema, original }) => {
        gate.learn(schema, original);
        return pseudonymiser.record(schema, original);
      });
      pseudonymiser.closeInto(gate);
      expect(
        made.flatMap((standIn, place) => gate.check(String(place), pseudonymiser.settle(standIn))),
      ).toEqual([]);
    },
  );

  test.prop([fc.array(record, { maxLength: 4 }), fc.nat(3)], { numRuns })(
    'who is killed and goes on makes the same as who was not',
    (account, killedAfter) => {
      const run = (places: readonly number[]) => {
        let gate = createGate('law');
        let pseudonymiser = createPseudonymiser({ salt: 'law', isName: gate.isName });
        const made: unknown[] = [];
        for (const [place, { schema, original }] of account.entries()) {
          gate.learn(schema, original);
          made.push(pseudonymiser.record(schema, original));
          if (!places.includes(place)) continue;
          const [kept, learnt] = [pseudonymiser.changes(), gate.changes()];
          gate = createGate('law');
          pseudonymiser = createPseudonymiser({ salt: 'law', isName: gate.isName });
          if (kept) pseudonymiser.restore(kept);
          if (learnt) gate.restore(learnt);
        }
        return JSON.stringify([
          made,
          [...pseudonymiser.observed().values].toSorted(byValue),
          pseudonymiser.settle(made),
        ]);
      };
      expect(run([killedAfter])).toBe(run([]));
    },
  );
});

test('an account in which every name is somebody’s has no false alarm', () => {
  const kit = createKit('usual names', '2026-11-16T09:00:00.000Z');
  const gate = createGate('law');
  const pseudonymiser = createPseudonymiser({ salt: 'law', isName: gate.isName });
  const made = Array.from({ length: isDeep ? 20_000 : isBroad ? 1000 : 50 }, () => {
    const { deleted_at: _, ...person } = makeRecord(kit, 'candidates', {}, () => []);
    const note = { content: `${person.first_name} ${person.last_name} asked twice about ${person.company}.` };
    gate.learn('Candidate', person);
    gate.learn('CrmNote', note);
    return [pseudonymiser.record('Candidate', person), pseudonymiser.record('CrmNote', note)];
  });
  pseudonymiser.closeInto(gate);
  expect(made.flatMap((records, place) => gate.check(String(place), pseudonymiser.settle(records)))).toEqual(
    [],
  );
});

describe('ids', () => {
  test.prop([fc.uniqueArray(identifier, { minLength: 2, maxLength: 30 })], { numRuns })(
    'stay different from each other, and what refers to one refers to it still',
    (ids) => {
      const pseudonymiser = createPseudonymiser({ salt: 'law' });
      const made = ids.map((id) => pseudonymiser.id(id));
      expect(new Set(made).size).toBe(ids.length);
      expect(ids.map((id) => pseudonymiser.id(id))).toEqual(made);
      expect(made.filter((id, place) => id === ids[place] && id !== '')).toEqual([]);
    },
  );

  test.prop([fc.bigInt({ min: 0n, max: 10n ** 16n }), fc.constantFrom('Candidate', 'User', 'Project')], {
    numRuns,
  })(
    'keep their form: a number, base64 of a type and a number, base64 of a type and bytes, a UUID',
    (number, type) => {
      const { id } = createPseudonymiser({ salt: 'law' });
      expect(id(String(number))).toMatch(/^[1-9]\d*$/);
      const typed = Buffer.from(`${type}:${number}`).toString('base64url');
      expect(Buffer.from(id(typed), 'base64url').toString()).toBe(`${type}:${id(String(number))}`);
      const padded = Buffer.from(`${type}:${number}`).toString('base64');
      expect(id(padded).replace(/[^=]/g, '')).toBe(padded.replace(/[^=]/g, ''));
    },
  );

  test.prop([fc.uuid(), fc.uint8Array({ minLength: 16, maxLength: 16 })], { numRuns })(
    'of bytes and UUIDs too',
    (uuid, bytes) => {
      const { id } = createPseudonymiser({ salt: 'law' });
      expect(id(uuid)).toMatch(
        new RegExp(`^[0-9a-f]{8}-[0-9a-f]{4}-${uuid[14]}[0-9a-f]{3}-${uuid[19]}[0-9a-f]{3}-[0-9a-f]{12}$`),
      );
      const typed = Buffer.concat([Buffer.from('jobpost:'), bytes]).toString('base64url');
      expect(id(typed)).toHaveLength(typed.length);
      expect(Buffer.from(id(typed), 'base64url').toString('latin1')).toMatch(/^jobpost:/);
    },
  );
});

describe('times', () => {
  test.prop([fc.array(instant, { minLength: 2, maxLength: 8 })], { numRuns })(
    'keep their order, their distances, their weekday and their time of day',
    (times) => {
      const shifted = times.map((created_at) => noteAt(created_at).created_at);
      const by = new Set(times.map((time, place) => Date.parse(time) - Date.parse(shifted[place] ?? '')));
      expect(by.size).toBe(1);
      expect([...by].map((distance) => distance % (7 * 24 * 60 * 60 * 1000))).toEqual([0]);
      expect(shifted.map((time) => time.slice(10))).toEqual(times.map((time) => time.slice(10)));
    },
  );
});

describe('texts', () => {
  test.prop([fc.oneof(text, fc.lorem({ maxCount: 30 }), fc.string({ unit: 'grapheme' }))], {
    numRuns: numRuns * 4,
  })('keep their length where nobody is mentioned', (body) => {
    const made = createPseudonymiser({ salt: 'law' }).record('CrmNote', { content: body }) as {
      content: string;
    };
    expect(made.content).toHaveLength(body.length);
  });
});

function noteAt(created_at: string): { created_at: string } {
  return createPseudonymiser({ salt: 'law' }).record('Note', { created_at }) as { created_at: string };
}

/** Strings stay strings, lists keep their length, nulls stay; fields may be left out, and what is no time becomes null. */
function expectSameShape(original: unknown, made: unknown): void {
  if (made === undefined || made === null) return;
  if (Array.isArray(original) && Array.isArray(made)) {
    expect(made.length).toBeLessThanOrEqual(original.length);
    for (const [place, item] of made.entries())
      if (made.length === original.length) expectSameShape(original[place], item);
  } else if (typeof original === 'object' && original !== null) {
    const keys = Object.keys(original);
    for (const [place, [key, item]] of Object.entries(made).entries()) {
      if (keys.includes(key)) expectSameShape(Reflect.get(original, key), item);
      else expect(place).toBeLessThan(keys.length);
    }
  } else expect(typeof made).toBe(typeof original);
}

/** The texts of two letters or more that are the same in both. */
function textsThatStayed(before: unknown, made: unknown): string[] {
  if (typeof before === 'string') return before === made && /[\p{L}\p{N}]{2}/u.test(before) ? [before] : [];
  if (typeof before !== 'object' || before === null || typeof made !== 'object' || made === null) return [];
  return Object.entries(before).flatMap(([key, item]) => textsThatStayed(item, Reflect.get(made, key)));
}

function byValue(one: { kind: string; value: string }, other: { kind: string; value: string }): number {
  return `${one.kind} ${one.value}` < `${other.kind} ${other.value}` ? -1 : 1;
}
