import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import { fileForms, type FileForm } from '../../../contracts/harness/report/forms.ts';
import type { Report } from '../../../contracts/harness/report/report.ts';
import { makeFolder } from '../../../contracts/server/make-folder.ts';

/** The files to write, by form. */
export type ReportOptions = { readonly [Form in FileForm]?: string };

/** Adds `--junit`, `--json`, `--markdown` and `--html`, each with the file to write. */
export function addReportOptions(command: Command): Command {
  command.optionsGroup('Reports:');
  for (const form of formNames)
    command.option(`--${form} <file>`, `write the report as ${fileForms[form].purpose}`);
  return command;
}

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

// `Object.keys` knows no more than `string`.
const formNames = Object.keys(fileForms) as FileForm[];
