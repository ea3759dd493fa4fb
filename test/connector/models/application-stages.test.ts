import { describe, expect, test } from 'vitest';
import { applicationStages } from '../../../connector/models/application-stages.ts';
import { stageRecord } from '../../support/gem-records.ts';
import { rowOf, testCopies } from './support/mapping.ts';

describe('an application stage (kombo-unified-api §2.6)', () => {
  testCopies(
    { model: applicationStages, listing: 'listJobStages' },
    { remote_id: 'id', name: 'name', global_index: 'priority' },
  );

  test('knows the interviews that take place in it, by the ids that Gem gives their places', () => {
    const stage = stageRecord('stage', 'job', ['phone call', 'visit']);
    expect(rowOf(applicationStages, stage)['interview_item_ids']).toEqual(['phone call', 'visit']);
  });

  test('knows nothing of interviews whose places have no id', () => {
    const [interview] = stageRecord('stage', 'job', ['phone call']).interviews;
    const unnamed = { ...interview, job_stage_interview_item_id: null };
    const stage = { ...stageRecord('stage', 'job'), interviews: [unnamed, interview] };
    expect(rowOf(applicationStages, stage)['interview_item_ids']).toEqual(['phone call']);
  });
});
