import { Router, type ErrorRequestHandler, type RequestHandler } from 'express';
import { controlDescription, type ControlOperations } from '../../contracts/control.ts';
import { readBodies, validateRequests } from '../../contracts/server/layers.ts';
import { mount } from '../../contracts/server/mount.ts';
import { sendAnswer } from '../../contracts/server/send-answer.ts';
import { serveDocument, servePage } from '../../contracts/page/index.ts';
import { controlSample, pages } from '../pages/samples.ts';
import { createAdmission } from './admission.ts';
import { controlPrefix, endsWhatIsUnderWay, settle, type ControlContext } from './context.ts';
import { controlHandlers } from './handlers/index.ts';
import { translateControlProblem } from './problems.ts';
import { apartReader } from './read-apart.ts';
import { sendInSlices } from './send-in-slices.ts';

export interface ControlOptions {
  context: ControlContext;
  /** What a caller has to know; without it, only this machine may call. */
  token: string | undefined;
  /** Where clients reach the server. Default: where they asked. */
  publicUrl?: string | undefined;
  /** Origins whose pages may call. */
  origins: readonly string[];
  checkAnswers: boolean;
  /** Is told of every error that is a defect of the emulator and no refusal. */
  report: (defect: unknown) => void;
}

/** Bytes that a body may have: a world with some hundred thousand people. */
const bodyLimit = 256 * 1024 * 1024;

/** The control API with its description for people and tools. Paths without its prefix go on to the next handler. */
export function createControlRouter({
  context,
  token,
  publicUrl,
  origins,
  checkAnswers,
  report,
}: ControlOptions): RequestHandler {
  const admit = createAdmission(token, origins);
  const router = Router({ caseSensitive: true });
  router.get(
    `${controlPrefix}/docs`,
    servePage(controlDescription, controlSample({ worlds: context.worlds, publicUrl }, token !== undefined), [
      ...pages.gem,
      ...pages.control,
    ]),
  );
  router.get(`${controlPrefix}/openapi.json`, serveDocument(controlDescription));
  router.use(
    mount<ControlOperations, ControlContext, ControlContext>({
      description: controlDescription,
      handlers: controlHandlers,
      subject: () => context,
      layers: [
        (exchange, next) => {
          exchange.headers = {
            // What it tells is old a moment later.
            'Cache-Control': 'no-store',
            // No page of another origin takes it in, as whatever it may be.
            'Cross-Origin-Resource-Policy': 'same-origin',
            'X-Content-Type-Options': 'nosniff',
          };
          admit(exchange.request);
          return next();
        },
        readBodies({ limit: bodyLimit, reader: (operation) => apartReader(operation, bodyLimit) }),
        validateRequests(controlDescription),
        ({ operation, request }, next) =>
          endsWhatIsUnderWay(operation?.id) ? next() : settle(context, request.params['world'], next),
      ],
      translate: (error) => translateControlProblem(error, report),
      send: sendInSlices,
      checkAnswers,
    }),
  );
  // What the router itself cannot read, such as a path with a broken escape.
  const refuseUnreadable: ErrorRequestHandler = (error, _request, response, _next) => {
    sendAnswer(response, translateControlProblem(error, report));
  };
  router.use(refuseUnreadable);
  // Asked before the router, which leaves a request only by way of `setImmediate`: a test may have replaced that.
  return (request, response, next) => {
    if (`${request.path}/`.startsWith(`${controlPrefix}/`)) router(request, response, next);
    else next();
  };
}
