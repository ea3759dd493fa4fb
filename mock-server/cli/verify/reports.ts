import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileForms, type FileForm } from '../../../contracts/harness/report/forms.ts';
import type { Report } from '../../../contracts/report.ts';
import { makeFolder } from '../../../contracts/server/make-folder.ts';
import { option, type OptionRow, type OptionsOf } from '../../../contracts/server/options.ts';

// `Object.keys` knows no more than `string`.
const formNames = Object.keys(fileForms) as FileForm[];

/** `--junit`, `--json`, `--markdown` and `--html`, each with the file to write. */
export const reportOptions = Object.fromEntries(
  formNames.map((form) => [
    form,
    option(`--${form} <file>`, `write the report as ${fileForms[form].purpose}`),
  ]),
) as { readonly [Form in FileForm]: OptionRow<string | undefined> };

export type ReportOptions = OptionsOf<typeof reportOptions>;

/**
 * Writes each requested form. Missing folders are created.
 *
 * @throws Error with one line that names the file which cannot be written
 */
export async function writeReports(report: Report, options: ReportOptions): Promise<void> {
  for (const form of formNames) {
    const file = options[form];
    if (file !== undefined) await writeReport(file, fileForms[form].write(report));
  }
}

async function writeReport(file: string, text: string): Promise<void> {
  try {
    makeFolder(dirname(file));
    await writeFile(file, text);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new Error(`the report cannot be written to ${file}${code}`, { cause: error });
  }
}
