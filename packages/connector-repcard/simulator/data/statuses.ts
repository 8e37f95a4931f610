import { type Extra, numbered, Records } from "./records.js";

/** What a contact is: `type` 1 to 4. */
export const contactTypes = ["lead", "customer", "recruit", "other"] as const;
export type ContactType = 1 | 2 | 3 | 4;

export interface CustomerStatus extends Extra {
  readonly id: number;
  readonly statusName: string;
  readonly shortName: string;
  readonly colour: string;
  readonly iconName: string;
  readonly shape: number;
  readonly iconUrl: string;
  readonly statusShape: string;
  /** Shown only where the statuses of one type are asked for, and there as a word. */
  readonly type: ContactType;
}

const firstStatusId = 77;

// Two types have a status "New": a name alone names no status.
const made: readonly (readonly [ContactType, string, string, string])[] = [
  [1, "New", "NEW", "#a1a1a1"],
  [1, "Not Home", "NH", "#f5a623"],
  [1, "Callback", "CB", "#4a90e2"],
  [1, "Not Interested", "NI", "#d0021b"],
  [1, "Appointment Set", "APT", "#00b25b"],
  [2, "Signed", "SGN", "#417505"],
  [2, "Install Scheduled", "IS", "#7ed321"],
  [2, "Installed", "INST", "#00b25b"],
  [2, "Cancelled", "CXL", "#9b9b9b"],
  [3, "New", "NEW", "#a1a1a1"],
  [3, "Interviewed", "INT", "#4a90e2"],
  [3, "Hired", "HRD", "#00b25b"],
  [4, "Vendor", "VND", "#bd10e0"],
  [4, "Do Not Knock", "DNK", "#000000"],
];

/** The generated statuses of a type, in the order of their ids. */
export const statusIdsOf: Readonly<Record<ContactType, readonly number[]>> = { 1: idsOf(1), 2: idsOf(2), 3: idsOf(3), 4: idsOf(4) };

function idsOf(type: ContactType): readonly number[] {
  return made.flatMap((status, index) => (status[0] === type ? [firstStatusId + index] : []));
}

export function createStatuses(): Records<CustomerStatus> {
  return new Records<CustomerStatus>({
    count: made.length,
    make: (index) => {
      const [type, statusName, shortName, colour] = made[index % made.length] as (typeof made)[number];
      return {
        id: firstStatusId + index,
        statusName,
        shortName,
        colour,
        iconName: "",
        shape: 1 + (index % 3),
        iconUrl: "",
        statusShape: "circle",
        type,
      };
    },
    idOf: (status) => status.id,
    indexOf: numbered(firstStatusId),
    keep: true,
  });
}

export interface AppointmentOutcome {
  readonly id: number;
  readonly title: string;
  readonly category: { readonly id: number; readonly title: string; readonly categoryColour: string };
}

const sit = { id: 8, title: "Sit", categoryColour: "#00b25b" };
const noSit = { id: 9, title: "No Sit", categoryColour: "#d0021b" };

/** No endpoint lists these. */
export const outcomes: readonly AppointmentOutcome[] = [
  { id: 25, title: "Not Interested", category: sit },
  { id: 26, title: "Signed Up", category: sit },
  { id: 27, title: "Follow Up", category: sit },
  { id: 28, title: "No Show", category: noSit },
  { id: 29, title: "Cancelled at Door", category: noSit },
  { id: 30, title: "Reschedule", category: { id: 10, title: "Reschedule", categoryColour: "#f5a623" } },
];
