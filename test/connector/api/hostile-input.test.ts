import { describe, expect } from 'vitest';
import { test } from '@fast-check/vitest';
import { unifiedDescription } from '../../../contracts/unified.ts';
import { createValidator } from '../../../contracts/validator.ts';
import { nastyRequest } from '../../support/arbitraries/nasty.ts';
import { useBoth } from '../../support/both.ts';

const both = useBoth();
const validator = createValidator(unifiedDescription, { unknownFields: 'refuse' });

describe('the unified API', () => {
  test.prop([nastyRequest([...unifiedDescription.operations.values()])], { numRuns: 300 })(
    'answers whatever it is sent as its description says, never with an error of its own',
    async ({ operation, path, method, body: sent }) => {
      const { status, body } = await both.unified(path, {
        method,
        ...(sent !== undefined && { body: sent }),
      });
      expect(status, JSON.stringify(body)).toBeLessThan(500);
      expect(validator.answer(operation, status, body)).toEqual([]);
    },
  );
});
