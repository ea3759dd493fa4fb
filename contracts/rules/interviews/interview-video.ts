import * as fc from 'fast-check';
import { interviews } from '../cases/interviews.ts';
import { gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';
import { sameText } from '../support/compare.ts';

const url = fc.constantFrom(
  'https://meet.example.com/abc',
  'https://zoom.example.com/j/1?pwd=%C3%A9&x=1#go',
  'https://xn--r8jz45g.jp/%E9%83%A8%E5%B1%8B',
);
const room = fc.constantFrom('Room 北 4', 'https://maps.example.com/hq', 'Café, 2nd floor');

export default readingRule({
  statement:
    "an interview's `video_conferencing_url` is the one that Gem has, letter by letter, and null where it has none",
  evidence: {
    grade: 'documented',
    source: 'kombo-gem-connector §1; gem-ats-api §3.7',
  },
  of: 'scheduled_interviews',
  becomes: 'interviews',
  needs: ['interviews.video_conferencing_url'],
  cases: interviews(
    room.map((location) => ({ interview: { location, video_conferencing_url: null } })),
    fc.record({ location: fc.option(room), video_conferencing_url: url }).map((interview) => ({ interview })),
    fc.constant({ interview: { video_conferencing_url: null, location: null } }),
    url.map((link) => ({
      interview: { status: 'complete', video_conferencing_url: link },
      later: (record) => ({
        do: 'change',
        resource: 'scheduled_interviews',
        record,
        set: { video_conferencing_url: null },
      }),
    })),
  ),
  judge: ({ gem, unified }) =>
    sameText('video_conferencing_url', unified.video_conferencing_url, gem.video_conferencing_url ?? null),
  mutants: [
    showsWrong('the place where there is no video', 'interviews', (interview, gem) => {
      const place = gemRecord(gem, 'scheduled_interviews', interview.remote_id)?.location ?? null;
      return { ...interview, video_conferencing_url: interview.video_conferencing_url ?? place };
    }),
    showsWrong('address without its query', 'interviews', (interview) => ({
      ...interview,
      video_conferencing_url:
        interview.video_conferencing_url && new URL(interview.video_conferencing_url).origin,
    })),
  ],
});
