import { MatchersV3 } from '@pact-foundation/pact';
import { shapes } from './gem-shapes.ts';
import type { Exchange } from './gem-exchange.ts';

const { eachLike } = MatchersV3;

/** The pages of a list, with the two empty ones that prove its end where nothing is said of its length. */
export function pages(
  operation: keyof typeof shapes,
  about: string,
  query: NonNullable<Exchange['query']>,
): Exchange[] {
  const page = (number: number, which: string, body: unknown): Exchange => ({
    operation,
    about: `${about}, ${which}`,
    query: { ...query, page: String(number), per_page: '500' },
    answer: { status: 200, body },
  });
  return [
    page(1, 'the first page', eachLike(shapes[operation])),
    page(2, 'a page past the end', []),
    page(3, 'the page after that', []),
  ];
}
