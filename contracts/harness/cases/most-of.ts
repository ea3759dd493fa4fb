// Cases that hold nearly all of the edges that could break a rule.
import * as fc from 'fast-check';

/**
 * Most of the given things, in the order in which they are given: a few worlds show each of them, and shrinking leaves out
 * those that a break does not need.
 */
export function mostOf<Thing>(...things: readonly (Thing | fc.Arbitrary<Thing>)[]): fc.Arbitrary<Thing[]> {
  const chosen = things.map((thing) => {
    const given = isArbitrary(thing) ? thing.map((one): Thing[] => [one]) : fc.constant<Thing[]>([thing]);
    return nearlyAlways(given, []);
  });
  return fc.tuple(...chosen).map((all) => all.flat());
}

/** The usual value, but for every twenty-fifth time; it shrinks to the other one in one step. */
export function nearlyAlways<Value>(usual: fc.Arbitrary<Value>, otherwise: Value): fc.Arbitrary<Value> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 1, arbitrary: fc.constant(otherwise) },
    { weight: 24, arbitrary: usual },
  );
}

function isArbitrary<Thing>(thing: Thing | fc.Arbitrary<Thing>): thing is fc.Arbitrary<Thing> {
  return thing instanceof fc.Arbitrary;
}
