/** Writes in doubt are few, and asked for with every page. */
export const doubts: readonly string[] = ["create index on $.changes (sync, source_id) where state = 'intended'"];
