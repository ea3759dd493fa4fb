import { toInstant } from '../../../contracts/clock.ts';
import type { Handlers } from '../../../contracts/server/mount.ts';
import type { UnifiedOperations } from '../../../contracts/unified.ts';
import type { Services } from '../../actions/services.ts';
import { changeState, type StateChange } from '../../webhooks/emit.ts';
import type { Caller } from '../admission.ts';
import {
  showCustomFields,
  updateCustomField,
  showIntegrationFields,
  updateIntegrationField,
} from './fields.ts';
import { triggerSync, listIntegrationSyncs, listSchemaDrift } from './syncs.ts';
import { listIssues } from '../../store/queries/issues.ts';
import { issueItem } from '../../webhooks/events.ts';
import { dropRejected } from '../../store/queries/rejected.ts';
import { showRejected, showRejectedShape, tryAllRejectedAgain, tryRejectedAgain } from './rejected.ts';
import { ownIntegration, showIntegration, showIntegrations, listTools } from './integration-details.ts';
import { setOptOuts, setScopeConfig, showScopeConfig } from './scope-config.ts';
import {
  createConnectionLink,
  createReconnectionLink,
  createSetupLink,
  findIntegrationByToken,
} from './links.ts';

/** One handler for each general operation that is about integrations and tools (kombo-unified-api §4.6). */
export function generalHandlers(services: Services) {
  const { database, clock } = services;
  const own = ({ environmentId }: Caller, path: { integration_id: string }) =>
    ownIntegration(services, environmentId, path.integration_id);

  const change = (id: string, to: StateChange) =>
    database
      .transaction()
      .execute((transaction) => changeState(transaction, id, { change: to, at: toInstant(clock.now()) }));

  return {
    getIntegrations: async (_, { environmentId }) => ok(await showIntegrations(services, environmentId)),
    getIntegration: async ({ path }, caller) => ok(await showIntegration(services, await own(caller, path))),
    deleteIntegration: async ({ path }, caller) => {
      const { id } = await own(caller, path);
      await change(id, 'deleted');
      return ok(nothing);
    },
    setIntegrationEnabled: async ({ path, body: { value } }, caller) => {
      const { id } = await own(caller, path);
      await change(id, value ? 'switched-on' : 'switched-off');
      return ok(nothing);
    },
    getScopeConfig: async (_, { environmentId }) => ok(await showScopeConfig(services, environmentId)),
    setScopeConfig: async ({ body }, { environmentId }) =>
      ok(await setScopeConfig(services, environmentId, body)),
    setOptOuts: async ({ path, body }, caller) => {
      await setOptOuts(services, await own(caller, path), body);
      return ok(await showIntegration(services, await own(caller, path)));
    },
    createReconnectionLink: async ({ path, body }, caller) =>
      ok(await createReconnectionLink(services, caller.publicUrl, await own(caller, path), body)),
    createSetupLink: async ({ path, body }, caller) =>
      ok(await createSetupLink(services, caller.publicUrl, await own(caller, path), body)),
    getIntegrationFields: async ({ path, query }, caller) =>
      ok(await showIntegrationFields(services, await own(caller, path), query)),
    updateIntegrationField: async ({ path, body }, caller) =>
      ok(await updateIntegrationField(services, await own(caller, path), path.integration_field_id, body)),
    getCustomFields: async ({ path, query }, caller) =>
      ok(await showCustomFields(services, await own(caller, path), query)),
    updateCustomFieldMapping: async ({ path, body }, caller) =>
      ok(await updateCustomField(services, await own(caller, path), path.custom_field_id, body)),
    getTools: ({ path }, { publicUrl }) => ok(listTools(path.category, publicUrl)),
    createConnectionLink: async ({ body }, caller) => ok(await createConnectionLink(services, caller, body)),
    getIntegrationByToken: async ({ path }, { environmentId }) =>
      ok(await findIntegrationByToken(services, environmentId, path.token)),
    getIntegrationSyncs: async ({ path }, caller) =>
      ok(await listIntegrationSyncs(services, await own(caller, path))),
    getIntegrationIssues: async ({ path }, caller) => {
      const { id: integrationId } = await own(caller, path);
      const issues = await listIssues(database, { integrationId, limit: 100 });
      return ok({ status: 'success' as const, data: { results: issues.map(issueItem) } });
    },
    getRejectedRecords: async ({ path }, caller) => ok(await showRejected(services, await own(caller, path))),
    tryRejectedRecordAgain: async ({ path, body }, caller) =>
      ok(await tryRejectedAgain(services, await own(caller, path), body)),
    getRejectedRecordShape: async ({ path, query }, caller) =>
      ok(await showRejectedShape(services, await own(caller, path), query)),
    tryRejectedRecordsAgain: async ({ path }, caller) =>
      ok(await tryAllRejectedAgain(services, await own(caller, path))),
    getSchemaDrift: async ({ path, query }, caller) =>
      ok(await listSchemaDrift(services, await own(caller, path), query)),
    dropRejectedRecord: async ({ path, body }, caller) => {
      const { id: integrationId } = await own(caller, path);
      await dropRejected(database, { integrationId, listing: body.listing, remoteId: body.remote_id });
      return ok(nothing);
    },
    triggerSync: async ({ body }, caller) => ok(await triggerSync(services, caller.integration(), body)),
  } satisfies Partial<Handlers<UnifiedOperations, Caller>>;
}

const nothing = { status: 'success' as const, data: {} };

function ok<Body>(body: Body): { status: 200; body: Body } {
  return { status: 200, body };
}
