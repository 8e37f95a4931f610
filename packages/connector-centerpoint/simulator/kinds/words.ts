const list = (text: string): readonly string[] => text.split(" ");

export const given = list("Ada Bela Cato Dorin Elva Fenn Greta Hale Ines Joss Kira Lorn Mira Nils Orla Pell Quin Rhea Soren Tova");
export const families = list(
  "Ashgrove Birchfield Cloverly Dunmarsh Elmhollow Fernwick Gladebrook Hazelton Ivywood Larchmont Mossgate Oakenfall",
);
export const firms = list(
  "Lakeside Summit Prairie Harbor Canyon Meadow Granite Cedar Copperfield Northgate Sunrise Willow Ironwood Foxglove",
);
export const trades = [
  "Property Group",
  "Logistics",
  "School District",
  "Medical Center",
  "Foods",
  "Storage",
  "Holdings",
  "& Sons",
] as const;
export const streets = list("Acorn Birch Cedar Dogwood Elm Fir Hawthorn Juniper Larch Maple Olive Poplar");
export const places = [
  {
    locality: "Acornville",
    region: "UT",
    postalCode: "84001",
    county: "Acorn",
    timezone: "America/Denver",
    latitude: 40.7,
    longitude: -111.9,
  },
  {
    locality: "Birchport",
    region: "FL",
    postalCode: "32801",
    county: "Birch",
    timezone: "America/New_York",
    latitude: 28.5,
    longitude: -81.4,
  },
  {
    locality: "Cedarmoor",
    region: "TX",
    postalCode: "75001",
    county: "Cedar",
    timezone: "America/Chicago",
    latitude: 32.8,
    longitude: -97.1,
  },
  { locality: "Elmstead", region: "OH", postalCode: "43201", county: "Elm", timezone: "America/New_York", latitude: 40, longitude: -83 },
] as const;

/** In the range kept for fiction; the vendor takes at most twelve characters. */
export function phone(n: number): string {
  return `555-555-01${String(n % 100).padStart(2, "0")}`;
}
