import type { Random } from "@fieldwright/connector-kit/testing";
import type { Kind } from "./kinds.js";

/** What a generated row knows of itself and of the others. */
export interface Place {
  readonly index: number;
  readonly id: number;
  readonly random: Random;
  readonly createdOn: string;
  readonly modifiedOn: string;
  /** In milliseconds. */
  readonly createdMs: number;
  /** The id of the n-th record of a kind, counted round. */
  ref(kind: Kind, n: number): number;
  /** Which of another kind's records this one belongs to, when they are shared out evenly. */
  share(kind: Kind): number;
}

export function addressAt({ random }: Place) {
  const { city, state, zip, latitude, longitude } = random.city();
  return {
    street: random.street(),
    unit: random.chance(0.2) ? `Apt ${random.integer(1, 40)}` : null,
    city,
    state,
    zip,
    country: "USA",
    latitude,
    longitude,
  };
}
