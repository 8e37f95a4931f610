export { runCommandLine } from "./run-command-line.js";
export { showProgress, type ProgressOutput, type ShownProgress } from "./progress/show-progress.js";
export { nothingYet, progressState, secondsByStep, type ProgressState, type StepState } from "./progress/progress-state.js";
export { exitCode, exitCodeOfRun } from "./exit-code.js";
export { errorText, plainError, type PlainError } from "./error-text.js";
export { explanationText } from "./report/explanation-text.js";
export { nextSteps, reportText, type ReportTextOptions } from "./report/report-text.js";
export { reportJson } from "./report/report-json.js";
export { rowsTable, table } from "./report/table.js";
