import { asVendorError, VendorError } from "@fieldwright/connector-kit";

export interface Step {
  /** "its fields were changed" */
  readonly done: string;
  run(): Promise<unknown>;
}

/** One request after the other; a failure says what those before it have left behind. */
export async function inSteps(steps: readonly Step[]): Promise<void> {
  const done: string[] = [];
  for (const step of steps) {
    try {
      await step.run();
    } catch (error) {
      throw done.length === 0 ? error : halfDone(done, asVendorError(error));
    }
    done.push(step.done);
  }
}

function halfDone(done: readonly string[], cause: VendorError): VendorError {
  return new VendorError(`Of this record ${done.join(" and ")}, and the rest of the change failed: ${cause.message}`, {
    code: "servicetitan/half-done",
    next: cause.next === "retry" ? "hold-record" : cause.next,
    inDoubt: true,
    hint: cause.hint ?? "Look at the record in ServiceTitan before the change is tried again.",
    ...(cause.field === undefined ? {} : { field: cause.field }),
    cause,
  });
}
