// What the general answers are like that tell of integrations and tools, as examples of JSON.

const at = '2026-11-16T09:00:00.000Z';

const part = {
  id: 'ats_users',
  label: 'Users',
  coverage_status: 'SUPPORTED',
  is_available: true,
  scope_config_setting: 'ENABLED',
  opted_out_by_customer: false,
  fields: [],
};

/** An integration as it is shown. What it covers is long, and only its shape is asked for. */
export const integration = {
  id: 'gem:2zkRoyePdkbZf68oL4a9Jk4n',
  tool: {
    id: 'gem',
    label: 'Gem',
    internal_label: null,
    logo_url: 'https://assets.example.com/logo.svg',
    icon_url: 'https://assets.example.com/icon.svg',
  },
  category: 'ATS',
  status: 'ACTIVE',
  setup_status: 'COMPLETED',
  end_user: { organization_name: 'Nordlicht', creator_email: null, origin_id: null },
  scope_config: { id: '3gPpi7T51UjHZMLrgUnJcK3N', name: 'Everything' },
  data_expired_at: null,
  created_at: at,
  beta: true,
  read_models: [part],
  write_actions: [part],
};

/** Gem, as a tool that can be connected. */
export const tool = {
  id: 'gem',
  label: 'Gem',
  internal_label: null,
  assets: {
    logo_url: 'https://assets.example.com/logo.svg',
    icon_url: 'https://assets.example.com/icon.svg',
    icon_black_url: 'https://assets.example.com/icon-black.svg',
  },
  paid_api_details_markdown: null,
  fast_track_details_markdown: null,
  partner_only_details_markdown: 'Become a partner of Gem first.',
  connection_guide_url: 'http://127.0.0.1:4020/connect/guide',
  coverage: {
    read_models: [{ id: 'ats_users', label: 'Users', coverage_status: 'SUPPORTED', fields: [] }],
    write_actions: [
      { id: 'create_candidate', label: 'Create candidate', coverage_status: 'SUPPORTED', fields: [] },
    ],
    features: [],
  },
};
