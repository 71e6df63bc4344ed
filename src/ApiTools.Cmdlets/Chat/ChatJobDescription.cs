using System.Globalization;
using System.Text;
using ApiTools.Attachments;
using ApiTools.Batch;
using ApiTools.Chat;

namespace ApiTools.Cmdlets;

/// <summary>Says what makes a job the same one when it is run again: the model and the parameters, and what all its requests say alike.</summary>
internal static class ChatJobDescription
{
    /// <summary>The job. How it is sent (streamed, how often, how many at once, to which address) is no part of it.</summary>
    public static JobDescription Create(ChatParameters parameters, string? prompt, string? system, object?[]? messages, AnswerSchema? schema, IEnumerable<ChatAttachment> attachments) => new(
        parameters.Model,
        [
            ("temperature", Text(parameters.Temperature)),
            ("top_p", Text(parameters.TopP)),
            ("max_tokens", Text(parameters.MaxTokens)),
            ("stop", parameters.Stop is null ? null : Encoding.UTF8.GetString(PSObjectJson.ToUtf8(parameters.Stop))),
            ("seed", Text(parameters.Seed)),
            ("presence_penalty", Text(parameters.PresencePenalty)),
            ("frequency_penalty", Text(parameters.FrequencyPenalty)),
            ("reasoning_effort", parameters.ReasoningEffort),
            .. (parameters.Property ?? []).Select(property => ("property " + property.Key, (string?)Canonical(property.Value))),
        ],
        [
            ("prompt", prompt),
            ("system", system),
            ("attachments", Text(attachments)),
            ("schema", schema is null ? null : $"{schema.Mode} {schema.Name} {Canonical(schema.Schema.Utf8Json.ToArray())}"),
            ("messages", messages is null ? null : string.Join("\n", messages.Select(message => Canonical(ChatMessages.ToUtf8(message))))),
        ]);

    private static string? Text(IEnumerable<ChatAttachment> attachments) =>
        string.Join("\n", attachments.Select(attachment => Digest.Hex(Digest.Sha256(attachment.Part)))) is { Length: > 0 } digests ? digests : null;

    // A hashtable gives its members in another order in each process.
    private static string Canonical(byte[] json) => Encoding.UTF8.GetString(CanonicalRequest.Write(json));

    private static string? Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture);
}
