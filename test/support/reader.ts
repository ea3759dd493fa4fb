import { spawn, type ChildProcess } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, vi } from 'vitest';
import type { Step } from './documents.ts';

/** Types commands into a shell. A server goes on until the next command, as somebody would stop it with Ctrl-C then. */
export class Reader {
  /** How many commands were typed. */
  count = 0;
  #server: ChildProcess | undefined;
  #printed = '';

  /** What the commands before have printed. */
  get printed(): string {
    return this.#printed;
  }

  get isServing(): boolean {
    return this.#server !== undefined;
  }

  /** Runs commands until they end, or a server among them is ready. */
  async run(commands: string, cwd: string): Promise<void> {
    if (commands.startsWith('npx mock-gem logs')) return this.#follow(commands, cwd);
    // It asks a connector that runs.
    if (commands.startsWith('npx mock-gem explain')) await this.run('npx mock-gem dev', cwd);
    else await this.stop();
    this.count += 1;
    process.stdout.write(`$ ${commands.trim().replaceAll('\n', '\n  ')}\n`);
    const child = spawn('sh', ['-ec', commands], {
      cwd,
      detached: true,
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#printed = '';
    const isReady = new Promise<'ready'>((settle) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          this.#printed += text;
          if (/Ctrl-C stops|The connector listens on/.test(this.#printed) && !commands.includes('&\n'))
            settle('ready');
        });
      }
    });
    const code = await Promise.race([isReady, ended(child)]);
    if (code === 'ready') this.#server = child;
    else {
      kill(child, 'SIGKILL');
      expect(code, `${commands}\n${this.#printed}`).toBe(0);
    }
  }

  /** Reads in another terminal what a server is asked, until there was something, and stops with Ctrl-C. */
  async #follow(command: string, cwd: string): Promise<void> {
    if (!this.#server) await this.run('npx mock-gem serve', cwd);
    this.count += 1;
    process.stdout.write(`$ ${command}\n`);
    const child = spawn('sh', ['-ec', command], { cwd, detached: true, env: environment() });
    const end = ended(child);
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
    }
    // A refusal is what some follow alone.
    await vi.waitFor(
      async () => {
        await fetch('http://127.0.0.1:4010/ats/v0/jobs/?page=none', { headers: { 'X-API-Key': defaultKey } });
        expect(printed).toContain(' 422 ');
      },
      { timeout: 60_000, interval: 200 },
    );
    kill(child, 'SIGINT');
    await end;
  }

  /** Runs a command in another terminal, while the server goes on. */
  async runBeside(command: string, cwd: string): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    await this.run(`${command} --fail`, cwd);
    this.#server = server;
  }

  /** Whether the commands before printed these lines, whatever the numbers in them are. */
  compare(lines: readonly string[]): void {
    const printed = inForm(this.#printed);
    for (const line of lines) {
      if (line.trim() !== '…') expect(printed).toContain(inForm(line));
    }
  }

  async call({ method, path, body }: Extract<Step, { is: 'call' }>): Promise<void> {
    const response = await fetch(`http://127.0.0.1:4010${path}`, {
      method,
      ...(body !== undefined && { body, headers: { 'Content-Type': 'application/json' } }),
    });
    expect(response.status, `${method} ${path} ${await response.text()}`).toBeLessThan(300);
  }

  /** Ctrl-C: the server says good-bye with 0. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const end = ended(server);
    kill(server, 'SIGINT');
    await end;
    kill(server, 'SIGKILL');
  }
}

const defaultKey = 'MockGemDefaultWorldMockGemDefaultWorld01';

/** As somebody has it who is in no project; packages that were fetched before are not fetched again. */
function environment(): NodeJS.ProcessEnv {
  const own = /^(VITEST|NODE_ENV|NODE_OPTIONS|GEM_|CONNECTOR_|MOCK_GEM_|DATABASE_URL|npm_|DEEP)/;
  const kept = Object.entries(process.env).filter(([name]) => !own.test(name));
  const path = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'));
  return {
    ...Object.fromEntries(kept),
    PATH: [dirname(process.execPath), ...path].join(delimiter),
    npm_config_prefer_offline: 'true',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
  };
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((settle) => child.once('exit', (code) => settle(code)));
}

/** What a terminal does: it tells all that the command has started. */
function kill({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // They have all ended already.
  }
}

function inForm(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll(/\d+/g, '0')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/gem:\w+/g, 'gem:id')
    .trim();
}
