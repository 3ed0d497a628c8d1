/** Something that cannot be done; the API answers it, the account's methods throw it. */
export class Mistake extends Error {}
