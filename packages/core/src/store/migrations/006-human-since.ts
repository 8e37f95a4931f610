/** Since when a field belongs to a person, by field. */
export const humanSince: readonly string[] = ["alter table $.remembered add column human_since json"];
