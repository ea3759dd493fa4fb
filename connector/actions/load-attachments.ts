import type { UnifiedSchemas } from '../../contracts/unified.ts';
import { invalidInput } from '../errors.ts';
import type { LoadedAttachment } from '../policy/resume-attachments.ts';
import { toWebAddress } from '../policy/web-address.ts';
import { CallFailed } from '../outbound/call-public.ts';
import { download, type DownloadLimits } from '../outbound/download.ts';

/**
 * Decodes or downloads the files of a create call, before anything is written to Gem (kombo-unified-api §3.1).
 *
 * @returns the files in the order in which they were given
 * @throws UnifiedProblem naming the first attachment that cannot be used, and what to do about it
 */
export async function loadAttachments(
  attachments: readonly UnifiedSchemas['AttachmentInput'][],
  limits: DownloadLimits,
): Promise<LoadedAttachment[]> {
  const load = attachments.map((attachment, index) => plan(attachment, `body attachments[${index}]`, limits));
  const loaded: LoadedAttachment[] = [];
  let total = 0;
  for (const read of load) {
    const attachment = await read();
    total += attachment.content.length;
    if (total > filesAtMost * limits.bytes) {
      const most = (filesAtMost * limits.bytes) / 1_000_000;
      throw invalidInput(`body attachments must hold at most ${most} MB together.`);
    }
    loaded.push(attachment);
  }
  return loaded;
}

/** All of them are in memory until Gem has them: as many of the largest size. */
const filesAtMost = 5;

/**
 * Decodes or downloads one file that a body holds.
 *
 * @param field how the caller knows it, for the message
 * @throws UnifiedProblem naming the field, and what to do about it
 */
export async function readFile(
  file: Omit<UnifiedSchemas['AttachmentInput'], 'type'>,
  field: string,
  limits: DownloadLimits,
): Promise<{ content: Uint8Array; contentType: string }> {
  const { content, content_type } = await plan({ ...file, type: 'OTHER' }, field, limits)();
  return { content, contentType: content_type };
}

/** Refuses at once what can be refused without a download, so that nothing is fetched in vain. */
function plan(
  { name, type, content_type: contentType, data, data_url: dataUrl }: UnifiedSchemas['AttachmentInput'],
  field: string,
  limits: DownloadLimits,
): () => Promise<LoadedAttachment> {
  if ((data === undefined) === (dataUrl === undefined)) {
    throw invalidInput(`${field} needs exactly one of data and data_url.`);
  }
  if (data !== undefined) {
    if (contentType === undefined) throw invalidInput(`${field}.content_type is missing; data needs it.`);
    const content = decode(data, `${field}.data`, limits.bytes);
    return async () => ({ name, type, content_type: contentType, content });
  }
  const url = toWebAddress(dataUrl ?? '');
  if (url === undefined) throw invalidInput(`${field}.data_url must be an http or https address.`);
  return async () => {
    const file = await fetchFile(url, `${field}.data_url`, limits);
    return {
      name,
      type,
      content_type: contentType ?? file.contentType ?? 'application/octet-stream',
      content: file.content,
    };
  };
}

function decode(data: string, field: string, limit: number): Uint8Array {
  const text = data.replaceAll(/\s/g, '');
  if (text === '' || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) {
    throw invalidInput(`${field} must be the file's content in base64.`);
  }
  const content = Buffer.from(text, 'base64');
  if (content.length > limit) throw invalidInput(`${field} must hold at most ${limit / 1_000_000} MB.`);
  return content;
}

async function fetchFile(url: string, field: string, limits: DownloadLimits) {
  try {
    return await download(url, limits);
  } catch (error) {
    if (error instanceof CallFailed) {
      throw invalidInput(`${field} could not be fetched: ${error.message}.`, error);
    }
    throw error;
  }
}
