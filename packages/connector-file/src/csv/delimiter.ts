import { parse } from "csv-parse/sync";

const candidates = [",", ";", "\t", "|"] as const;

/** The sign that cuts the first lines into the same number of cells most often; a comma where none does. */
export function findDelimiter(sample: string, name: string): string {
  if (/\.(tsv|tab)$/i.test(name) && sample.includes("\t")) return "\t";
  let best = { delimiter: ",", score: 0 };
  for (const delimiter of candidates) {
    const score = scoreOf(widths(sample, delimiter));
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

function widths(sample: string, delimiter: string): readonly number[] {
  const found: number[] = [];
  parse(sample, {
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: 0,
    to: 200,
    on_record: (record: string[]) => {
      found.push(record.length);
      return null;
    },
  });
  return found;
}

/** The share of lines with the usual number of cells; more cells break a tie. */
function scoreOf(found: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const width of found) counts.set(width, (counts.get(width) ?? 0) + 1);
  const [usual, times] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0];
  return usual < 2 ? 0 : times / found.length + Math.min(usual, 1000) / 100_000;
}
