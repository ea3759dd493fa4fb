import type { Answer } from './caller.ts';
import type { List } from './lists.ts';
import type { Notes } from './outcome.ts';
import { isNode, type DocumentNode } from './document.ts';
import { shape, type Showable } from './shown.ts';

/** What `X-Pagination` says; undefined where it is missing or no JSON object. */
export function pageHeader({ headers }: Answer): DocumentNode | undefined {
  try {
    const read: unknown = JSON.parse(headers.get('x-pagination') ?? '');
    return isNode(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

/** Notes whether a list says where its second page of one record stands (gem-ats-api §1.5). */
export async function expectPageHeader(
  { expect }: Notes,
  { operation, size, ask, rows }: List,
): Promise<void> {
  if (rows.length < 3) return;
  const header = pageHeader(await ask({ page: 2, [size.name]: 1 }));
  if (!expect(operation.id, 'X-Pagination', true, header !== undefined) || !header) return;
  const total = Number(header['total']);
  expect(operation.id, 'total is at least what was seen', true, total >= rows.length);
  const wanted = {
    total_pages: total,
    first_page: 1,
    last_page: total,
    page: 2,
    previous_page: 1,
    next_page: 3,
  };
  for (const [name, expected] of Object.entries(wanted))
    expect(operation.id, name, expected, number(header[name]));
}

function number(value: unknown): Showable {
  return typeof value === 'number' ? value : shape(value);
}
