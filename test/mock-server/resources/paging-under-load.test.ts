import { expect, test } from 'vitest';
import { read, startGem } from '../../support/gem.ts';

// Answers are put together in buffers that are used again, so it is worth a look that none is used too early.
test('pages read all at once, some of them given up half-way, are the pages read one by one', async () => {
  const gem = await startGem({ checkAnswers: false });
  const paths = ['candidates', 'applications', 'job_stages', 'users'].flatMap((name) =>
    Array.from({ length: 10 }, (_, index) => `/ats/v0/${name}/?per_page=${3 + index * 9}&page=1`),
  );
  const alone: unknown[] = [];
  for (const path of paths) alone.push(await read(gem, path));
  for (let round = 0; round < 5; round += 1) {
    const isGivenUp = (index: number) => (index + round) % 4 === 0;
    const together = await Promise.all(
      paths.map(async (path, index) => {
        const giveUp = new AbortController();
        const options = { headers: { 'x-api-key': gem.apiKey }, signal: giveUp.signal };
        const response = await fetch(`${gem.url}${path}`, options);
        if (!isGivenUp(index)) return response.json();
        giveUp.abort();
        return alone[index];
      }),
    );
    expect(together).toEqual(alone);
  }
});
