declare module "parse-full-name" {
  /** `fixCase` 0 leaves upper and lower case as written; `stopOnError` 0 never throws. */
  export function parseFullName(
    name: string,
    part: "all",
    fixCase: 0,
    stopOnError: 0,
    longLists: 0,
  ): { readonly first: string; readonly middle: string; readonly last: string; readonly suffix: string };
}
