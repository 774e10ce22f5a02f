/** A model, a loss or an optimizer can't become a program. The message gives the reason as a part of a sentence. */
export class NotAProgramError extends Error {}
