// The page of what was caught: by which rules, and what nothing catches.
import { describeScore, type Judged } from './judging.ts';
import { reasons } from './no-fault.ts';

/** Writes the page in Markdown. */
export function listCaught(all: readonly Judged[]): string {
  const { caught, missed, explained, share } = describeScore(all);
  const idle = all.filter(({ hadOccasion }) => !hadOccasion).length;
  const places = [...Map.groupBy(all, ({ mutant }) => mutant.place)].map(([place, own]) => {
    const seen = own.filter(({ hadOccasion }) => hadOccasion);
    const rules = [...new Set(seen.flatMap(({ by }) => by ?? []))].toSorted();
    const free = seen.filter(({ by }) => by === undefined).map(({ mutant }) => mutant.step);
    return `| \`${place}\` | ${seen.length} | ${rules.join(', ')} | ${free.join('; ')} |\n`;
  });
  const why = reasons.flatMap(({ place, step, why: reason }) => {
    const own = all.filter(
      ({ mutant, by, hadOccasion }) =>
        hadOccasion && by === undefined && place.test(mutant.place) && step.test(mutant.step),
    );
    return own.length === 0
      ? []
      : [
          `| ${own.length} | ${[...new Set(own.map(({ mutant }) => `\`${mutant.place}\``))].join(', ')} | ${reason} |\n`,
        ];
  });
  return `# Connectors made wrong by machine

What the deep run of \`test/contracts/every-machine-mutant.test.ts\` last found; the page is generated. Of ${all.length} mutants ${idle} had nothing to
get wrong in its worlds. Of the others the rules catch **${caught}**, which is ${(share * 100).toFixed(1)} % of those that are a fault; ${missed.length}
are missed, and ${explained} are no fault, each with the reason below. A mutant of a stored value is judged only by rules that look at Gem, not
by those that compare two lists.

## No fault

| mutants | where | why |
| ---: | --- | --- |
${why.join('')}
## By place

The rule that catches a mutant first is named.

| place | mutants | caught by | not caught |
| --- | ---: | --- | --- |
${places.join('')}`;
}
