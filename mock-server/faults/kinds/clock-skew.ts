import type { FaultKind } from '../fault.ts';

/** Lets Gem's clock go wrong for a request, in what it writes and in the `Date` header. */
export const clockSkew: FaultKind<'clock_skew'> = ({ seconds }) => ({
  strike({ trace }, proceed) {
    trace.clockSkew += Math.round(seconds * 1000);
    return proceed();
  },
});
