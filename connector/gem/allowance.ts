// What one Gem key may be asked, by all processes together: the rules alone, which neither read a clock nor write.

/** How much of a key's limit is used (gem-ats-api §1.4). */
export interface RateLimits {
  /** Calls a second, for any length of time. */
  perSecond: number;
  /** Calls at once, after a while without any. */
  burst: number;
}

/**
 * Gem lets through 20 a second and 500 at once. A permit may be used two seconds late, and what is on its way counts as well,
 * so a fifth of the burst is left alone.
 */
export const defaultRate: RateLimits = { perSecond: 20, burst: 400 };

/** How a key stands. Times are milliseconds since 1970, by the one clock that all processes share. */
export interface KeyState {
  /** When all calls that were permitted are paid off, each with its share of a second. */
  spentUntil: number;
  /** Until when Gem is left alone, because it is down; null while it is not. */
  closedUntil: number | null;
  /** How often in a row it was found down. */
  failures: number;
  /** Until when one call is out to see whether it is back; null when none is. */
  probingUntil: number | null;
}

/** How a key begins. */
export const freshKey: KeyState = { spentUntil: 0, closedUntil: null, failures: 0, probingUntil: null };

/** What a process asks for. */
export interface Wish {
  now: number;
  /** Calls. */
  count: number;
  /** Whether somebody waits for the call: half of the burst is there for these alone. */
  isUrgent: boolean;
}

/** What it is given. */
export interface Grant {
  /** Calls that are permitted; 0 when it is to ask again. */
  count: number;
  /** Milliseconds until the first of them, each further one being `step` later; or until it may ask again. */
  wait: number;
  step: number;
  /** Whether Gem is down, so that it is left alone but for one call that sees whether it is back. */
  isClosed: boolean;
}

/**
 * Permits calls: a bucket of `burst` calls that refills at `perSecond`. Who has to wait is given a place in the future, so
 * that nobody asks again and again; the places reach no further than five seconds, so that nobody is far behind the others. What
 * is urgent goes before: others leave half of the burst to it, and what it takes, they wait for.
 *
 * @returns the state from now on
 */
export function permit(before: KeyState, wish: Wish, rate: RateLimits): { state: KeyState; grant: Grant } {
  const { now, count, isUrgent } = wish;
  const step = 1000 / rate.perSecond;
  const state = believable(before, now, rate);
  if (state.closedUntil !== null) return probe(state, { now, step, until: state.closedUntil });
  const spent = Math.max(state.spentUntil, now);
  const credit = isUrgent ? rate.burst : rate.burst - reserveOf(rate);
  const first = spent + step - credit * step;
  const tooFar = first - now - (isUrgent ? farthestUrgent : farthest);
  if (tooFar > 0) return { state, grant: { count: 0, wait: tooFar, step, isClosed: false } };
  return {
    state: { ...state, spentUntil: spent + count * step },
    // Of what lies in the past, nothing is waited for.
    grant: { count, wait: first - now, step, isClosed: false },
  };
}

/** While Gem is down, one call at a time sees whether it is back. */
function probe(
  state: KeyState,
  { now, step, until }: { now: number; step: number; until: number },
): { state: KeyState; grant: Grant } {
  const probed = (state.probingUntil ?? 0) - now;
  if (now >= until && probed <= 0) {
    const spentUntil = Math.max(state.spentUntil, now) + step;
    const next = { ...state, spentUntil, probingUntil: now + longestProbe };
    return { state: next, grant: { count: 1, wait: 0, step, isClosed: true } };
  }
  const wait = now < until ? until - now : Math.min(probed, lookAgain);
  return { state, grant: { count: 0, wait, step, isClosed: true } };
}

/** Leaves Gem alone for a while, which doubles each time that it is found down. */
export function close(before: KeyState, now: number, rate: RateLimits): KeyState {
  const state = believable(before, now, rate);
  if (state.closedUntil !== null && now < state.closedUntil) return state;
  const pause = Math.min(firstPause * 2 ** state.failures, longestPause);
  return { ...state, closedUntil: now + pause, failures: state.failures + 1, probingUntil: null };
}

/** Gem answers. */
export function open(state: KeyState): KeyState {
  return { ...state, closedUntil: null, failures: 0, probingUntil: null };
}

/**
 * Gem has refused a call for its limit: somebody else uses the key too, or its limit is lower. What was saved up for a burst is
 * taken to be gone.
 */
export function throttle(before: KeyState, now: number, rate: RateLimits): KeyState {
  const state = believable(before, now, rate);
  const left = Math.min(leftWhenThrottled, rate.burst - reserveOf(rate));
  const empty = now + ((rate.burst - reserveOf(rate) - left) * 1000) / rate.perSecond;
  return { ...state, spentUntil: Math.max(state.spentUntil, empty) };
}

/** A clock that was set back must not make anybody wait for what it showed before. */
function believable(state: KeyState, now: number, { perSecond, burst }: RateLimits): KeyState {
  const latest = now + ((burst + most) * 1000) / perSecond + farthestUrgent;
  return {
    ...state,
    spentUntil: Math.min(state.spentUntil, latest),
    closedUntil: state.closedUntil && Math.min(state.closedUntil, now + longestPause),
    probingUntil: state.probingUntil && Math.min(state.probingUntil, now + longestProbe),
  };
}

function reserveOf({ burst }: RateLimits): number {
  return Math.floor(burst / 2);
}

/** Calls that are permitted at once at most. */
export const most = 10;

/** Milliseconds that places reach into the future. */
const [farthest, farthestUrgent] = [5000, 10_000];

/** Calls. */
const leftWhenThrottled = 20;

/** Milliseconds. */
const [firstPause, longestPause, lookAgain] = [1000, 30_000, 250];

/** Milliseconds. Gem's gateway gives up after 29 seconds (gem-ats-api §1.4). */
const longestProbe = 35_000;
