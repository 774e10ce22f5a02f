/** A model, or what is to be computed of it, can't become a program; its message is the reason, within a sentence. */
export class NotAProgramError extends Error {}
