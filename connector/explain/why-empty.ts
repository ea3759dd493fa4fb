import type { MappingContext } from '../models/model.ts';
import type { Lineage, Setting } from './lineage.ts';
import { pathOf, valueAt } from './places.ts';

/** Whether a value says nothing. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** Why a value that was made of a record says nothing, in one sentence. */
export function whyEmpty({ reads, settings }: Lineage, record: unknown, context: MappingContext): string {
  const unset = settings.find((setting) => context[setting] === null || context[setting] === false);
  if (unset) return missingSettings[unset];
  if (reads.length === 0) return 'The mapping leaves it empty for every record: Gem has nothing of the kind.';
  const named = reads.map(({ place }) => ({ path: pathOf(place), value: valueAt(record, place) }));
  const filled = named.filter(({ value }) => !isEmpty(value) && value !== '');
  if (filled.length === 0) {
    const [first] = named;
    const found = first && named.length === 1 ? ` (${inWords(first.value)})` : '';
    return `Gem has nothing in ${listOf(named.map(({ path }) => path))}${found}.`;
  }
  const [first] = filled;
  const value =
    first && filled.length === 1 && typeof first.value !== 'object'
      ? `, ${JSON.stringify(first.value)},`
      : '';
  return `What Gem has in ${listOf(filled.map(({ path }) => path))}${value} stands for no value.`;
}

const missingSettings: Readonly<Record<Setting, string>> = {
  jobBoardVanity: 'The word of the job board is not known: start the connector with --job-board.',
  isRemoteDataEnabled: 'Raw records are not kept: start the connector with --remote-data.',
};

function inWords(value: unknown): string {
  if (value === undefined) return 'it is missing';
  if (value === '') return 'an empty text';
  return Array.isArray(value) ? 'an empty list' : JSON.stringify(value);
}

/** Some names in a sentence; of many, the first. */
function listOf(paths: readonly string[]): string {
  const shown = paths.slice(0, 4).map((path) => `\`${path || 'the record'}\``);
  const more = paths.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
