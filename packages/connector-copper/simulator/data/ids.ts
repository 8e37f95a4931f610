/** The first id of each kind; the n-th record has the n-th after it. */
export const firstIds = {
  leads: 9_000_001,
  people: 27_000_001,
  companies: 9_600_001,
  opportunities: 4_000_001,
  projects: 208_001,
  tasks: 3_716_001,
  activities: 3_060_000_001,
  users: 137_001,
  pipelines: 213_001,
  pipeline_stages: 987_001,
  customer_sources: 331_001,
  contact_types: 501_001,
  loss_reasons: 771_001,
  lead_statuses: 881_001,
  files: 640_001,
} as const;

export const stagesOfPipeline = 4;
