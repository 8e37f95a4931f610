const unitMs: Readonly<Record<string, number>> = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 };

/** Milliseconds of `5 minutes`, `1 day`, `2 weeks`; `undefined` for anything else. */
export function parseDuration(text: string): number | undefined {
  const parts = /^(\d{1,6}) ?(second|minute|hour|day|week)s?$/.exec(text.trim());
  const unit = unitMs[parts?.[2] ?? ""];
  if (parts === null || unit === undefined) return undefined;
  return Number(parts[1]) * unit;
}
