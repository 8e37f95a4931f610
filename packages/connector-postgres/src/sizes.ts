/*
 * Measured on tables of 25 columns, on a server over loopback and on the embedded one, in milliseconds a batch:
 *
 *   rows                     10    50   200   500  1000
 *   insert, arrays          1.1   2.5   7.6    14    24
 *   insert, COPY            0.7   1.2   4.7     6    12
 *   update, arrays          1.2   2.3    10    18    38
 *   update, staged COPY     5.0   5.3     9    17    37
 *   upsert, arrays          1.5   2.8     8    21    57
 *   upsert, staged COPY     5.2   4.0     9    18    39
 */

/** COPY straight into the table wins nearly always; below this size it saves nothing, and its errors are harder to place. */
export const copyFrom = 10;

/** A temporary table costs three milliseconds before its first row; from this size on COPY into it makes up for them. */
export const stageFrom = 300;
