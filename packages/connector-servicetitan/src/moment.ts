/** A moment as ServiceTitan takes it: seven digits of a second at most. More are cut off, never rounded: a bound that moved up would miss rows. */
export function inTicks(moment: string): string {
  return moment.replace(/(\.\d{7})\d+/, "$1");
}

/** Whether two texts name the same moment, to the millisecond. */
export function sameMoment(a: string, b: string): boolean {
  const [one, other] = [Date.parse(a), Date.parse(b)];
  return !Number.isNaN(one) && one === other;
}
