import { ask } from '../api/control.ts';
import { useAnswer } from '../app/live.ts';
import { act } from '../app/notices.tsx';
import { hrefInWorld } from '../app/places.ts';
import { go } from '../app/router.ts';
import { Empty } from '../parts/states.tsx';
import { Moment, sizeOf } from '../parts/times.tsx';

/** Worlds that were saved: each can be opened any number of times. */
export function Snapshots() {
  const { value } = useAnswer(async () => (await ask('listSnapshots')).snapshots, []);
  if (!value) return null;
  return (
    <section>
      <h2>Snapshots</h2>
      {value.length === 0 ? (
        <Empty title="Nothing is saved.">
          <p>“Save as a snapshot” among the actions of a world keeps it as it is now.</p>
        </Empty>
      ) : (
        <div class="table" tabIndex={0} role="region" aria-label="Snapshots">
          <table>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col" class="number">
                  Size
                </th>
                <th scope="col">Saved</th>
                <th scope="col">
                  <span class="away">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {value.map(({ name, bytes, saved_at: savedAt }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td class="number">{sizeOf(bytes)}</td>
                  <td class="mono" data-title="Saved">
                    <Moment at={savedAt} isLong />
                  </td>
                  <td class="end">
                    <button
                      type="button"
                      class="quiet"
                      aria-label={`Open ${name}`}
                      onClick={() => void open(name)}
                    >
                      Open
                    </button>
                    <button
                      type="button"
                      class="quiet"
                      aria-label={`Delete ${name}`}
                      onClick={() =>
                        void act(`“${name}” is deleted.`, () =>
                          ask('deleteSnapshot', { path: { snapshot: name } }),
                        )
                      }
                    >
                      Delete
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

async function open(name: string): Promise<void> {
  const world = await act(`“${name}” is open in a world of its own.`, () =>
    ask('loadSnapshot', { path: { snapshot: name }, body: {} }),
  );
  if (world) go(hrefInWorld(world.id, ['requests']));
}
