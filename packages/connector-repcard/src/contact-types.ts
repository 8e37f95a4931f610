/** The four types of contacts; a record's number for its type is the place in this list, from 1. */
export const contactTypes = ["lead", "customer", "recruit", "other"] as const;
