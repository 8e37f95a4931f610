import type { Sizes } from "../options.js";
import { Dice } from "./dice.js";
import type { History } from "./history.js";
import { officeIdAt, teamIdIn } from "./organisation.js";
import { type Extra, numbered, Records } from "./records.js";
import { firstNames, lastNames } from "./words.js";

export interface User extends Extra {
  readonly id: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly dob: string | null;
  readonly email: string;
  readonly username: string;
  readonly address: string;
  readonly officeId: number | null;
  readonly officeTeamId: number | null;
  readonly jobTitle: string;
  readonly phoneNumber: string;
  readonly image: string;
  readonly rating: string;
  readonly bio: string;
  readonly badgeId: string;
  readonly externalId: string | null;
  readonly status: "ACTIVE" | "INACTIVE";
  readonly role: string;
  readonly createdAt: number;
  readonly lastLoginAt: number | null;
}

const firstUserId = 9101;
/** A user whom nobody can list any more, but who is still named in old records. */
export const goneUserId = 9007;

export const roles = [
  { id: 1, name: "Owner", isDefault: 1, isOwner: 1 },
  { id: 2, name: "Manager", isDefault: 1, isOwner: 0 },
  { id: 3, name: "Closer", isDefault: 0, isOwner: 0 },
  { id: 4, name: "Setter", isDefault: 0, isOwner: 0 },
] as const;

export function userIdAt(index: number, sizes: Sizes): number {
  return firstUserId + (index % Math.max(1, sizes.users));
}

export function createUsers(seed: number, sizes: Sizes, history: History): Records<User> {
  return new Records<User>({
    count: sizes.users,
    make: (index) => makeUser(index, { seed, sizes, history }),
    idOf: (user) => user.id,
    indexOf: numbered(firstUserId),
    keep: true,
  });
}

function makeUser(index: number, world: { seed: number; sizes: Sizes; history: History }): User {
  const { seed, sizes, history } = world;
  const dice = new Dice(seed, index);
  const firstName = dice.pick(firstNames, 20);
  const lastName = dice.pick(lastNames, 21);
  const office = index % Math.max(1, sizes.offices);
  const team = index % 7 === 5 ? undefined : teamIdIn(office, dice.below(1000, 22), sizes);
  const title = index === 0 ? "Owner" : index % 8 === 1 ? "Manager" : index % 3 === 2 ? "Closer" : "Setter";
  return {
    id: firstUserId + index,
    firstName,
    lastName,
    dob: dice.oneIn(3, 23) ? `19${60 + dice.below(40, 24)}-0${1 + dice.below(9, 25)}-1${dice.below(9, 26)}` : null,
    email: `user${firstUserId + index}@example.test`,
    username: `user${firstUserId + index}`,
    address: "",
    officeId: sizes.offices === 0 ? null : officeIdAt(index, sizes),
    officeTeamId: team ?? null,
    jobTitle: title,
    phoneNumber: index % 13 === 9 ? "" : `+1555010${String(1000 + index).padStart(4, "0")}`,
    image: "",
    rating: `${dice.below(5, 27)}.${dice.below(10, 28)}`,
    bio: dice.oneIn(5, 29) ? "Knocks on doors, rain or shine.\nEst. 2019." : "",
    badgeId: (0xa00000 + index * 7919).toString(16).toUpperCase(),
    externalId: index % 5 === 3 ? null : index % 5 === 4 ? "" : `emp-${index + 1}`,
    status: index % 11 === 10 ? "INACTIVE" : "ACTIVE",
    role: title,
    createdAt: history.startMs - 1000 * (1 + dice.below(300 * 86_400, 30)),
    lastLoginAt: index % 6 === 4 ? null : history.between(history.startMs, dice.below(1000, 31) / 1000),
  };
}
