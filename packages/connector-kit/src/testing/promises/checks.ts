import type { CheckItem } from "../../contract.js";
import type { ConnectionPromise } from "../promise.js";
import { inTrial } from "../trial.js";
import { canBeWrong, wrongOptions } from "../wrong-options.js";

export const checks: ConnectionPromise = {
  text: "check() is content with the right key, and says what to do with a wrong one",
  per: "connection",
  async judge(subject) {
    await inTrial(subject, {}, async (trial) => {
      const items = await trial.connection.check(trial.call());
      const wrong = items.find((item) => !item.ok);
      if (items.length === 0) throw new Error("check() looked at nothing.");
      if (wrong) throw new Error(`With the right key ${wrong.what} is not well: ${wrong.says}`);
    });
    if (!canBeWrong(subject)) return;
    const options = (simulator: Parameters<typeof wrongOptions>[1]) => wrongOptions(subject, simulator);
    await inTrial(subject, { options }, async (trial) => {
      let items: readonly CheckItem[];
      try {
        items = await trial.connection.check(trial.call());
      } catch (error) {
        throw new Error(`check() threw with a wrong key in place of saying so: ${String(error)}`, { cause: error });
      }
      const bad = items.find((item) => !item.ok);
      if (!bad) throw new Error("check() is content with a wrong key.");
      if (bad.says.trim().split(/\s+/).length < 5)
        throw new Error(`With a wrong key check() says no more than "${bad.says}": what is wrong, and what can a person do?`);
    });
  },
};
