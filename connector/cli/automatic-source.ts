import type { ConnectOptions } from '../server.ts';
import type { Options } from './options.ts';

/** The source that created applications are to get; nothing where nothing is said, so that it stays as it was. */
export function automaticSourceOf({
  automaticSource: name,
  automaticSourceId: id,
}: Pick<Options, 'automaticSource' | 'automaticSourceId'>): Pick<ConnectOptions, 'automaticSource'> {
  if (id !== undefined) return { automaticSource: { id } };
  if (name === undefined) return {};
  return { automaticSource: name === false ? false : { name } };
}
