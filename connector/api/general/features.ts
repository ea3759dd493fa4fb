/** What the connector can do besides reading models and performing actions. Only the first id is Kombo's own (§4.1). */
export const features: readonly { id: string; label: string }[] = [
  { id: 'automatic_source_writing', label: 'Source Writing' },
  { id: 'sync_only_created_applications', label: 'Sync Only Created Applications' },
  { id: 'connection_guide', label: 'Connection Guide' },
  { id: 'create_credentials', label: 'Create credentials' },
  { id: 'api_passthrough', label: 'API Passthrough' },
  { id: 'delta_syncs', label: 'Delta Syncs' },
];
