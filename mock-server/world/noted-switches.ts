import { switchDescriptions, type Switches } from './switches.ts';

const assumed = new Set(
  switchDescriptions.filter(({ evidence }) => evidence.grade === 'assumed').map(({ name }) => name),
);

/**
 * The choices of a world, which say when one is made that nothing proves: whoever reads such a switch lets the answer
 * rest on an assumption.
 *
 * @param note is given the name of every assumed switch that is read
 */
export function noteReads(choices: Switches, note: (name: keyof Switches) => void): Switches {
  const noted = { ...choices };
  for (const name of Object.keys(choices) as (keyof Switches)[]) {
    if (!assumed.has(name)) continue;
    Object.defineProperty(noted, name, {
      enumerable: true,
      get: () => {
        note(name);
        return choices[name];
      },
    });
  }
  return noted;
}
