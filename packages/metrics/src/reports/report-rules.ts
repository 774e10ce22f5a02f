import { ratioRules } from '../input/option-rules';
import { confidenceRule } from '../uncertainty/confidence-rule';

/** Rules of {@link ClassificationReportOptions}. */
export const reportRules = {
  ...ratioRules,
  confidence: confidenceRule,
};
