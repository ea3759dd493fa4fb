import { expect, test } from 'vitest';
import { readPort } from '../../../contracts/server/options.ts';

test('a port that is empty is no port, and not any free one', () => {
  for (const text of ['', ' ', '-1', '65536', '1.5', 'x']) {
    expect(() => readPort(text), text).toThrow('A port is a whole number');
  }
  expect(readPort('0')).toBe(0);
});
