/** Countries and states as the server knows them; the towns of generated people lie in these. */
export const states = [
  ["UT", "Utah"],
  ["FL", "Florida"],
  ["TX", "Texas"],
  ["OH", "Ohio"],
  ["GA", "Georgia"],
  ["OR", "Oregon"],
  ["CO", "Colorado"],
  ["NC", "North Carolina"],
  ["AZ", "Arizona"],
] as const;

export const countries = [
  ["US", "UNITED STATES"],
  ["CA", "CANADA"],
] as const;

export const contactTypes = ["Home", "Work", "Mobile", "Fax", "Main", "Email", "Pager", "Web", "Other"] as const;

export function stateId(code: string): number {
  return states.findIndex(([one]) => one === code) + 1;
}
