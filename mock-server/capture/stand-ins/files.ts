import { crc32 } from 'node:zlib';
import { onePagePdf } from '../../../seeds/index.ts';

/** A small file that stands for one of somebody's: of the same kind, which the ending of its name tells. */
export function fileStandIn(filename: string): { content_type: string; content: Buffer } {
  const ending = /\.(\w+)$/.exec(filename)?.[1]?.toLowerCase() ?? '';
  const make = kinds[ending] ?? kinds['pdf'];
  return make ? make() : { content_type: 'application/octet-stream', content: Buffer.alloc(0) };
}

/** Whether a text is the base64 of such a file: ours to the last byte, so that nothing of an account is in it. */
export function isFileStandIn(text: string): boolean {
  return standIns.has(text);
}

/** What a file says of itself. */
const words = 'Stands for a file of the account that this world was made of.';

const kinds: Readonly<Record<string, () => { content_type: string; content: Buffer }>> = {
  pdf: () => ({ content_type: 'application/pdf', content: onePagePdf(words) }),
  docx: () => ({
    content_type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    content: zip(wordDocument),
  }),
  // Word opens RTF under this name too, and a real one cannot be made in a few lines.
  doc: () => ({ content_type: 'application/msword', content: Buffer.from(`{\\rtf1\\ansi ${words}}`) }),
  rtf: () => ({ content_type: 'application/rtf', content: Buffer.from(`{\\rtf1\\ansi ${words}}`) }),
  txt: () => ({ content_type: 'text/plain', content: Buffer.from(`${words}\n`) }),
  html: () => ({ content_type: 'text/html', content: Buffer.from(`<!doctype html><p>${words}</p>\n`) }),
  // One transparent dot.
  png: () => ({
    content_type: 'image/png',
    content: Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
      'base64',
    ),
  }),
  gif: () => ({
    content_type: 'image/gif',
    content: Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64'),
  }),
};

const relationship = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument';
const wordDocument: Readonly<Record<string, string>> = {
  '[Content_Types].xml':
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
  '_rels/.rels':
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
    `<Relationship Id="r1" Type="${relationship}" Target="word/document.xml"/></Relationships>`,
  'word/document.xml':
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">' +
    `<w:body><w:p><w:r><w:t>${words}</w:t></w:r></w:p></w:body></w:document>`,
};

/** An archive of a few texts, stored as they are. */
function zip(files: Readonly<Record<string, string>>): Buffer {
  const [bodies, entries]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    // The first day that the format knows, at midnight: the same file always.
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const body = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), content]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    entries.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), common, place, Buffer.from(name)]),
    );
    bodies.push(body);
    offset += body.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, directory, Buffer.from('PK\u0005\u0006'), end]);
}

const standIns: ReadonlySet<string> = new Set(
  Object.values(kinds).map((make) => make().content.toString('base64')),
);
