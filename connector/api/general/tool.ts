import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import { toolCoverage } from '../../actions/coverage.ts';

const assets = 'https://storage.googleapis.com/kombo-assets/integrations/gem';

/** Gem, as an integration names its tool (kombo-unified-api §4.6). */
export const toolSummary: UnifiedSchemas['Integration']['tool'] = {
  id: 'gem',
  label: 'Gem',
  internal_label: null,
  logo_url: `${assets}/logo.svg`,
  icon_url: `${assets}/icon.svg`,
};

/** `GET /tools/{category}`: the tools that can be connected. Gem is the only one. */
export function listTools(category: string, publicUrl: string): UnifiedSchemas['ToolsAnswer'] {
  return { status: 'success', data: { tools: category === 'ats' ? [gem(publicUrl)] : [] } };
}

function gem(publicUrl: string): UnifiedSchemas['Tool'] {
  const { id, label, internal_label, logo_url, icon_url } = toolSummary;
  return {
    id,
    label,
    internal_label,
    assets: { logo_url, icon_url, icon_black_url: `${assets}/icon-black.svg` },
    paid_api_details_markdown: null,
    fast_track_details_markdown: null,
    partner_only_details_markdown:
      'Gem gives its integration partners an application secret, without which no shareable access key works. ' +
      'Become a partner of Gem first, and start the connector with the secret in `GEM_APPLICATION_SECRET`.',
    connection_guide_url: `${publicUrl}/connect/guide`,
    coverage: toolCoverage(),
  };
}
