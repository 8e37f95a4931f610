import { customerIdAt, ownerIdAt } from "./customers.js";
import { Dice } from "./dice.js";
import type { Ground } from "./ground.js";
import { type Extra, mongoId, mongoIndex, Records } from "./records.js";
import { userIdAt } from "./users.js";
import { remarks } from "./words.js";

export interface Note extends Extra {
  readonly id: string;
  readonly note: string;
  readonly customerId: number;
  readonly userId: number;
  readonly createdAt: number;
}

export function createNotes(ground: Ground): Records<Note> {
  return new Records<Note>({
    count: ground.sizes.customers === 0 ? 0 : ground.sizes.notes,
    make: (index) => {
      const { parent } = ground.notes.parentOf(index);
      const dice = new Dice(ground.seed, index);
      const createdAt = ground.history.between(ground.history.statusChange(parent, 0, 1), dice.below(50, 140) / 1000);
      const remark = dice.pick(remarks, 141);
      return {
        id: mongoId(createdAt, index),
        note: index % 31 === 17 ? `${remark} `.repeat(900).trim() : remark,
        customerId: customerIdAt(parent),
        // Notes on one customer come from several people.
        userId: dice.oneIn(3, 142) ? userIdAt(dice.below(1_000_000, 143), ground.sizes) : ownerIdAt(parent, ground),
        createdAt,
      };
    },
    idOf: (note) => note.id,
    indexOf: mongoIndex,
    parentOf: (record) => record.customerId,
  });
}
