import type { Sizes } from "../options.js";
import { Dice, roll } from "./dice.js";
import { type Extra, numbered, Records } from "./records.js";
import { officeNames, type Place, places, streets, teamNames } from "./words.js";

export interface Company extends Extra {
  readonly id: number;
  readonly companyName: string;
  readonly slug: string;
  readonly accountNumber: string;
  readonly companyLogo: string;
  readonly parentCompanyId: number | null;
  readonly startedOn: string;
}

export interface Office extends Extra {
  readonly id: number;
  readonly officeName: string;
  readonly officeEmail: string;
  readonly officeAddress: string;
  readonly officeMobile: string;
  readonly officeCity: string;
  readonly officeState: string;
  readonly officeZip: string;
  readonly fullPathOfficeLogo: string;
  /** Not shown by the API. */
  readonly companyId: number;
  /** Not shown by the API: the zone of its people. */
  readonly timezone: string;
}

export interface Team extends Extra {
  readonly id: number;
  readonly officeId: number;
  readonly teamName: string;
  readonly teamStatus: 0 | 1;
}

const firstCompanyId = 58;
const firstOfficeId = 201;
const firstTeamId = 601;

export function companyIdOfOffice(office: number, sizes: Sizes): number {
  return firstCompanyId + (office % Math.max(1, sizes.companies));
}

export function officeIdAt(index: number, sizes: Sizes): number {
  return firstOfficeId + (index % Math.max(1, sizes.offices));
}

/** A team of this office by lot; `undefined` where it has none. */
export function teamIdIn(office: number, draw: number, sizes: Sizes): number | undefined {
  const teams = Math.floor((sizes.teams - 1 - office) / Math.max(1, sizes.offices)) + 1;
  return teams <= 0 ? undefined : firstTeamId + office + (draw % teams) * sizes.offices;
}

export function createCompanies(sizes: Sizes): Records<Company> {
  return new Records<Company>({
    count: sizes.companies,
    make: (index) => ({
      id: firstCompanyId + index,
      companyName: index === 0 ? "Example Roofing" : `Example Roofing ${index + 1} "West"`,
      slug: `example-roofing-${index + 1}`,
      accountNumber: `AC-${10_000 + index}`,
      companyLogo: "",
      parentCompanyId: index === 0 ? null : firstCompanyId,
      startedOn: String(2015 + (index % 8)),
    }),
    idOf: (company) => company.id,
    indexOf: numbered(firstCompanyId),
    keep: true,
  });
}

export function createOffices(seed: number, sizes: Sizes): Records<Office> {
  return new Records<Office>({
    count: sizes.offices,
    make: (index) => {
      const place = places[index % places.length] as Place;
      const round = Math.floor(index / officeNames.length);
      const bare = index % 6 === 4; // an office somebody only gave a name
      return {
        id: firstOfficeId + index,
        officeName: `${officeNames[index % officeNames.length]}${round === 0 ? "" : ` ${round + 1}`}`,
        officeEmail: bare ? "" : `office${index + 1}@example.test`,
        officeAddress: bare ? "" : `${100 + (roll(seed, 10, index) % 900)} ${streets[index % streets.length]}`,
        officeMobile: bare ? "" : `+1555020${String(index % 10_000).padStart(4, "0")}`,
        officeCity: bare ? "" : place.city,
        officeState: bare ? "" : place.state,
        officeZip: bare ? "" : place.zip,
        fullPathOfficeLogo: "",
        companyId: companyIdOfOffice(index, sizes),
        timezone: place.timezone,
      };
    },
    idOf: (office) => office.id,
    indexOf: numbered(firstOfficeId),
    keep: true,
  });
}

export function createTeams(seed: number, sizes: Sizes): Records<Team> {
  return new Records<Team>({
    count: sizes.teams,
    make: (index) => ({
      id: firstTeamId + index,
      officeId: officeIdAt(index, sizes),
      teamName: teamNames[Math.floor(index / Math.max(1, sizes.offices)) % teamNames.length] as string,
      teamStatus: new Dice(seed, index).oneIn(9, 11) ? 0 : 1,
    }),
    idOf: (team) => team.id,
    indexOf: numbered(firstTeamId),
    keep: true,
  });
}
