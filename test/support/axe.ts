import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const source = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/**
 * Holds a page against axe and looks whether anything is wider than the screen: on a desk and in a hand, by day and by
 * night.
 */
export async function expectAccessible(
  page: Page,
  looks: readonly (readonly [width: number, ...schemes: ('dark' | 'light')[]])[] = everyLook,
): Promise<void> {
  const before = page.viewportSize();
  await page.evaluate(source);
  for (const [width, ...schemes] of looks) {
    await page.setViewportSize({ width, height: 900 });
    expect(
      await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'),
      `${width} px`,
    ).toBe(0);
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      const found = await page.evaluate<Violation[]>(`axe.run({ resultTypes: ['violations'] }).then((all) =>
        all.violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map(({ html }) => html) })))`);
      expect(found, `${width} px, ${colorScheme}`).toEqual([]);
    }
  }
  if (before) await page.setViewportSize(before);
}

const everyLook = [
  [1280, 'dark', 'light'],
  [390, 'dark', 'light'],
] as const;

interface Violation {
  id: string;
  help: string;
  at: string[];
}
