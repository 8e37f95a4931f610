/** Why a value cannot be converted. Returned, not thrown: mapping runs once a field and record. Names the reason, never the value. */
export class CannotConvert {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}
