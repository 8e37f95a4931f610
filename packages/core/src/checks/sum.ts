import Big from "big.js";
import { decimalText } from "../mapping/decimal-text.js";
import { isBlank } from "../mapping/index.js";
import type { Limit } from "../spec/model.js";

/** Numbers added up exactly, as decimals. */
export class Sum {
  total = new Big(0);
  /** Values that were there and no numbers. */
  odd = 0;

  /** A number, a numeric text, or a list of such; blanks are nothing. */
  add(value: unknown): void {
    if (Array.isArray(value)) for (const member of value) this.add(member);
    else if (!isBlank(value)) {
      const text = decimalText(value);
      if (text === undefined) this.odd++;
      else this.total = this.total.plus(text);
    }
  }
}

export function sumOf(value: unknown): Sum {
  const sum = new Sum();
  sum.add(value);
  return sum;
}

/** Every bound that is given is passed. */
export function isBeyond({ count, percent }: Limit, apart: Big, base: Big): boolean {
  if (apart.eq(0) || (count === undefined && percent === undefined)) return false;
  return (count === undefined || apart.gt(count)) && (percent === undefined || apart.times(100).gt(base.abs().times(percent)));
}
