import type { Simulator } from "@fieldwright/connector-kit/testing";

/** A fresh site for one test, with about `size` records of each kind. */
export type Begin = (size?: number) => Promise<Simulator>;
