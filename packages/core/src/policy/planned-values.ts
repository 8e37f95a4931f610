/** A planned update: the changed fields as they are and as they are to be. */
export interface PlannedValues {
  /** Names the record for a person. */
  readonly id: string;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}
