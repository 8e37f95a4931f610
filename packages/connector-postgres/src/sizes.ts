/** Batches from this size on go through COPY; smaller ones as arrays in one statement. */
export const stageFrom = 50;
