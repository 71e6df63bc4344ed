using System.Text.Json;

namespace ApiTools.Chat;

/// <summary>Reads the <c>usage</c> of an answer.</summary>
internal static class ChatUsageReader
{
    /// <summary>What the object that the cursor stands on says.</summary>
    public static ChatUsage Read(ref JsonCursor json)
    {
        int prompt = 0, completion = 0;
        int? total = null, cached = null, reasoning = null;
        while (json.NextProperty())
        {
            if (json.NameIs("prompt_tokens"u8))
            {
                prompt = json.NextCount() ?? prompt;
            }
            else if (json.NameIs("completion_tokens"u8))
            {
                completion = json.NextCount() ?? completion;
            }
            else if (json.NameIs("total_tokens"u8))
            {
                total = json.NextCount();
            }
            else if (json.NameIs("prompt_tokens_details"u8))
            {
                cached = ReadDetail(ref json, "cached_tokens"u8);
            }
            else if (json.NameIs("completion_tokens_details"u8))
            {
                reasoning = ReadDetail(ref json, "reasoning_tokens"u8);
            }
            else
            {
                json.Next();
                json.Skip();
            }
        }
        return new ChatUsage(prompt, completion, total ?? prompt + completion, cached, reasoning);
    }

    private static int? ReadDetail(ref JsonCursor json, ReadOnlySpan<byte> name)
    {
        if (!json.NextIs(JsonTokenType.StartObject))
        {
            return null;
        }
        int? value = null;
        while (json.NextProperty())
        {
            if (json.NameIs(name))
            {
                value = json.NextCount();
            }
            else
            {
                json.Next();
                json.Skip();
            }
        }
        return value;
    }
}
