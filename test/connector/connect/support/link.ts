import { expect } from 'vitest';
import type { Both } from '../../../support/both.ts';

/** Asks the unified API for a link, and gives its address. */
export async function askForLink(
  { unified }: Pick<Both, 'unified'>,
  path: string,
  body: Record<string, unknown>,
): Promise<string> {
  const answer = await unified(path, { method: 'POST', body: JSON.stringify(body) });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return (answer.body as { data: { link: string } }).data.link;
}

/** What a link for a new connection is made with. */
export const newConnection = {
  end_user_email: 'grace@example.com',
  end_user_organization_name: 'Halden <Robotics>',
  end_user_origin_id: 'customer-7',
  integration_category: 'ATS',
};

/** A page as it was answered. */
export interface ShownPage {
  status: number;
  text: string;
  headers: Headers;
  /** The values of its inputs, by name. */
  inputs: Record<string, string>;
}

/** Opens a page. */
export async function open(url: string): Promise<ShownPage> {
  return read(await fetch(url));
}

/** Sends a form to a step of a link's page, as its own page does, and follows to the page that comes of it. */
export async function submit(
  link: string,
  step: 'key' | 'back' | 'finish',
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<ShownPage> {
  const { inputs } = await open(link);
  const body = new URLSearchParams({ form_token: inputs['form_token'] ?? '', ...fields });
  return read(await fetch(`${link}/${step}`, { method: 'POST', body, headers }));
}

async function read(response: Response): Promise<ShownPage> {
  const text = await response.text();
  const inputs = [...text.matchAll(/<input\b[^>]*>/g)].map(([tag]) => [
    /\bname="([^"]*)"/.exec(tag)?.[1] ?? '',
    /\bvalue="([^"]*)"/.exec(tag)?.[1] ?? '',
  ]);
  return { status: response.status, text, headers: response.headers, inputs: Object.fromEntries(inputs) };
}
