// Every call that the console makes goes through here: each can be shown as curl.
import { signal } from '@preact/signals';
import { fillPath } from '../../../contracts/calls.ts';

/** A call as it was made, to be shown to people. */
export interface ShownCall {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body: unknown;
}

/** The server refused what was asked for. */
export class Refused extends Error {
  override name = 'Refused';
  readonly status: number;
  readonly problems: readonly Problem[];

  constructor(status: number, message: string, problems: readonly Problem[] = []) {
    super(message);
    this.status = status;
    this.problems = problems;
  }
}

/** What does not fit, and where in the request. */
export interface Problem {
  path: string;
  message: string;
}

/** How the server is: it answers, is gone, or wants its token. */
export const server = signal<'well' | 'gone' | 'locked' | 'closed'>('well');

/** Why it is closed to this browser, in the server's words. */
export const closedBecause = signal('');

/** The last calls, newest first; the same call again takes the place of the earlier one. */
export const calls = signal<readonly ShownCall[]>([]);

const tokenName = 'mock-gem-control-token';

/** The control token, as it was given to this browser. */
export function giveToken(token: string): void {
  localStorage.setItem(tokenName, token);
  server.value = 'well';
}

/** What a call is made with. */
export interface CallParts {
  path?: Readonly<Record<string, string>> | undefined;
  query?: Readonly<Record<string, unknown>> | undefined;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
}

/**
 * Makes a call and gives its JSON; undefined where it has none.
 *
 * @throws Refused
 */
export async function call(
  method: string,
  template: string,
  { path, query, body, headers, signal: abort }: CallParts,
): Promise<unknown> {
  const url = fillPath(template, path) + searchOf(query);
  const sent = body === undefined ? { ...headers } : { 'Content-Type': 'application/json', ...headers };
  note({ method, url, headers: sent, body });
  const response = await send(url, {
    method,
    headers: sent,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(abort && { signal: abort }),
  });
  const text = await response.text();
  const answer = text === '' ? undefined : readJson(text);
  if (response.ok) return answer;
  throw toRefused(response.status, answer);
}

/** Sends with the token, and notes how the server is. */
export async function send(url: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  const token = localStorage.getItem(tokenName);
  if (token !== null) headers.set('Authorization', `Bearer ${token}`);
  let response;
  try {
    response = await fetch(url, { ...init, headers });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    server.value = 'gone';
    throw new Refused(0, 'The server does not answer.');
  }
  if (url.startsWith('/_control') && response.status === 401) server.value = 'locked';
  else if (server.value === 'gone') server.value = 'well';
  return response;
}

function toRefused(status: number, answer: unknown): Refused {
  const { message, problems, error } = isObject(answer) ? answer : {};
  const inner = isObject(error) ? error['message'] : undefined;
  const said = [message, inner].find((one) => typeof one === 'string');
  const list = Array.isArray(problems) ? (problems as Problem[]) : [];
  const text = said ?? `It was refused with ${status}.`;
  if (status === 403 && /Without a control token/.test(text)) {
    closedBecause.value = text;
    server.value = 'closed';
  }
  return new Refused(status, text, list);
}

function note(made: ShownCall): void {
  const isSame = (one: ShownCall) =>
    one.method === made.method && one.url === made.url && made.method === 'GET';
  calls.value = [made, ...calls.peek().filter((one) => !isSame(one))].slice(0, 40);
}

function searchOf(query: Readonly<Record<string, unknown>> = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return search === '' ? '' : `?${search}`;
}

/** JSON where it is JSON, and the text everywhere else. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Whether something has members by name. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A call as a line for a terminal. */
export function curlOf({ method, url, headers, body }: ShownCall): string {
  const all = Object.entries(headers);
  if (url.startsWith('/_') && localStorage.getItem(tokenName) !== null)
    all.push(['Authorization', 'Bearer $GEM_CONTROL_TOKEN']);
  const parts = [
    'curl',
    method === 'GET' ? '' : `-X ${method}`,
    inShell(new URL(url, location.origin).href),
    ...all.map(([name, value]) => `-H "${`${name}: ${value}`.replaceAll(/[\\"`]/g, '\\$&')}"`),
    body === undefined ? '' : `-d ${inShell(typeof body === 'string' ? body : JSON.stringify(body))}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function inShell(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
