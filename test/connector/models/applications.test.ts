import { test as law } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { applications } from '../../../connector/models/applications.ts';
import { komboId } from '../../../connector/identifiers.ts';
import { integrationFieldId } from '../../../connector/policy/integration-field.ts';
import { records } from '../../support/arbitraries/records.ts';
import { applicationRecord } from '../../support/gem-records.ts';
import { rowOf, testCopies } from './support/mapping.ts';

describe('an application (kombo-unified-api §2.4)', () => {
  testCopies(
    { model: applications, listing: 'listApplications' },
    // It has no creation time and no update time of its own.
    {
      remote_id: 'id',
      rejected_at: 'rejected_at',
      remote_created_at: 'applied_at',
      remote_updated_at: 'last_activity_at',
    },
  );

  test.each([
    ['active', 'PENDING'],
    ['hired', 'HIRED'],
    ['rejected', 'DECLINED'],
  ] as const)('that is %s at Gem has the outcome %s', (status, outcome) => {
    expect(rowOf(applications, applicationRecord('one', 'jane', { status }))['outcome']).toBe(outcome);
  });

  test('names the reason why it was rejected, if one was given', () => {
    const reason = { id: 'reason', name: 'Too far away', type: { id: 'type', name: 'They rejected us' } };
    const rejected = applicationRecord('one', 'jane', { status: 'rejected', rejection_reason: reason });
    expect(rowOf(applications, rejected)['rejection_reason_name']).toBe('Too far away');
    expect(rowOf(applications, applicationRecord('one', 'jane'))['rejection_reason_name']).toBeNull();
  });

  test('refers to its candidate, its one job and its stage by their unified ids', () => {
    const application = applicationRecord('one', 'jane', {
      jobs: [{ id: 'job', name: 'Engineer' }],
      current_stage: { id: 'stage', name: 'Offer' },
    });
    expect(rowOf(applications, application)).toMatchObject({
      candidate_id: komboId('gem:1', 'jane'),
      job_id: komboId('gem:1', 'job'),
      current_stage_id: komboId('gem:1', 'stage'),
    });
  });

  test('refers to no stage and no job that Gem does not name', () => {
    expect(
      rowOf(applications, applicationRecord('one', 'jane', { current_stage: null, jobs: [] })),
    ).toMatchObject({
      job_id: null,
      current_stage_id: null,
    });
  });

  law.prop([records.listApplications])('carries its own source in a custom field', (application) => {
    const name = application.source === null ? null : application.source.public_name;
    expect(rowOf(applications, application)['custom_fields']).toEqual({ source: name });
  });

  law.prop([records.listApplications])(
    "offers its source, the source's id and the team's own fields to map from",
    (application) => {
      const { integration_fields: fields } = rowOf(applications, application);
      expect(fields).toEqual([
        expect.objectContaining({
          key: 'source',
          type: 'DEFAULT',
          value: application.source === null ? null : application.source.public_name,
        }),
        expect.objectContaining({
          key: 'source_id',
          type: 'DEFAULT',
          value: application.source === null ? null : application.source.id,
        }),
        ...Object.entries(application.custom_fields).map(([key, value]) =>
          expect.objectContaining({
            key,
            type: 'CUSTOM',
            value,
            id: integrationFieldId('gem:1', 'ats_applications', `custom_fields/${key}`),
          }),
        ),
      ]);
    },
  );
});
