// Worlds with people in them.
import * as fc from 'fast-check';
import type { Case, CaseRecord } from '../case.ts';
import { caseOf } from './building.ts';
import { mostOf } from './most-of.ts';

/** What is told of a record: the rest is made up. */
export type Fields = Readonly<Record<string, unknown>>;

/** People of whom some fields are told, one for each edge. */
export function people(...edges: readonly fc.Arbitrary<Fields>[]): fc.Arbitrary<Case> {
  return mostOf(...edges).map((all) => caseOf({ candidates: labelled('candidate', all) }));
}

/** Labels records by their number: `candidate-1`. */
export function labelled(word: string, all: readonly Fields[]): CaseRecord[] {
  return all.map((fields, index) => Object.assign({ as: `${word}-${index + 1}` }, fields));
}

/** Somebody with e-mail addresses, each of some type; the first is the main one. */
export function emailAddresses(...values: readonly fc.Arbitrary<string>[]): fc.Arbitrary<Fields> {
  const type = fc.constantFrom('personal', 'work', 'other');
  return fc.tuple(...values.map((value) => fc.record({ value, type }))).map((all) => ({
    email_addresses: all.map((one, index) => Object.assign({ is_primary: index === 0 }, one)),
  }));
}
