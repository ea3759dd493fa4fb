import { KomboAtsError, KomboHrisError } from '@kombo-api/sdk/models/errors';
import { expect } from 'vitest';
import type { Row, Fixture } from './method.ts';

const application_id = 'application';
const candidate_id = 'candidate';
const attachment = { name: 'cv.pdf', type: 'CV' as const, data_url: 'https://example.com/cv.pdf' };

/** What other tools have and Gem has not (kombo-unified-api §2.1, §3.6). */
export const unsupported = {
  getTags: noModel(({ ats }) => ats.getTags()),
  getOffers: noModel(({ ats }) => ats.getOffers()),
  getRejectionReasons: noModel(({ ats }) => ats.getRejectionReasons()),
  getRoles: noModel(({ ats }) => ats.getRoles()),
  addApplicationNote: noAction(({ ats }) =>
    ats.addApplicationNote({ application_id, body: { content: 'x', content_type: 'PLAIN_TEXT' } }),
  ),
  rejectApplication: noAction(({ ats }) =>
    ats.rejectApplication({ application_id, body: { rejection_reason_id: 'x' } }),
  ),
  addApplicationAttachment: noAction(({ ats }) =>
    ats.addApplicationAttachment({ application_id, body: { attachment } }),
  ),
  addCandidateAttachment: noAction(({ ats }) =>
    ats.addCandidateAttachment({ candidate_id, body: { attachment } }),
  ),
  addCandidateTag: noAction(({ ats }) => ats.addCandidateTag({ candidate_id, body: { tag: { name: 'x' } } })),
  removeCandidateTag: noAction(({ ats }) =>
    ats.removeCandidateTag({ candidate_id, body: { tag: { name: 'x' } } }),
  ),
  importTrackedApplication: noAction(({ ats }) =>
    ats.importTrackedApplication({
      tracked_at: new Date('2026-01-01T00:00:00.000Z'),
      greenhouse: { id_type: 'application_id', application_id: '1' },
    }),
  ),
};

const pathOfNothing = { statusCode: 404, code: 'PLATFORM.INPUT_INVALID' };

/** What the client has for other categories of tools: no operation has these paths. */
export const hris = {
  getEmployees: noHris(({ hris: api }) => api.getEmployees()),
  getEmployeeForm: noHris(({ hris: api }) => api.getEmployeeForm()),
  createEmployeeWithForm: noHris(({ hris: api }) => api.createEmployeeWithForm({ properties: {} })),
  addEmployeeDocument: noHris(({ hris: api }) =>
    api.addEmployeeDocument({
      employee_id: 'x',
      body: { category_id: 'x', document: { name: 'x', data_url: 'https://example.com/x' } },
    }),
  ),
  getEmployeeDocumentCategories: noHris(({ hris: api }) => api.getEmployeeDocumentCategories()),
  getGroups: noHris(({ hris: api }) => api.getGroups()),
  getEmployments: noHris(({ hris: api }) => api.getEmployments()),
  getLocations: noHris(({ hris: api }) => api.getLocations()),
  getAbsenceTypes: noHris(({ hris: api }) => api.getAbsenceTypes()),
  getTimeOffBalances: noHris(({ hris: api }) => api.getTimeOffBalances()),
  getAbsences: noHris(({ hris: api }) => api.getAbsences()),
  createAbsence: noHris(({ hris: api }) =>
    api.createAbsence({
      employee_id: 'x',
      absence_type_id: 'x',
      start_date: new Date('2026-01-01'),
      end_date: new Date('2026-01-02'),
      employee_note: null,
    }),
  ),
  deleteAbsence: noHris(({ hris: api }) => api.deleteAbsence({ absence_id: 'x', body: {} })),
  getLegalEntities: noHris(({ hris: api }) => api.getLegalEntities()),
  getTimesheets: noHris(({ hris: api }) => api.getTimesheets()),
  getPerformanceReviewCycles: noHris(({ hris: api }) => api.getPerformanceReviewCycles()),
  getPerformanceReviews: noHris(({ hris: api }) => api.getPerformanceReviews()),
  getStaffingEntities: noHris(({ hris: api }) => api.getStaffingEntities()),
};

/** Assessments speak the recruiting class of errors. */
export const assessment = {
  getPackages: refused(({ assessment: api }) => api.getPackages(), KomboAtsError, pathOfNothing),
  setPackages: refused(
    ({ assessment: api }) => api.setPackages({ packages: [] }),
    KomboAtsError,
    pathOfNothing,
  ),
  getAssessmentOrders: refused(
    ({ assessment: api }) => api.getAssessmentOrders(),
    KomboAtsError,
    pathOfNothing,
  ),
  updateOrderResult: refused(
    ({ assessment: api }) =>
      api.updateOrderResult({
        assessment_order_id: 'x',
        body: { status: 'COMPLETED', result_url: 'https://example.com/x' },
      }),
    KomboAtsError,
    pathOfNothing,
  ),
};

type Call = (kombo: Fixture['kombo']) => Promise<unknown>;

function noModel(call: Call): Row {
  return refused(call, KomboAtsError, { statusCode: 400, code: 'INTEGRATION.MODEL_NOT_AVAILABLE' });
}

function noAction(call: Call): Row {
  return refused(call, KomboAtsError, { statusCode: 400, code: 'INTEGRATION.ACTION_NOT_AVAILABLE' });
}

function noHris(call: Call): Row {
  return refused(call, KomboHrisError, pathOfNothing);
}

function refused(
  call: Call,
  documented: typeof KomboAtsError | typeof KomboHrisError,
  { statusCode, code }: { statusCode: number; code: string },
): Row {
  return async ({ kombo }) => {
    const error: unknown = await call(kombo).catch((refusal: unknown) => refusal);
    expect(error).toBeInstanceOf(documented);
    expect(error).toMatchObject({ statusCode, data$: { error: { code } } });
  };
}
