/** A moment as the server's database writes it: on its own clock, to the microsecond, and with no word on where that is. */
export function localStamp(moment: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  return `${format.format(moment)}.${String(moment.getUTCMilliseconds()).padStart(3, "0")}000`;
}

export function utcStamp(moment: Date): string {
  return `${moment.toISOString().slice(0, 23).replace("T", " ")}000`;
}

/** "2022-10-21T15:40:18.531-0400": JSON carries an offset without a colon. */
export function jsonStamp(moment: Date, timeZone: string): string {
  const local = localStamp(moment, timeZone).slice(0, 23).replace(" ", "T");
  const minutes = Math.round((Date.parse(`${local}Z`) - moment.getTime()) / 60_000);
  const size = Math.abs(minutes);
  const offset = `${String(Math.floor(size / 60)).padStart(2, "0")}${String(size % 60).padStart(2, "0")}`;
  return `${local}${minutes < 0 ? "-" : "+"}${offset}`;
}
