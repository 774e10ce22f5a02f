/** Rule of a level of confidence. */
export const confidenceRule = {
  accepts: (value: unknown) => typeof value === 'number' && value > 0 && value < 1,
  expected: 'a number between 0 and 1, such as 0.95',
};
