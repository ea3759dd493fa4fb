import { writeFileSync } from 'node:fs';

/**
 * Writes a scenario to a file that is not there yet.
 *
 * @returns what can be done with it, for people
 * @throws Error in one line; a file that is there is left as it is
 */
export function writeScenarioFile(file: string, text: string): string {
  if (!/\.ya?ml$/.test(file)) throw new Error(`a scenario is a .yaml file; "${file}" is not`);
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new Error(
      isThere ? `${file} is there already; it was left as it is` : `${file} cannot be written`,
      { cause: error },
    );
  }
  const shown = /[\\/]/.test(file) ? file : `./${file}`;
  return `Wrote ${file}.

  mock-gem scenario check ${file}
  mock-gem scenario show ${file}
  mock-gem serve --scenario ${shown}
`;
}
