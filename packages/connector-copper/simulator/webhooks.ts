import type { DataRecord } from "@fieldwright/connector-kit";
import type { Account } from "./account.js";

export interface Happening {
  readonly type: string;
  readonly event: "new" | "update" | "delete";
  readonly ids: readonly number[];
  readonly updated?: DataRecord;
}

const mostIds = 30;

/** Posts ids and what was changed, no record; secrets stand in the body's root, and nothing is signed. */
export function notify(account: Account, { type, event, ids, updated }: Happening): void {
  for (const hook of account.webhooks.values()) {
    if (hook.type !== type || hook.event !== event) continue;
    for (let from = 0; from < ids.length; from += mostIds)
      account.deliveries.push({
        target: hook.target,
        headers: { "content-type": "application/json", ...hook.headers },
        body: {
          ids: ids.slice(from, from + mostIds),
          type,
          event,
          subscription_id: hook.id,
          ...hook.secret,
          updated_attributes: updated ?? {},
          timestamp: account.settings.clock.now().toISOString(),
        },
      });
  }
}
