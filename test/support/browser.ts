// A real browser for tests: Debian's chromium, which is installed when it is missing and can be.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Where Debian keeps it. Another one is named by CHROMIUM_PATH. */
const usual = '/usr/bin/chromium';

/** Whether this machine is Debian, where a missing browser can be installed; elsewhere a test may do without. */
export function isDebian(): boolean {
  return existsSync('/etc/debian_version');
}

/** Whether a browser test may be left out: only on a developer's machine that has none and is no Debian. */
export function mayDoWithoutBrowser(): boolean {
  return findBrowser() === undefined && !isDebian() && !process.env['CI'];
}

/**
 * Starts the browser.
 *
 * @param more switches that only some tests need
 *
 * @throws Error that says what to do when there is none and none can be installed
 */
export function startBrowser(more: readonly string[] = []): Promise<Browser> {
  const executablePath = findBrowser() ?? installBrowser();
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
      ...more,
    ],
  });
}

function findBrowser(): string | undefined {
  return [process.env['CHROMIUM_PATH'], usual].find((path) => path !== undefined && existsSync(path));
}

function installBrowser(): string {
  if (!isDebian()) throw new Error('the browser tests need chromium: install it and set CHROMIUM_PATH');
  if (process.getuid?.() !== 0)
    throw new Error('the browser tests need chromium: sudo apt-get install chromium');
  const options = { stdio: 'pipe', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  execFileSync('apt-get', ['update', '-qq'], options);
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options);
  return usual;
}
