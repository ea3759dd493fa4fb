// Runs before every file of tests.
import { fc } from '@fast-check/vitest';
import { afterAll } from 'vitest';
import { endFile } from './end-of-file.ts';

// What is pushed passes or fails by what is in it, not by chance. The deep run tries its luck with seeds of its own.
fc.configureGlobal({ seed: Number(process.env['DEEP_SEED'] ?? 20_261_123) });

afterAll(endFile);
