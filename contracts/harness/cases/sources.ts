// Sources of applications, and calls that name them.
import * as fc from 'fast-check';
import type { GemSchemas } from '../../gem.ts';
import type { Case } from '../case.ts';
import type { Right } from '../mutants.ts';
import { creating, oneJob } from './create.ts';

/**
 * Two sources whose names no other case has, and people created with one of them.
 *
 * @param word what no other case in the world says: the name of the rule
 * @param naming makes what a call says of a source of the label and the name
 */
export function naming(
  word: string,
  how: (source: { label: string; name: string; otherName: string }) => object,
): fc.Arbitrary<Case> {
  return fc
    .record({
      first: fc.constantFrom('Campus Fair', 'Freunde & Familie', '東京'),
      second: fc.constantFrom('Job Board', 'Größte Messe'),
    })
    .chain(({ first, second }) => {
      const names = [`${first} ${word}`, `${second} ${word}`] as const;
      const wish = fc.constantFrom(...([0, 1] as const)).map((index) => ({
        more: {
          source: how({
            label: `source-${index + 1}`,
            name: names[index],
            otherName: names[1 - index] ?? '',
          }),
        },
      }));
      const sources = names.map((public_name, index) => ({ as: `source-${index + 1}`, public_name }));
      return creating(word, wish, { ...oneJob, sources });
    });
}

/** All sources of an account. */
export async function sourcesOf({ gem }: Right): Promise<GemSchemas['SourceItem'][]> {
  const answer = await gem('listSources');
  // Gem's answers are held against their description elsewhere.
  return (await answer.json()) as GemSchemas['SourceItem'][];
}
