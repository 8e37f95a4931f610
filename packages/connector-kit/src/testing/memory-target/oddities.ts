/** What a vendor does that no document of its tells; each is off until it is asked for. */
export interface Oddities {
  /** Fields that an update leaves as they were, and answers as if it had set them. */
  readonly drops?: readonly string[];
  /** Text that is too long is cut, without a word. Off: refused. */
  readonly cuts?: boolean;
  /** Telephone numbers are written anew, outer blanks trimmed, amounts rounded to two places. */
  readonly normalises?: boolean;
  /** A new record is not found by `find` in the next so many searches of its stream; `get` and listings show it at once. */
  readonly lag?: number;
  /** `soft`: can be restored. `never`: there is no way to delete. For good if not given. */
  readonly deletes?: "for good" | "soft" | "never";
}
