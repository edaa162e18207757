import type { GuardrailAssessment, GuardrailTraceAssessment } from '@aws-sdk/client-bedrock-runtime';

interface Finding {
  readonly what: string;
  readonly isBlocked: boolean;
}

const finding = (what: string, action: string | undefined): Finding[] =>
  action === undefined || action === 'NONE' ? [] : [{ what, isBlocked: action === 'BLOCKED' }];

/** What one assessment found, by the names that the operator gave; never the words it found it in. */
const findingsOf = (assessment: GuardrailAssessment): Finding[] => {
  const { topicPolicy, contentPolicy, wordPolicy, sensitiveInformationPolicy, contextualGroundingPolicy } = assessment;
  return [
    ...(topicPolicy?.topics ?? []).flatMap(({ name, action }) => finding(`topic ${name}`, action)),
    ...(contentPolicy?.filters ?? []).flatMap(({ type, action }) => finding(`content ${type}`, action)),
    ...(wordPolicy?.customWords ?? []).flatMap(({ action }) => finding('a word of the list', action)),
    ...(wordPolicy?.managedWordLists ?? []).flatMap(({ type, action }) => finding(`words ${type}`, action)),
    ...(sensitiveInformationPolicy?.piiEntities ?? []).flatMap(({ type, action }) => finding(`data ${type}`, action)),
    ...(sensitiveInformationPolicy?.regexes ?? []).flatMap(({ name, action }) => finding(`pattern ${name}`, action)),
    ...(contextualGroundingPolicy?.filters ?? []).flatMap(({ type, action }) => finding(`check ${type}`, action)),
  ];
};

/** What a guardrail did to an answer. */
export interface Intervention {
  /** False when it only hid some words. */
  readonly isBlocked: boolean;
  /** For people: `topic Finance, content HATE`. */
  readonly reason: string;
}

/** What a guardrail did, from its trace; that it blocked the answer where there is none. */
export function toIntervention(trace: GuardrailTraceAssessment | undefined): Intervention {
  const assessments = [
    ...Object.values(trace?.inputAssessment ?? {}),
    ...Object.values(trace?.outputAssessments ?? {}).flat(),
  ];
  const findings = assessments.flatMap(findingsOf);
  const names = [...new Set(findings.map(({ what }) => what))];
  return {
    isBlocked: findings.length === 0 || findings.some(({ isBlocked }) => isBlocked),
    reason: names.length === 0 ? 'it does not tell why' : names.join(', '),
  };
}
