import type { AnyPromise } from "./promise.js";
import { aborts } from "./promises/aborts.js";
import { boundary } from "./promises/boundary.js";
import { checks } from "./promises/checks.js";
import { fitsFields, refersRightly } from "./promises/declares.js";
import { failsPlainly, keepsSecrets } from "./promises/fails-well.js";
import { keepsBudget, knowsBudget } from "./promises/keeps-budget.js";
import { declaresMissing, findsExactly, getsAskedFor } from "./promises/operations.js";
import { provesComplete, shiftsHonestly } from "./promises/proves-complete.js";
import { readsOnce } from "./promises/reads-once.js";
import { passesOver, resumes } from "./promises/resumes.js";
import { distrustsHtml, survives } from "./promises/survives.js";
import { windowed } from "./promises/window.js";
import { writesRoundTrip } from "./promises/writes.js";

/** Everything that a connector is held to, in the order in which it is printed. */
export const allPromises: readonly AnyPromise[] = [
  checks,
  refersRightly,
  fitsFields,
  readsOnce,
  boundary,
  windowed,
  resumes,
  passesOver,
  provesComplete,
  shiftsHonestly,
  getsAskedFor,
  findsExactly,
  writesRoundTrip,
  declaresMissing,
  ...survives,
  distrustsHtml,
  keepsBudget,
  knowsBudget,
  aborts,
  failsPlainly,
  keepsSecrets,
];

/** The promises in words, for documents. */
export function promises(): readonly string[] {
  return allPromises.map((promise) => promise.text);
}
