import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

// The tests that mutation testing runs hundreds of times: those that need neither a socket nor a database.
export default defineConfig({
  test: {
    root: resolve(import.meta.dirname, '..'),
    include: ['test/connector/{models,policy}/*.test.ts'],
    exclude: [
      // The former opens a database, the latter looks at the records and not at the mapping.
      'test/connector/models/{tables,records}.test.ts',
      // These hold the mapping against the contract's rules, which would judge the mutants in place of the tests of the facts.
      'test/connector/policy/{first-office,jobs,personal-emails,posting-text,resume-attachments,sources}.property.test.ts',
    ],
    // One load of the sources serves all files.
    isolate: false,
    setupFiles: ['test/mutation/same-values.ts'],
  },
});
