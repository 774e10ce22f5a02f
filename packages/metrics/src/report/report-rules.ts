import { ratioRules } from '../input/option-rules';

/** Rules of {@link ClassificationReportOptions}. */
export const reportRules = {
  ...ratioRules,
  confidence: {
    accepts: (value: unknown) => typeof value === 'number' && value > 0 && value < 1,
    expected: 'a number between 0 and 1, such as 0.95',
  },
};
