/** The spec by which all landed records were last decided, so that another one can be compared with it. */
export const keptSpecs: readonly string[] = ["alter table $.syncs add column spec json"];
