// How the emulator treats each request on its way: what it notes, lets through, breaks and keeps.
import type { Request } from 'express';
import { withinCalendar } from '../../contracts/clock.ts';
import type { Operation } from '../../contracts/description.ts';
import {
  UnknownPath,
  type AnyAnswer,
  type Exchange,
  type MountOptions,
} from '../../contracts/server/mount.ts';
import type { RequestLog } from '../requests/request-log.ts';
import type { OnRequest } from '../requests/request.ts';
import type { World } from '../world/world.ts';
import type { Worlds } from '../worlds/worlds.ts';
import { createGateway } from './gateway.ts';
import { leaveOut } from './leave-out.ts';
import { Passage } from './passage.ts';
import { isMissing, varyAnswer } from './vary-answer.ts';
import { assumptionRefused, GatewayProblem, translateProblem } from '../problems/problems.ts';
import { readWords, readWordsOfBody } from './read-words.ts';
import { record } from './record.ts';

type Conduct = Required<
  Pick<
    MountOptions<unknown, World>,
    'admit' | 'isLenient' | 'around' | 'within' | 'mend' | 'onAnswer' | 'headers'
  >
>;

/**
 * Makes the conduct of a server: the gateway, then faults, then the handler with what it assumes, then the log.
 *
 * @param strangers remembers what came with a key that opens no world
 */
export function createConduct(options: {
  worlds: Worlds;
  applicationSecret: string;
  strangers: RequestLog;
  /** Where clients reach the server, if they are to be told another address than the one that they asked at. */
  publicUrl?: string | undefined;
  /** Is told of every request once it is answered, with the public id of its world. */
  onRequest?: OnRequest | undefined;
}): Conduct {
  const gateway = createGateway(options.worlds, options.applicationSecret);

  return {
    admit(request, operation) {
      const passage = begin(request, operation);
      const world = (passage.world = gateway.worldOf(request, operation));
      return settled(world, () => enter(passage, world));

      function enter({ trace }: Passage, admitted: World): World {
        const noted = trace.assumptions;
        noting(admitted, noted, () => gateway.check(request, operation, admitted));
        if (operation?.evidence.grade === 'assumed') noted.push(`operation ${operation.id}`);
        if (admitted.choices.assumptions === 'refuse') refuseAssumptions(noted);
        return admitted;
      }
    },

    isLenient: (world) => world.choices.checking === 'lenient',

    around(exchange, proceed) {
      const passage = passageOf(exchange.request);
      passage.body = exchange.body ?? null;
      passage.trace.letPass.push(...exchange.letPass);
      exchange.query = readWords(exchange.operation, exchange.query);
      exchange.body = readWordsOfBody(exchange.operation, exchange.body);
      const { context: world } = exchange;
      const answered = world.forms.size === 0 ? proceed : () => varied(exchange, passage, proceed);
      if (!world.faults.areWaiting) return answered();
      const meet = () =>
        world.faults.meet(passage, (instead) => {
          if (instead) exchange.query = { ...exchange.query, page: String(instead.page) };
          return answered();
        });
      return Promise.resolve(settled(world, meet));
    },

    within({ request, operation, context: world }, handle) {
      const passage = passageOf(request);
      // Since it was admitted, its body came in; meanwhile others may have begun something.
      return settled(world, () => pass(passage, world));

      function pass({ trace, isOfBefore }: Passage, { clock }: World): AnyAnswer | Promise<AnyAnswer> {
        if (isOfBefore) throw new GatewayProblem(503, 'Service Unavailable');
        const full = operation?.body && options.worlds.whyFull(world);
        if (full !== undefined) throw new GatewayProblem(413, full);
        const linked = () => world.askedAt(options.publicUrl ?? addressOf(request) ?? world.url, handle);
        const work =
          trace.clockSkew === 0 ? linked : () => clock.during(clock.now() + trace.clockSkew, linked);
        return world.choices.assumptions === 'answer'
          ? noting(world, trace.assumptions, work)
          : // What turns out to rest on an assumption must not have happened.
            world.transact(() => noting(world, trace.assumptions, work));
      }
    },

    mend(exchange, problem) {
      if (exchange.context.choices.checking !== 'lenient') return problem;
      const passage = passageOf(exchange.request);
      const leftOut = (passage.leftOut ??= new Map());
      const standing = leaveOut(exchange, problem, leftOut);
      // Of a request that is refused all the same, nothing was let pass but what the reader took.
      const left = standing === undefined ? [...leftOut].map(([name, { text }]) => `${name}: ${text}`) : [];
      passage.trace.letPass = [...exchange.letPass, ...left];
      return standing;
    },

    onAnswer(request, _operation, answer) {
      const passage = under(request);
      if (!passage) return;
      const recorded = record(passage, answer, options.strangers);
      options.onRequest?.(recorded, passage.world?.id);
    },

    headers(request): Record<string, string> {
      const passage = under(request);
      if (!passage?.world) return {};
      const { world, trace } = passage;
      return {
        // The header follows the world's clock.
        Date: new Date(withinCalendar(world.clock.now() + trace.clockSkew)).toUTCString(),
        ...(trace.assumptions.length > 0 && { 'X-Mock-Gem-Assumed': trace.assumptions.join(', ') }),
        ...(trace.varied.length > 0 && { 'X-Mock-Gem-Varied': trace.varied.join(', ') }),
        ...(trace.letPass.length > 0 && { 'X-Mock-Gem-Let-Pass': String(trace.letPass.length) }),
      };
    },
  };
}

/**
 * Does some work once nothing else is under way in a world and all has happened that was due.
 *
 * @param work where it changes or reads the world, it does so before it waits for anything
 */
function settled<Result>(world: World, work: () => Result): Result | Promise<Awaited<Result>> {
  return world.unsettled() ? waited() : work();

  async function waited(): Promise<Awaited<Result>> {
    for (let behind = world.unsettled(); behind; behind = world.unsettled()) await behind;
    return await work();
  }
}

/** Does what was asked for, in a world that varies. */
async function varied(
  { operation, context: { forms } }: Exchange<World>,
  { trace }: Passage,
  proceed: () => Promise<AnyAnswer>,
): Promise<AnyAnswer> {
  if (!operation) return proceed();
  if (isMissing(operation, forms)) {
    trace.varied.push(operation.id);
    return noSuchPath;
  }
  const { answer, varied: names } = varyAnswer(operation, await proceed(), forms);
  trace.varied.push(...names);
  return answer;
}

/** The address that a request was sent to, as behind a published port of a container; or, where it is trusted, behind a proxy. */
export function addressOf(request: Request): string | undefined {
  const { host, protocol } = request;
  const isOne =
    host !== undefined && host.length < 256 && /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i.test(host);
  return isOne && /^https?$/.test(protocol) ? `${protocol}://${host}` : undefined;
}

/** A request that carries what is known of it: in a map beside it, even a weak one, it would outlive many collections. */
interface PassingRequest extends Request {
  [passageOfRequest]?: Passage;
}

const passageOfRequest = Symbol('passage');

const noSuchPath = translateProblem(new UnknownPath(), () => {});

function begin(request: PassingRequest, operation: Operation | undefined): Passage {
  return (request[passageOfRequest] = new Passage(request, operation));
}

function under(request: PassingRequest): Passage | undefined {
  return request[passageOfRequest];
}

function passageOf(request: Request): Passage {
  const passage = under(request);
  if (!passage) throw new Error('the request was not admitted');
  return passage;
}

/**
 * Does some work and notes what its outcome rests on, be it an answer or a refusal.
 *
 * @throws GemProblem 501 when it rests on anything and the world refuses that
 */
function noting<Result>(world: World, noted: string[], work: () => Result): Result {
  const note = (name: string) => {
    const text = `switch ${name}`;
    if (!noted.includes(text)) noted.push(text);
  };
  if (world.choices.assumptions === 'answer') return world.noting(note, work);
  try {
    const result = world.noting(note, work);
    refuseAssumptions(noted);
    return result;
  } catch (error) {
    refuseAssumptions(noted);
    throw error;
  }
}

function refuseAssumptions(noted: readonly string[]): void {
  if (noted.length > 0) throw assumptionRefused(noted);
}
