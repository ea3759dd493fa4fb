import { environment, option } from '../../contracts/server/options.ts';
import { ControlRefused } from '../control/client.ts';
import { readUrl } from './arguments.ts';

/** The options of commands that ask an emulator which runs. */
export const emulatorOptions = {
  url: option('--url <url>', 'where the emulator is', { read: readUrl, default: 'http://127.0.0.1:4010' }),
  controlToken: environment('GEM_CONTROL_TOKEN', "the emulator's control token, where it has one"),
};

/**
 * Why an emulator did not do what a command asked of it, in one line.
 *
 * @param advice what to do where it has no such world
 * @param option the option that says where it is
 */
export function whyRefused(
  error: unknown,
  url: string,
  world: string | undefined,
  advice: string,
  option = '--url',
): string {
  if (!(error instanceof ControlRefused))
    return `nothing answers at ${url}; start the emulator with mock-gem serve, or say with ${option} where it is`;
  if (error.status === 401 || error.status === 403)
    return `the emulator at ${url} refuses its control API; set GEM_CONTROL_TOKEN to its token`;
  if (error.status === 404 && world !== undefined)
    return `the emulator at ${url} has no world "${world}"; ${advice}`;
  return `there is no control API at ${url}; is that the emulator, started without --no-control?`;
}
