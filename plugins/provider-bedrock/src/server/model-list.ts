import { ModelInfo } from '@parley/contracts';
import * as z from 'zod';

/** What `ListFoundationModels` answers, as far as it is used. */
export const FoundationModels = z.object({
  modelSummaries: z
    .array(
      z.object({
        modelId: z.string(),
        modelArn: z.string().optional(),
        modelName: z.string().optional(),
        providerName: z.string().optional(),
        inputModalities: z.array(z.string()).default([]),
        outputModalities: z.array(z.string()).default([]),
        inferenceTypesSupported: z.array(z.string()).default([]),
      }),
    )
    .default([]),
});
/** What `ListInferenceProfiles` answers, as far as it is used. */
export const InferenceProfiles = z.object({
  inferenceProfileSummaries: z
    .array(
      z.object({
        inferenceProfileId: z.string(),
        inferenceProfileArn: z.string(),
        inferenceProfileName: z.string(),
        description: z.string().optional(),
        models: z.array(z.object({ modelArn: z.string().optional() })).default([]),
        status: z.string().optional(),
        type: z.string().optional(),
      }),
    )
    .default([]),
  nextToken: z.string().optional(),
});

type FoundationModel = z.output<typeof FoundationModels>['modelSummaries'][number];
type InferenceProfile = z.output<typeof InferenceProfiles>['inferenceProfileSummaries'][number];

const bareId = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** Lists tell what a model takes and gives; that most of them use tools and read documents, the API does for them. */
const abilitiesOf = ({ inputModalities, outputModalities }: FoundationModel) => ({
  vision: inputModalities.includes('IMAGE'),
  video: inputModalities.includes('VIDEO'),
  audio: inputModalities.some((modality) => modality === 'SPEECH' || modality === 'AUDIO'),
  files: true,
  tools: true,
  imageOutput: outputModalities.includes('IMAGE'),
});

const nameOf = ({ modelId, modelName, providerName }: FoundationModel): string =>
  [providerName, modelName ?? modelId].filter(Boolean).join(' ');

/** Whether one can talk with it. */
const isForChat = ({ outputModalities }: FoundationModel): boolean => outputModalities.includes('TEXT');

function fromProfile(profile: InferenceProfile, models: ReadonlyMap<string, FoundationModel>): ModelInfo[] {
  const { inferenceProfileId, inferenceProfileArn, inferenceProfileName, description, status } = profile;
  const behind = profile.models.flatMap(({ modelArn = '' }) => models.get(bareId(modelArn)) ?? [])[0];
  if ((status ?? 'ACTIVE') !== 'ACTIVE' || (behind !== undefined && !isForChat(behind))) return [];
  return [
    ModelInfo.parse({
      // An application's own profile is only known by its ARN.
      id: profile.type === 'APPLICATION' ? inferenceProfileArn : inferenceProfileId,
      name: inferenceProfileName,
      ...(description === undefined ? {} : { description }),
      abilities: behind === undefined ? { tools: true, files: true } : abilitiesOf(behind),
    }),
  ];
}

/** The models and inference profiles that can be talked with now. */
export function toModels(
  foundation: readonly FoundationModel[],
  profiles: readonly InferenceProfile[],
): readonly ModelInfo[] {
  const byId = new Map(foundation.map((model) => [model.modelId, model]));
  const onDemand = foundation.filter(
    (model) => isForChat(model) && model.inferenceTypesSupported.includes('ON_DEMAND'),
  );
  const all = [
    ...onDemand.map((model) =>
      ModelInfo.parse({ id: model.modelId, name: nameOf(model), abilities: abilitiesOf(model) }),
    ),
    ...profiles.flatMap((profile) => fromProfile(profile, byId)),
  ];
  return [...new Map(all.map((model) => [model.id, model])).values()];
}
