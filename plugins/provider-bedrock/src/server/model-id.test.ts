import { describe, expect, it } from '@jest/globals';
import { familyOf, vendorOf } from './model-id.ts';

describe('the maker of a model', () => {
  it.each([
    ['anthropic.claude-x-v1:0', 'anthropic'],
    ['us.anthropic.claude-x-v1:0', 'anthropic'],
    ['us-gov.anthropic.claude-x', 'anthropic'],
    ['global.amazon.nova-2', 'amazon'],
    ['zai.glm-4.6', 'zai'],
    ['arn:aws:bedrock:us-east-1::foundation-model/meta.llama3', 'meta'],
    ['arn:aws:bedrock:us-east-1:1:inference-profile/eu.mistral.pixtral', 'mistral'],
    ['arn:aws:bedrock:us-east-1:1:application-inference-profile/abc123', undefined],
  ])('of %s is %s', (model, vendor) => {
    expect(vendorOf(model)).toBe(vendor);
  });

  it('decides who can read its thoughts', () => {
    expect(familyOf('us.anthropic.claude-x')).toBe('bedrock.anthropic');
    expect(familyOf('deepseek.r1')).toBe('bedrock.deepseek');
    expect(familyOf('arn:x/abc123')).toBe('bedrock.arn:x/abc123');
  });
});
