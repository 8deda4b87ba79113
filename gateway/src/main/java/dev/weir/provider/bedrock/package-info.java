/**
 * Amazon Bedrock as a provider, by its Converse API. Start at {@code BedrockTranslator}; hot path.
 *
 * <p>Sources, read in stored copies on 2026-11-25: docs.aws.amazon.com/bedrock/latest/APIReference (API_runtime_Converse,
 * API_runtime_ConverseStreamOutput, API_runtime_OutputFormat, API_runtime_JsonSchemaDefinition) and
 * /bedrock/latest/userguide/structured-output. From general knowledge: Signature Version 4 (docs.aws.amazon.com/IAM, "Create a
 * signed AWS API request"), the event stream encoding (smithy.io, "Amazon Event Stream"). Never tried against AWS.
 *
 * <p>Quirks. A stream is binary frames with two checksums each; its usage comes after the reason it ended for, and an answer
 * carries no id. What a cache had is counted beside the input, not in it. A schema goes as a text. There is no way to forbid
 * tools, nor to ask for one call at a time: with {@code tool_choice: none} the tools are left out, unless the conversation
 * holds calls, where they are obligatory. Images and files go in the request only, files under a plain name. Models are told
 * to think in fields of their makers' own. A model's identifier may be an ARN: it is one segment of the path, and escaped
 * twice where it is signed.
 */
@NullMarked
package dev.weir.provider.bedrock;

import org.jspecify.annotations.NullMarked;
