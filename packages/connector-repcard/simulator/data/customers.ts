import { customValues } from "./custom-fields.js";
import { Dice, roll } from "./dice.js";
import type { Ground } from "./ground.js";
import { type Extra, numbered, Records } from "./records.js";
import { type ContactType, statusIdsOf } from "./statuses.js";
import { goneUserId, userIdAt } from "./users.js";
import { firstNames, lastNames, places, streets } from "./words.js";

/** What a filter may ask a customer for, without the rest being made. */
export interface CustomerGlance {
  readonly type: ContactType;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface Customer extends CustomerGlance, Extra {
  readonly id: number;
  readonly firstName: string;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly countryCode: string;
  readonly phoneNumber: string;
  readonly companyName: string;
  readonly statusId: number | null;
  readonly address: string;
  readonly address2: string | null;
  readonly state: string | null;
  readonly city: string | null;
  readonly zip: string | null;
  readonly latitude: string | null;
  readonly longitude: string | null;
  readonly externalId: string | null;
  readonly userId: number;
  readonly ownerId: number;
  readonly image: string | null;
  readonly title: string;
  readonly contactSource: string | null;
  readonly contactDistance: number;
  /** Values of custom fields by key. */
  readonly custom: Readonly<Record<string, unknown>>;
}

const firstCustomerId = 500_001;

export function customerIdAt(index: number): number {
  return firstCustomerId + index;
}

export function createCustomers(ground: Ground): Records<Customer, CustomerGlance> {
  return new Records<Customer, CustomerGlance>({
    count: ground.sizes.customers,
    make: (index) => makeCustomer(index, ground),
    peek: (index) => glance(index, ground),
    idOf: (customer) => customer.id,
    indexOf: numbered(firstCustomerId),
  });
}

function typeAt(index: number, seed: number): ContactType {
  const draw = roll(seed, 40, index) % 100;
  if (draw < 70) return 1;
  if (draw < 90) return 2;
  return draw < 96 ? 3 : 4;
}

/** The generated status of a customer after its `nth` change: never the same twice in a row. */
export function statusIdAfter(index: number, nth: number, seed: number): number {
  const ids = statusIdsOf[typeAt(index, seed)];
  let place = 0;
  for (let step = 1; step <= nth; step += 1) place = (place + 1 + (roll(seed, 400 + step, index) % (ids.length - 1))) % ids.length;
  return ids[place] as number;
}

export function ownerIdAt(index: number, ground: Ground): number {
  const { customersOfGoneUsers: gone, sizes, seed } = ground;
  const step = gone > 0 ? Math.max(1, Math.floor(sizes.customers / gone)) : 0;
  if (step > 0 && index % step === 0 && index / step < gone) return goneUserId;
  return userIdAt(roll(seed, 41, index), sizes);
}

function glance(index: number, ground: Ground): CustomerGlance {
  const { seed, history } = ground;
  const { from, to } = ground.logs.childrenOf(index);
  const changes = Math.max(1, to - from);
  const lastChange = history.statusChange(index, changes - 1, changes);
  // One in seven was edited again later, so that the order of the list is not the order of the changes.
  const editedLater = roll(seed, 42, index) % 7 === 0;
  return {
    type: typeAt(index, seed),
    createdAt: history.statusChange(index, 0, changes),
    updatedAt: editedLater ? history.between(lastChange, (roll(seed, 43, index) % 1000) / 1000) : lastChange,
  };
}

function makeCustomer(index: number, ground: Ground): Customer {
  const { seed } = ground;
  const dice = new Dice(seed, index);
  const seen = glance(index, ground);
  const { from, to } = ground.logs.childrenOf(index);
  const owner = ownerIdAt(index, ground);
  const handedOver = owner !== goneUserId && dice.oneIn(9, 44);
  const { address, city, state, zip, latitude, longitude } = positionAt(index, dice);
  // Written out: spreading objects here takes most of the time of a page.
  return {
    type: seen.type,
    createdAt: seen.createdAt,
    updatedAt: seen.updatedAt,
    id: firstCustomerId + index,
    firstName: dice.pick(firstNames, 45),
    lastName: dice.oneIn(40, 46) ? "" : dice.pick(lastNames, 47),
    email: emailAt(index, dice),
    countryCode: "+1",
    phoneNumber: index % 23 === 7 ? "" : `555${String((index * 7919 + 1_000_003) % 10_000_000).padStart(7, "0")}`,
    companyName: dice.oneIn(12, 49) ? `${dice.pick(lastNames, 50)} & Sons` : "",
    statusId: statusIdAfter(index, Math.max(0, to - from - 1), seed),
    address,
    city,
    state,
    zip,
    latitude,
    longitude,
    address2: dice.oneIn(6, 54) ? "" : null,
    externalId: dice.oneIn(10, 55) ? `crm-${index + 1}` : null,
    userId: handedOver ? userIdAt(roll(seed, 56, index), ground.sizes) : owner,
    ownerId: owner,
    image: dice.oneIn(15, 57) ? "" : null,
    title: "",
    contactSource: dice.oneIn(4, 58) ? null : dice.pick(["API", "Door Knock", "Referral", "Web"], 59),
    contactDistance: dice.below(9000, 60) / 100,
    custom: customValues(seen.type, dice),
  };
}

function emailAt(index: number, dice: Dice): string | null {
  if (dice.oneIn(3, 48)) return "";
  return dice.oneIn(20, 61) ? null : `contact${firstCustomerId + index}@example.test`;
}

function positionAt(index: number, dice: Dice): Pick<Customer, "address" | "city" | "state" | "zip" | "latitude" | "longitude"> {
  const place = dice.pick(places, 51);
  const unknown = index % 19 === 11; // the vendor's way to say "nowhere" is the text "0"
  return {
    address: unknown ? "" : `${1 + dice.below(9999, 52)} ${dice.pick(streets, 53)}`,
    city: place.city,
    state: place.state,
    zip: dice.oneIn(4, 62) ? null : place.zip,
    latitude: unknown ? "0" : (place.latitude + dice.below(1000, 63) / 10_000).toFixed(4),
    longitude: unknown ? "0" : (place.longitude - dice.below(1000, 64) / 10_000).toFixed(4),
  };
}
