import type { Form } from '../guesses.ts';

/** The forms of some guesses, by name. */
export type NamedForms = Readonly<Record<string, Form>>;

/**
 * Finds the fewest guesses whose forms still break something. It halves the set again and again, so one guess among seventy
 * takes about seven tries. Every guess that remains is needed.
 *
 * @param forms together they break it
 * @param breaks whether some of them do
 * @param limits after so many tries, or once it is over, the smallest set so far is taken
 */
export async function smallestVariation(
  forms: NamedForms,
  breaks: (some: NamedForms) => Promise<boolean>,
  { maxTries = 60, isOver = () => false }: { maxTries?: number; isOver?: () => boolean } = {},
): Promise<NamedForms> {
  let names = Object.keys(forms);
  let tries = 0;
  for (let parts = 2; names.length > 1;) {
    const smaller = await oneThatBreaks(parts);
    if (smaller) {
      parts = Math.max(2, smaller.wasRest ? parts - 1 : 2);
      names = smaller.names;
    } else if (parts >= names.length) break;
    else parts = Math.min(names.length, parts * 2);
  }
  return only(names);

  /** The first part of the names that breaks alone, or that breaks when it is left out. */
  async function oneThatBreaks(parts: number): Promise<{ names: string[]; wasRest: boolean } | undefined> {
    const size = Math.ceil(names.length / parts);
    const cut = Array.from({ length: Math.ceil(names.length / size) }, (_, index) =>
      names.slice(index * size, (index + 1) * size),
    );
    for (const part of cut) if (await isEnough(part)) return { names: part, wasRest: false };
    if (cut.length === 2) return undefined;
    for (const part of cut) {
      const rest = names.filter((name) => !part.includes(name));
      if (await isEnough(rest)) return { names: rest, wasRest: true };
    }
    return undefined;
  }

  async function isEnough(some: readonly string[]): Promise<boolean> {
    if (tries >= maxTries || isOver()) return false;
    tries += 1;
    return breaks(only(some));
  }

  function only(some: readonly string[]): NamedForms {
    return Object.fromEntries(Object.entries(forms).filter(([name]) => some.includes(name)));
  }
}
