import type { Sizes } from "../options.js";
import { type Extra, numbered, Records } from "./records.js";
import { places } from "./words.js";

export interface Calendar extends Extra {
  readonly id: number;
  readonly title: string;
  readonly calendarType: "round_robin" | "direct_assign" | "dispatcher";
  readonly calendarTypeDescription: string;
  readonly calendarColour: string;
  readonly calendarRange: number | null;
  readonly description: string;
  readonly timezone: string | null;
  readonly durationTime: number;
  /** The vendor writes both. */
  readonly durationType: "min" | "mins";
  /** Asked for, not shown. */
  readonly state: "active" | "inactive" | "expired";
}

const kinds = ["round_robin", "direct_assign", "dispatcher"] as const;

export function createCalendars(sizes: Sizes): Records<Calendar> {
  return new Records<Calendar>({
    count: sizes.calendars,
    make: (index) => ({
      id: 1 + index,
      title: `${["Inspections", "Consults", "Installs", "Old calendar"][index % 4]}${index < 4 ? "" : ` ${Math.floor(index / 4) + 1}`}`,
      calendarType: kinds[index % 3] as (typeof kinds)[number],
      calendarTypeDescription: ["In turns", "Chosen closer", "By the dispatcher"][index % 3] as string,
      calendarColour: "#4a90e2",
      calendarRange: index % 2 === 0 ? null : 30,
      description: "",
      timezone: index % 3 === 1 ? null : (places[index % places.length]?.timezone ?? null),
      durationTime: 30 + 15 * (index % 3),
      durationType: index % 2 === 0 ? "min" : "mins",
      state: index % 4 === 3 ? "expired" : index % 4 === 2 ? "inactive" : "active",
    }),
    idOf: (calendar) => calendar.id,
    indexOf: numbered(1),
    keep: true,
  });
}
