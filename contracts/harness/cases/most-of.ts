// Cases that hold nearly all of the edges that could break a rule.
import * as fc from 'fast-check';

/**
 * Nearly all of some edges, in their order: a few worlds show each of them, and shrinking leaves out those that a break
 * does not need.
 */
export function mostOf<Edge>(edges: readonly fc.Arbitrary<Edge>[]): fc.Arbitrary<Edge[]> {
  return fc.tuple(...edges.map(nearlyAlways)).map((kept) => kept.flat());
}

function nearlyAlways<Edge>(edge: fc.Arbitrary<Edge>): fc.Arbitrary<Edge[]> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 1, arbitrary: fc.constant<Edge[]>([]) },
    { weight: 24, arbitrary: edge.map((one) => [one]) },
  );
}
