// What the tests of a file share is ended with the file. Files run one after another in one process, and modules stay
// loaded, so a module cannot say `afterAll` for every file that imports it.

const endings: (() => Promise<void>)[] = [];

/** Does something once the last test of the file that runs has ended. */
export function atEndOfFile(end: () => Promise<void>): void {
  endings.push(end);
}

/** Ends all that the file began, the last first. */
export async function endFile(): Promise<void> {
  for (const end of endings.splice(0).toReversed()) await end();
}
