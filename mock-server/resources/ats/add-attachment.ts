import type { GemSchemas } from '../../../contracts/gem.ts';
import type { Serialised } from '../../../contracts/server/serialised.ts';
import type { RecordTypes } from '../../../seeds/index.ts';
import { recordActivity, recordCandidateActivity } from '../../records/activity.ts';
import { readAttachment, storeAttachment } from '../../attachments/attachments.ts';
import { invalidField } from '../../problems/problems.ts';
import type { World } from '../../world/world.ts';
import { serialise, type GemHandler } from '../resource.ts';
import { living, referenced } from '../references.ts';
import { presentFile } from './candidates.ts';

/** Attaches a file that stands in the body, or behind a link, to a candidate (gem-ats-api §5.5, §14 #5). */
export const addCandidateAttachment: GemHandler<'addCandidateAttachment'> = ({ path, body }, world) => {
  const candidate = living(world, 'candidates', path.candidate_id);
  const now = world.now();
  const answer = store(world, candidate.id, body, now);
  recordCandidateActivity(world, candidate.id, now);
  return answer;
};

/** Attaches a file to an application. Gem keeps it with the candidate, as every file. */
export const addApplicationAttachment: GemHandler<'addApplicationAttachment'> = ({ path, body }, world) => {
  const application = living(world, 'applications', path.application_id);
  const now = world.now();
  const answer = store(world, application.candidate_id, body, now);
  recordActivity(world, application.id, now);
  return answer;
};

function store(
  world: World,
  candidate_id: string,
  body: GemSchemas['AddAttachmentBody'],
  created_at: string,
): { status: 201; body: Serialised<GemSchemas['StoredFile']> } {
  const user = referenced(world, 'users', body.user_id, 'user_id');
  const file = readAttachment(world, { ...body, content: contentOf(world, body) }, []);
  const attachment = storeAttachment(world, file, { candidate_id, user_id: user.id, created_at });
  return { status: 201, body: serialise(presentFile(world, attachment)) };
}

/**
 * The file in base64. Nothing is fetched from a network: a link is read when the file stands in it, or when it leads to an
 * attachment of this very world, as when a client copies a file from one candidate to another (gem-ats-api §5.5).
 */
function contentOf(world: World, { content, url }: GemSchemas['AddAttachmentBody']): string {
  if (content !== undefined && url !== undefined) {
    throw invalidField(['url'], 'Only one of content and url can be given.');
  }
  if (content !== undefined) return content;
  if (url === undefined) throw invalidField(['content'], 'Missing data for required field.');
  if (world.switches.attachment_url === 'refuse') throw invalidField(['url'], 'Unknown field.');
  const inside = /^data:[^,]*;base64,(.*)$/s.exec(url)?.[1];
  const linked = inside ?? linkedAttachment(world, url)?.content;
  if (linked === undefined) {
    throw invalidField(['url'], 'The emulator reads only data: links and links to its own attachments.');
  }
  return linked;
}

/** The attachment that a link leads to, as long as the link still works. */
function linkedAttachment(world: World, url: string): RecordTypes['attachments'] | undefined {
  if (!URL.canParse(url)) return undefined;
  // The name of the server does not count: the signature is the world's own.
  const { pathname, searchParams: query } = new URL(url);
  const [, rest] = pathname.split(`/attachments/${world.id}/`);
  const id = rest?.split('/')[0] ?? '';
  const expires = query.get('expires') ?? '';
  const isSigned = query.get('signature') === world.links.sign(id, expires);
  const isOver = Number(expires) * 1000 < world.clock.now();
  const attachment = isSigned && !isOver ? world.store.get('attachments', id) : undefined;
  return attachment?.deleted_at === null ? attachment : undefined;
}
