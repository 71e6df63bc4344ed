using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>What the parameters of a request demand of each other.</summary>
internal static class RequestRelations
{
    /// <summary>"logprobs must be set to true if this parameter is used" (OpenAI's reference, top_logprobs).</summary>
    public static void LogprobsAreOn(RequestCheck check, in RequestMembers members)
    {
        if (members.Has(MemberName.TopLogprobs) && !members.IsTrue(MemberName.Logprobs))
        {
            // RFC 6902 4.1: add replaces a member that is there.
            string patch = JsonPatch.AddRaw(check.Path.Member("logprobs"), "true");
            JsonFix fix = new(patch, IsSafe: !members.Has(MemberName.Logprobs));
            check.Error(members[MemberName.TopLogprobs], check.Path.Member("top_logprobs"), "top_logprobs needs logprobs to be true.", fix);
        }
    }

    /// <summary>"Only set this when you set stream: true" (OpenAI's reference, stream_options).</summary>
    public static void StreamIsOn(RequestCheck check, in RequestMembers members)
    {
        if (members.Has(MemberName.StreamOptions) && !members.IsTrue(MemberName.Stream))
        {
            RequestPath path = check.Path.Member("stream_options");
            check.Error(members[MemberName.StreamOptions], path, "stream_options may stand only where stream is true.", JsonFix.Choice(JsonPatch.Remove(path)));
        }
    }

    /// <summary>"Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported." (OpenAI's answer).</summary>
    public static void OneLimit(RequestCheck check, in RequestMembers members)
    {
        JsonSlice old = members[MemberName.MaxTokens];
        JsonSlice limit = members[MemberName.MaxCompletionTokens];
        if (members.Has(MemberName.MaxTokens) && members.Has(MemberName.MaxCompletionTokens))
        {
            RequestPath path = check.Path.Member("max_tokens");
            JsonFix fix = new(JsonPatch.Remove(path), old.Span.SequenceEqual(limit.Span));
            check.Error(old, path, "max_tokens and max_completion_tokens mean the same: give one of them.", fix);
        }
    }

    /// <summary>"Required when audio output is requested with modalities: ["audio"]" (OpenAI's reference, audio).</summary>
    public static void AudioIsThere(RequestCheck check, in RequestMembers members)
    {
        JsonSlice modalities = members[MemberName.Modalities];
        if (modalities.Type != JsonTokenType.StartArray || members.Has(MemberName.Audio))
        {
            return;
        }
        JsonChildren items = modalities.Children();
        while (items.MoveNext())
        {
            if (items.Value.IsText("audio"u8))
            {
                check.Missing(modalities, check.Path.Member("audio"), "it is required where modalities has \"audio\".");
                return;
            }
        }
    }

    /// <summary>
    /// "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'." (OpenAI's answer); others do without.
    /// </summary>
    public static void JsonIsAskedFor(RequestCheck check, in RequestMembers members)
    {
        JsonSlice messages = members[MemberName.Messages];
        if (messages.Type == JsonTokenType.StartArray
            && members[MemberName.ResponseFormat].Member("type"u8) is { Type: JsonTokenType.String } type
            && type.IsText("json_object"u8)
            && !SaysJson(messages.Span)
            && check.Findings.WantsWarnings)
        {
            check.Warning(
                type, check.Path.Member("response_format").Member("type"), "response_format is json_object, but no message has the word JSON in it, without which OpenAI refuses it.");
        }
    }

    private static bool SaysJson(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> rest = text;
        while (rest.IndexOfAny((byte)'j', (byte)'J') is int start and >= 0 && start + 4 <= rest.Length)
        {
            if ((rest[start + 1] | 0x20) == 's' && (rest[start + 2] | 0x20) == 'o' && (rest[start + 3] | 0x20) == 'n')
            {
                return true;
            }
            rest = rest.Slice(start + 1);
        }
        return false;
    }
}
