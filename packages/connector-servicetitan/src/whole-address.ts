import type { DataRecord } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { refuse } from "./refuse.js";

const places = ["street", "unit", "city", "state", "zip", "country"] as const;

/** An address is changed only as a whole: what is not given is taken from the one that is there. */
export function wholeAddress(
  api: Api,
  given: unknown,
  { current, coordinates }: { readonly current: unknown; readonly coordinates: boolean },
): DataRecord {
  const [next, old] = [asObject(given), asObject(current)];
  const merged = { ...old, ...next };
  // ServiceTitan reads a missing unit as null and does not take null for it.
  const address: Record<string, unknown> = Object.fromEntries(places.map((name) => [name, String(merged[name] ?? "")]));
  const moved = places.some((name) => String(old[name] ?? "") !== address[name]);
  const placed = typeof next.latitude === "number" && typeof next.longitude === "number";
  if (placed || (!moved && typeof old.latitude === "number")) return { ...address, latitude: merged.latitude, longitude: merged.longitude };
  if (!coordinates) return address;
  if (api.options.assumptions.addressWithoutCoordinates === "keep") {
    return { ...address, latitude: Number(old.latitude ?? 0), longitude: Number(old.longitude ?? 0) };
  }
  throw refuse("ServiceTitan takes a customer's changed address only with its latitude and longitude.", {
    field: "address",
    hint: "Map `address.latitude` and `address.longitude`, or set the assumption `addressWithoutCoordinates` to keep.",
  });
}

function asObject(value: unknown): DataRecord {
  return typeof value === "object" && value !== null ? (value as DataRecord) : {};
}
