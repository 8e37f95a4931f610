/** Invented people and places; a few names are there because they break careless code. */
export const firstNames = [
  "Ada",
  "Ben",
  "Ivy",
  "Noor",
  "Tomas",
  "Zoë",
  "José",
  "Mei",
  "Liam",
  "Anke",
  "Ravi",
  "Elif",
  "Søren",
  "Mara",
  "Otis",
  "Nia",
  "Jo",
  "Łukasz",
  "Ximena",
  "Kofi",
  "D'Arcy",
  "Nguyễn",
  "Yuki",
  "Petra",
] as const;

export const lastNames = [
  "North",
  "South",
  "Stone",
  "Rivers",
  "O'Neil",
  "Müller",
  "García",
  "Hill",
  "van der Berg",
  "Brook",
  "Fields",
  "Çelik",
  "Wood",
  "St. Clair",
  "Ash",
  "Ito",
  "Moore",
  "Ødegaard",
  'Reed "Red"',
  "Park",
  "Snow",
  "Lane",
  "Frost",
  "Small-Grey",
  "Day",
  "Marsh",
  "Low",
  "High",
  "West",
  "East",
  "Vale",
] as const;

export const streets = [
  "Elm St",
  "Oak Ave",
  "Main St",
  "2nd St",
  "Mesa Dr",
  "Sunset Blvd",
  "Cedar Ln",
  "King's Rd",
  "Hilltop Ct",
  "Lake View Way",
  "Pine St Apt #4",
] as const;

export interface Place {
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly timezone: string;
}

export const places: readonly Place[] = [
  { city: "Mesa", state: "AZ", zip: "85201", latitude: 33.41, longitude: -111.83, timezone: "America/Phoenix" },
  { city: "Aurora", state: "CO", zip: "80010", latitude: 39.73, longitude: -104.83, timezone: "America/Denver" },
  { city: "Fresno", state: "CA", zip: "93650", latitude: 36.74, longitude: -119.78, timezone: "America/Los_Angeles" },
  { city: "Plano", state: "TX", zip: "75023", latitude: 33.02, longitude: -96.7, timezone: "America/Chicago" },
  { city: "Cañon City", state: "CO", zip: "81212", latitude: 38.44, longitude: -105.24, timezone: "America/Denver" },
  { city: "Coeur d'Alene", state: "ID", zip: "83814", latitude: 47.68, longitude: -116.78, timezone: "America/Los_Angeles" },
  { city: "Dayton", state: "OH", zip: "45402", latitude: 39.76, longitude: -84.19, timezone: "America/New_York" },
];

export const officeNames = [
  "Lakeside Office",
  "Desert Office",
  "Mountain Office",
  "Valley Office",
  "Harbor Office",
  "Prairie Office",
] as const;
export const teamNames = ["Blue", "Red", "Green", "Gold", "Silver", "Orange"] as const;

export const remarks = [
  "Call after 5 pm.",
  "Dog in the yard!",
  'Wants a second quote; "maybe in spring".',
  "Roof is 12 years old.",
  "Spoke with the neighbour, not the owner.",
  "Prefers e-mail.",
  "Sprache: Deutsch, ruft zurück.",
  "Line one\nline two\n\tindented",
  "Interested 🙂 come back on Friday",
  "C:\\photos\\roof 'north side'",
] as const;
