// What holds in every state of a world.
import type { State } from './run.ts';

/**
 * Judges state after state. What is wrong in several is told once, where it is wrong for the first time; of a later state than
 * the first it is said which that was.
 *
 * @param judge gets each state, and the one before it
 */
export function throughout<Verdict extends { about: string; what: string } | 'right'>(
  states: readonly State[],
  judge: (state: State, before: State | undefined) => readonly Verdict[],
): Verdict[] {
  const told = new Set<string>();
  return states.flatMap((state, index) => {
    const toldBefore = new Set(told);
    return judge(state, states[index - 1]).flatMap((one): Verdict[] => {
      if (one === 'right') return [one];
      const key = `${one.about}: ${one.what}`;
      told.add(key);
      if (toldBefore.has(key)) return [];
      return [index === 0 ? one : Object.assign({}, one, { about: `${one.about}, after ${state.name}` })];
    });
  });
}
