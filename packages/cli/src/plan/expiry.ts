import type { Plan, PlanEntry } from "@fieldwright/core";

/** "expires in 23 h", "expired 5 min ago", or what has become of it. */
export function expiryText(plan: Pick<Plan, "status" | "expiresAt">, nowMs: number): string {
  if (plan.status === "applied" || plan.status === "superseded") return statusText(plan, nowMs);
  const leftMs = Date.parse(plan.expiresAt) - nowMs;
  return leftMs > 0 ? `expires in ${roughly(leftMs)}` : `expired ${roughly(-leftMs)} ago`;
}

/** What a plan waits for, or what has become of it. */
export function statusText(plan: Pick<PlanEntry, "status" | "expiresAt">, nowMs: number): string {
  switch (plan.status) {
    case "applied":
      return "carried out";
    case "partly applied":
      return Date.parse(plan.expiresAt) <= nowMs ? "partly carried out, expired" : "partly carried out";
    case "superseded":
      return "replaced by a newer one";
    default:
      if (Date.parse(plan.expiresAt) <= nowMs) return "expired";
      return plan.status === "asks" ? "waits for approval" : "ready";
  }
}

/** Whether it may still be carried out. */
export function isOpen(plan: Pick<PlanEntry, "status" | "expiresAt">, nowMs: number): boolean {
  return plan.status !== "applied" && plan.status !== "superseded" && Date.parse(plan.expiresAt) > nowMs;
}

function roughly(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return "less than a minute";
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 72 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
