/**
 * Azure OpenAI as a provider: OpenAI's protocol at a customer's own address. Start at {@code AzureVendor}; hot path.
 *
 * <p>Sources, read in stored copies on 2026-11-25: learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle and
 * /reference. Never tried against Azure.
 *
 * <p>Quirks. The key goes in {@code api-key}. At {@code /openai/v1}, which is taken where no {@code api_version} is set, the
 * deployment is the model; the older paths hold the deployment, and the version in their query. Refusals of Azure's own
 * filter are 400s with the code {@code content_filter}. An access token of Entra ID works as the key of the {@code openai}
 * type, which sends it as a bearer.
 */
@NullMarked
package dev.weir.provider.azure;

import org.jspecify.annotations.NullMarked;
