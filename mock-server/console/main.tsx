import 'virtual:tokens.css';
import './style/base.css';
import './style/shell.css';
import './style/parts.css';
import './style/forms.css';
import './style/tables.css';
import './style/lists.css';
import './style/both-sides.css';
import './style/pages.css';
import { render } from 'preact';
import { listenToKeys } from './app/keys.tsx';
import { watch } from './app/live.ts';
import { placeHere } from './app/places.ts';
import { followLinks, hrefOf } from './app/router.ts';
import { Shell } from './app/shell.tsx';
import { BothSidesPage } from './both-sides/both-sides-page.tsx';
import { ConnectorPage } from './connector/connector-page.tsx';
import { EvidencePage } from './evidence/evidence-page.tsx';
import { FaultsPage } from './faults/faults-page.tsx';
import { RecordsPage } from './records/records-page.tsx';
import { RequestsPage } from './requests/requests-page.tsx';
import { Empty } from './parts/states.tsx';
import { ScenariosPage } from './scenarios/scenarios-page.tsx';
import { TimePage } from './time/time-page.tsx';
import { WatchPage } from './watch/watch-page.tsx';
import { WorldsPage } from './worlds/worlds-page.tsx';

/** Every page by its id in `app/places.ts`. */
const pages: Readonly<Record<string, () => preact.JSX.Element | null>> = {
  worlds: WorldsPage,
  scenarios: ScenariosPage,
  connector: ConnectorPage,
  watch: WatchPage,
  requests: RequestsPage,
  records: RecordsPage,
  'both-sides': BothSidesPage,
  time: TimePage,
  faults: FaultsPage,
  evidence: EvidencePage,
};

function Console() {
  const { id } = placeHere();
  const Page = Object.hasOwn(pages, id) ? pages[id] : undefined;
  return <Shell>{Page ? <Page key={id} /> : <NoPage />}</Shell>;
}

function NoPage() {
  return (
    <div class="page">
      <Empty title="There is no such page.">
        <p>
          <a href={hrefOf(['worlds'])}>To the worlds</a>
        </p>
      </Empty>
    </div>
  );
}

followLinks();
listenToKeys();
watch();
const root = document.getElementById('console');
if (root) render(<Console />, root);
