import type { Simulator } from "./simulator.js";
import type { Subject } from "./subject.js";

export const wrongValue = "wrong-Zt7QpL2mXw9vRk4s";

export function canBeWrong(subject: Subject): boolean {
  return subject.wrongOptions !== undefined || subject.connector.secrets.length > 0;
}

/** Options that reach the simulator and do not get in. */
export function wrongOptions(subject: Subject, simulator: Simulator): Readonly<Record<string, unknown>> {
  if (subject.wrongOptions) return subject.wrongOptions(simulator);
  const right = subject.options?.(simulator) ?? simulator.options;
  return { ...right, ...Object.fromEntries(subject.connector.secrets.filter((name) => name in right).map((name) => [name, wrongValue])) };
}

/** Options that lead to a port where nobody listens. */
export function nowhere(subject: Subject, simulator: Simulator): Readonly<Record<string, unknown>> {
  const right = subject.options?.(simulator) ?? simulator.options;
  const { host } = new URL(simulator.url);
  // 9 is the port of a service that nobody has run since the eighties.
  return Object.fromEntries(
    Object.entries(right).map(([name, value]) => [name, typeof value === "string" ? value.replace(host, "127.0.0.1:9") : value]),
  );
}
