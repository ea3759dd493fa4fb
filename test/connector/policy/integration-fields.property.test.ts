import { fc, test as law } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { komboId } from '../../../connector/identifiers.ts';
import {
  allDepartments,
  allOffices,
  applicationSource,
  applicationSourceId,
  defaultCustomFields,
  defaultFieldsOf,
} from '../../../connector/policy/default-fields.ts';
import { customFields, integrationFieldId } from '../../../connector/policy/integration-field.ts';
import { described } from '../../support/arbitraries/described.ts';
import { customFields as ownFields, nullable } from '../../support/arbitraries/values.ts';

describe('the raw fields that every Gem account has (kombo-unified-api §5.6)', () => {
  test('are the offices and departments of a job, and the source of an application with its id', () => {
    expect(defaultFieldsOf('gem:1')).toEqual([
      { model: 'ats_jobs', key: 'offices', label: 'Offices', type: 'DEFAULT', id: expect.any(String) },
      {
        model: 'ats_jobs',
        key: 'departments',
        label: 'Departments',
        type: 'DEFAULT',
        id: expect.any(String),
      },
      { model: 'ats_applications', key: 'source', label: 'Source', type: 'DEFAULT', id: expect.any(String) },
      {
        model: 'ats_applications',
        key: 'source_id',
        label: 'Source ID',
        type: 'DEFAULT',
        id: expect.any(String),
      },
    ]);
  });

  test('have the ids under which the rows carry them', () => {
    const [offices, departments, source, sourceId] = defaultFieldsOf('gem:1').map(({ id }) => id);
    expect([offices, departments, source, sourceId]).toEqual([
      integrationFieldId('gem:1', 'ats_jobs', 'offices'),
      integrationFieldId('gem:1', 'ats_jobs', 'departments'),
      integrationFieldId('gem:1', 'ats_applications', 'source'),
      integrationFieldId('gem:1', 'ats_applications', 'source_id'),
    ]);
    expect(allOffices('gem:1', []).id).toBe(offices);
    expect(allDepartments('gem:1', []).id).toBe(departments);
    expect(applicationSource('gem:1', { source: null }).id).toBe(source);
    expect(applicationSourceId('gem:1', { source: null }).id).toBe(sourceId);
  });

  test('have other ids in each integration, model and key', () => {
    const ids = [
      integrationFieldId('gem:1', 'ats_jobs', 'offices'),
      integrationFieldId('gem:2', 'ats_jobs', 'offices'),
      integrationFieldId('gem:1', 'ats_users', 'offices'),
      integrationFieldId('gem:1', 'ats_jobs', 'departments'),
    ];
    expect(new Set(ids).size).toBe(4);
    expect(ids[0]).toBe(komboId('gem:1', 'ats_jobs/offices'));
  });
});

describe('the custom fields that every environment has', () => {
  test('show all offices and departments of a job and the source of an application', () => {
    expect(
      defaultCustomFields.map(({ model, key, label, description }) => [model, key, label, description]),
    ).toEqual([
      ['ats_jobs', 'offices', 'Offices', 'All offices of the job.'],
      ['ats_jobs', 'departments', 'Departments', 'All departments of the job.'],
      ['ats_applications', 'source', 'Source', 'The source of this one application.'],
    ]);
  });

  test('have a raw field of the same key to be mapped to', () => {
    const raw = defaultFieldsOf('gem:1').map(({ model, key }) => `${model}/${key}`);
    for (const { model, key } of defaultCustomFields) expect(raw).toContain(`${model}/${key}`);
  });
});

describe("a row's raw fields", () => {
  law.prop([fc.array(described('Office')), fc.array(described('Department'))])(
    'hold all offices and departments as Gem sends them',
    (offices, departments) => {
      expect(allOffices('gem:1', offices).value).toEqual(offices);
      expect(allDepartments('gem:1', departments).value).toEqual(departments);
    },
  );

  law.prop([nullable(described('Source'))])("hold the application's source, or null", (source) => {
    expect(applicationSource('gem:1', { source }).value).toBe(source === null ? null : source.public_name);
    expect(applicationSourceId('gem:1', { source }).value).toBe(source === null ? null : source.id);
  });

  law.prop([ownFields])("hold the team's own, which cannot be taken for Gem's", (values) => {
    const fields = customFields('gem:1', 'ats_jobs', values);
    expect(fields.map(({ key, label, type, value }) => [key, label, type, value])).toEqual(
      Object.entries(values).map(([key, value]) => [key, key, 'CUSTOM', value]),
    );
    const ids = [...fields, ...defaultFieldsOf('gem:1')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('leave out what has no name', () => {
    expect(customFields('gem:1', 'ats_jobs', { '': 1, level: 2 }).map(({ key }) => key)).toEqual(['level']);
  });

  test("a field of the team's own is told by its name", () => {
    const [one, other] = customFields('gem:1', 'ats_jobs', { level: 1, band: 2 });
    expect(one?.id).not.toBe(other?.id);
  });
});
