import { booleanPointInPolygon } from "@turf/boolean-point-in-polygon";
import { z } from "zod";
import { CannotConvert } from "../cannot-convert.js";
import { isNumeric } from "../decimal-text.js";
import { kindOf, scalarText } from "../scalar-text.js";
import { type Convert, defineTransform } from "../transform.js";

const parts: readonly (readonly string[])[] = [
  ["street", "street1", "street_1", "line1", "line_1", "address1", "address_1", "address_line1", "address_line_1", "addressLine1"],
  ["unit", "street2", "street_2", "line2", "line_2", "address2", "address_2", "address_line2", "address_line_2", "addressLine2"],
  ["city", "town", "locality"],
  ["state", "region", "province", "county"],
  ["zip", "zip_code", "zipCode", "postal_code", "postalCode", "postcode"],
  ["country", "country_code", "countryCode"],
];

function oneLine(address: Readonly<Record<string, unknown>>): string {
  const [street, unit, city, state, zip, country] = parts.map((names) => {
    for (const name of names) {
      const text = Object.hasOwn(address, name) ? scalarText(address[name])?.trim() : undefined;
      if (text) return text;
    }
    return "";
  });
  return [street, unit, city, `${state} ${zip}`.trim(), country].filter((one) => one).join(", ");
}

const address = defineTransform({
  name: "address",
  takes: ["object", "text"],
  gives: "text",
  about:
    "An address on one line, `12 Main St, Austin, TX 78701`, of an object with the usual parts (street, unit, city, state, zip, country), or of a text on several lines. It is written, not understood.",
  make: () => (value) => {
    if (typeof value === "string")
      return value
        .split(/[\r\n]+/)
        .map((line) =>
          line
            .trim()
            .replace(/,$/, "")
            .replace(/\s{2,}/g, " "),
        )
        .filter((line) => line !== "")
        .join(", ");
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return new CannotConvert(`is ${kindOf(value)}, not an address`);
    return (
      oneLine(value as Readonly<Record<string, unknown>>) ||
      new CannotConvert("has none of the usual parts of an address (street, city, state, zip, country)")
    );
  },
});

const position = z.array(z.number()).min(2);
const ring = z.array(position).min(4);
const polygon = z.object({ type: z.literal("Polygon"), coordinates: z.array(ring).min(1) });
const multiPolygon = z.object({ type: z.literal("MultiPolygon"), coordinates: z.array(z.array(ring).min(1)).min(1) });
const shape = z.union([polygon, multiPolygon]);
const feature = z.object({ type: z.literal("Feature"), geometry: shape });
const features = z.object({ type: z.literal("FeatureCollection"), features: z.array(feature).min(1) });
const area = z.union([shape, feature, features]);

function shapesOf(geo: z.infer<typeof area>): readonly z.infer<typeof shape>[] {
  if (geo.type === "FeatureCollection") return geo.features.map((one) => one.geometry);
  return [geo.type === "Feature" ? geo.geometry : geo];
}

const within = defineTransform({
  name: "within",
  takes: ["object", "list", "text"],
  gives: "boolean",
  argument: z.strictObject({
    area: z.union([z.string().min(1), area]).describe("A GeoJSON file in the project, or the GeoJSON itself: polygons."),
  }),
  about:
    "Whether a point lies in an area. A point is an object with latitude and longitude, the text `latitude, longitude`, or a GeoJSON point. Example: `{ within: { area: areas/gozo.geojson } }`",
  make: (options): Convert => {
    if (typeof options.area === "string") {
      const notLoaded = new CannotConvert(`cannot be compared with ${options.area}, which was not loaded`);
      return () => notLoaded;
    }
    const shapes = shapesOf(options.area);
    return (value) => {
      if (typeof value === "string" && value.trim() === "") return null;
      const point = pointOf(value);
      return point === undefined
        ? noPoint
        : shapes.some((one) => booleanPointInPolygon(point as [number, number], one as Parameters<typeof booleanPointInPolygon>[1]));
    };
  },
});

const noPoint = new CannotConvert("is not a point with a latitude (-90 to 90) and a longitude (-180 to 180)");

/** Longitude and latitude, in GeoJSON's order. */
function pointOf(value: unknown): readonly [number, number] | undefined {
  if (typeof value === "string") {
    const [latitude, longitude, ...more] = value.split(",");
    return more.length > 0 ? undefined : checked(longitude, latitude);
  }
  if (Array.isArray(value)) return value.length < 2 ? undefined : checked(value[0], value[1]);
  if (typeof value !== "object" || value === null) return undefined;
  const point = value as Readonly<Record<string, unknown>>;
  if (point.type === "Point") return Array.isArray(point.coordinates) ? checked(point.coordinates[0], point.coordinates[1]) : undefined;
  return checked(point.lng ?? point.lon ?? point.long ?? point.longitude, point.lat ?? point.latitude);
}

function checked(longitude: unknown, latitude: unknown): readonly [number, number] | undefined {
  const [x, y] = [longitude, latitude].map((one) => (typeof one === "string" && isNumeric(one) ? Number(one) : one));
  if (typeof x !== "number" || typeof y !== "number" || !(Math.abs(x) <= 180) || !(Math.abs(y) <= 90)) return undefined;
  return [x, y];
}

export const placeSteps = [address, within];
