export interface Budget {}
